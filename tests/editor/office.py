"""A study coordinator's office: the site with the editor, served with its headers, and the editor's own server over a clone."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Error
from served import GOOD, Served
from small import HOME, PNG, TODAY

from kurskatalog.output.editor.backend import LOCAL
from kurskatalog.pipeline.build import Wanted, build
from kurskatalog.project import Project

GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


class Office:
    """`open` gives the form of a record; `proposal` is what was saved, on a branch of its own."""

    def __init__(self, folder: Path, editor: Path, browser: Any) -> None:
        self.root, self.browser = folder / "katalog", browser
        self.complaints: list[str] = []
        shutil.copytree(GOOD / "states", self.root)
        site = folder / "site"
        build(Project(root=self.root, out=site, home=HOME), Wanted(today=TODAY, jobs=2, search=False, editor=True))
        (self.root / ".gitignore").write_text("/build/\n", "utf-8")
        self.git("init", "-q", "-b", "main")
        for name, value in (("user.name", "Ola"), ("user.email", "ola@skolen.example"), ("commit.gpgsign", "false")):
            self.git("config", name, value)
        self.git("add", "-A")
        self.git("commit", "-qm", "Katalogen")
        self.served = Served(site)
        self.server = f"http://127.0.0.1:{free_port()}"
        env = {**os.environ, **GIT, "PORT": self.server.rpartition(":")[2], "BIND_HOST": "127.0.0.1", "MODE": "git"}
        env |= {"GIT_REPO_DIRECTORY": str(self.root), "LOG_LEVEL": "error"}
        self.process = subprocess.Popen(["node", editor / "node_modules/decap-server/dist/index.js"], env=env)
        self._wait()
        self.contexts: list[Any] = []

    def git(self, *args: str) -> str:
        """What git says."""
        done = subprocess.run(
            ["git", *args], cwd=self.root, env={**os.environ, **GIT}, check=True, capture_output=True, text=True
        )
        return done.stdout

    def open(self, collection: str, entry: str) -> Any:
        """The page with the form of an entry, or an empty one, for somebody who logs in."""
        self.contexts.append(
            self.browser.new_context(viewport={"width": 1280, "height": 1400}, timezone_id="Europe/Oslo")
        )
        page = self.contexts[-1].new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
        page.on("request", lambda sent: None if self._may_ask(sent.url) else self.complaints.append(sent.url))
        # The browser asks the address that the editor's policy names; the server answers on a free port.
        page.route(f"{LOCAL}/**", self._answer)
        place = f"entries/{entry}" if entry else "new"
        page.goto(f"{self.served.address}rediger/#/collections/{collection}/{place}")
        page.get_by_role("button", name="Logg inn").click()
        page.get_by_role("button", name="Lagre").wait_for()
        if entry:
            page.get_by_text("Endringer lagret").wait_for()
        return page

    def _answer(self, way: Any) -> None:
        with suppress(Error):  # the window may be closed while the editor is still asking
            way.fulfill(response=way.fetch(url=way.request.url.replace(LOCAL, self.server)))

    def _note(self, text: str) -> None:
        # The server says 404 when there is no proposal for an entry yet; the editor breaks off what is not valid without a word.
        if "404" not in text and text != "undefined":
            self.complaints.append(text)

    def _may_ask(self, url: str) -> bool:
        return url.startswith((self.served.address, LOCAL, "data:", "blob:"))

    def save(self, page: Any) -> None:
        """Save, and wait until it is done."""
        page.get_by_role("button", name="Lagre").click()
        page.get_by_text("Innlegg lagret").wait_for()

    def proposal(self, *branches: str) -> Path:
        """The files of proposals that were saved, on a branch `forslag` in a folder of their own."""
        folder = self.root.parent / "forslag"
        self.git("worktree", "add", "-q", "-b", "forslag", str(folder), "main")
        for branch in branches:
            self.git("-C", str(folder), "merge", "-q", "--no-edit", f"cms/{branch}")
        return folder

    def _wait(self) -> None:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.server}/", timeout=2)
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the editor's server does not answer")

    def close(self) -> None:
        """End what was started."""
        for context in self.contexts:
            context.close()
        self.process.terminate()
        self.process.wait(timeout=10)
        self.served.end()


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def picture(folder: Path) -> Path:
    """A picture with a name as people give them."""
    path = folder / "Måling på veggen.png"
    path.write_bytes(PNG)
    return path
