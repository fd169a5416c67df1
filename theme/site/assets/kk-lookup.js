// Results below the header's search field, while somebody types: a combobox with a list (ARIA 1.2).
import { today } from "./kk-dates.js";
import { marks, passage, Search, spelled } from "./kk-search.js";
import { el, factLine, here, marked, root, runOf, stateLine, words } from "./kk-show.js";

const MOST = 7;
const WAIT = 90; // milliseconds without a key before the search begins

/** Make a result's parts: title, facts, the state of a course, and the passage that was found. */
export const resultParts = (entry, stems, say) => {
  const title = el("span.kk-hit-title", { lang: entry.titleLang }, marked(entry.title, marks(entry.title, stems)));
  const facts = el("span.kk-hit-facts", {}, factLine(entry, say).join(" · "));
  const text = el("span.kk-hit-text", {});
  const inSummary = marks(entry.summary ?? "", stems);
  const show = (found, lang) => {
    text.replaceChildren(...marked(found, marks(found, stems)));
    if (lang) text.lang = lang; else text.removeAttribute("lang");
  };
  if (entry.summary) show(entry.summary, entry.summaryLang);
  if (!inSummary.length && !marks(entry.title, stems).length) {
    passage(`${here()}${entry.path}/`, stems).then((found) => found && show(found.text, found.lang));
  }
  return { title, facts, text };
};

/** Search for a question and read what the best results show. */
export const ask = async (search, question, most, typing) => {
  const found = await search.find(question, { typing });
  const entries = await Promise.all(found.hits.slice(0, most).map(([number]) => search.entry(number)));
  return { ...found, entries: entries.filter(Boolean) };
};

/** Words that were mended, as the texts that were found spell them. */
export const mendedWords = (mended, entries) => mended.map(({ from, stem }) => {
  const texts = entries.flatMap((entry) => [entry.title, entry.summary ?? "", entry.places ?? "", entry.provider ?? ""]);
  const better = texts.map((text) => spelled(text, stem)).find(Boolean) ?? stem;
  return { from, better: better.toLowerCase() };
});

class Lookup {
  constructor(form, field, say) {
    this.form = form;
    this.field = field;
    this.say = say;
    this.search = new Search(root(), here());
    this.list = el("ul.kk-hits", { id: "kk-hits", role: "listbox", "aria-label": say("results_label") });
    this.status = el("p.kk-hits-status", { role: "status" });
    this.panel = el("div.kk-hits-panel", { hidden: true }, this.status, this.list);
    form.append(this.panel);
    this.at = -1;
    this.turn = 0;
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "kk-hits", "aria-expanded": "false", "aria-haspopup": "listbox" };
    Object.entries(roles).forEach(([name, value]) => field.setAttribute(name, value));
    this.search.open().catch(() => {});
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), WAIT);
  }

  async look() {
    const question = this.field.value;
    const turn = ++this.turn;
    if (question.trim().length < 2) { this.show(false); return; }
    let found;
    try {
      found = await ask(this.search, question, MOST, true);
    } catch {
      this.status.textContent = this.say("no_index");
      this.list.replaceChildren();
      this.show(true);
      return;
    }
    if (turn === this.turn) this.fill(question, found);
  }

  fill(question, { hits, entries, stems, mended, partial }) {
    const { say } = this;
    const now = today();
    const valid = Number(say("valid_days")) || Infinity;
    const options = entries.map((found, number) => {
      const entry = { ...found, runs: (found.runs ?? []).map((run) => runOf(run, valid)) };
      const { title, facts, text } = resultParts(entry, stems, say);
      const state = entry.kind === "course" ? stateLine(entry, now, say) : null;
      return this.option(number, `${here()}${entry.path}/`, [title, facts, state, text]);
    });
    if (hits.length) {
      const all = `${here()}finn/?q=${encodeURIComponent(question.trim())}`;
      options.push(this.option(options.length, all, [el("span.kk-hit-all", {}, say("show_all", { number: hits.length }))]));
    }
    this.list.replaceChildren(...options);
    const better = mendedWords(mended, entries).map((word) => say("mended", word));
    const many = hits.length ? say(hits.length === 1 ? "result" : "results", { number: hits.length }) : say("nothing", { question: question.trim() });
    this.status.textContent = [many, ...better, partial ? say("partial") : ""].filter(Boolean).join(" ");
    this.choose(-1);
    this.show(true);
  }

  option(number, address, parts) {
    const item = el("li.kk-hit", { id: `kk-hit-${number}`, role: "option", "aria-selected": "false" }, parts);
    item.dataset.address = address;
    item.addEventListener("mousemove", () => { if (this.at !== number) this.choose(number, false); });
    item.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey) window.open(address, "_blank", "noopener");
      else location.href = address;
    });
    return item;
  }

  choose(number, scroll = true) {
    const options = [...this.list.children];
    this.at = options.length ? Math.max(-1, Math.min(number, options.length - 1)) : -1;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.at)));
    const chosen = options[this.at];
    if (chosen) {
      this.field.setAttribute("aria-activedescendant", chosen.id);
      if (scroll) chosen.scrollIntoView({ block: "nearest" });
    } else this.field.removeAttribute("aria-activedescendant");
  }

  show(open) {
    this.panel.hidden = !open;
    this.field.setAttribute("aria-expanded", String(open));
    if (!open) this.choose(-1);
  }

  close() {
    this.turn++;
    clearTimeout(this.timer);
    this.show(false);
    this.form.dispatchEvent(new Event("kk-close"));
  }

  key(event) {
    const { key } = event;
    const last = this.list.children.length - 1;
    if (key === "Escape") {
      event.preventDefault();
      const back = this.panel.hidden && !this.field.value;
      this.field.value = "";
      this.close();
      const opener = document.querySelector(".kk-find-open");
      if (back) this.field.blur();
      else if (opener.offsetParent) opener.focus();
      return;
    }
    if (this.panel.hidden) { if (key === "ArrowDown" && this.list.children.length) { event.preventDefault(); this.show(true); } return; }
    if (key === "ArrowDown") { event.preventDefault(); this.choose(this.at === last ? 0 : this.at + 1); }
    else if (key === "ArrowUp") { event.preventDefault(); this.choose(this.at <= 0 ? last : this.at - 1); }
    else if (key === "Enter" && this.at >= 0) { event.preventDefault(); this.list.children[this.at].click(); }
  }
}

/** Make the header's form a search that answers while one types. */
export const attach = async (form, field) => {
  const lookup = new Lookup(form, field, await words());
  field.addEventListener("input", () => lookup.later());
  field.addEventListener("keydown", (event) => lookup.key(event));
  field.addEventListener("focus", () => { if (field.value.trim().length > 1 && lookup.list.children.length) lookup.show(true); });
  document.addEventListener("click", (event) => { if (!form.contains(event.target) && !event.target.closest(".kk-find-open")) lookup.close(); });
  form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) lookup.close(); });
  if (field.value) lookup.later();
  return lookup;
};
