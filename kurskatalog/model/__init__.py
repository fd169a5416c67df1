"""Frozen records of a catalogue, their addresses and the shapes that files must have."""
