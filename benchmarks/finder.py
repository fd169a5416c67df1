"""Size and speed of the finder in a real Chromium at several sizes: `python benchmarks/finder.py [200 1000 ...]`.

Courses are invented: titles are those of tests/finder/titles.tsv, later ones with a second half from another; texts are seeded
Norwegian (benchmarks/words.py); nine in ten have one to three runs with days of their own.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

from courses import catalogue
from invented import TODAY
from visit import LARGEST, READY, first_visit

from kurskatalog.output.finder import finder_files
from kurskatalog.output.search.bags import Bag, Synonyms, facts_bag
from kurskatalog.output.search.index import Change, Index, build_index, renew_index
from kurskatalog.output.search.postings import shards_for
from kurskatalog.pipeline.build import Wanted, build
from kurskatalog.project import Project
from kurskatalog.view.finder import build_finder
from kurskatalog.view.found_by import build_found_by

HOME = Path(__file__).parent.parent
SIZES = (200, 1000, 5000, 26000)
QUESTIONS = """bærekraft|kunstig intelligens|sykepleie oslo|kompetanse|vann og avløp|ledelse|digitalisering i helse|regnskap|KI|
baerekraft|prosjektledelse|psykologi årsstudium|lærerutdanning trondheim|kybernetikk|sirkulær økonomi|kompetnase|psykolgi|
norsk andrespråk|velferdsteknologi|design""".replace("\n", "").split("|")
PAGES = {"a course": "kurs/kystskolen/apent/", "a module with questions": "moduler/kystskolen/oppgaver/", "home": ""}
FILE_LIMITS = {200: 25, 1000: 60, 26000: 600}  # KB gzip of the data file
KB = 1024


class Made:
    """A site in a folder whose finder has the files of a large catalogue, with the seconds that making the index took."""

    def __init__(self, folder: Path, size: int, site: Path) -> None:
        whole = catalogue(size)
        found_by = build_found_by(whole)
        self.synonyms = Synonyms(found_by.groups)
        begin = time.process_time()
        self.bags = [facts_bag(document.texts, self.synonyms) for document in found_by.documents]
        self.index = build_index(self.bags, self.synonyms)
        self.seconds = time.process_time() - begin
        begin = time.process_time()
        self.data = dict(finder_files(build_finder(whole, "nb", TODAY)))
        self.data_seconds = time.process_time() - begin
        about = {"id": "x", "count": len(self.bags), "shards": shards_for(len(self.bags))}
        files = {f"search/{name}": raw for name, raw in self.index.files.items()} | self.data
        files["search/index.json"] = json.dumps(about).encode()
        files["empty.html"] = b'<!doctype html><html lang="nb"><title>x</title>'
        shutil.copytree(site, folder, dirs_exist_ok=True)
        for name, raw in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(raw)

    def change(self) -> tuple[float, int]:
        """CPU seconds and files of a new word in one course."""
        number = len(self.bags) // 2
        now = {**self.bags[number], "vedlikeholdsplattform": 2}

        def holding(letters: Iterable[str]) -> Mapping[int, Bag]:
            probes = list(letters)
            return {n: bag for n, bag in enumerate(self.bags) if any(p in form for p in probes for form in bag)}

        begin = time.process_time()
        changes = [Change(number, self.bags[number], now)]
        renewed: Index = renew_index(
            self.index.known, changes, len(self.bags), holding, self.index.files.__getitem__, self.synonyms
        )
        return time.process_time() - begin, len(renewed.files)


class Served(ThreadingHTTPServer):
    """A folder over HTTP, compressed; `sent` counts bytes."""

    daemon_threads = True

    def __init__(self, top: Path) -> None:
        self.top, self.sent, self.kept = top, 0, dict[str, bytes]()
        super().__init__(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server_address[1]}/"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    """Answers with a file, compressed."""

    server: Served
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: else the second waits for the receipt of the first
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """One file."""
        name = self.path.partition("?")[0].strip("/")
        path = self.server.top / name
        if path.is_dir():
            name, path = f"{name}/index.html".strip("/"), path / "index.html"
        found = path.is_file()
        if found and name not in self.server.kept:
            self.server.kept[name] = gzip.compress(path.read_bytes(), 6)
        body = self.server.kept.get(name, b"")
        kinds = {
            "js": "text/javascript",
            "json": "application/json",
            "html": "text/html",
            "css": "text/css",
            "svg": "image/svg+xml",
        }
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", kinds.get(name.rpartition(".")[2], "text/plain") + "; charset=utf-8")
        if body:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.server.sent += len(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


LOAD = """async () => {
  const { Courses, KINDS } = await import("/assets/kk-data.js");
  const { today } = await import("/assets/kk-dates.js");
  const text = await (await fetch("/finn/data/kurs.json")).text();
  let begin = performance.now();
  const courses = new Courses(JSON.parse(text), today());
  window.courses = courses; window.kinds = KINDS;
  const loaded = performance.now() - begin;
  begin = performance.now();
  courses.sorted(courses.filter(new Map(KINDS.map((kind) => [kind, new Set()]))).found, "deadline");
  return [loaded, performance.now() - begin];
}"""
FILTER = """() => {
  let seed = 1;
  const dice = (n) => { seed = (seed * 48271) % 2147483647; return seed % n; };
  const times = [];
  for (let round = 0; round < 60; round++) {
    const chosen = new Map(window.kinds.map((kind) => [kind, new Set()]));
    for (let n = dice(4); n >= 0; n--) {
      const kind = window.kinds[dice(window.kinds.length)];
      const { values } = window.courses.kinds[kind];
      for (let m = dice(3); m >= 0 && values.length; m--) chosen.get(kind).add(dice(values.length));
    }
    const begin = performance.now();
    const { found } = window.courses.filter(chosen);
    window.courses.sorted(found, "deadline").slice(0, 20).map((number) => window.courses.entry(number));
    times.push(performance.now() - begin);
  }
  return times;
}"""
SEARCH = """async (question) => {
  const begin = performance.now();
  const { Search } = await import("/assets/kk-search.js");
  const search = new Search("/", "/");
  const { hits } = await search.find(question, { typing: true });
  await Promise.all(hits.slice(0, 10).map(([number]) => search.entry(number)));
  return [performance.now() - begin, hits.length];
}"""


def small_site(folder: Path) -> Path:
    """A site with one page of every kind (tests/projects/good/states)."""
    root = shutil.copytree(HOME / "tests/projects/good/states", folder / "states")
    build(Project(root=root, out=folder / "site", home=HOME), Wanted(today=TODAY))
    return folder / "site"


def visits(browser: Any, address: str, until: str) -> tuple[str, str]:
    """KB of a first visit on a slow phone, and the seconds of five: the median, the worst in brackets."""
    found = [first_visit(browser, address, until) for _ in range(5)]
    took = [seconds for _, seconds in found]
    return f"{max(size for size, _ in found):.0f}", f"{median(took):.2f} ({max(took):.2f})"


def measure_pages(site: Path, browser: Any) -> None:
    """Print what first visits of pages weigh, and when their largest thing stands there."""
    served = Served(site)
    print("| page | KB | largest paint, s |\n|---|---:|---:|")
    for name, path in PAGES.items():
        print("| " + " | ".join((name, *visits(browser, served.address + path, LARGEST))) + " |")
    served.shutdown()


def measure(size: int, browser: Any, site: Path) -> dict[str, Any]:
    """All figures of one size."""
    with tempfile.TemporaryDirectory() as folder:
        made = Made(Path(folder), size, site)
        served = Served(Path(folder))
        page = browser.new_page()
        page.goto(f"{served.address}empty.html")
        loaded, first = page.evaluate(LOAD)
        quick = page.evaluate(FILTER)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        slow = page.evaluate(FILTER)
        page.close()
        asked = [_ask(served, browser, question) for question in QUESTIONS]
        weight, usable = visits(browser, f"{served.address}finn/", READY)
        seconds, files = made.change()
        served.shutdown()
        packed = {name: len(gzip.compress(raw, 6)) for name, raw in made.index.files.items()}
        return {
            "courses": size,
            "data file, KB gzip": round(len(gzip.compress(made.data["finn/data/kurs.json"], 6)) / KB, 1),
            "read, ms": round(loaded + first, 1),
            "filter, ms": f"{median(quick):.1f} ({max(quick):.1f})",
            "filter, CPU / 4, ms": f"{median(slow):.1f} ({max(slow):.1f})",
            "first answer, KB": f"{median(a[0] for a in asked) / KB:.0f} ({max(a[0] for a in asked) / KB:.0f})",
            "first answer, ms": f"{median(a[1] for a in asked):.0f} ({max(a[1] for a in asked):.0f})",
            "finder, KB": weight,
            "finder usable, s": usable,
            "index, KB gzip": round(sum(packed.values()) / KB),
            "files": len(packed) + len(made.data),
            "index, CPU s": round(made.seconds, 2),
            "data, CPU s": round(made.data_seconds, 2),
            "a word more, CPU ms (files)": f"{seconds * 1000:.0f} ({files})",
        }


def _ask(served: Served, browser: Any, question: str) -> tuple[int, float]:
    """Bytes and milliseconds of a question in a browser that has nothing yet, scripts included."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.address}empty.html")
    served.sent = 0
    took, _ = page.evaluate(SEARCH, question)
    context.close()
    return served.sent, took


def main() -> None:
    """Print a table of all sizes."""
    from playwright.sync_api import sync_playwright

    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    program = os.environ.get("KURSKATALOG_BROWSER") or next(
        filter(None, map(shutil.which, ("chromium", "google-chrome")))
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        with tempfile.TemporaryDirectory() as folder:
            site = small_site(Path(folder))
            measure_pages(site, browser)
            rows = [measure(size, browser, site) for size in sizes]
        browser.close()
    print(f"load {os.getloadavg()}")
    print("| " + " | ".join(rows[0]) + " |")
    print("|" + "---:|" * len(rows[0]))
    for row in rows:
        print(
            "| " + " | ".join(f"{value:,}" if isinstance(value, int) else str(value) for value in row.values()) + " |"
        )
    for size, limit in FILE_LIMITS.items():
        for row in rows:
            if row["courses"] == size:
                print(f"{size} courses, data file: {row['data file, KB gzip']} of {limit} KB")


if __name__ == "__main__":
    main()
