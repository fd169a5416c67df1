"""The shape of a report on a proposal: plain, frozen data that goes to JSON and back, and is all that a comment is made from."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

State = Literal["new", "changed", "gone"]
Kind = Literal["catalogue", "provider", "course", "module", "plan", "need", "page", "vocabulary"]
Piece = tuple[Literal["=", "-", "+"], str]
"""Words that stayed, went away or came."""

Address = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9./-]{0,300}$")]
"""The way to a page from the site's root, without slashes at the ends."""

Commit = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})?$")]


class Shape(BaseModel):
    """Frozen; what is unknown is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class FieldChange(Shape):
    """One fact. `where` says in which part (a run, a step); long texts have `pieces`, lists what is `new` and `gone`."""

    label: str
    where: str = ""
    before: str = ""
    after: str = ""
    pieces: tuple[Piece, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class Paragraph(Shape):
    """A paragraph, heading, list or table of a text."""

    state: State
    pieces: tuple[Piece, ...]


class TextChange(Shape):
    """A text in one language. `more`: changed paragraphs that are not shown."""

    lang: str
    paragraphs: tuple[Paragraph, ...]
    more: Annotated[int, Field(ge=0, le=10_000_000)] = 0


class Change(Shape):
    """One record that is new, changed or gone."""

    kind: Kind
    id: str
    state: State
    title: str
    files: tuple[str, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    texts: tuple[TextChange, ...] = ()


class Affected(Shape):
    """A course or plan that holds what changed; `because` are titles of that."""

    kind: Literal["course", "plan"]
    id: str
    title: str
    because: tuple[str, ...]


class NeedState(Shape):
    """A competence need that something meets now (or no longer)."""

    id: str
    title: str
    met: bool


class PageChange(Shape):
    """A page of the site; `pdf` is the address of its PDF where it has one."""

    path: Address
    state: State
    title: str = ""
    pdf: Address = ""


class Trouble(Shape):
    """A problem in words."""

    file: str
    line: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    code: Annotated[str, StringConstraints(pattern=r"^K[0-9]{3}$")]
    severity: Literal["error", "warning"]
    message: str
    hint: str = ""


class Report(Shape):
    """All of it. `head` is empty for files that are in no commit; `today` is the day for which dates were judged."""

    base: Commit
    head: Commit = ""
    today: dt.date
    changes: tuple[Change, ...] = ()
    affected: tuple[Affected, ...] = ()
    needs: tuple[NeedState, ...] = ()
    pages: tuple[PageChange, ...] = ()
    new_problems: tuple[Trouble, ...] = ()
    gone_problems: tuple[Trouble, ...] = ()
