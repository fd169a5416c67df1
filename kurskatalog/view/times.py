"""`/tid/`: courses and modules by how much time they take, from an afternoon to more than half a year."""

from __future__ import annotations

from collections.abc import Iterator

from kurskatalog.model import addresses
from kurskatalog.problems import Message
from kurskatalog.view.lists import ListData, list_page
from kurskatalog.view.pages import Page
from kurskatalog.view.parts import Count, Link, Row, Said
from kurskatalog.view.teller import Teller

HOURS_A_CREDIT = 25
"""Hours of work that a studiepoeng stands for at the least (25-30, ECTS Users' Guide), where no hours are given."""

# (address, hours of work up to and including, name, what that is beside a job)
SPANS: tuple[tuple[str, float, Message, Message], ...] = (
    ("dag", 8, Message("A working day or less"), Message("Up to 8 hours of work.")),
    ("uker", 60, Message("A few weeks beside the job"), Message("8 to 60 hours of work.")),
    (
        "semester",
        300,
        Message("A semester beside the job"),
        Message("60 to 300 hours of work, or up to about 10 studiepoeng."),
    ),
    ("lenger", float("inf"), Message("Longer"), Message("More than 300 hours of work.")),
)


def _hours(hours: float | None, credits: float | None) -> float | None:
    """Hours of work: those given, or the least that the studiepoeng stand for; None when nobody knows."""
    return hours if hours is not None else credits * HOURS_A_CREDIT if credits else None


def _span(hours: float | None) -> str:
    return "" if hours is None else next(code for code, most, _, _ in SPANS if hours <= most)


def build_times(teller: Teller) -> Iterator[Page]:
    """The overview and a page for each span; its `counts` are what the home page shows."""
    words = teller.words
    courses: dict[str, list[Row]] = {}
    modules: dict[str, list[Row]] = {}
    for ident, row in teller.courses.items():
        facts = teller.catalogue.courses[ident].facts
        courses.setdefault(_span(_hours(facts.hours, facts.credits)), []).append(row)
    for ident, row in teller.modules.items():
        modules.setdefault(_span(teller.catalogue.modules[ident].facts.hours), []).append(row)
    top = Said(words("How much time have you?"))
    empty = words("There are no courses or modules here yet.")
    counts = []
    for code, _, name, note in SPANS:
        said = Said(words.say(name))
        path = f"{addresses.TIME}/{code}"
        found = tuple(courses.get(code, ())), tuple(modules.get(code, ()))
        counts.append(Count(Link(said, path), len(found[0]), len(found[1]), words.say(note)))
        data = ListData(said, words.say(note), Said(""), *found, (), (), "", True, empty)
        yield list_page(
            teller, path, addresses.TIME, said, f"{said.text}. {words.say(note)}", data, (Link(top, addresses.TIME),)
        )
    intro = words("Courses and modules by their hours of work. Where only studiepoeng are known, each counts 25 hours.")
    data = ListData(top, intro, Said(""), (), (), tuple(counts), (), "", True, empty)
    yield list_page(teller, addresses.TIME, addresses.TIME, top, intro, data)
