"""What records and their parts are called when people read about a change, and which list a field's codes stand in."""

from __future__ import annotations

from collections.abc import Mapping

from kurskatalog.problems import Message

KINDS: Mapping[str, tuple[Message, Message]] = {
    "catalogue": (Message("The catalogue's settings"), Message("The catalogue's settings")),
    "provider": (Message("Provider"), Message("Providers")),
    "course": (Message("Course"), Message("Courses")),
    "module": (Message("Module"), Message("Modules")),
    "plan": (Message("Plan"), Message("Plans")),
    "need": (Message("Competence need"), Message("Competence needs")),
    "page": (Message("Page"), Message("Pages")),
    "vocabulary": (Message("List of terms"), Message("Lists of terms")),
}
"""One and many of each kind of record."""

PARTS: Mapping[str, Message] = {
    "runs": Message("Run {id}"),
    "steps": Message("Step {id}"),
    "terms": Message("Term {id}"),
}
"""Lists of records inside a record: how one of them is named."""

LISTS: Mapping[str, str] = {
    "type": "provider-types",
    "county": "counties",
    "counties": "counties",
    "level": "levels",
    "levels": "levels",
    "themes": "themes",
    "assessment": "assessment",
    "award": "award",
    "isced": "isced-f",
    "form": "forms",
    "dimension": "dimensions",
    "maturity": "maturity",
    "sdg": "sdg",
    "r": "r-strategies",
    "greencomp": "greencomp",
    "digcomp": "digcomp",
}
"""The list that a field's codes stand in."""

DAYS = frozenset({"start", "end", "apply_by", "verified_on", "updated", "review_by"})
NUMBERS = frozenset({"credits", "hours"})

WEIGHTS = (
    "apply_by",
    "start",
    "end",
    "level",
    "credits",
    "hours",
    "nok",
    "note",
    "title",
    "name",
    "modules",
    "courses",
)
"""Facts that a reviewer asks for first, in that order; the others follow in the order of the file."""
