"""What fields and records are called when people read about a change, and which list a field's codes stand in."""

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

FIELDS: Mapping[str, Message] = {
    "title": Message("Title"),
    "name": Message("Name"),
    "summary": Message("Summary"),
    "level": Message("Level"),
    "credits": Message("Credits"),
    "hours": Message("Hours"),
    "themes": Message("Themes"),
    "knowledge": Message("Knowledge"),
    "skills": Message("Skills"),
    "competence": Message("General competence"),
    "modules": Message("Modules"),
    "courses": Message("Courses"),
    "audience": Message("Who it is for"),
    "admission": Message("Admission"),
    "assessment": Message("Assessment"),
    "award": Message("Award"),
    "quality": Message("Quality assurance"),
    "funding": Message("Funding"),
    "price": Message("Price"),
    "nok": Message("Price in kroner"),
    "note": Message("Note"),
    "partners": Message("Partners"),
    "language": Message("Language of teaching"),
    "isced": Message("Field of education (ISCED-F)"),
    "homepage": Message("Own page"),
    "source": Message("Source"),
    "url": Message("Address of the source"),
    "term": Message("Semester"),
    "start": Message("Start"),
    "end": Message("End"),
    "apply_by": Message("Apply by"),
    "form": Message("Form of study"),
    "gatherings": Message("Gatherings"),
    "places": Message("Places"),
    "apply_url": Message("Address to apply at"),
    "verified_on": Message("Seen on"),
    "type": Message("Kind of provider"),
    "organisation_number": Message("Organisation number"),
    "owners": Message("Owners"),
    "prerequisites": Message("Builds on"),
    "dimension": Message("Dimension of competence (T-model)"),
    "maturity": Message("Maturity of sustainability competence"),
    "sdg": Message("UN Sustainable Development Goals"),
    "r": Message("R-strategies"),
    "greencomp": Message("GreenComp"),
    "digcomp": Message("DigComp"),
    "esco": Message("ESCO"),
    "authors": Message("Authors"),
    "licence": Message("Licence"),
    "updated": Message("Updated"),
    "review_by": Message("To be read again by"),
    "sources": Message("Sources"),
    "role": Message("Role"),
    "reason": Message("Reason"),
    "kind": Message("Kind of step"),
    "module": Message("Module"),
    "course": Message("Course"),
    "statement": Message("What is needed"),
    "levels": Message("Levels"),
    "counties": Message("Counties"),
    "publisher": Message("Publisher"),
    "year": Message("Year"),
    "page": Message("Page number"),
    "section": Message("Section"),
    "address": Message("Address"),
    "languages": Message("Languages"),
    "description": Message("Description"),
    "repository": Message("Repository"),
    "edit": Message("Address for editing"),
    "claims_valid_days": Message("Days for which dates are valid"),
    "redirects": Message("Redirects"),
    "terms": Message("Terms"),
    "label": Message("Name"),
    "scheme": Message("Scheme"),
    "uri": Message("URI"),
    "broader": Message("Broader term"),
    "county": Message("County"),
    "optional": Message("Optional"),
    "eqf": Message("EQF"),
    "body": Message("Text"),
}

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
