"""`schema`: what editors are told is what people write, and what docs/formats.md says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands import kurskatalog, model_in
from jsonschema import Draft202012Validator
from small import HOME, catalogue, write

from kurskatalog.check.files import find_files
from kurskatalog.cli import main
from kurskatalog.cli.commands import SCHEMA_KINDS
from kurskatalog.cli.known import read_known
from kurskatalog.cli.schema import build_schema
from kurskatalog.model.fields import FIELDS, RECORDS, VOCABULARIES, WHOLE_FILES
from kurskatalog.project import Project
from kurskatalog.source.markdown import front_text

CATALOGUES = [HOME, *sorted(path for path in (HOME / "tests/projects/good").iterdir() if path.is_dir())]
FORMATS = (HOME / "docs/formats.md").read_text(encoding="utf-8")


class Yaml12(yaml.SafeLoader):
    """YAML as editors read it: the core schema of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


for tag, pattern, first in (
    ("null", r"(~|null|Null|NULL|)$", "~nN"),
    ("bool", r"(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", "-+.0123456789"),
):
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))
Yaml12.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def read(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return yaml.load(front_text(text) if path.suffix == ".md" else text, Loader=Yaml12)


@cache
def validators(root: Path) -> dict[str, Draft202012Validator]:
    known = read_known(Project(root=root, out=root / "site"))
    made = {kind: build_schema(kind, known) for kind in WHOLE_FILES}
    for schema in made.values():
        Draft202012Validator.check_schema(schema)
    checker = Draft202012Validator.FORMAT_CHECKER
    return {kind: Draft202012Validator(schema, format_checker=checker) for kind, schema in made.items()}


def files_of(root: Path) -> Iterator[tuple[str, Path]]:
    """(kind, path) of every file of a catalogue."""
    project = Project(root=root, out=root / "site")
    default = read_known(project).languages[0]
    for file, entry in find_files(project).files:
        kind = "catalogue" if file.kind == "settings" else file.kind
        if kind == "module" and file.lang != default:
            kind = "translation"
        if kind != "picture":
            yield kind, Path(entry)


@pytest.mark.parametrize("root", CATALOGUES, ids=lambda root: root.name)
def test_all_real_files_fit_the_schema(root: Path) -> None:
    wrong = []
    count = 0
    for kind, path in files_of(root):
        count += 1
        errors = validators(root)[kind].iter_errors(read(path))
        wrong += [f"{path.relative_to(root)} {error.json_path}: {error.message[:200]}" for error in errors]
    assert wrong == []
    assert count


@pytest.mark.parametrize("kind", ["catalogue", "provider", "course", "module", "page", "vocabulary", "synonyms"])
def test_an_unknown_key_fails(kind: str) -> None:
    path = next(path for k, path in files_of(HOME) if k == kind)
    data = read(path)
    validator = validators(HOME)[kind]
    assert validator.is_valid(data)
    assert not validator.is_valid({**data, "tittel": "x"})


WAYS = [
    ("course", "credits", [2.5, 10, "2.5", "10"], [0, -1, "ti", "2,5", "0.125", None, [10]]),
    ("course", "hours", [270, "270", 0], [2.5, "2.5", -1]),
    ("course", "level", ["5.1", 5.1, "none", 6.2], ["5.3", 5.3, "", None, 51]),
    ("course", "themes", [["ki"]], [[], ["KI"], "ki", [None]]),
    ("course", "title", ["Tittel", 2027, True, {"nb": "T"}, {"nb": "T", "en": "T"}], ["", " ", {}, []]),
    ("course", "summary", [{"nb": "T", "nn": "T"}], [{"en": "T"}, {"nb": ""}, {"nb": "T", "xx": "T"}, None]),
    ("course", "isced", ["0413", "04"], ["7777", "x"]),
    ("course", "homepage", ["https://a.example/"], ["a.example", "ftp://a.example/", "https://a b/"]),
    ("course", "modules", [["a/b"], [{"module": "a/b", "optional": True}]], [["a"], [{"optional": True}], [{"x": 1}]]),
    ("course", "price", [{"nok": 0}, {"note": "Gratis"}], [0, {"nok": -1}, {"kr": 0}]),
    ("course", "runs", [[{"id": 2027}, {"id": "2027-var", "start": "2027-01-12"}]], [[{"start": "2027-01-12"}]]),
    ("course", "runs", [[{"id": "a", "term": "2027-host"}]], [[{"id": "a b"}], [{"id": "a", "term": "2027"}]]),
    ("provider", "organisation_number", ["971565330", 971565330], ["97156533", "971 565 330"]),
    ("provider", "places", [[{"name": "Oslo", "county": "03"}, {"name": "Oslo", "county": 3}]], [[{"county": "03"}]]),
    ("provider", "places", [[{"name": "Oslo"}]], [[{"name": "X", "county": "99"}], {"name": "Oslo"}]),
    ("module", "sdg", [[12], ["12"]], [[18], ["x"]]),
    ("module", "maturity", [2, "2"], [4, "to"]),
    ("module", "review_by", ["2027-11-21"], ["21.11.2027", "2027-13-01", 2027]),
    ("plan", "steps", [[{"module": "a/b", "reason": "R", "kind": "general"}]], [[], [{"module": "a/b"}]]),
    ("plan", "steps", [[{"course": "a/b", "reason": "R"}]], [[{"course": "a/b", "reason": "R", "kind": "other"}]]),
]


@pytest.mark.parametrize(
    ("kind", "field", "right", "wrong"), WAYS, ids=[f"{n} {kind}.{field}" for n, (kind, field, *_) in enumerate(WAYS)]
)
def test_what_authors_write_is_accepted_and_what_check_refuses_is_not(
    kind: str, field: str, right: list[Any], wrong: list[Any]
) -> None:
    validator = validators(HOME)[kind]
    schema = {**validator.schema, "$ref": f"#/$defs/{kind}/properties/{field}"}
    of_field = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [value for value in right if not of_field.is_valid(value)] == []
    assert [value for value in wrong if of_field.is_valid(value)] == []


def test_a_small_catalogue_in_one_file() -> None:
    validator = validators(HOME)["catalogue"]
    course = {"title": "K", "summary": "S", "themes": ["ki"]}
    provider = {"name": "P", "type": "fagskole", "courses": {"k": course}}
    data = {**read(HOME / "catalogue.yml"), "providers": {"p": provider}, "courses": {"p/l": course}}
    assert list(validator.iter_errors(data)) == []
    for wrong in (
        {"providers": {"P Q": provider}},
        {"providers": {"p": {**provider, "x": 1}}},
        {"courses": {"k": course}},
        {"courses": {"p/k": {**course, "x": 1}}},
    ):
        assert not validator.is_valid({**data, **wrong})


def test_the_whole_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--root", str(HOME)]) == 0
    whole = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(whole)
    assert set(WHOLE_FILES) == set(SCHEMA_KINDS) <= set(whole["$defs"])
    validator = Draft202012Validator(whole)
    assert validator.is_valid(read(HOME / "catalogue.yml"))
    assert not validator.is_valid({**read(HOME / "catalogue.yml"), "x": 1})
    assert set(whole["$defs"]["course"]["properties"]["credits"]) == {"description", "$ref"}
    for name, record in RECORDS.items():
        for field in record.model_fields:
            assert whole["$defs"][name]["properties"][field]["description"] == FIELDS[name][field]


def test_one_kind_is_whole_by_itself() -> None:
    done = kurskatalog("schema", "course", "--root", str(HOME))
    assert (done.returncode, done.stderr) == (0, "")
    schema = json.loads(done.stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "provider" not in schema["$defs"]
    assert "levels-codes" in schema["$defs"]


def test_languages_and_codes_are_those_of_the_catalogue(tmp_path: Path) -> None:
    own = {"name": {"nn": "Tema"}, "terms": [{"id": "eige", "label": {"nn": "Eige tema"}}]}
    write(tmp_path, {"catalogue.yml": catalogue(("nn", "en")), "content/vocabularies/themes.yml": own})
    validator = validators(tmp_path)["course"]
    course = {"title": {"nn": "K"}, "summary": "S", "themes": ["eige", "ki"]}
    assert list(validator.iter_errors(course)) == []
    assert not validator.is_valid({**course, "title": {"en": "C"}})
    assert not validator.is_valid({**course, "title": {"nn": "K", "nb": "K"}})
    empty = validators(tmp_path / "nothing")["course"]
    assert empty.is_valid({**course, "title": {"se": "K"}, "themes": ["ki"]})


# --- docs/formats.md ---

NAME = r"`(?P<name>[a-z_]+)`(?P<required> ?\*)?"


def section(heading: str) -> str:
    match = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", FORMATS, re.MULTILINE | re.DOTALL)
    assert match, heading
    return match[1]


def rows(text: str) -> dict[str, tuple[bool, str]]:
    """Key -> (required, what is said of it) in a table's rows."""
    found = {}
    for line in re.findall(r"^\| (`.*) \|$", text, re.MULTILINE):
        left, right = line.split(" | ", 1)
        for name in re.finditer(NAME, left):
            found[name["name"]] = (bool(name["required"]), right)
        for name in re.finditer(r"· `([a-z_]+)` (\[[a-z-]+\])", right):
            found[name[1]] = (False, name[2])
    return found


def prose(text: str) -> dict[str, tuple[bool, str]]:
    """The same where the keys stand in a sentence; what is said of a key stands before the next one."""
    names = list(re.finditer(NAME, text))
    ends = [name.start() for name in names[1:]] + [len(text)]
    return {
        name["name"]: (bool(name["required"]), text[name.end() : end]) for name, end in zip(names, ends, strict=True)
    }


def documented() -> dict[str, dict[str, tuple[bool, str]]]:
    course, run = section("content/providers/\\<provider\\>/courses/\\<course\\>.yml").split("A run (")
    module = section("modules/\\<provider\\>/\\<module\\>/module.\\<lang\\>.md")
    translation = re.search(r"\(`module\.nn\.md`\) holds (.*?), and is", module, re.DOTALL)
    assert translation
    synonyms = yaml.load(section("content/vocabularies/synonyms.yml").split("```")[1][4:], Loader=yaml.BaseLoader)
    vocabulary = yaml.load(section("content/vocabularies/\\<name\\>.yml").split("```")[1][4:], Loader=yaml.BaseLoader)
    return {
        "catalogue": rows(section("catalogue.yml")),
        "provider": rows(section("content/providers/\\<provider\\>/provider.yml")),
        "course": rows(course),
        "run": rows(run),
        "module": rows(module),
        "translation": prose(translation[1]),
        "page": prose(section("content/pages/\\<page\\>.\\<lang\\>.md").split(";")[0]),
        "plan": prose(section("content/plans/\\<plan\\>.yml")),
        "need": prose(section("content/needs/\\<need\\>.yml")),
        "vocabulary": dict.fromkeys(vocabulary, (False, "")),
        "synonyms": dict.fromkeys(synonyms, (False, "")),
        "term": dict.fromkeys(vocabulary["terms"][0], (False, "")),
    }


@pytest.mark.parametrize("kind", documented())
def test_formats_md_names_every_key_and_no_other(kind: str) -> None:
    told = documented()[kind]
    fields = RECORDS[kind].model_fields
    inline = {"providers", "courses"} if kind == "catalogue" else set()
    assert set(told) == set(fields) | inline
    if kind not in ("vocabulary", "synonyms", "term"):
        assert {key for key, (required, _) in told.items() if required} == {
            k for k, f in fields.items() if f.is_required()
        }


@pytest.mark.parametrize("kind", documented())
def test_formats_md_names_the_keys_inside(kind: str) -> None:
    for key, (_, text) in documented()[kind].items():
        field = RECORDS[kind].model_fields.get(key)
        inner = model_in(field.annotation) if field else None
        if inner is None or not (braces := re.search(r"`\{(.*?)\}`", text)):
            continue
        parts = [part.strip() for part in re.split(r", | \| ", braces[1])]
        named = {part.split(":")[0] for part in parts if ":" in part or not any(":" in p for p in parts)}
        assert named == set(inner.model_fields), f"{kind}.{key}"


@pytest.mark.parametrize("kind", documented())
def test_formats_md_names_the_lists_of_codes(kind: str) -> None:
    for key, (_, text) in documented()[kind].items():
        told = re.search(r"^(?:list of )?(?:codes? )?\[([a-z-]+)\]", text)
        if told:
            assert VOCABULARIES[f"{kind}.{key}"] == told[1]
    if kind not in ("plan", "need"):
        for field, name in VOCABULARIES.items():
            if field.startswith(f"{kind}."):
                assert f"[{name}]" in documented()[kind][field.split(".")[1]][1]
