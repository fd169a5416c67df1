// Starts the editor with what the program knows of the catalogue (settings.json).
import { makeFormat } from "./format.js";
import { registerText } from "./text.js";

const { CMS } = window;
const response = await fetch("settings.json", { cache: "no-cache" });
const { config, choices, kinds, languages, words } = await response.json();

const HOMES = ["localhost", "127.0.0.1", "[::1]"];

document.documentElement.lang = languages[0];
// Without a forge proposals go to a server on the reader's own machine. A page from the net has nothing to ask there.
if (config.backend.name === "proxy" && !HOMES.includes(location.hostname)) {
  const told = Object.assign(document.createElement("p"), { className: "kk-nowhere", textContent: words.nowhere });
  document.body.append(told);
} else edit();

function edit() {
  for (const [kind, { form, shape }] of Object.entries(kinds)) {
    const markdown = ["module", "translation", "page"].includes(kind);
    CMS.registerCustomFormat(`kurskatalog-${kind}`, markdown ? "md" : "yml", makeFormat({ form, shape, languages, markdown }));
  }
  registerText(CMS, words);
  CMS.registerLocale(config.locale, completed(CMS.getLocale(config.locale) ?? {}, { editor: { editorWidgets: { list: { add: words.another } } } }));
  for (const { form } of Object.values(kinds)) fillIn(form);
  for (const collection of config.collections) collection.fields = kinds[collection.fields].form;
  CMS.init({ config });
}

// The editor's own words in a language, with those that its translation lacks.
function completed(known, more) {
  const pairs = Object.entries(more).map(([key, value]) => [key, typeof value === "string" ? value : completed(known[key] ?? {}, value)]);
  return { ...known, ...Object.fromEntries(pairs) };
}

// Puts the lists of choices where fields name them: each stands once in the settings.
function fillIn(parts) {
  for (const part of parts) {
    if (typeof part.options === "string") part.options = choices[part.options];
    fillIn([...(part.fields ?? []), ...(part.field ? [part.field] : [])]);
  }
}
