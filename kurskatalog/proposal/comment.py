"""A report as the Markdown of one comment: most important first, bounded in length, with nothing in it that acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kurskatalog.problems import Message
from kurskatalog.proposal.changes import Change, FieldChange, Paragraph, Piece, Report, Trouble
from kurskatalog.proposal.escape import JOINER, plain
from kurskatalog.proposal.labels import KINDS
from kurskatalog.words import Words

MARK = "<!-- kurskatalog: forslag -->"
"""The first line of every comment of this program, by which it finds its own again."""

LONGEST = 40_000
"""Characters of a comment; GitHub takes 65,536, and nobody reads as many."""

_TITLE = Message("What this proposal means")
_DIFFERENT = Message("What is different")
_TEXT = Message("Text")
_MORE = Message("... and {number} more")
_STATES = {"new": Message("new"), "changed": Message("changed"), "gone": Message("gone")}
_SEVERITIES = {"error": Message("error"), "warning": Message("warning")}


def as_comment(report: Report, words: Words, site: str = "", longest: int = LONGEST) -> str:
    """The comment. `site` is the address at which touched pages can be seen, with a slash at its end: it must be trusted."""
    return _Writer(report, words, site, longest).write()


class _Writer:
    """Writes sections until the comment is full; every line of contributed text stands behind a sign of ours."""

    def __init__(self, report: Report, words: Words, site: str, longest: int) -> None:
        self.report = report
        self.words = words
        self.site = site
        self.longest = longest
        self.lines: list[str] = []
        self.length = 0

    def say(self, text: Message) -> str:
        """A sentence of ours, whose values are contributed."""
        return self.words.say(
            Message(text.text, **{k: plain(v) if isinstance(v, str) else v for k, v in text.values.items()})
        )

    def write(self) -> str:
        report = self.report
        self._add([MARK, f"## {self.say(_TITLE)}", "", self._verdict(), ""])
        errors = [p for p in report.new_problems if p.severity == "error"]
        warnings = [p for p in report.new_problems if p.severity == "warning"]
        self._section(Message("Errors that are new"), [self._trouble(p) for p in errors], 30)
        self._section(Message("Needs"), [self._need(need.title, need.met) for need in report.needs], 30)
        self._changes()
        self._section(Message("Courses and plans that hold what changed"), self._affected(), 30)
        self._section(Message("Warnings that are new"), [self._trouble(p) for p in warnings], 20)
        self._section(Message("Problems that are gone"), [self._trouble(p) for p in report.gone_problems], 20)
        self._section(Message("Pages"), [self._page(n) for n in range(len(report.pages))], 40)
        self._add([f"<sub>{self._footer()}</sub>"], force=True)
        return "\n".join(self.lines) + "\n"

    def _add(self, lines: Sequence[str], *, force: bool = False) -> bool:
        """Add a block as a whole, or not at all when it does not fit."""
        size = sum(len(line) + 1 for line in lines)
        if not force and self.length + size > self.longest - 600:
            return False
        self.lines += lines
        self.length += size
        return True

    def _verdict(self) -> str:
        report = self.report
        if not (report.changes or report.new_problems or report.gone_problems or report.pages):
            return self.say(Message("Nothing that readers see is different."))
        number = {state: sum(c.state == state for c in report.changes) for state in _STATES}
        errors = sum(p.severity == "error" for p in report.new_problems)
        text = Message("{new} new, {changed} changed, {gone} gone; {errors} new errors.", **number, errors=errors)
        return f"**{self.say(text)}**"

    def _section(self, heading: Message, lines: Sequence[str], most: int) -> None:
        if not lines:
            return
        if not self._add([f"### {self.say(heading)}", ""]):
            return
        shown = 0
        for line in lines[:most]:
            if not self._add([line]):
                break
            shown += 1
        if shown < len(lines):
            self._add([f"- {self.say(Message(_MORE.text, number=len(lines) - shown))}"], force=True)
        self._add([""], force=True)

    def _changes(self) -> None:
        if not self.report.changes:
            return
        self._add([f"### {self.say(_DIFFERENT)}", ""])
        for number, change in enumerate(self.report.changes):
            head = [self._heading(change)]
            body = [*(f"  - {self._field(f, change.state == 'new')}" for f in change.fields), *self._texts(change)]
            if change.state == "new":
                body = body[:12]
            if not self._add(head):
                left = len(self.report.changes) - number
                self._add([f"- {self.say(Message(_MORE.text, number=left))}"], force=True)
                break
            shown = 0
            for line in body[:60]:
                if not self._add([line]):
                    break
                shown += 1
            if shown < len(body):
                self._add([f"  - {self.say(Message(_MORE.text, number=len(body) - shown))}"])
        self._add([""], force=True)

    def _heading(self, change: Change) -> str:
        kind = self.words.say(KINDS[change.kind][0])
        name = f" ({plain(change.id, 130)})" if change.id else ""
        title = f" <b>{plain(change.title, 200)}</b>" if change.id else ""
        return f"- {self.say(_STATES[change.state])}: {kind}{title}{name}"

    def _field(self, change: FieldChange, is_new: bool) -> str:
        label = ", ".join(plain(part, 160) for part in (change.where, change.label) if part)
        if change.pieces:
            return f"{label}: {_pieces(change.pieces)}"
        if change.new or change.gone:
            parts = [f"<ins>{plain(text)}</ins>" for text in change.new[:20]] + [
                f"<del>{plain(text)}</del>" for text in change.gone[:20]
            ]
            more = len(change.new[20:]) + len(change.gone[20:])
            if more:
                parts.append(self.say(Message(_MORE.text, number=more)))
            return f"{label}: {', '.join(parts)}"
        nothing = self.say(Message("not given"))
        if is_new:
            return f"{label}: {plain(change.after) or nothing}"
        return f"{label} {plain(change.before) or nothing} → {plain(change.after) or nothing}"

    def _texts(self, change: Change) -> Iterator[str]:
        for text in change.texts:
            yield f"  - {self.say(_TEXT)} ({plain(self.words.language(text.lang), 40)})"
            for paragraph in text.paragraphs:
                yield f"    - {self._paragraph(paragraph)}"
            if text.more:
                yield f"    - {self.say(Message(_MORE.text, number=text.more))}"

    def _paragraph(self, paragraph: Paragraph) -> str:
        state = "" if paragraph.state == "changed" else f"{self.say(_STATES[paragraph.state])}: "
        return state + _pieces(paragraph.pieces)

    def _affected(self) -> list[str]:
        lines = []
        for one in self.report.affected:
            because = ", ".join(plain(title, 120) for title in one.because[:6])
            lines.append(f"- {self.words.say(KINDS[one.kind][0])} <b>{plain(one.title, 200)}</b>: {because}")
        return lines

    def _need(self, title: str, met: bool) -> str:
        text = Message("Something meets this need now") if met else Message("Nothing meets this need any more")
        return f"- {self.say(text)}: <b>{plain(title, 200)}</b>"

    def _trouble(self, problem: Trouble) -> str:
        place = plain(f"{problem.file}:{problem.line}" if problem.line else problem.file, 200)
        hint = f" ({plain(problem.hint, 300)})" if problem.hint else ""
        return (
            f"- {place}: {self.say(_SEVERITIES[problem.severity])} {problem.code} {plain(problem.message, 400)}{hint}"
        )

    def _page(self, number: int) -> str:
        page = self.report.pages[number]
        way = f"{page.path}/" if page.path else ""
        shown = f"<code>/{way}</code>"
        if self.site and page.state != "gone":
            shown = f'<a href="{self.site}{way}">/{way}</a>'
        pdf = f", PDF: <code>/{page.pdf}</code>" if page.pdf else ""
        return f"- {self.say(_STATES[page.state])}: {shown} {plain(page.title, 120)}{pdf}"

    def _footer(self) -> str:
        day = self.words.day(self.report.today)
        against = self.report.base[:6]
        return self.say(Message("Compared with {commit}; dates judged as of {day}.", commit=against, day=day))


def _pieces(pieces: Sequence[Piece]) -> str:
    """Words that went are struck out, words that came underlined."""
    marks = {"=": ("", ""), "-": ("<del>", "</del>"), "+": ("<ins>", "</ins>")}
    shown = []
    for sign, text in pieces[:200]:
        before, after = marks[sign]
        lead, trail = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() and text.strip() else "")
        inner = plain(text.strip())
        shown.append(f"{lead}{before}{inner}{after}{trail}" if inner else " ")
    return JOINER.join(shown).strip()
