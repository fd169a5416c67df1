"""A first visit on a slow phone, by the browser's own brakes.

Slow 4G as Lighthouse has it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back; a processor four times slower than this one.
"""

from __future__ import annotations

from typing import Any

LARGEST = """() => new Promise((resolve) => {
  let last = 0;
  const seen = new PerformanceObserver((list) => { last = list.getEntries().at(-1).startTime; });
  seen.observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => resolve(last / 1000), 300);
})"""
PATIENCE = 30
"""Seconds after which the finder is taken not to come: a visit that hangs must not hold up those that measure."""
READY = f"""() => new Promise((resolve) => {{
  const ready = () => document.querySelector(".kk-finder-ready") || performance.now() > {PATIENCE}_000;
  const look = () => (ready() ? resolve(performance.now() / 1000) : requestAnimationFrame(look));
  look();
}})"""


def first_visit(browser: Any, address: str, until: str, slower: int = 4) -> tuple[float, float]:
    """Kilobytes over the net, and the seconds that `until` tells, of a reader who has never been here."""
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
    page.goto(address, wait_until="commit")
    took = page.evaluate(READY) if until == READY else 0.0
    page.wait_for_load_state("networkidle")
    took = took or page.evaluate(until)
    context.close()
    return sum(sizes) / 1000, took
