// "Min liste": what was kept, side by side. It lives in this browser, and in the address when somebody sends it.
import { today, unconfirmed } from "./kk-dates.js";
import { isPath, items, keep, onChange, toggle } from "./kk-list.js";
import { begin, data, dayText, el, factLine, here, numberText, runOf, stateLine, telling, words } from "./kk-show.js";

const ENTRIES_A_FILE = 32;
const SIDE_BY_SIDE = 4;

/** What is shown of the pages at these addresses; a page that is gone is left out. */
const entriesOf = async (paths, valid) => {
  const { first } = await data("first");
  const files = new Map();
  const read = async (path) => {
    let at = -1;
    first.forEach((begin, number) => { if (begin.includes("/") && begin <= path) at = number; });
    if (at < 0) return null;
    if (!files.has(at)) files.set(at, data(at));
    const entry = (await files.get(at))?.find((one) => one.path === path);
    return entry ? { ...entry, runs: (entry.runs ?? []).map((run) => runOf(run, valid)) } : null;
  };
  return (await Promise.all(paths.map(read))).filter(Boolean);
};

class Shortlist {
  constructor(box, say) {
    Object.assign(this, { box, say, day: today(), chosen: null });
    this.status = el("p.kk-finder-status", { role: "status" });
    this.list = el("ul.kk-results.kk-mine-list", {});
    this.table = el("div.kk-compare", {});
    this.tools = el("div.kk-mine-tools", {});
    box.append(this.status, this.list, this.tools, this.table);
  }

  get sent() {
    const asked = new URLSearchParams(location.search).get("l");
    return asked === null ? null : [...new Set(asked.split(",").filter(isPath))].slice(0, 60);
  }

  async update() {
    const paths = this.sent ?? items();
    this.entries = await entriesOf(paths, Number(this.say("valid_days")) || Infinity);
    const there = this.entries.map((entry) => entry.path);
    this.chosen = new Set([...(this.chosen ?? there)].filter((path) => there.includes(path)).slice(0, SIDE_BY_SIDE));
    this.paint();
  }

  paint() {
    const { say, entries } = this;
    const sent = this.sent !== null;
    const number = entries.length;
    this.status.textContent = number ? say(sent ? "list_sent" : "list_number", { number }) : say(sent ? "list_sent_empty" : "list_empty");
    this.list.replaceChildren(...entries.map((entry) => this.row(entry, sent)));
    this.tools.replaceChildren(...(number ? this.buttons(sent) : []));
    this.compare();
  }

  row(entry, sent) {
    const { say } = this;
    const box = el("input", { type: "checkbox", change: () => this.pick(entry.path, box.checked) });
    box.checked = this.chosen.has(entry.path);
    box.disabled = !box.checked && this.chosen.size >= SIDE_BY_SIDE;
    const out = el("button.kk-button.kk-small", { type: "button", "aria-label": say("take_out", { what: entry.title }), click: () => { toggle(entry.path); this.status.focus?.(); } }, say("take_out_short"));
    return el("li.kk-result", {}, el("h2", {}, el("a", { href: `${here()}${entry.path}/`, lang: entry.titleLang }, entry.title)),
      el("p.kk-result-facts", {}, factLine(entry, say).join(" · ")), entry.kind === "course" ? stateLine(entry, this.day, say) : null,
      el("p.kk-mine-row", {}, el("label", {}, box, ` ${say("compare")}`, el("span.kk-unseen", {}, `: ${entry.title}`)), sent ? null : out));
  }

  pick(path, on) {
    this.chosen[on ? "add" : "delete"](path);
    this.paint();
    [...this.list.querySelectorAll("li")][this.entries.findIndex((entry) => entry.path === path)]?.querySelector("input")?.focus();
  }

  buttons(sent) {
    const { say } = this;
    const address = new URL(`${here()}finn/liste/`);
    address.search = `?l=${this.entries.map((entry) => entry.path).join(",")}`;
    const field = el("input.kk-mine-address", { type: "text", readonly: true, value: address.href, focus: (event) => event.target.select() });
    const copied = el("span.kk-note", { role: "status" });
    const copy = async () => {
      try { await navigator.clipboard.writeText(address.href); } catch { field.focus(); field.select(); document.execCommand("copy"); }
      copied.textContent = say("copied");
    };
    const press = (key, work, first = false) => el(`button.kk-button${first ? ".kk-button-first" : ""}`, { type: "button", click: work }, say(key));
    return [
      sent ? press("list_take", () => { keep([...items(), ...this.entries.map((entry) => entry.path)]); location.href = `${here()}finn/liste/`; }, true) : null,
      press("print", () => print()),
      sent ? null : press("list_clear", () => keep([])),
      el("p.kk-mine-share", {}, el("label", {}, el("span", {}, say("share")), field), press("copy", copy), copied),
    ].filter(Boolean);
  }

  compare() {
    const { say } = this;
    const chosen = this.entries.filter((entry) => this.chosen.has(entry.path));
    if (chosen.length < 2) { this.table.replaceChildren(); return; }
    const unknown = () => el("span.kk-unknown", {}, say("unknown"));
    const number = (value) => (typeof value === "number" ? numberText(value) : value);
    const alone = (entry) => entry.alone || entry.kind === "module";
    const coming = (entry, key) => { // a day that has not passed, of the run that says most today
      const told = telling(entry.runs, this.day);
      const day = told && !unconfirmed(told.run, this.day) ? told.run[key] : undefined;
      return day === undefined || day < this.day ? "" : dayText(day);
    };
    const rows = [
      ["row_kind", (entry) => say(`kind_${entry.kind}`)],
      ["row_provider", (entry) => entry.provider],
      ["row_level", (entry) => entry.level],
      ["row_credits", (entry) => number(entry.credits) ?? (alone(entry) ? say("no_credits") : "")],
      ["row_hours", (entry) => number(entry.hours)],
      ["row_state", (entry) => (entry.kind === "course" ? stateLine(entry, this.day, say) : say("whenever"))],
      ["row_deadline", (entry) => (alone(entry) ? say("no_application") : coming(entry, "applyBy"))],
      ["row_start", (entry) => (alone(entry) ? say("at_will") : coming(entry, "start"))],
      ["row_form", (entry) => entry.form],
      ["row_places", (entry) => entry.places || (alone(entry) ? say("anywhere") : "")],
      ["row_price", (entry) => (entry.price === undefined ? "" : entry.price === "0" ? say("free") : say("kroner", { number: numberText(Number(entry.price)) }))],
      ["row_language", (entry) => entry.languages],
      ["row_themes", (entry) => entry.themes],
    ];
    const head = el("tr", {}, el("td", {}), chosen.map((entry) => el("th", { scope: "col", lang: entry.titleLang }, entry.title)));
    const body = rows.map(([key, of]) => el("tr", {}, el("th", { scope: "row" }, say(key)), chosen.map((entry) => el("td", {}, of(entry) || unknown()))));
    const scroll = el("div.kk-compare-scroll", { tabindex: "0", role: "region", "aria-labelledby": "kk-compare-title" },
      el("table", {}, el("thead", {}, head), el("tbody", {}, body)));
    this.table.replaceChildren(el("h2", { id: "kk-compare-title" }, say("side_by_side")), scroll);
  }
}

begin(async () => {
  const say = await words();
  const shortlist = new Shortlist(document.querySelector(".kk-shortlist"), say);
  const update = () => shortlist.update();
  await update();
  onChange(() => begin(update));
});
