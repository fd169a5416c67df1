"""`serve` over HTTP: what lies at an address, what does not, and how the program begins and ends."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from commands import Served, until
from small import Small, tree

from kurskatalog.cli.serving.files import SiteFiles, content_type, names_in
from kurskatalog.cli.serving.watch import Sources
from kurskatalog.files import exchange
from kurskatalog.pipeline.lock import Busy, only_one
from kurskatalog.project import Project

SCRIPT = b'<script src="/.kurskatalog/live.js"'


@pytest.fixture
def served(serve: Any, built: Small) -> Served:
    started: Served = serve(built.root)
    return started


def test_pages_files_and_what_is_not_there(served: Served, built: Small) -> None:
    status, headers, body = served.get("/")
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "text/html; charset=utf-8", "no-store")
    assert body.count(SCRIPT) == 1
    assert body.index(SCRIPT) < body.index(b"</body>")
    assert int(headers["Content-Length"]) == len(body)
    for path, type_ in (
        ("/moduler/redaksjonen/sensorer/", "text/html; charset=utf-8"),
        ("/moduler/redaksjonen/sensorer/sensor.png", "image/png"),
        ("/assets/kk.css", "text/css; charset=utf-8"),
        ("/assets/kk-icon.svg?v=1", "image/svg+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/.kurskatalog/live.js", "text/javascript; charset=utf-8"),
        ("/kurs/skolen/energi/index.html", "text/html; charset=utf-8"),
        ("/kurs/skolen/%65nergi/", "text/html; charset=utf-8"),
    ):
        status, headers, body = served.get(path)
        assert (status, headers["Content-Type"]) == (200, type_), path
        head_status, head_headers, nothing = served.get(path, "HEAD")
        assert (head_status, nothing) == (200, b"")
        assert head_headers["Content-Length"] == str(len(body))
    assert (
        served.get("/moduler/redaksjonen/sensorer/sensor.png")[2]
        == built.site()["moduler/redaksjonen/sensorer/sensor.png"]
    )
    status, headers, _ = served.get("/kurs/skolen/energi?x=1")
    assert (status, headers["Location"]) == (302, "/kurs/skolen/energi/?x=1")
    for path in ("/finnes/ikke", "/kurs/skolen/energi/index.html/", "/assets/javascripts/", "/assets/javascripts"):
        status, headers, body = served.get(path)
        assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8"), path
        assert b"kk-header" in body
        assert SCRIPT in body
    for method in ("POST", "PUT", "DELETE"):
        status, headers, _ = served.get("/", method)
        assert (status, headers["Allow"]) == (405, "GET, HEAD")
    assert served.get("/", "TRACE")[0] == 501
    assert not [name for name, raw in built.site().items() if b".kurskatalog/" in raw]


HOSTILE = [
    "/../catalogue.yml",
    "/kurs/../../catalogue.yml",
    "/%2e%2e/catalogue.yml",
    "/..%2fcatalogue.yml",
    "/kurs/..%5c..%5ccatalogue.yml",
    "/%252e%252e/catalogue.yml",
    "//etc/passwd",
    "/.kurskatalog",
    "/.nojekyll",
    "/.git/config",
    "/a%00b",
    "/%ff%fe",
    "/%0d%0aSet-Cookie:%20x=1",
    "http://elsewhere.example/../catalogue.yml",
    "http://[/",
    "*",
    "/" + "a/" * 3000,
]


@pytest.mark.parametrize("target", HOSTILE, ids=[target[:30] for target in HOSTILE])
def test_no_way_out_of_the_site(target: str, site: Small) -> None:
    parsed = names_in(target)
    files = SiteFiles(site.out, site.root / "build" / "mkdocs.yml")
    assert parsed is None or files.find(parsed[0], is_folder=parsed[1]) is None


def test_hostile_requests_get_404_and_nothing_else(served: Served) -> None:
    host, port = urlsplit(served.address).netloc.split(":")
    for target in HOSTILE:
        with socket.create_connection((host, int(port)), 20) as connection:
            connection.sendall(f"GET {target} HTTP/1.0\r\n\r\n".encode())
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        assert re.match(rb"HTTP/1.0 40[04] ", answer), target
        assert b"Set-Cookie" not in answer
        assert b"secret" not in answer
    assert served.get("/")[0] == 200
    assert "Traceback" not in served.said


def test_links_and_pipes_in_the_site_are_not_followed(built: Small) -> None:
    secret = built.root / "secret.html"
    secret.write_text("secret")
    (built.out / "link.html").symlink_to(secret)
    (built.out / "inside.html").symlink_to(built.out / "index.html")
    (built.out / "folder").symlink_to(built.root)
    os.mkfifo(built.out / "pipe")
    files = SiteFiles(built.out, built.root / "build" / "mkdocs.yml")
    for names in (["link.html"], ["inside.html"], ["folder", "secret.html"], ["pipe"]):
        assert files.find(names, is_folder=False) is None
    assert files.find(["folder"], is_folder=True) is None


def test_types_are_the_same_on_every_machine() -> None:
    for name, type_ in {
        "a.HTML": "text/html; charset=utf-8",
        "data.json": "application/json; charset=utf-8",
        "feed.ics": "text/calendar; charset=utf-8",
        "x.jsonld": "application/ld+json; charset=utf-8",
        "font.woff2": "font/woff2",
        "a.pdf": "application/pdf",
        "wasm.unknown.wasm": "application/wasm",
        "a.pf_fragment": "application/octet-stream",
        "none": "application/octet-stream",
    }.items():
        assert content_type(name) == type_


def test_the_path_of_the_public_address(serve: Any, built: Small) -> None:
    built.change("catalogue.yml", "https://katalog.example/", "https://host.example/en/katalog/")
    served = serve(built.root)
    assert served.address.endswith("/en/katalog/")
    assert served.get("/en/katalog/kurs/")[0] == served.get("/kurs/")[0] == 200
    status, _, lost = served.get("/en/katalog/finnes/ikke")
    assert status == 404
    styles = re.findall(rb'<link rel="stylesheet" href="(/[^"]+)"', lost)
    assert styles
    assert all(served.get(path.decode())[0] == 200 for path in styles)


def test_the_site_can_be_exchanged_while_it_is_read(tmp_path: Path) -> None:
    top, other = tmp_path / "site", tmp_path / "new"
    for folder in (top, other):
        (folder / "a" / "b").mkdir(parents=True)
        (folder / "a" / "b" / "index.html").write_text("page")
    files = SiteFiles(top, tmp_path / "none.yml")
    going = True

    def swap() -> None:
        number = 0
        while going:
            number += 1
            fresh = tmp_path / f"fresh{number}"
            shutil.copytree(top, fresh)
            exchange(fresh, top)
            shutil.rmtree(fresh)

    thread = Thread(target=swap)
    thread.start()
    try:
        for _ in range(500):
            found = files.find(["a", "b"], is_folder=True)
            assert found
            assert found.file
            assert found.file.read() == b"page"
            found.file.close()
    finally:
        going = False
        thread.join()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(how: int, serve: Any, built: Small) -> None:
    served = serve(built.root)
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc)
    connection.request("GET", "/.kurskatalog/events")  # an open page holds up nothing
    assert connection.getresponse().readline() == b"retry: 500\n"
    served.wait_for("Ctrl-C")
    assert served.end(how) == 0
    connection.close()
    assert "Traceback" not in served.said
    assert "Warning" not in served.said
    assert sorted(path.name for path in built.root.iterdir() if path.name.startswith(".")) == []


def test_a_port_that_is_taken_is_2(serve: Any, built: Small) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        served = serve(built.root, "--port", str(port))
        served.process.wait(20)
        assert served.end() == 2
    assert f"kurskatalog: port {port} is taken by another program" in served.said
    assert "Traceback" not in served.said


def test_a_host_that_is_not_here_is_2(serve: Any, built: Small) -> None:
    served = serve(built.root, "--host", "192.0.2.1")
    served.process.wait(20)
    assert served.end() == 2
    assert "192.0.2.1:0 cannot be used" in served.said


def test_an_output_folder_that_is_not_ours_is_2(serve: Any, built: Small) -> None:
    mine = built.root / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    served = serve(built.root, "--out", str(mine))
    served.process.wait(20)
    assert served.end() == 2
    assert "is not a site made by this program" in served.said
    assert tree(mine) == {"thesis.txt": b"years of work"}


def test_without_a_site_every_page_waits_for_one(serve: Any, built: Small) -> None:
    shutil.rmtree(built.out)
    shutil.rmtree(built.root / "build")
    om = (built.root / "content/pages/om.nb.md").read_text(encoding="utf-8")
    built.put("content/pages/om.nb.md", "---\ntitle: <b>Om</b>\n---\n")
    served = serve(built.root)
    status, _, body = served.get("/kurs/")
    assert status == 503
    assert SCRIPT in body
    state = state_of(served)
    assert state["build"] == ""
    assert "no version without errors yet" in state["trouble"]["title"]
    assert [(p["file"], p["code"]) for p in state["trouble"]["problems"]] == [("content/pages/om.nb.md", "K122")]
    built.put("content/pages/om.nb.md", om)
    until(lambda: served.get("/kurs/")[0] == 200, "the site", lambda: served.said)
    until(lambda: state_of(served)["trouble"] is None, "no trouble")
    assert state_of(served)["build"] == (built.out / ".kurskatalog").read_text().strip()


def state_of(served: Served) -> dict[str, Any]:
    """The state that a page is told first."""
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=20)
    connection.request("GET", "/.kurskatalog/events")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    lines = [answer.readline() for _ in range(3)]
    connection.close()
    state: dict[str, Any] = json.loads(lines[2].removeprefix(b"data: "))
    return state


def test_the_terminal_says_what_was_made_and_what_is_wrong(serve: Any, built: Small) -> None:
    served = serve(built.root)
    served.wait_for("Ctrl-C ends it")
    assert served.said.count("pages made") == 1
    module = "modules/redaksjonen/sensorer/module.nb.md"

    before = len(served.said)
    built.change(module, "Gjør dette.", "Gjør noe annet.")
    served.wait_for(r"\n?1 of \d+ pages made", before)

    before = len(served.said)
    built.change(module, "hours: 2.5", "hours: to")
    served.wait_for("Nothing was built", before)
    assert f"{module}:5:8: error K125" in served.said[before:]

    before = len(served.said)
    built.change(module, "hours: to", "hours: 2.5")
    served.wait_for(r"0 of \d+ pages made", before)

    before = len(served.said)
    (built.root / "modules/redaksjonen/ny").mkdir()
    built.put(
        "modules/redaksjonen/ny/module.nb.md",
        built.root.joinpath(module).read_text().replace("![En sensor](sensor.png)", ""),
    )
    served.wait_for(r"pages made", before)
    assert served.get("/moduler/redaksjonen/ny/")[0] == 200

    before = len(served.said)
    shutil.rmtree(built.root / "modules/redaksjonen/ny")
    served.wait_for(r"pages made", before)
    assert served.get("/moduler/redaksjonen/ny/")[0] == 404


def test_another_build_in_the_same_catalogue_is_waited_for(serve: Any, built: Small) -> None:
    served = serve(built.root)
    served.wait_for("Ctrl-C ends it")

    def hold_and_change() -> bool:
        try:
            with only_one(built.project.work / "cache"):
                built.change("catalogue.yml", "Småkatalogen", "Storkatalogen")
                served.wait_for("Another build is at work")
        except Busy:  # it is looking again at what changed while it started
            return False
        return True

    until(hold_and_change, "the lock")
    until(lambda: b"Storkatalogen" in served.get("/")[2], "the new title", lambda: served.said)
    assert served.said.count("Another build is at work") == 1
    assert state_of(served)["trouble"] is None


def test_which_changes_count(small: Small, tmp_path: Path) -> None:
    sources = Sources(Project(root=small.root, out=small.out, home=small.home))
    for path, counts in {
        "catalogue.yml": True,
        "mkdocs.yml": True,
        "content/pages/om.nb.md": True,
        "modules/a/b/module.nb.md": True,
        "theme/site/main.html": True,
        "README.md": False,
        "build/docs/index.md": False,
        "site/index.html": False,
        ".git/HEAD": False,
        "content/.om.md.swp": False,
        "content/pages/om.nb.md~": False,
        "other/content/a.yml": False,
    }.items():
        assert sources._is_source(str(small.root / path)) == counts, path
    assert sources._is_source(str(small.home / "theme" / "docs" / "x.j2"))
    assert not sources._is_source(str(tmp_path / "elsewhere.yml"))


def test_a_system_without_watches_left_is_looked_at_again_and_again(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kurskatalog.cli.serving import watch

    class Exhausted(watch.Observer):  # type: ignore[misc, valid-type]
        def schedule(self, *_: object, **__: object) -> None:
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watch, "Observer", Exhausted)
    sources = Sources(small.project)
    sources.start()
    try:
        assert isinstance(sources._observer, watch.PollingObserver)
        small.put("content/pages/ny.nb.md", "x")
        assert sources.wait(10)
    finally:
        sources.stop()


def test_folders_that_come_later_are_watched(small: Small) -> None:
    modules = small.root / "modules"
    aside = small.root / "aside"
    modules.rename(aside)
    sources = Sources(small.project)
    sources.start()
    try:
        aside.rename(modules)
        assert sources.wait(10)
        sources.follow()
        small.put("modules/redaksjonen/sensorer/module.nb.md", "x")
        assert sources.wait(10)
        shutil.rmtree(modules)
        modules.mkdir()
        assert sources.wait(10)
        sources.follow()
        small.put("modules/redaksjonen/sensorer/module.nb.md", "y")
        assert sources.wait(10)
    finally:
        sources.stop()
