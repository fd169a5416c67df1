"""What the editor is told: every field of every form in plain Norwegian, folders as the catalogue has them, one forge and no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small import HOME, TODAY, Small, catalogue_of

from kurskatalog.model.catalogue import Catalogue
from kurskatalog.model.fields import RECORDS, VOCABULARIES
from kurskatalog.model.records import Repository
from kurskatalog.output.editor.backend import LOCAL, backend
from kurskatalog.output.editor.files import NotInstalled, editor_files, editor_policy
from kurskatalog.output.editor.settings import editor_settings
from kurskatalog.output.site.engine import EngineFailed
from kurskatalog.output.site.headers import POLICY, headers_file, nginx_snippet, policy
from kurskatalog.pipeline.build import Wanted, build

GITHUB = Repository(edit="https://github.com/skolen/katalog/edit/main/", login="https://inn.example/auth")
GITLAB = Repository(edit="https://gitlab.example/fylket/katalog/-/edit/hoved/", app_id="abc")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return catalogue_of(HOME)


@pytest.fixture(scope="session")
def config(catalogue: Catalogue) -> dict[str, Any]:
    """The settings as the editor sees them, with each kind's form where its name stands."""
    found = editor_settings(catalogue, backend(GITHUB))
    config: dict[str, Any] = found["config"]
    for collection in config["collections"]:
        collection["fields"] = found["kinds"][collection["fields"]]["form"]
    return config


def _all(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from _all(field.get("fields", []))
        yield from _all([field["field"]] if "field" in field else [])


def test_every_field_of_every_record_has_a_label_and_a_hint(config: dict[str, Any]) -> None:
    kinds = {one["format"].removeprefix("kurskatalog-"): one for one in config["collections"]}
    assert set(kinds) == {"provider", "course", "module", "translation", "page", "plan", "need"}
    for kind, collection in kinds.items():
        names = [field["name"] for field in collection["fields"] if field["name"] != "body"]
        assert names == list(RECORDS[kind].model_fields)
        assert [f["name"] for f in collection["fields"] if not f["label"] or not f["hint"]] == []
        assert all(
            field["label"] != field["name"]
            for field in _all(collection["fields"])
            if "hint" in field
            if field["name"] != "esco"
        )


def test_codes_are_choices(config: dict[str, Any], catalogue: Catalogue) -> None:
    course = next(one for one in config["collections"] if one["format"] == "kurskatalog-course")
    fields = {field["name"]: field for field in _all(course["fields"])}
    choices = editor_settings(catalogue, backend(None))["choices"]
    for name, vocabulary in VOCABULARIES.items():
        record, field = name.split(".")
        if record in ("course", "run", "place"):
            assert fields[field]["options"] == vocabulary, name
        assert [o["value"] for o in choices[vocabulary]] == list(catalogue.vocabularies[vocabulary].terms), name
    assert fields["module"]["options"] == "modules"
    assert {option["value"] for option in choices["modules"]} == set(catalogue.modules)
    assert all(option["label"] for options in choices.values() for option in options)


def test_folders_are_the_catalogues(config: dict[str, Any], catalogue: Catalogue) -> None:
    folders = {(one["folder"], one["extension"], one.get("path", "{{slug}}")) for one in config["collections"]}
    wanted = {course.file for course in catalogue.courses.values()} | {m.file for m in catalogue.modules.values()}
    wanted |= {one.file for kind in (catalogue.providers, catalogue.plans, catalogue.needs) for one in kind.values()}
    wanted |= {
        body.file for one in (*catalogue.modules.values(), *catalogue.pages.values()) for _, body in one.texts.values()
    }
    for file in wanted:
        found = [
            folder
            for folder, ending, path in folders
            if file.startswith(f"{folder}/")
            and path.replace("{{slug}}", file.removeprefix(f"{folder}/").split("/")[0].removesuffix(f".{ending}"))
            + f".{ending}"
            == file.removeprefix(f"{folder}/")
        ]
        assert len(found) == 1, file
    assert all((HOME / folder).is_dir() or "modules/" in folder or "/courses" in folder for folder, *_ in folders)


def test_nothing_is_merged_or_deleted_from_the_editor(config: dict[str, Any]) -> None:
    assert config["publish_mode"] == "editorial_workflow"
    assert {(one["publish"], one["delete"]) for one in config["collections"]} == {(False, False)}


@pytest.mark.parametrize(
    ("repository", "name", "repo", "hosts"),
    [
        (GITHUB, "github", "skolen/katalog", ("https://api.github.com", "https://www.githubstatus.com")),
        (GITLAB, "gitlab", "fylket/katalog", ("https://gitlab.example",)),
        (
            Repository(edit="https://forge.example/a/b/_edit/main/", app_id="1"),
            "forgejo",
            "a/b",
            ("https://forge.example",),
        ),
    ],
)
def test_a_forge_is_known_by_its_editing_address(
    repository: Repository, name: str, repo: str, hosts: tuple[str, ...]
) -> None:
    found = backend(repository)
    assert (found.settings["name"], found.settings["repo"], found.hosts) == (name, repo, hosts)
    assert editor_policy(repository)["connect-src"] == ("'self'", "data:", "blob:", *hosts)


@pytest.mark.parametrize(
    "repository",
    [
        None,
        Repository(edit=GITHUB.edit),
        Repository(edit="https://git.example/x/edit/main/", login="https://a.example"),
    ],
)
def test_without_a_way_to_log_in_it_is_for_this_machine_only(repository: Repository | None) -> None:
    assert backend(repository).hosts == (LOCAL,)


def test_the_folder_has_a_policy_of_its_own_and_the_site_keeps_its_strict_one() -> None:
    own = {"rediger": {"Content-Security-Policy": policy(editor_policy(GITHUB)), "X-Robots-Tag": "noindex"}}
    site, editor = headers_file("https://k.example/", own).split("/rediger/*\n")
    assert policy(POLICY) in site
    assert "unsafe" not in site
    assert editor.startswith("  ! Content-Security-Policy\n")
    assert policy(editor_policy(GITHUB)) in editor
    before, inside = nginx_snippet("https://k.example/", own).split("location ^~ /rediger/ {")
    assert "unsafe" not in before
    assert inside.count("Content-Security-Policy") == 1
    assert "X-Content-Type-Options" in inside  # nginx inherits none of the others


def test_the_lock_pins_hashes_and_names_no_registry() -> None:
    lock = json.loads((HOME / "editor/package-lock.json").read_text("utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert [name for name, one in packages.items() if "integrity" not in one] == []
    assert [name for name, one in packages.items() if "resolved" in one] == []


def test_a_build_without_the_bundle_says_how_it_is_installed(
    small: Small, catalogue: Catalogue, tmp_path: Path
) -> None:
    with pytest.raises(NotInstalled, match=str(tmp_path)):
        list(editor_files(catalogue, tmp_path))
    with pytest.raises(EngineFailed, match="npm ci"):
        build(small.project, Wanted(today=TODAY, search=False, editor=True))
    assert not small.project.out.exists()


def test_a_build_that_is_not_asked_for_it_has_none(site: Small) -> None:
    assert not (site.project.out / "rediger").exists()
    assert "rediger" not in (site.project.out / "_headers").read_text("utf-8")
