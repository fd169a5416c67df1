"""The first visit of a course page on a slow phone: how much is fetched, and when the largest thing stands there.

Slow 4G as Lighthouse has it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back; a processor four times slower than this one.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from served import Served

pytestmark = pytest.mark.xdist_group("browser-weight")
Site = tuple[Served, dt.date]
KILOBYTES, SECONDS = 180, 1.5
PAGES = ["kurs/kystskolen/apent/", "moduler/kystskolen/oppgaver/", ""]
LARGEST = """() => new Promise((resolve) => {
  let last = 0;
  new PerformanceObserver((list) => { last = list.getEntries().at(-1).startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => resolve(last), 1000);
})"""


def first_visit(browser: Any, served: Served, path: str, slower: int = 4) -> tuple[float, float]:
    """Kilobytes over the net, and seconds to the largest paint, of a reader who has never been here."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 150,
            "downloadThroughput": 1.6e6 / 8,
            "uploadThroughput": 750e3 / 8,
        },
    )
    wire.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    page.goto(served.address + path, wait_until="networkidle")
    painted = page.evaluate(LARGEST) / 1000
    context.close()
    return sum(sizes) / 1000, painted


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_is_light_and_quick(browser: Any, states: Site, path: str) -> None:
    """The best of three visits: other work on the machine only makes it slower."""
    visits = [first_visit(browser, states[0], path) for _ in range(3)]
    assert max(size for size, _ in visits) <= KILOBYTES
    assert min(painted for _, painted in visits) <= SECONDS, visits


def test_nothing_holds_up_the_first_paint_but_the_sites_own_styles(browser: Any, states: Site) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(states[0].address + PAGES[0], wait_until="load")
    fetched = page.evaluate(
        "performance.getEntriesByType('resource').map((one) => [one.name, one.renderBlockingStatus === 'blocking'])"
    )
    context.close()
    blocking = [name for name, blocks in fetched if blocks]
    assert blocking
    assert [name for name in blocking if not name.startswith(states[0].address)] == []
