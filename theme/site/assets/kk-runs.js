// What pages say about dates, put right on the day of reading. Everything that holds only for some days carries the dates of its
// run (data-start, data-end, data-apply-by, data-term, data-verified); the state is told by kk-dates.js alone. Without this script
// a page says as of which day it was built.
import { begun, day, deadline, state, today, unconfirmed } from "./kk-dates.js";

const valid = Number(document.body.dataset.valid) || Infinity;
const all = (selector, top = document) => [...top.querySelectorAll(selector)];

const runOf = ({ dataset }) => ({
  start: day(dataset.start),
  end: day(dataset.end),
  applyBy: day(dataset.applyBy),
  term: dataset.term,
  verified: day(dataset.verified),
  valid,
});

// A box of a run on a course's page; true when the run is history.
const box = (element, words, now) => {
  const run = runOf(element);
  const told = state(run, now);
  const past = begun(run, now);
  element.dataset.state = told;
  const line = element.querySelector(".kk-state");
  line.className = `kk-state kk-state-${told}`;
  line.querySelector(".kk-badge").textContent = words.get(past && told === "unknown" ? "begun" : told);
  const apply = element.querySelector(".kk-apply");
  if (apply) apply.hidden = !["open", "closing"].includes(told);
  const doubt = element.querySelector(".kk-doubt");
  if (doubt) doubt.hidden = past || !unconfirmed(run, now);
  return past;
};

const runs = (now) => {
  const coming = document.querySelector(".kk-coming");
  const past = document.querySelector(".kk-past");
  const template = document.getElementById("kk-states");
  if (!coming || !past || !template) return;
  const words = new Map(all("[data-state]", template.content).map((word) => [word.dataset.state, word.textContent]));
  const ahead = [];
  const behind = [];
  all(".kk-run").forEach((element) => (box(element, words, now) ? behind : ahead).push(element));
  const first = (element) => element.dataset.start ?? element.dataset.applyBy ?? element.dataset.end ?? element.dataset.term ?? "9";
  const byDay = (a, b) => first(a).localeCompare(first(b));
  coming.replaceChildren(...ahead.sort(byDay));
  past.querySelector(".kk-runs").replaceChildren(...behind.sort(byDay).reverse());
  past.hidden = !behind.length;
  past.querySelector(".kk-number").textContent = behind.length;
  document.querySelector(".kk-no-start").hidden = ahead.length > 0;
};

// Of several texts the one that holds: the next deadline, or the next start that one can still apply for.
const pick = (holder, now) => {
  const texts = all(".kk-dated", holder);
  const told = texts.map((element) => ({ element, run: runOf(element) }));
  const coming = told.filter(({ run }) => (holder.dataset.pick === "deadline" ? deadline(run, now) != null : !begun(run, now)));
  const found = coming.find(({ run }) => state(run, now) !== "closed") ?? coming[0];
  texts.forEach((element) => { element.hidden = element !== found?.element; });
  const doubt = found?.element.querySelector(".kk-doubt");
  if (doubt) doubt.hidden = !unconfirmed(found.run, now);
  holder.querySelector(":scope > .kk-unknown").hidden = Boolean(found);
  return found?.run;
};

// A table of the next deadlines shows so many rows, the first deadline first.
const soon = (table, deadlines) => {
  const order = (row) => deadlines.get(row)?.applyBy ?? Infinity;
  const rows = all("tbody tr", table).sort((a, b) => order(a) - order(b));
  table.tBodies[0].append(...rows);
  rows.forEach((row, at) => { row.hidden = order(row) === Infinity || at >= Number(table.dataset.shown); });
  const section = table.closest("section");
  if (section) section.hidden = rows.every((row) => row.hidden);
};

// Today's line in the picture of a course's runs.
const timeline = (now) => {
  const figure = document.querySelector(".kk-times");
  if (!figure) return;
  const [first, last] = [day(figure.dataset.first), day(figure.dataset.last)];
  const line = figure.querySelector(".kk-today");
  const inside = first <= now && now <= last;
  ["x1", "x2"].forEach((name) => line.setAttribute(name, `${(100 * (now - first)) / (last - first)}%`));
  line.setAttribute("visibility", inside ? "visible" : "hidden");
  figure.querySelector(".kk-key-today").hidden = !inside;
};

const calendar = (now) => {
  const periods = all(".kk-period");
  if (!periods.length) return;
  periods.forEach((period) => {
    all(".kk-day", period).forEach((element) => {
      element.hidden = (day(element.dataset.day ?? period.dataset.last)) < now;
      const doubt = element.querySelector(".kk-doubt");
      if (doubt) doubt.hidden = !unconfirmed(runOf(element), now);
    });
    period.hidden = all(".kk-day", period).every((element) => element.hidden);
    const id = period.querySelector("h2").id;
    all(`a[href="#${id}"]`).forEach((link) => { link.closest("li").hidden = period.hidden; });
  });
  document.querySelector(".kk-no-days").hidden = periods.some((period) => !period.hidden);
};

const tell = () => {
  const now = today();
  runs(now);
  timeline(now);
  const deadlines = new Map();
  all(".kk-pick").forEach((holder) => {
    const run = pick(holder, now);
    if (run) deadlines.set(holder.closest("tr"), run);
  });
  all("table[data-shown]").forEach((table) => soon(table, deadlines));
  calendar(now);
  all(".kk-source .kk-doubt").forEach((element) => { element.hidden = !unconfirmed(runOf(element), now); });
  // What is printed is read on other days: there the day stands beside it, today's instead of the build's (in Norwegian as in bokmål:
  // the months are the same in nynorsk, which few browsers know).
  const text = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "nb", { dateStyle: "long" });
  all(".kk-asof").forEach((element) => {
    element.textContent = element.textContent.replace(element.dataset.day, text.format(new Date()));
    element.dataset.day = text.format(new Date());
  });
  document.documentElement.classList.add("kk-told-today");
};

tell();
// A page that was left open over midnight, or comes back from the browser's memory.
let told = today();
const again = () => {
  if (document.visibilityState === "visible" && today() !== told) {
    told = today();
    tell();
  }
};
document.addEventListener("visibilitychange", again);
addEventListener("pageshow", again);
