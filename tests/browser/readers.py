"""People with browsers. Every page that one opens is watched: an error in the console (a broken Content-Security-Policy is one)
or a request to another host fails the test.

A window takes four times as long to make as a page to load. So a reader who leaves hands the window, emptied of all that the
site kept in it, to the next one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from served import Served


@dataclass
class Window:
    """A page in a browser context of its own, and what it complained about since somebody sat down before it."""

    page: Any
    kind: tuple[Any, ...]
    address: str = ""
    expected: str = ""
    complaints: list[str] = field(default_factory=list)
    used_up: bool = False

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.note(str(error)))
        self.page.on("console", lambda said: self.note(said.text) if said.type in ("error", "warning") else None)
        self.page.on("request", lambda sent: self.asked(sent.url))

    def note(self, text: str) -> None:
        if not self.expected or self.expected not in text:
            self.complaints.append(text)

    def asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:", "about:")):
            self.complaints.append(url)

    def empty(self) -> None:
        """As it came: no page in it, and nothing that the site kept."""
        self.page.goto("about:blank")
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Storage.clearDataForOrigin", {"origin": self.address.rstrip("/"), "storageTypes": "all"})
        wire.detach()
        self.complaints = []


class Readers:
    """`open` gives a reader a page in a window of her own; `complaints` is what no page may cause."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.complaints: list[str] = []
        self._free: list[Window] = []
        self._busy: list[Window] = []

    def open(
        self,
        site: tuple[Served, dt.date],
        path: str = "",
        *,
        day: dt.date | None = None,
        width: int = 1280,
        height: int = 844,
        dark: bool = False,
        script: bool = True,
        calm: bool = False,
        expected: str = "",
        own: bool = False,
    ) -> Any:
        """The page at `path`, loaded. The browser's clock stands at noon of `day` (the build's).

        `expected` is a complaint to come. The window is nobody else's, before and after, when the test changes the window itself
        (`own`): its clock, its routes, scripts that run before the page's.
        """
        served, built = site
        window = self._window((script, day or built), own)
        window.address, window.expected, window.complaints = served.address, expected, self.complaints
        window.page.set_viewport_size({"width": width, "height": height})
        window.page.emulate_media(
            media="screen",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if calm else "no-preference",
        )
        window.page.goto(served.address + path, wait_until="load")
        return window.page

    def _window(self, kind: tuple[bool, dt.date], own: bool) -> Window:
        window = None if own else next((one for one in self._free if one.kind == kind), None)
        if window:
            self._free.remove(window)
        else:
            window = self._new(*kind)
            window.used_up = own
        self._busy.append(window)
        return window

    def _new(self, script: bool, day: dt.date) -> Window:
        context = self.browser.new_context(java_script_enabled=script, timezone_id="Europe/Oslo")
        context.set_default_timeout(15_000)
        page = context.new_page()
        if script:
            page.clock.set_fixed_time(dt.datetime.combine(day, dt.time(12), dt.UTC))
        return Window(page, (script, day))

    def leave(self) -> None:
        """Everybody goes; the windows are kept for the next, four at most."""
        while self._busy:
            window = self._busy.pop()
            if window.used_up:
                window.page.context.close()
                continue
            window.empty()
            self._free.append(window)
        for window in self._free[:-4]:
            window.page.context.close()
        del self._free[:-4]

    def end(self) -> None:
        """The windows are closed."""
        for window in [*self._busy, *self._free]:
            window.page.context.close()
        self._busy, self._free = [], []
