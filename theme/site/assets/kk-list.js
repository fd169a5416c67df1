// "Min liste": what a reader wants to keep, in this browser only. Buttons for it on pages and in every list.
import { el, here, icon, STAR } from "./kk-show.js";

const KEY = "kurskatalog.list";
const MOST = 60;
const PATH = /^(?:kurs|moduler)\/[a-z0-9-]+\/[a-z0-9-]+$/;

export const isPath = (path) => PATH.test(path);

/** The addresses in the list, the first added first. */
export const items = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((path) => typeof path === "string" && isPath(path)).slice(0, MOST) : [];
  } catch { return []; }
};

const changed = new EventTarget();
export const onChange = (work) => changed.addEventListener("change", work);
window.addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) changed.dispatchEvent(new Event("change")); });

export const keep = (paths) => {
  try { localStorage.setItem(KEY, JSON.stringify([...new Set(paths)].slice(0, MOST))); } catch { /* a browser that keeps nothing */ }
  changed.dispatchEvent(new Event("change"));
};
export const toggle = (path) => keep(items().includes(path) ? items().filter((one) => one !== path) : [...items(), path]);

const link = () => document.querySelector(".kk-mine");

/** A button that puts a page into the list and takes it out; `named` shows its words too. */
export const button = (path, title, named = false) => {
  const { add, remove } = link().dataset;
  const text = el("span", {});
  const made = el(`button.kk-keep${named ? ".kk-keep-named" : ""}`, { type: "button", click: () => toggle(path) }, icon(STAR), named ? text : null);
  const paint = () => {
    const kept = items().includes(path);
    made.setAttribute("aria-pressed", String(kept));
    text.textContent = kept ? remove : add;
    if (!named) {
      made.setAttribute("aria-label", `${add}: ${title}`);
      made.title = kept ? remove : add;
    }
  };
  if (named) made.removeAttribute("aria-pressed");
  paint();
  if (named) made.setAttribute("aria-pressed", String(items().includes(path)));
  onChange(paint);
  return made;
};

const pathOf = (address) => {
  const top = here();
  const whole = new URL(address, document.baseURI).href.split(/[?#]/)[0];
  const path = whole.startsWith(top) ? whole.slice(top.length).replace(/\/$/, "") : "";
  return isPath(path) ? path : "";
};

/** Buttons beside every course and module of this page's lists, and on its own page. */
export const addButtons = () => {
  document.querySelectorAll(".kk-list tbody th > a, .kk-cards > li > a, .kk-path > li > a, .kk-which > a").forEach((a) => {
    const path = pathOf(a.href);
    if (path && !a.parentElement.querySelector(":scope > .kk-keep")) a.after(button(path, a.textContent.trim()));
  });
  const path = pathOf(location.href);
  const head = document.querySelector(".kk-page .kk-head");
  if (path && head) head.append(el("p.kk-keep-line", {}, button(path, head.querySelector("h1")?.textContent ?? "", true)));
};

/** The number in the header. */
export const count = () => {
  const number = items().length;
  const badge = link().querySelector(".kk-mine-number");
  badge.textContent = number || "";
  link().hidden = false;
  link().setAttribute("aria-label", number ? `${link().title} (${number})` : link().title);
};
