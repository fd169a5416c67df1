"""What a proposal means: two states of a catalogue side by side, as a report, as a comment and as a preview."""
