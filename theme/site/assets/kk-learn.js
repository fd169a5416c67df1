// Questions that answer, checklists and thoughts that are kept, and how far a module has been read. All of it lies in this browser
// only. Without this script, and on paper, questions are lists of choices, and the answers stand at the end of the text.

const KEY = "kurskatalog.laering";
const text = document.querySelector(".kk-text");
const template = document.getElementById("kk-learn");
const all = (selector, top = document) => [...top.querySelectorAll(selector)];
// A module has one address in every language; what is kept belongs to it. A text's own words are its key below that.
const moduleOf = (path) => /(?:^|\/)(moduler\/[^/]+\/[^/]+)\/$/.exec(path)?.[1];
const place = moduleOf(location.pathname) ?? location.pathname;

const load = () => {
  try { return JSON.parse(localStorage.getItem(KEY)) ?? {}; } catch { return {}; }
};
let forgotten = false;
const keep = (change) => {
  if (forgotten) return; // what is noticed between the wish to forget and the new page
  const kept = load();
  change((kept[place] ??= {}));
  if (!Object.keys(kept[place]).length) delete kept[place];
  try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* a browser that keeps nothing */ }
};
const kept = (name) => load()[place]?.answers?.[name];
const keepAnswer = (name, value) => keep((mine) => { (mine.answers ??= {})[name] = value; });
const part = (name) => {
  const found = template.content.querySelector(`[data-part="${name}"]`).cloneNode(true);
  found.lang = document.documentElement.lang; // the text around may be in another language
  return found;
};
const name = (element) => element.querySelector(".admonition-title").textContent.trim();

const quiz = (field) => {
  const inputs = all(".choices input", field);
  const answers = all(":scope > .choices > li", document.getElementById(field.id.replace("oppgave", "svar")));
  const controls = part("quiz");
  const [check, again, told] = ["check", "again", "told"].map((one) => controls.querySelector(`.kk-${one}`));
  const say = (word) => { told.textContent = word ? controls.querySelector(`[data-word="${word}"]`).textContent : ""; };
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const isRight = (input) => answers[Number(input.value) - 1].classList.contains("right");

  const clear = () => {
    all(".kk-why", field).forEach((why) => why.remove());
    inputs.forEach((input) => {
      input.removeAttribute("aria-describedby");
      input.closest("li").classList.remove("right", "wrong");
    });
    again.hidden = true;
    check.hidden = false;
    say("");
  };
  const show = () => {
    clear();
    inputs.forEach((input, at) => {
      const why = document.createElement("div");
      why.className = "kk-why";
      why.id = `${field.id}-${at + 1}`;
      why.append(...[...answers[at].childNodes].map((node) => node.cloneNode(true)));
      all("[id]", why).forEach((one) => one.removeAttribute("id"));
      const choice = input.closest("li");
      choice.classList.add(isRight(input) ? "right" : "wrong");
      choice.append(why);
      input.setAttribute("aria-describedby", why.id);
    });
    check.hidden = true;
    again.hidden = false;
    say(inputs.every((input) => input.checked === isRight(input)) ? "right" : "wrong");
  };

  check.addEventListener("click", () => {
    if (!chosen().length) {
      say("none");
      return;
    }
    keepAnswer(name(field), { chosen: chosen(), told: true });
    show();
    again.focus();
  });
  again.addEventListener("click", () => {
    inputs.forEach((input) => { input.checked = false; });
    keepAnswer(name(field), undefined);
    clear();
    inputs[0].focus();
  });
  inputs.forEach((input) => input.addEventListener("change", () => {
    keepAnswer(name(field), { chosen: chosen() });
    if (check.hidden) clear();
  }));

  field.querySelector(".see").replaceWith(controls);
  const before = kept(name(field));
  inputs.forEach((input) => { input.checked = Boolean(before?.chosen?.includes(input.value)); });
  if (before?.told && chosen().length) show();
};

const reflection = (box) => {
  const answer = document.getElementById(box.id.replace("oppgave", "svar"));
  const controls = part("reflection");
  const field = controls.querySelector("textarea");
  field.value = kept(name(box)) ?? "";
  field.addEventListener("input", () => keepAnswer(name(box), field.value || undefined));
  const title = box.querySelector(".admonition-title");
  title.id ||= `${box.id}-t`;
  field.setAttribute("aria-labelledby", title.id);
  const model = [...answer.children].filter((child) => !child.matches(".answers-question")).map((child) => child.cloneNode(true));
  model.forEach((child) => all("[id]", child).forEach((one) => one.removeAttribute("id")));
  const holder = document.createElement("div");
  holder.lang = text.lang || document.documentElement.lang;
  holder.append(...model);
  controls.querySelector("details").append(holder);
  box.querySelector(".see").replaceWith(controls);
};

const checklist = (box) => {
  const inputs = all("input", box);
  const done = part("checklist");
  const count = () => {
    done.textContent = done.dataset.text.replace("{done}", inputs.filter((input) => input.checked).length).replace("{all}", inputs.length);
  };
  const before = kept(name(box));
  inputs.forEach((input, at) => {
    if (before) input.checked = before.includes(at);
    input.addEventListener("change", () => {
      keepAnswer(name(box), inputs.flatMap((one, number) => (one.checked ? [number] : [])));
      count();
    });
  });
  count();
  box.append(done);
};

const forget = () => {
  const button = part("forget");
  button.querySelector("button").addEventListener("click", () => {
    keep((mine) => Object.keys(mine).forEach((key) => delete mine[key]));
    forgotten = true;
    history.scrollRestoration = "manual"; // begin at the top again: where the page stands counts as read
    location.reload();
  });
  text.append(button);
};

// How far down the text the reader has come, in per cent; never less than before.
const reading = () => {
  const line = part("progress");
  const bar = line.querySelector("progress");
  const show = (percent) => {
    bar.value = percent;
    line.querySelector(".kk-percent").textContent = String(percent);
    line.hidden = !percent;
  };
  let far = load()[place]?.read ?? 0;
  show(far);
  text.before(line);
  const look = () => {
    const box = text.getBoundingClientRect();
    const percent = Math.round(100 * Math.min(1, Math.max(0, (innerHeight - box.top) / box.height)));
    if (percent <= far) return;
    far = percent >= 97 ? 100 : percent;
    keep((mine) => { mine.read = far; });
    show(far);
  };
  let waiting = 0;
  addEventListener("scroll", () => { waiting ||= setTimeout(() => { waiting = 0; look(); }, 250); }, { passive: true });
  if (text.getBoundingClientRect().bottom <= innerHeight) setTimeout(look, 5000); // a text that fits on the screen
};

// In a list of modules: which ones are read, and how far.
const shelf = (words) => {
  const all_kept = load();
  all(".kk-path > li > a").forEach((link) => {
    const far = all_kept[moduleOf(link.pathname)]?.read;
    if (!far) return;
    const mark = document.createElement("span");
    mark.className = "kk-tag kk-read";
    mark.textContent = far === 100 ? words.dataset.all : words.dataset.part.replace("{percent}", far);
    link.after(" ", mark);
  });
};

const words = document.getElementById("kk-shelf");
if (words) shelf(words);
if (text && template) {
  document.documentElement.classList.add("kk-learns");
  all("fieldset.quiz", text).forEach(quiz);
  all(".reflection", text).forEach(reflection);
  all(".checklist", text).forEach(checklist);
  if (document.querySelector(".kk-module")) reading();
  if (all(".quiz, .reflection, .checklist", text).length || document.querySelector(".kk-module")) forget();
}
