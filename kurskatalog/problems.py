"""A problem is a place, a code, a sentence and a hint; this file has the shapes and the list of all codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning"]

# Every code, in one place. A code's digits say which kind: 1 files and shape, 2 references, 3 the field's own rules,
# 4 markup. A code once published keeps its meaning; docs/problems.md has a section for each (a test compares them).
SEVERITIES: dict[str, Severity] = {
    # files and YAML
    "K101": "error",  # a required file is missing
    "K102": "error",  # a file cannot be read
    "K103": "error",  # not UTF-8
    "K104": "error",  # byte-order mark
    "K105": "error",  # file too large
    "K106": "error",  # symbolic link
    "K107": "error",  # id is not lower-case ASCII
    "K108": "error",  # ids that differ only in case
    "K109": "error",  # a file where none belongs
    "K110": "error",  # YAML syntax, other
    "K111": "error",  # a tab
    "K112": "error",  # an unquoted colon in a value
    "K113": "error",  # an unclosed quote
    "K114": "error",  # the same key twice
    "K115": "error",  # alias, anchor or tag
    "K116": "error",  # nested too deeply
    "K117": "error",  # no front matter
    "K118": "error",  # the same thing defined twice (in catalogue.yml and as a file)
    "K119": "error",  # a control character in YAML or text
    # shape
    "K121": "error",  # unknown key
    "K122": "error",  # missing field
    "K123": "error",  # empty field
    "K124": "error",  # wrong type
    "K125": "error",  # value out of range or badly formed
    "K126": "error",  # a language that the catalogue does not have
    "K127": "error",  # a text without the default language
    # published ids
    "K131": "error",  # a published id is gone without a redirect
    "K132": "error",  # a redirect that leads nowhere, in a circle or from a live page
    # comments that silence a warning
    "K141": "error",  # a comment without code, reason or day
    "K142": "error",  # an error cannot be silenced
    "K143": "warning",  # the day of a comment has passed
    "K144": "warning",  # a comment that silences nothing
    # files made from others
    "K151": "warning",  # CODEOWNERS is out of date
    # references
    "K201": "error",  # no such provider
    "K202": "error",  # no such course
    "K203": "error",  # no such module
    "K204": "error",  # no such term in the vocabulary
    "K205": "error",  # prerequisites go in a circle
    "K206": "error",  # the same item twice in a list
    "K207": "error",  # an internal link leads nowhere
    "K208": "error",  # a link to an anchor that the page does not have
    "K209": "error",  # a picture that is not there
    "K210": "warning",  # a prerequisite comes after the module that needs it
    "K211": "error",  # broader term missing
    "K212": "warning",  # a plan lacks what a step builds on, or has it later
    "K213": "warning",  # a module is part of two steps of a plan
    # the field's own rules
    "K301": "warning",  # credits against hours, 25-30 h a studiepoeng
    "K302": "warning",  # a course's hours or credits against the sum of its modules
    "K303": "error",  # level against provider type
    "K304": "error",  # apply_by <= start <= end
    "K305": "error",  # two runs with one id
    "K306": "error",  # organisation number's check digit
    "K307": "warning",  # outcomes missing for a kind
    "K308": "warning",  # a title or summary too long for a list
    "K309": "warning",  # a module past its review_by
    "K310": "warning",  # a date claim with no source
    "K311": "error",  # a date that no calendar has, or a claim from the future
    "K312": "warning",  # a date claim older than its validity
    "K313": "warning",  # a translation of another version of the original than today's
    "K314": "warning",  # a translation that does not say which version it translates
    "K315": "warning",  # an example of a template still stands
    # markup
    "K401": "error",  # an element outside the allow-list
    "K402": "error",  # an attribute outside the allow-list
    "K403": "error",  # an address with a scheme outside the allow-list
    "K404": "error",  # HTML that is not well-formed
    "K405": "error",  # a picture without alternative text
    "K406": "warning",  # a heading level skipped, or a level 1 heading
    "K407": "warning",  # a link text that says nothing
    "K408": "error",  # invisible or bidirectional control characters
    "K409": "error",  # a picture too large
    "K410": "error",  # a picture outside the folder or of another kind
    "K411": "error",  # an SVG that holds scripts or outside references
    "K412": "error",  # the same anchor twice
    "K413": "error",  # a footnote or reference that is not defined
    "K414": "error",  # a quiz, reflection or checklist that lacks something
}

DOCS = "docs/problems.md"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: `file` from the catalogue's root with `/`; `line` and `column` from 1, 0 = the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be translated when it is shown: an English text with `{names}`, and the values of the names."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)

    def __init__(self, text: str, /, **values: Any) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "values", values)

    def __hash__(self) -> int:
        return hash((self.text, tuple(sorted((k, str(v)) for k, v in self.values.items()))))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or that a human must judge."""

    place: Place
    code: str
    message: Message
    hint: Message | None = None

    @property
    def severity(self) -> Severity:
        """`error` or `warning`, by the code."""
        return SEVERITIES[self.code]

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key: by file, line, column, code."""
        return (self.place.file, self.place.line, self.place.column, self.code, self.message.text)


class BadContent(Exception):
    """Raised when the content cannot be built; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems
