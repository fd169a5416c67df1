// The search field of the header: `/` or Ctrl-K opens it; the search itself is fetched when somebody wants it.
import { addButtons, count, onChange } from "./kk-list.js";

const form = document.querySelector(".kk-find");
const field = form.querySelector("input");
const opener = document.querySelector(".kk-find-open");
let lookup;

const load = () => (lookup ??= import("./kk-lookup.js").then((made) => made.attach(form, field)).catch(() => { lookup = undefined; }));

export const open = () => {
  const big = document.querySelector(".kk-finder-field");
  if (big) { big.focus(); big.select(); return; }
  form.classList.add("kk-find-on");
  opener.setAttribute("aria-expanded", "true");
  field.focus();
  field.select();
};

field.addEventListener("focus", load);
opener.setAttribute("role", "button");
opener.setAttribute("aria-expanded", "false");
opener.addEventListener("click", (event) => {
  event.preventDefault();
  if (form.classList.contains("kk-find-on")) form.dispatchEvent(new Event("kk-close"));
  else open();
});
opener.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); opener.click(); } });
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const asked = (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey)
    || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey);
  if (!asked) return;
  event.preventDefault();
  open();
});
form.addEventListener("kk-close", () => {
  form.classList.remove("kk-find-on");
  opener.setAttribute("aria-expanded", "false");
});

addButtons();
count();
onChange(count);
