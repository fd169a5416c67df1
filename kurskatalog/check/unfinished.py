"""What `new` wrote as an example, and nobody has replaced (kurskatalog/cli/templates)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from kurskatalog.problems import Message, Place, Problem

_EXAMPLE = re.compile(r"(?P<choice># Bytt ut: )|Uten \w+: skriv |Ikke skrevet ennå: ")
_MOST = 20


def left_to_write(text: str, name: str, first_line: int = 1) -> Iterator[Problem]:
    """K315: a text or a choice of a template still stands."""
    if not _EXAMPLE.search(text):
        return
    lines = enumerate(text.split("\n"), first_line)
    found = ((number, match) for number, line in lines if (match := _EXAMPLE.search(line)))
    for number, match in islice(found, _MOST):
        place = Place(name, number, match.start() + 1)
        if match["choice"]:
            message = Message("the value below is only the example that 'new' put there")
            yield Problem(place, "K315", message, Message("write the right value, and delete this comment"))
        else:
            message = Message("the example that 'new' put here still stands")
            yield Problem(place, "K315", message, Message("write your own text, or delete the line"))
