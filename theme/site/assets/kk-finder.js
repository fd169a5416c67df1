// The finder's page: a question, filters with counts, results. What is chosen stands in the address, so that it can be sent to others.
import { Courses, KINDS } from "./kk-data.js";
import { today } from "./kk-dates.js";
import { Filters } from "./kk-filters.js";
import { button } from "./kk-list.js";
import { mendedWords, resultParts } from "./kk-lookup.js";
import { Search } from "./kk-search.js";
import { begin, CROSS, data, el, factLine, here, icon, numberText, root, stateLine, words } from "./kk-show.js";

const NAMES = {
  state: "soknad", start: "start", theme: "tema", county: "fylke", place: "sted", form: "form", level: "niva", credits: "poeng",
  hours: "timer", price: "pris", provider: "tilbyder", language: "sprak", maturity: "modenhet", dimension: "dimensjon",
};
const SORTS = ["relevance", "deadline", "start", "title", "credits"];
const TYPES = ["course", "module", "plan", "provider", "page"];
const STEP = 20; // results that are shown, and shown more
const WAIT = 150;

class Finder {
  constructor(box, courses, say) {
    Object.assign(this, { box, courses, say, day: courses.today });
    this.search = new Search(root(), here());
    this.field = box.querySelector(".kk-finder-field");
    const early = this.field.value; // typed while the courses were on their way
    this.status = el("p.kk-finder-status", { role: "status" });
    this.build();
    this.read();
    this.field.value ||= early;
    box.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); this.typed(true); });
    this.field.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.typed(), WAIT); });
    addEventListener("popstate", () => { this.read(); this.update(); });
  }

  // --- What stands on the page ---------------------------------------------------------------------------------------------------

  build() {
    const { say } = this;
    this.sortBox = el("select", { change: () => { this.sort = this.sortBox.value; this.shown = STEP; this.changed(); } },
      SORTS.map((name) => el("option", { value: name }, say(`sort_${name}`))));
    this.filterButton = el("button.kk-filter-button", { type: "button", "aria-expanded": "false", "aria-controls": "kk-filters", click: () => this.unfold() });
    this.types = el("div.kk-types", { role: "group", "aria-label": say("types") });
    this.chips = el("ul.kk-chips", { "aria-label": say("chosen") });
    this.note = el("p.kk-finder-note", { hidden: true });
    this.list = el("ol.kk-results", {});
    this.more = el("button.kk-button.kk-more", { type: "button", click: () => this.showMore() }, say("more"));
    this.done = el("button.kk-button.kk-button-first.kk-filters-done", { type: "button", click: () => this.unfold(false) });
    this.filters = new Filters(this.courses.kinds, say, (...chosen) => this.choose(...chosen));
    const filters = el("div.kk-filters", { id: "kk-filters", role: "group", "aria-label": say("filters") }, this.filters.boxes, this.done);
    const bar = el("div.kk-finder-bar", {}, this.status, this.filterButton, el("label.kk-sort", {}, el("span", {}, say("sort")), this.sortBox));
    const results = el("section.kk-found", { "aria-labelledby": "kk-found-title" },
      el("h2.kk-unseen", { id: "kk-found-title" }, say("results_label")), this.types, this.chips, this.note, this.list, this.more);
    this.box.append(el("div.kk-finder-columns", {}, bar, filters, results));
  }

  unfold(open = this.filterButton.getAttribute("aria-expanded") !== "true") {
    this.filterButton.setAttribute("aria-expanded", String(open));
    this.box.classList.toggle("kk-filters-open", open);
    if (open) this.box.querySelector(".kk-filter summary")?.focus();
    else this.filterButton.focus();
  }

  // --- What is chosen ------------------------------------------------------------------------------------------------------------

  read() {
    const asked = new URLSearchParams(location.search);
    this.question = asked.get("q") ?? "";
    this.field.value = this.question;
    this.sort = SORTS.includes(asked.get("sorter")) ? asked.get("sorter") : "";
    this.type = TYPES.includes(asked.get("slag")) ? asked.get("slag") : "";
    this.chosen = new Map(KINDS.map((kind) => {
      const codes = new Set(asked.getAll(NAMES[kind]));
      const { values } = this.courses.kinds[kind];
      return [kind, new Set(values.flatMap((value, number) => (codes.has(value.code) ? [number] : [])))];
    }));
    this.shown = STEP;
  }

  address() {
    const asked = new URLSearchParams();
    if (this.question.trim()) asked.set("q", this.question.trim());
    for (const kind of KINDS) for (const number of this.chosen.get(kind)) asked.append(NAMES[kind], this.courses.kinds[kind].values[number].code);
    if (this.type) asked.set("slag", this.type);
    if (this.sort) asked.set("sorter", this.sort);
    const text = asked.toString();
    return location.pathname + (text ? `?${text}` : "");
  }

  changed(replace = false) {
    const address = this.address();
    if (address !== location.pathname + location.search) history[replace ? "replaceState" : "pushState"](null, "", address);
    return this.update();
  }

  typed(now = false) {
    clearTimeout(this.timer);
    if (this.question === this.field.value && !now) return;
    this.question = this.field.value;
    this.shown = STEP;
    if (this.sort === "relevance" && !this.question.trim()) this.sort = "";
    this.changed(true);
  }

  choose(kind, number, on) {
    this.chosen.get(kind)[on ? "add" : "delete"](number);
    this.shown = STEP;
    this.changed();
  }

  clear() {
    this.chosen.forEach((values) => values.clear());
    this.changed();
    this.field.focus();
  }

  // --- From what is chosen to what is shown --------------------------------------------------------------------------------------

  async update() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const asked = this.question.trim().length > 1;
    let found = null;
    this.failed = false;
    if (asked) {
      try {
        [found] = await Promise.all([this.search.find(this.question, { typing: true }), this.knowTypes()]);
      } catch { this.failed = true; }
      if (turn !== this.turn) return;
    }
    const filtered = [...this.chosen.values()].some((values) => values.size);
    const within = found && new Uint8Array(this.courses.count);
    if (found) for (const [number] of found.hits) if (number < this.courses.count) within[number] = 1;
    const { found: courses, counts } = this.courses.filter(this.chosen, within);
    const passing = new Set(found ? courses : []);
    const hits = found ? found.hits.filter(([number]) => (number < this.courses.count ? passing.has(number) : !filtered)) : [];
    this.results = found ? this.ofHits(hits, found) : this.courses.sorted(courses, this.sort || "deadline").map((number) => ({ number }));
    Object.assign(this, { found, counts, filtered, total: this.results.length });
    await this.paint();
  }

  ofHits(hits, found) {
    this.byType = new Map();
    for (const [number] of hits) this.byType.set(this.typeOf(number), (this.byType.get(this.typeOf(number)) ?? 0) + 1);
    const type = this.byType.get(this.type) ? this.type : "";
    let chosen = hits.map(([number]) => ({ number }));
    if (type) chosen = chosen.filter(({ number }) => this.typeOf(number) === type);
    if (this.sort && this.sort !== "relevance") {
      const courses = this.courses.sorted(chosen.filter(({ number }) => number < this.courses.count).map(({ number }) => number), this.sort);
      chosen = [...courses.map((number) => ({ number })), ...chosen.filter(({ number }) => number >= this.courses.count)];
    }
    this.stems = found.stems;
    return chosen;
  }

  /** Where the numbers of each type end. */
  async knowTypes() {
    if (this.limits) return;
    const { kinds } = await data("first");
    let at = 0;
    this.limits = TYPES.map((type) => [type, (at += kinds[type] ?? 0)]);
  }

  typeOf(number) { return this.limits.find(([, end]) => number < end)?.[0] ?? "page"; }

  // --- Painting ------------------------------------------------------------------------------------------------------------------

  paint() {
    const { say } = this;
    this.filters.paint(this.chosen, this.counts);
    const active = [...this.chosen.values()].reduce((sum, values) => sum + values.size, 0);
    this.filterButton.textContent = active ? say("filters_on", { number: active }) : say("filters");
    this.done.textContent = say("show_results", { number: this.total });
    this.paintSort();
    this.paintTypes();
    this.paintChips(active);
    const what = this.found ? (this.total === 1 ? "result" : "results") : this.total === 1 ? "course" : "courses";
    this.status.textContent = this.total ? say(what, { number: numberText(this.total) }) : this.question.trim() ? say("nothing", { question: this.question.trim() }) : say("no_course");
    return Promise.all([this.paintResults(0), this.paintNote()]);
  }

  paintSort() {
    const asked = Boolean(this.found);
    this.sortBox.options[0].hidden = this.sortBox.options[0].disabled = !asked;
    this.sortBox.value = this.sort || (asked ? "relevance" : "deadline");
  }

  paintTypes() {
    const { say } = this;
    const kinds = this.found && !this.filtered ? TYPES.filter((type) => this.byType?.get(type)) : [];
    this.types.hidden = kinds.length < 2;
    const all = [...(this.byType?.values() ?? [])].reduce((sum, number) => sum + number, 0);
    const focused = this.types.contains(document.activeElement) ? document.activeElement.dataset.type : null;
    this.types.replaceChildren(...["", ...kinds].map((type) => {
      const press = () => { this.type = type; this.shown = STEP; this.changed(); };
      const made = el("button", { type: "button", "aria-pressed": String((this.type || "") === type), click: press },
        `${say(type ? `kinds_${type}` : "kinds_all")} `, el("span.kk-value-count", {}, type ? this.byType.get(type) : all));
      made.dataset.type = type;
      return made;
    }));
    if (focused !== null) [...this.types.children].find((made) => made.dataset.type === focused)?.focus();
  }

  paintChips(active) {
    const { say } = this;
    const chips = [];
    for (const kind of KINDS) {
      for (const number of this.chosen.get(kind)) {
        const text = this.filters.label(kind, number);
        const at = chips.length;
        const drop = () => { this.choose(kind, number, false); (this.chips.querySelectorAll("button")[at] ?? this.field).focus(); };
        chips.push(el("li", {}, el("button.kk-chip", { type: "button", "aria-label": say("drop", { what: text }), click: drop }, text, icon(CROSS))));
      }
    }
    if (active > 1) chips.push(el("li", {}, el("button.kk-chip.kk-chip-all", { type: "button", click: () => this.clear() }, say("drop_all"))));
    this.chips.hidden = !chips.length;
    this.chips.replaceChildren(...chips);
  }

  async paintNote() {
    const { say, found } = this;
    const notes = [];
    if (this.failed) notes.push(say("no_index"));
    if (found?.mended.length) {
      const entries = (await Promise.all(this.results.slice(0, 5).map(({ number }) => this.entry(number)))).filter(Boolean);
      for (const word of mendedWords(found.mended, entries)) notes.push(say("mended", word));
    }
    if (found?.partial && found.hits.length) notes.push(say("partial"));
    if (found !== this.found) return;
    this.note.hidden = !notes.length;
    this.note.textContent = notes.join(" ");
  }

  /** What a result shows. Without it a course is shown by what the filters know. */
  entry(number) { return this.search.entry(number).catch(() => null); }

  async paintResults(from) {
    const part = this.results.slice(from, this.shown);
    const { found } = this;
    const entries = found ? await Promise.all(part.map(({ number }) => this.entry(number))) : [];
    if (found !== this.found) return null;
    const rows = part.map(({ number }, at) => this.result(number, entries[at])).filter(Boolean);
    if (from) this.list.append(...rows); else this.list.replaceChildren(...rows);
    this.more.hidden = this.results.length <= this.shown;
    return rows[0];
  }

  async showMore() {
    const from = this.shown;
    this.shown += STEP;
    (await this.paintResults(from))?.querySelector("a")?.focus();
  }

  result(number, found) {
    const isCourse = number < this.courses.count;
    const entry = isCourse ? { ...found, ...this.courses.entry(number) } : found;
    if (!entry) return null;
    const parts = found ? resultParts(entry, this.stems, this.say) : { title: el("span", { lang: entry.titleLang }, entry.title) };
    const link = el("a", { href: `${here()}${entry.path}/` }, parts.title);
    const facts = factLine(entry, this.say).slice(found ? 0 : 1);
    return el("li.kk-result", {}, el("div.kk-result-head", {}, el("h3", {}, link), ["course", "module"].includes(entry.kind) ? button(entry.path, entry.title) : null),
      el("p.kk-result-facts", {}, facts.join(" · ")), isCourse ? stateLine(entry, this.day, this.say) : null, parts.text?.textContent ? el("p.kk-result-text", {}, parts.text) : parts.text ?? null);
  }
}

begin(async () => {
  const box = document.querySelector(".kk-finder");
  const [columns, say] = await Promise.all([data("kurs"), words()]);
  const finder = new Finder(box, new Courses(columns, today()), say);
  await finder.update();
  document.querySelector(".kk-finder-ways").hidden = true;
  box.classList.add("kk-finder-ready");
  finder.typed();
});
