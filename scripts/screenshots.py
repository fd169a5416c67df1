"""Take the pictures on the page *Bidra* from the program itself: `make editor`, then `python scripts/screenshots.py`.

A course of the catalogue is changed and another one is broken, in a copy; what a contributor then sees is photographed: the
editor with the course, a picture on its way into a text, the page of the preview, and the box in place of the broken one.
KURSKATALOG_BROWSER names the browser. Port 8081 must be free, since the editor looks for its server there.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page, sync_playwright

HOME = Path(__file__).parent.parent
PAGES = HOME / "content/pages"
MOST = 120_000
"""Bytes that a picture may have: people read the page on phones."""

COURSE = "redaksjonen/sirkular-okonomi-for-alle"
MODULE = "sirkulare-anskaffelser"
BROKEN = "redaksjonen/systemkompetanse"
SERVER = "http://localhost:8081"
GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def run(root: Path, *command: str) -> None:
    """A command in the copy."""
    subprocess.run(command, cwd=root, env={**os.environ, **GIT}, check=True, stdout=subprocess.DEVNULL)


def program(root: Path, *arguments: str) -> int:
    """`kurskatalog` over the copy; its exit code."""
    command = [sys.executable, str(HOME / "build.py"), *arguments, "--root", str(root)]
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode


def copy_catalogue(root: Path) -> None:
    """A git repository with the catalogue, and in it a change and a mistake that have not been committed."""
    for name in ("content", "modules"):
        shutil.copytree(HOME / name, root / name)
    shutil.copyfile(HOME / "catalogue.yml", root / "catalogue.yml")
    (root / ".gitignore").write_text("/build/\n/site/\n", "utf-8")
    run(root, "git", "init", "-q", "-b", "main")
    for name, value in (("user.name", "Ola"), ("user.email", "ola@skolen.example"), ("commit.gpgsign", "false")):
        run(root, "git", "config", name, value)
    run(root, "git", "add", "-A")
    run(root, "git", "commit", "-qm", "Katalogen")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder over HTTP: its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


@contextmanager
def editors_server(root: Path) -> Iterator[None]:
    """The editor's own server over the copy."""
    env = {
        **os.environ,
        **GIT,
        "PORT": "8081",
        "BIND_HOST": "localhost",
        "MODE": "git",
        "GIT_REPO_DIRECTORY": str(root),
    }
    server = HOME / "editor/node_modules/decap-server/dist/index.js"
    with subprocess.Popen(["node", str(server)], env=env, stdout=subprocess.DEVNULL) as process:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{SERVER}/", timeout=2)  # noqa: S310 - our own server
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield
        process.terminate()


def photograph(page: Page, name: str) -> None:
    """What the window shows, as `content/pages/<name>.png`."""
    page.wait_for_timeout(500)
    path = PAGES / f"{name}.png"
    page.screenshot(path=path, animations="disabled", caret="hide")
    size = path.stat().st_size
    print(f"{path.relative_to(HOME)}: {size} bytes")
    if size > MOST:
        raise SystemExit(f"{path.name} is larger than {MOST} bytes: make the window smaller")


def photograph_editor(page: Page, address: str) -> None:
    """The form of a course, and a picture on its way into a module's text."""
    provider, _, course = COURSE.partition("/")
    page.goto(f"{address}rediger/#/collections/kurs-{provider}/entries/{course}")
    page.get_by_role("button", name="Logg inn").click()
    page.get_by_text("Hva kurset er, i én eller to setninger").wait_for()
    page.get_by_text("Nivå (valgfritt)").first.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 0)")
    photograph(page, "bidra-skjema")
    page.goto(f"{address}rediger/#/collections/moduler-{provider}/entries/{MODULE}/module")
    page.get_by_role("button", name="Legg til et bilde").click()
    page.get_by_label("Hva bildet viser").fill("En stol blir reparert på et verksted")
    page.get_by_role("button", name="Sett det inn i teksten").scroll_into_view_if_needed()
    photograph(page, "bidra-bilde")


def photograph_preview(page: Page, address: str) -> None:
    """The page of the changed course, and the box of the broken one."""
    page.goto(f"{address}kurs/{COURSE}/")
    photograph(page, "bidra-forhandsvisning")
    page.goto(f"{address}kurs/{BROKEN}/")
    photograph(page, "bidra-feil")


def change(root: Path) -> None:
    """One course gets another summary, and a code of another one is misspelt."""
    for ident, before, after in (
        (COURSE, "\ncredits:", "\nhours: 12\ncredits:"),
        (BROKEN, "themes: [", "themes: [enrgi, "),
    ):
        provider, _, course = ident.partition("/")
        path = root / f"content/providers/{provider}/courses/{course}.yml"
        text = path.read_text("utf-8")
        new = text.replace(before, after, 1) if before in text else f"{text}funding: Gratis for alle.\n"
        path.write_text(new, "utf-8")


def main() -> int:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder) / "katalog"
        root.mkdir()
        copy_catalogue(root)
        if program(root, "build", "--editor", "--no-search"):
            raise SystemExit("the site with the editor could not be built: run 'make editor' first")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("KURSKATALOG_BROWSER") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        window = browser.new_context(viewport={"width": 900, "height": 620}, locale="nb-NO", timezone_id="Europe/Oslo")
        page = window.new_page()
        page.set_default_timeout(20_000)
        with served(root / "site") as address, editors_server(root):
            photograph_editor(page, address)
        change(root)
        program(root, "build", "--preview", "main")
        with served(root / "build/preview") as address:
            photograph_preview(page, address)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
