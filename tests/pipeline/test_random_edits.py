"""An incremental build gives what a clean one gives, byte for byte, after any series of edits."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings, stateful
from hypothesis import strategies as st
from small import (
    HOME,
    LONG,
    PNG,
    RUN,
    TRANSLATION,
    Small,
    catalogue,
    course,
    module,
    page,
    same,
    small_files,
    write,
    write_home,
)

from kurskatalog.pipeline.replace import spare_place
from kurskatalog.problems import BadContent

MODULES = ("redaksjonen/sensorer", "redaksjonen/trender", "redaksjonen/avvik")
WORDS = st.sampled_from(["Alfa", "Beta", "Gamma & co", "Åre", "Delta <b>", "Zeta"])
MORE = st.sampled_from(["redaksjonen/ekstra", "skolen/tillegg"])
TEXTS = st.sampled_from(
    ["En tekst A.", "En tekst B.", "En tekst C.", "## Ny overskrift\n\nMer.", "| a | b |\n|---|---|\n| 1 | 2 |"]
)
BROKEN = {
    "modules/redaksjonen/avvik/module.nb.md": "---\ntitle: [\n---\n",
    "content/providers/skolen/courses/aal.yml": "title: Uten resten\n",
    "catalogue.yml": "title: Halv\n",
    "content/pages/om.nb.md": page("Om", text="[borte](modul:redaksjonen/finnes-ikke)"),
}


class Edits(stateful.RuleBasedStateMachine):
    """A person (or several) at work in a catalogue; after each edit the site is built and held against a clean one."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="kurskatalog-"))
        self.home = write_home(self.place / "home")
        self.files: dict[str, Any] = small_files(("nb",))
        self.languages: tuple[str, ...] = ("nb",)
        self.more: set[str] = set()
        self.broken: dict[str, Any] = {}
        self.docs_are_whole = True
        self.small = Small(self.place / "katalog", self.home)
        self.settings = catalogue(("nb",))
        write(self.small.root, self.files)

    def teardown(self) -> None:
        shutil.rmtree(self.place)

    def put(self, name: str, content: Any) -> None:
        """Write a file unless it is broken just now; then it is mended to this."""
        self.files[name] = content
        if content is None:
            del self.files[name]
        if name in self.broken:
            self.broken[name] = content
        else:
            self.small.put(name, content)

    def change(self, file: str, /, **values: Any) -> None:
        """Set values of a file that is kept as data."""
        self.put(file, {**self.files[file], **values})

    # --- what people change ---

    @stateful.rule(ident=st.sampled_from(MODULES), text=TEXTS, title=st.none() | WORDS, outcome=st.none() | WORDS)
    def module_is_written(self, ident: str, text: str, title: str | None, outcome: str | None) -> None:
        heading = "## Læringsmål\n\n" if ident.endswith("trender") else ""
        more = {"outcome": outcome} if outcome else {}
        needs = "" if ident == MODULES[0] else MODULES[0]
        self.put(
            f"modules/{ident}/module.nb.md",
            module(title or ident.title(), text=f"{text}\n\n{heading and text}", needs=needs, **more),
        )

    @stateful.rule(ident=st.sampled_from(MODULES), text=TEXTS)
    def text_only_is_changed(self, ident: str, text: str) -> None:
        name = f"modules/{ident}/module.nb.md"
        head, _, _ = self.files[name].partition("## Læringsmål")
        self.put(name, f"{head}## Læringsmål\n\n{text}\n\n## Øvelse\n\nGjør det.\n")

    @stateful.rule(ident=MORE, title=WORDS, in_course=st.booleans())
    def module_comes(self, ident: str, title: str, in_course: bool) -> None:
        self.more.add(ident)
        self.put(f"modules/{ident}/bilde.png", PNG)
        self.put(f"modules/{ident}/module.nb.md", module(title, text="![Et bilde](bilde.png)"))
        self._use(ident, in_course)

    @stateful.precondition(lambda self: self.more)
    @stateful.rule(keep_picture=st.booleans())
    def module_goes(self, keep_picture: bool) -> None:
        ident = self.more.pop()
        self._use(ident, False)
        self.put(f"modules/{ident}/module.nb.md", None)
        self.put(f"modules/{ident}/bilde.png", None)
        if not keep_picture:
            (self.small.root / "modules" / ident).rmdir()

    def _use(self, ident: str, wanted: bool) -> None:
        name = "content/providers/redaksjonen/courses/maling.yml"
        others = [use for use in self.files[name]["modules"] if use != ident]
        self.change(name, modules=[*others, ident] if wanted else others)

    @stateful.precondition(lambda self: self.more)
    @stateful.rule(tail=st.binary(min_size=1, max_size=3))
    def picture_changes(self, tail: bytes) -> None:
        self.put(f"modules/{min(self.more)}/bilde.png", PNG + tail)

    @stateful.rule(title=WORDS, level=st.sampled_from(["5.1", "none"]), hours=st.integers(130, 145))
    def course_changes(self, title: str, level: str, hours: int) -> None:
        self.change("content/providers/skolen/courses/aal.yml", title=title, level=level, hours=hours)

    @stateful.rule(title=WORDS)
    def course_comes_or_goes(self, title: str) -> None:
        name = "content/providers/skolen/courses/nytt.yml"
        self.put(name, None if name in self.files else course(title, level="5.1"))

    @stateful.rule(name=WORDS)
    def provider_is_renamed(self, name: str) -> None:
        self.change("content/providers/skolen/provider.yml", name=name)

    @stateful.rule(day=st.dates(dt.date(2026, 11, 25), dt.date(2027, 1, 12)), county=st.sampled_from(["03", "18"]))
    def run_is_added(self, day: dt.date, county: str) -> None:
        name = "content/providers/skolen/courses/energi.yml"
        runs = self.files[name]["runs"]
        run = {
            **RUN,
            "id": f"r-{len(runs)}",
            "apply_by": day.isoformat(),
            "places": [{"name": "Byen", "county": county}],
        }
        self.change(name, runs=[*runs, run])

    @stateful.rule(label=WORDS, extra=st.booleans())
    def vocabulary_changes(self, label: str, extra: bool) -> None:
        terms = [
            {"id": "energi", "label": {"nb": label}},
            *([{"id": "nytt", "label": {"nb": "Nytt"}}] if extra else []),
        ]
        self.put("content/vocabularies/themes.yml", {"name": {"nb": "Tema"}, "terms": terms})

    @stateful.rule(ident=st.sampled_from(["bidra", "om", "aktuelt"]), title=WORDS, text=TEXTS)
    def page_is_written(self, ident: str, title: str, text: str) -> None:
        self.put(f"content/pages/{ident}.nb.md", page(title, text=text))

    @stateful.rule()
    def page_goes(self) -> None:
        for ident in ("bidra", "aktuelt"):
            if f"content/pages/{ident}.nb.md" in self.files:
                self.put(f"content/pages/{ident}.nb.md", None)
                break

    @stateful.rule(title=WORDS, publisher=WORDS, licence=st.sampled_from(["CC-BY-4.0", "CC0-1.0"]))
    def settings_change(self, title: str, publisher: str, licence: str) -> None:
        self._settings(title={"nb": title}, publisher={"name": publisher}, licence=licence)

    @stateful.rule(old=st.sampled_from(["kurs/skolen/gammelt", "moduler/redaksjonen/for"]), gone=st.booleans())
    def redirect_comes_or_goes(self, old: str, gone: bool) -> None:
        self._settings(redirects=None if gone else {old: "kurs/skolen/energi"})

    @stateful.rule(languages=st.sampled_from([("nb",), ("nb", "nn"), ("nb", "en"), ("nb", "en", "nn")]))
    def languages_change(self, languages: tuple[str, ...]) -> None:
        name = "modules/redaksjonen/trender/module.nn.md"
        self.languages = languages
        self._settings(languages=list(languages))
        if "nn" in languages:
            self.put(name, TRANSLATION.format(title="Trendar", summary="Om trendar.", text="Ein tekst."))
        elif name in self.files:
            self.put(name, None)

    def _settings(self, **values: Any) -> None:
        self.settings.update(values)
        self.put("catalogue.yml", {k: v for k, v in self.settings.items() if v is not None})

    @stateful.rule(days=st.sampled_from([1, 5, 20, 60]))
    def days_pass(self, days: int) -> None:
        self.small.today += dt.timedelta(days=days)

    # --- the theme and the engine ---

    def _own_theme(self) -> Path:
        own = self.small.root / "theme"
        if not own.exists():
            shutil.copytree(HOME / "theme", own)
        return own

    @stateful.rule(
        name=st.sampled_from(["module.md.j2", "_parts.j2", "list.md.j2", "page.md.j2"]), mark=st.integers(0, 9)
    )
    def template_changes(self, name: str, mark: int) -> None:
        path = self._own_theme() / "docs" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('class="kk-', f'class="k{mark} kk-') if mark else text, encoding="utf-8")

    @stateful.rule(publisher=st.sampled_from(["publisher", "description", "licence", "address", "footer"]))
    def template_shows_more_of_the_site(self, publisher: str) -> None:
        path = self._own_theme() / "docs" / "module.md.j2"
        text = (HOME / "theme" / "docs" / "module.md.j2").read_text(encoding="utf-8")
        path.write_text(text.replace("</article>", f"<p>{{{{ site.{publisher} }}}}</p></article>"), encoding="utf-8")

    @stateful.rule(
        name=st.sampled_from(["site/assets/kk.css", "site/main.html", "site/assets/new.txt"]),
        text=st.sampled_from(["a", "b"]),
    )
    def frame_changes(self, name: str, text: str) -> None:
        path = self._own_theme() / name
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(old + (f"<!-- {text} -->\n" if name.endswith("html") else f"/* {text} */\n"), encoding="utf-8")

    @stateful.rule()
    def frame_loses_a_file(self) -> None:
        (self._own_theme() / "site" / "assets" / "new.txt").unlink(missing_ok=True)

    @stateful.rule(feature=st.sampled_from(["toc.follow", "navigation.top", "content.code.copy"]), own=st.booleans())
    def engine_settings_change(self, feature: str, own: bool) -> None:
        path = self.small.root / "mkdocs.yml"
        path.unlink(missing_ok=True)
        if own:
            path.write_text(f"theme:\n  features: [{feature}]\nextra: {{note: 'x'}}\n", encoding="utf-8")

    # --- what goes wrong, and what changes nothing ---

    @stateful.rule(name=st.sampled_from(sorted(BROKEN)))
    def file_breaks(self, name: str) -> None:
        self.broken.setdefault(name, self.files[name])
        self.small.put(name, BROKEN[name])

    @stateful.rule()
    def all_is_mended(self) -> None:
        write(self.small.root, self.broken)
        self.broken.clear()

    @stateful.rule(name=st.sampled_from(["catalogue.yml", "modules/redaksjonen/avvik/module.nb.md"]))
    def file_is_touched(self, name: str) -> None:
        os.utime(self.small.root / name)

    @stateful.rule()
    def time_passes(self) -> None:
        time.sleep(1.05)  # what was read more than a second after its last change is not read again

    @stateful.rule(
        what=st.sampled_from(
            [
                "page",
                "document",
                "home",
                "documents",
                "settings",
                "manifest",
                "store",
                "spare",
                "page in spare",
                "asset",
                "picture",
            ]
        )
    )
    def something_is_lost(self, what: str) -> None:
        lost = self._place_of(what)
        self.docs_are_whole &= what not in ("document", "home", "settings")
        if lost.is_dir():
            shutil.rmtree(lost)
        else:
            lost.unlink(missing_ok=True)

    @stateful.rule(
        what=st.sampled_from(["page", "document", "home", "manifest", "store", "page in spare"]),
        size=st.sampled_from([0, 100, 9000]),
    )
    def something_is_cut(self, what: str, size: int) -> None:
        cut = self._place_of(what)
        self.docs_are_whole &= what not in ("document", "home", "settings")
        if cut.is_file():
            raw = cut.read_bytes()
            cut.unlink()
            cut.write_bytes(raw[:size])

    def _place_of(self, what: str) -> Path:
        work, out, page = self.small.root / "build", self.small.out, "moduler/redaksjonen/avvik/index.html"
        return {
            "page": out / page,
            "document": work / "docs" / "nb" / "moduler" / "redaksjonen" / "avvik" / "index.md",
            "home": work / "docs" / "nb" / "index.md",
            "documents": work / "docs",
            "settings": work / "mkdocs.yml",
            "manifest": next((work / "cache").glob("site-*.json"), work / "none"),
            "store": work / "cache" / "reading.sqlite",
            "spare": spare_place(self.small.project),
            "page in spare": spare_place(self.small.project) / page,
            "asset": out / "assets" / "kk.css",
            "picture": out / "moduler" / "redaksjonen" / "sensorer" / "sensor.png",
        }[what]

    # --- what must hold ---

    @stateful.invariant()
    def incremental_is_clean(self) -> None:
        if self.broken:
            before = self.small.site()
            with pytest.raises(BadContent):
                self.small.build()
            same(before, self.small.site())
            return
        self.small.build()
        self.small.is_clean()
        if self.docs_are_whole:  # else they are mended when an engine needs them
            same(self.small.documents(), self.small.clean()[1])
        made = self.small.build()
        assert made.made == 0


Edits.TestCase.settings = settings(
    max_examples=60 if LONG else 3,
    stateful_step_count=25 if LONG else 9,
    phases=[Phase.generate],
    report_multiple_bugs=False,
)
TestEdits = pytest.mark.xdist_group("random-edits")(Edits.TestCase)
