"""A module's page: fact box, outcomes, the text, what it builds on, and its place in the courses that use it."""

from __future__ import annotations

from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Module
from kurskatalog.model.records import TextSource
from kurskatalog.view.first import First, first_of_module, level
from kurskatalog.view.pages import Page, Toc
from kurskatalog.view.parts import Fact, Link, Older, OutcomeKind, Said, Step
from kurskatalog.view.teller import Teller


class ModuleData(NamedTuple):
    """What `module.md.j2` shows, besides the text itself."""

    said: Said
    summary: Said
    provider: Link
    first: First
    facts: tuple[Fact, ...]
    more: tuple[Fact, ...]
    outcomes: tuple[OutcomeKind, ...]
    needs: tuple[Link, ...]
    steps: tuple[Step, ...]
    sources: tuple[TextSource, ...]
    sources_lang: str
    fallback: str
    older: Older | None
    leads: tuple[Link, ...]
    dimensions: tuple[str, ...]
    r: tuple[str, ...]


def build_module(teller: Teller, module: Module) -> Page:
    """The page of one module."""
    lang = teller.module_lang(module.id)
    front, body = module.texts[lang]
    words = teller.words
    said, summary = teller.module_title(module.id), teller.module_summary(module.id)
    fallback = lang if lang != teller.lang else ""
    outcomes = teller.outcomes(
        {
            k: tuple(teller.plain(t, lang) for t in getattr(front.outcomes, k))
            for k in ("knowledge", "skills", "competence")
        }
    )
    data = ModuleData(
        said=said,
        summary=summary,
        provider=teller.provider(module.provider),
        first=first_of_module(teller, module, outcomes),
        facts=_facts(teller, module),
        more=_more(teller, module),
        outcomes=outcomes,
        needs=tuple(teller.module(m) for m in module.facts.prerequisites),
        steps=tuple(_step(teller, module.id, course) for course in teller.catalogue.uses.get(module.id, ())),
        sources=module.facts.sources,
        sources_lang="" if teller.lang == teller.default else teller.default,
        fallback=fallback,
        older=teller.older(front, module.facts, addresses.module(module.id)),
        leads=tuple(teller.module(m) for m in teller.leads_to.get(module.id, ())),
        dimensions=module.facts.dimension,
        r=module.facts.r,
    )
    toc = [Toc(2, "laeringsutbytte", words("Learning outcomes"))] if data.outcomes else []
    toc += [Toc(level, anchor, title) for level, anchor, title in body.headings if level <= 3]
    if data.sources:
        toc.append(Toc(2, "kilder", words("Sources")))
    toc.append(Toc(2, "om-modulen", words("About the module")))
    return Page(
        path=addresses.module(module.id),
        lang=teller.lang,
        template="module.md.j2",
        title=said.text,
        description=summary.text,
        menu=addresses.MODULE,
        data=data,
        body=body.file,
        body_key=body.key,
        pictures=body.pictures,
        true_lang=fallback,
        source=body.file,
        toc=tuple(toc),
        alternates=tuple(module.texts),
        crumbs=(Link(Said(words("Modules")), addresses.MODULE), data.provider),
    )


def _facts(teller: Teller, module: Module) -> tuple[Fact, ...]:
    """What a learner asks first."""
    words, facts = teller.words, module.facts
    return (
        Fact(words("Provider"), (teller.provider(module.provider),)),
        level(teller, facts.level),
        Fact(words("Workload"), (Link(Said(words.hours(teller.number(facts.hours)))),)),
        Fact(
            words("Credits"),
            (Link(Said(teller.number(facts.credits))),) if facts.credits else (),
            "" if facts.credits else words("none"),
        ),
        Fact(words("Themes"), teller.terms("themes", facts.themes, addresses.THEME)),
        *(
            (Fact(words("Builds on"), tuple(teller.module(m) for m in facts.prerequisites)),)
            if facts.prerequisites
            else ()
        ),
    )


def _more(teller: Teller, module: Module) -> tuple[Fact, ...]:
    """What a planner asks: where the module stands in the frameworks; and who made it when."""
    words, facts = teller.words, module.facts
    maturity = (facts.maturity,) if facts.maturity else ()
    lists = (
        (words("Dimension of competence (T-model)"), "dimensions", facts.dimension),
        (words("Maturity of sustainability competence"), "maturity", maturity),
        (words("UN Sustainable Development Goals"), "sdg", facts.sdg),
        (words("R-strategies: to use things longer"), "r-strategies", facts.r),
        (words("Sustainability (GreenComp, the EU's framework)"), "greencomp", facts.greencomp),
        (words("Digital competence (DigComp, the EU's framework)"), "digcomp", facts.digcomp),
    )
    coded = {"sdg", "r-strategies", "greencomp", "digcomp"}
    found = [
        Fact(label, tuple(Link(teller.label(name, c), note=c if name in coded else "") for c in codes), marks=name)
        for label, name, codes in lists
        if codes
    ]
    if needs := teller.needs_met("module", module.id):
        found.append(Fact(words("Answers to these needs"), needs))
    found.append(Fact(words("Authors"), tuple(Link(Said(a)) for a in facts.authors)))
    found.append(Fact(words("Licence"), (Link(Said(facts.licence), url=LICENCES.get(facts.licence, "")),)))
    found.append(Fact(words("Updated"), (Link(Said(words.day(facts.updated))),)))
    found.append(Fact(words("To be read again by"), (Link(Said(words.day(facts.review_by))),)))
    return tuple(found)


LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def _step(teller: Teller, ident: str, course_id: str) -> Step:
    order = [m for m, _ in teller.catalogue.courses[course_id].modules]
    at = order.index(ident)
    return Step(
        teller.course(course_id),
        at + 1,
        len(order),
        teller.module(order[at - 1]) if at else None,
        teller.module(order[at + 1]) if at + 1 < len(order) else None,
    )
