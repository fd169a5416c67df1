"""The order of keys in a file: as in the records, texts as the catalogue's languages; what no record knows comes last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, Field, create_model

from kurskatalog.model import records
from kurskatalog.model.fields import RECORDS, WHOLE_FILES


class _InlineProvider(records.ProviderFile):
    """A provider in catalogue.yml: its courses stand below it."""

    courses: dict[str, records.CourseFile] = Field(default_factory=dict)


class _Catalogue(records.Settings):
    """catalogue.yml of a small catalogue, with its providers and courses."""

    providers: dict[str, _InlineProvider] = Field(default_factory=dict)
    courses: dict[str, records.CourseFile] = Field(default_factory=dict)


SHAPES: Mapping[str, type[BaseModel]] = {
    **{name: RECORDS[name] for name in WHOLE_FILES if name != "catalogue"},
    "settings": _Catalogue,
}
"""The record of each kind of file; `translation` is a module's text in another language than the first."""

ANYTHING: type[BaseModel] = create_model("Anything")
"""A record without fields: keys stay in the order in which they are written."""


class Ordered:
    """Sorts pairs of key and value by a record's fields, or by languages where no record stands."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = {lang: number for number, lang in enumerate(languages)}

    def keys(self, keys: Sequence[str], shape: type[BaseModel] | None) -> list[str]:
        """The keys of one map, in order; `shape` None is a text in several languages, or a map of ids."""
        known = self.languages if shape is None else {name: n for n, name in enumerate(shape.model_fields)}
        return sorted(keys, key=lambda key: known.get(key, len(known)))  # stable: others as they are written

    def inner(self, shape: type[BaseModel] | None, key: str) -> tuple[type[BaseModel] | None, bool]:
        """The record in the field `key`, and whether it stands below ids there (`{id: record}`)."""
        if shape is None or key not in shape.model_fields:
            return None, False
        annotation = shape.model_fields[key].annotation
        return model_in(annotation), getattr(annotation, "__origin__", None) is dict


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The record in a field's type, or in a list or map of it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := model_in(part)) is not None), None)
