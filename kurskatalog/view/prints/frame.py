"""What the frame of every printed document says, in its language."""

from __future__ import annotations

from kurskatalog.words import Words


def frame_words(words: Words) -> tuple[tuple[str, str], ...]:
    """What the frame of every document says."""
    return (
        ("contents", words("Contents")),
        ("page", words("Page {number} of {total}")),
        ("answers", words("Answers")),
        ("right", words("right")),
        ("see", words("The answer is on page {number}.")),
        ("back", words("to the question")),
        ("short", words("Abbreviations")),
        ("unknown", words("not known")),
        ("licence", words("Licence")),
        ("version", words("Version")),
        ("updated", words("Updated")),
        ("online", words("Online")),
        ("qr", words("QR code to {address}")),
        (
            "access",
            words(
                "All text can be read aloud and enlarged, every picture has an alternative text, and headings are in order."
            ),
        ),
    )
