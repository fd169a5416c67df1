// The finder's filters: a group of values for each kind, each value with the number of courses that it would leave.
import { KINDS } from "./kk-data.js";
import { el, numberText } from "./kk-show.js";

const OPEN_AT_FIRST = new Set(["state", "theme", "county", "form"]);
const VALUES = 8; // values of a kind that are shown at first

export class Filters {
  /** `choose(kind, number, on)` is told what somebody chooses: a value by its number in its kind. */
  constructor(kinds, say, choose) {
    Object.assign(this, { kinds, say, choose });
    this.groups = new Map(KINDS.map((kind) => [kind, this.group(kind)]));
  }

  get boxes() { return [...this.groups.values()].map((group) => group.box); }

  group(kind) {
    const { say } = this;
    const values = this.kinds[kind].values.map((_, number) => {
      const count = el("span.kk-value-count", {});
      const input = el("input", { type: "checkbox", change: () => this.choose(kind, number, input.checked) });
      const label = this.label(kind, number);
      return { input, count, label, row: el("li", {}, el("label", {}, input, el("span.kk-value-name", {}, label), count)) };
    });
    const list = el("ul", {}, values.map((value) => value.row));
    const group = { values, whole: false };
    group.all = el("button.kk-value-all", { type: "button", click: () => this.unfold(kind) });
    group.box = el("details.kk-filter", { open: OPEN_AT_FIRST.has(kind) }, el("summary", {}, say(`filter_${kind}`)),
      el("fieldset", {}, el("legend.kk-unseen", {}, say(`filter_${kind}`)), list, group.all));
    return group;
  }

  /** A value in words. */
  label(kind, number) {
    const { say } = this;
    const value = this.kinds[kind].values[number];
    if (value.label) return value.label;
    if (kind === "state") return say(`state_filter_${value.code}`);
    if (kind === "start") {
      if (/^\d+$/.test(value.code)) return say(`within_${value.code}`);
      if (value.code === "whenever") return say("whenever");
      const [year, season] = value.code.split("-");
      return say(season === "var" ? "spring" : "autumn", { year });
    }
    const amount = (n) => (kind === "price" ? say("kroner", { number: numberText(n) }) : say(kind === "hours" ? (n === 1 ? "hour" : "hours") : "credits", { number: numberText(n) }));
    if (value.to === 0) return say(kind === "price" ? "free" : "no_credits");
    if (value.to === Infinity) return say("over", { what: amount(value.from) });
    return value.from <= 0 ? say("up_to", { what: amount(value.to) }) : say("between", { from: numberText(value.from), what: amount(value.to) });
  }

  /** Show all values of a kind. */
  unfold(kind) {
    const group = this.groups.get(kind);
    group.whole = true;
    this.paintGroup(kind);
    group.values.find((value) => !value.row.hidden)?.input.focus();
  }

  /** Show what is chosen, and how many courses each value would leave: kind -> a set of numbers, kind -> counts by number. */
  paint(chosen, counts) {
    Object.assign(this, { chosen, counts });
    KINDS.forEach((kind) => this.paintGroup(kind));
  }

  paintGroup(kind) {
    const { values, all, box, whole } = this.groups.get(kind);
    const chosen = this.chosen.get(kind), counts = this.counts[kind];
    let shown = 0, more = 0;
    const best = whole ? null : new Set([...counts.keys()].filter((n) => counts[n]).sort((a, b) => counts[b] - counts[a]).slice(0, VALUES));
    values.forEach(({ input, count, row }, number) => {
      input.checked = chosen.has(number);
      count.textContent = counts[number];
      const useful = counts[number] > 0 || chosen.has(number);
      row.hidden = !useful || !(whole || values.length <= VALUES + 2 || best.has(number) || chosen.has(number));
      if (!row.hidden) shown++;
      else if (useful) more++;
    });
    all.hidden = !more;
    all.textContent = this.say("show_values", { number: shown + more });
    box.hidden = shown === 0;
    box.querySelector("summary").dataset.on = chosen.size || "";
  }
}
