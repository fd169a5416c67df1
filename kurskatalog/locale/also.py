"""Texts that the code looks up by a value, where `make translations` does not see them; nothing imports this file."""

from kurskatalog.problems import Message

ALSO = (
    # kurskatalog/report.py: the severity of a problem
    Message("error"),
    Message("warning"),
    # kurskatalog/check/files.py: the hint of K107, kept in a variable
    Message("rename the file or folder: a-z, 0-9 and hyphens, at most 60 characters, for example '{better}'"),
    # kurskatalog/view/teller.py: one of two inside a call, which is read as one text
    Message("Spring {year}"),
    Message("Autumn {year}"),
)
