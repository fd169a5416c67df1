// Small parts that the finder, the search field and the list are made of. Texts go in as text: nothing is read as HTML.
import { state } from "./kk-dates.js";

/** An element: `el("a.kk-x", { href, "aria-label": "..." }, "text", child)`; empty children and attributes are left out. */
export const el = (name, attributes = {}, ...children) => {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false || value === "") continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
};

const SVG = "http://www.w3.org/2000/svg";
/** A drawing that says nothing by itself. */
export const icon = (path) => {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
};
export const STAR = "M12 3.500l2.600 5.600 6.100.7-4.500 4.200 1.200 6-5.400-3-5.400 3 1.200-6-4.500-4.200 6.100-.7z";
export const CROSS = "M6 6l12 12M18 6L6 18";

/** The frame's form says where the site's root and this language's folder are, and what language it is. */
const frame = () => document.querySelector(".kk-find");
export const root = () => new URL(frame().dataset.root, document.baseURI).href;
export const here = () => new URL(frame().dataset.here, document.baseURI).href;

const PATIENCE = 30_000; // milliseconds without an answer, after which there is none
/** A data file of this language's finder, read. Rejects when it does not come; one that comes slowly has its time. */
export const data = async (name) => {
  const wait = new AbortController();
  const over = setTimeout(() => wait.abort(), PATIENCE);
  const answer = await fetch(`${here()}finn/data/${name}.json`, { signal: wait.signal }).finally(() => clearTimeout(over));
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  return answer.json();
};

/** Show what a page's script has to show. When its data do not come, the page says so, and tries again when asked to. */
export const begin = async (show) => {
  const missing = document.querySelector(".kk-missing");
  missing.querySelector("button").onclick = () => begin(show);
  missing.hidden = true;
  try {
    await show();
  } catch (error) {
    console.error(error);
    missing.hidden = false;
  }
};

let said;
/** What the scripts say, in this page's language: `say("results", { number: 3 })`. */
export const words = async () => {
  said ??= data("words").catch((error) => { said = undefined; throw error; });
  const texts = await said;
  return (key, values = {}) => (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
};

const locale = () => (document.documentElement.lang === "en" ? "en-GB" : "nb-NO");
const inLanguage = { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" };
/** A day as people write it. */
export const dayText = (day) => new Intl.DateTimeFormat(locale(), inLanguage).format(new Date(day * 864e5));
export const numberText = (number) => new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 }).format(number);

/** A text with the places marked that somebody asked for. */
export const marked = (text, places) => {
  const parts = [];
  let at = 0;
  for (const [from, to] of places) {
    parts.push(text.slice(at, from), el("mark", {}, text.slice(from, to)));
    at = to;
  }
  return [...parts, text.slice(at)];
};

/** The run that says most about a course today: one that can be applied for, then one to come, then one that goes on. */
export const telling = (runs, today) => {
  const order = ["closing", "open", "closed", "running", "unknown", "over"];
  const states = runs.map((run) => ({ run, state: state(run, today) }));
  const when = ({ run }) => run.applyBy ?? run.start ?? Infinity;
  return states.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || when(a) - when(b))[0];
};

/** A run of finn/data/<number>.json. */
export const runOf = ([applyBy, start, end, verified, term], valid) => ({
  applyBy: applyBy ?? undefined, start: start ?? undefined, end: end ?? undefined, verified: verified ?? undefined, term, valid,
});

/** The state of a course as a badge, and its next deadline. */
export const stateLine = (entry, today, say) => {
  if (entry.alone) return el("p.kk-state.kk-state-open", {}, el("span.kk-badge", {}, say("whenever")));
  const told = telling(entry.runs ?? [], today);
  const name = told?.state ?? "unknown";
  const days = name === "open" || name === "closing" ? say("apply_by", { day: dayText(told.run.applyBy) }) : "";
  return el(`p.kk-state.kk-state-${name}`, {}, el("span.kk-badge", {}, say(`state_${name}`)), days && el("span.kk-note", {}, days));
};

/** Type, provider, level, credits ... in one line. */
export const factLine = (entry, say) => [
  say(`kind_${entry.kind}`), entry.provider, entry.level && (/^\d/.test(entry.level) ? say("level", { level: entry.level }) : say("outside")),
  entry.credits && say("credits", { number: typeof entry.credits === "number" ? numberText(entry.credits) : entry.credits }),
  entry.hours && say(String(entry.hours) === "1" ? "hour" : "hours", { number: typeof entry.hours === "number" ? numberText(entry.hours) : entry.hours }), entry.form, entry.places,
].filter(Boolean);
