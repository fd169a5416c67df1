// Reads and writes the catalogue's files. What a person did not touch keeps its bytes: only top-level keys whose value is
// another are written anew, with their comments, order and quotes as far as they are the same.
import { Document, isMap, isScalar, isSeq, parseDocument } from "./yaml/index.js";

const STRINGS = { schema: "failsafe" }; // every value is the text that was written: 1.10, no and 2027-01-31 too
const LOOK = { lineWidth: 0, flowCollectionPadding: false, indentSeq: true, minContentWidth: 0 };
const SOURCE = "_source"; // the file as it was read goes along with its data
const FRONT = /^---[ \t]*\r?\n([\s\S]*?\n)---[ \t]*\r?\n([\s\S]*)$/;

export function makeFormat({ form, shape, languages, markdown }) {
  const fields = form.map((field) => field.name);
  return {
    fromFile(text) {
      const [front, body] = split(text, markdown);
      const doc = parseDocument(front, STRINGS);
      if (doc.errors.length) throw doc.errors[0];
      const data = toForm(doc.toJS() ?? {}, shape, languages);
      return { ...data, ...(markdown ? { body } : {}), [SOURCE]: text };
    },
    toFile(data) {
      const { [SOURCE]: source, body, ...values } = data;
      const wanted = inOrder(toFile(values, shape, languages) ?? {}, form);
      const [front, oldBody] = source ? split(source, markdown) : ["", ""];
      const yaml = edit(front, wanted, shape, languages, fields);
      if (!markdown) return yaml;
      const text = source && body === oldBody ? oldBody : `\n${(body ?? "").trim()}\n`;
      return `---\n${yaml}---\n${text}`;
    },
  };
}

function split(text, markdown) {
  if (!markdown) return [text, ""];
  const match = FRONT.exec(text);
  if (!match) throw new Error("no front matter");
  return [match[1], match[2]];
}

// File -> form: a text is a map of languages there, a module in a course a record, a flag true or false.
function toForm(value, shape, languages) {
  if (value === undefined || value === null) return value;
  if (shape === "text") return typeof value === "string" ? { [languages[0]]: value } : value;
  if (shape === "one") return typeof value === "string" ? value : value[languages[0]];
  if (shape === "use") return typeof value === "string" ? { module: value } : { ...value, optional: value.optional === "true" };
  if (Array.isArray(shape)) return Array.isArray(value) ? value.map((item) => toForm(item, shape[0], languages)) : value;
  if (shape && typeof shape === "object" && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toForm(one, shape[key], languages)]));
  }
  return value;
}

// Form -> file: what is empty is left out; undefined when nothing is left.
function toFile(value, shape, languages) {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object") return String(value).trim() || undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => toFile(item, Array.isArray(shape) ? shape[0] : undefined, languages));
    const kept = items.filter((item) => item !== undefined);
    return kept.length ? kept : undefined;
  }
  if (shape === "use") return value.optional === true || value.optional === "true" ? { module: value.module, optional: "true" } : value.module;
  const inner = shape && typeof shape === "object" ? shape : {};
  const pairs = Object.entries(value).map(([key, one]) => [key, toFile(one, inner[key], languages)]);
  const kept = pairs.filter(([, one]) => one !== undefined);
  if (!kept.length) return undefined;
  if (shape === "text" && kept.length === 1 && kept[0][0] === languages[0]) return kept[0][1];
  return Object.fromEntries(kept);
}

// The same values with keys in the order of the form, which is that of the record.
function inOrder(value, form) {
  if (Array.isArray(value)) return value.map((item) => inOrder(item, form));
  if (!form || !value || typeof value !== "object") return value;
  const place = (key) => form.findIndex((field) => field.name === key) + 1 || form.length + 1;
  const pairs = Object.entries(value).sort(([a], [b]) => place(a) - place(b));
  return Object.fromEntries(pairs.map(([key, one]) => [key, inOrder(one, form.find((field) => field.name === key)?.fields)]));
}

// The YAML text with the wanted values. Keys stay where they are; new ones stand where the record has them.
function edit(text, wanted, shape, languages, fields) {
  const doc = parseDocument(text, STRINGS);
  const pairs = isMap(doc.contents) ? doc.contents.items : [];
  const same = (value, key) => canonical(value, shape?.[key], languages);
  let out = pairs.length ? text.slice(0, pairs[0].key.range[0]) : text;
  const parts = pairs.map((pair, number) => {
    const key = pair.key.value;
    const end = pairs[number + 1]?.key.range[0] ?? text.length;
    const [own, after] = tail(text.slice(pair.key.range[0], end));
    const old = same(plain(pair.value), key);
    if (equal(old, wanted[key])) return { key, own, after };
    if (wanted[key] === undefined) return { key, own: "", after };
    return { key, own: render(key, merge(pair.value, wanted[key], shape?.[key], languages)), after };
  });
  for (const key of Object.keys(wanted)) {
    if (parts.some((part) => part.key === key)) continue;
    const place = parts.findLastIndex((part) => fields.includes(part.key) && fields.indexOf(part.key) < fields.indexOf(key)) + 1;
    const made = { key, own: render(key, node(wanted[key], shape?.[key])), after: "" };
    if (place > 0) {
      const before = parts[place - 1]; // the comments below it belong to what comes next
      if (before.own && !before.own.endsWith("\n")) before.own += "\n";
      [made.after, before.after] = [before.after, ""];
    }
    parts.splice(place, 0, made);
  }
  for (const { own, after } of parts) out += own + after;
  return out && !out.endsWith("\n") ? `${out}\n` : out;
}

// A key's own lines, and the comments and empty lines below it, which belong to what comes next.
function tail(text) {
  const lines = text.split(/(?<=\n)/);
  let end = lines.length;
  while (end > 1 && /^(#.*)?\r?\n?$/.test(lines[end - 1])) end -= 1;
  return [lines.slice(0, end).join(""), lines.slice(end).join("")];
}

function render(key, value) {
  const doc = new Document({}, STRINGS);
  doc.contents.items.push(doc.createPair(key, value));
  return doc.toString(LOOK);
}

const plain = (value) => new Document(value, STRINGS).toJS();
const canonical = (value, shape, languages) => toFile(toForm(value, shape, languages), shape, languages);

function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => equal(a[key], b[key]));
}

// The old node with the wanted value: whatever in it is the same stays, with comments and quotes.
function merge(old, wanted, shape, languages) {
  const was = (value) => canonical(plain(value), Array.isArray(shape) ? shape[0] : undefined, languages);
  if (isScalar(old) && typeof wanted === "string") {
    old.value = wanted;
    return old;
  }
  if (isMap(old) && !Array.isArray(wanted) && typeof wanted === "object") {
    const inner = shape && typeof shape === "object" ? shape : {};
    old.items = old.items.filter((pair) => {
      const before = canonical(plain(pair.value), inner[pair.key.value], languages);
      return before === undefined || wanted[pair.key.value] !== undefined;
    });
    for (const [key, value] of Object.entries(wanted)) {
      const pair = old.items.find((one) => one.key.value === key);
      if (!pair) old.set(key, node(value, inner[key]));
      else if (!equal(canonical(plain(pair.value), inner[key], languages), value)) pair.value = merge(pair.value, value, inner[key], languages);
    }
    return old;
  }
  if (isSeq(old) && Array.isArray(wanted)) {
    const left = old.items.map((item) => ({ item, value: was(item) }));
    const take = (test) => {
      const found = left.findIndex(test);
      return found < 0 ? undefined : left.splice(found, 1)[0].item;
    };
    const whole = wanted.map((value) => take((one) => equal(one.value, value)));
    old.items = wanted.map((value, number) => {
      if (whole[number]) return whole[number];
      const name = value?.id ?? value?.module ?? value?.course;
      const like = name && take((one) => (one.value?.id ?? one.value?.module ?? one.value?.course) === name);
      const inner = Array.isArray(shape) ? shape[0] : undefined;
      return like && typeof value === "object" ? merge(like, value, inner, languages) : node(value, inner);
    });
    return old;
  }
  return node(wanted, shape);
}

// A new node. Codes stand in brackets, and those that look like numbers in quotes, as in the rest of the catalogue.
function node(value, shape) {
  const code = shape === "code" || (Array.isArray(shape) && shape[0] === "code");
  const made = new Document(value, STRINGS).contents;
  if (isSeq(made) && code) made.flow = true;
  for (const one of code ? (isSeq(made) ? made.items : [made]) : []) if (/^[\d.]+$/.test(one.value)) one.type = "QUOTE_DOUBLE";
  if (isMap(made) && shape && typeof shape === "object") {
    made.items = made.items.map((pair) => Object.assign(pair, { value: node(plain(pair.value), shape[pair.key.value]) }));
  }
  if (isSeq(made) && Array.isArray(shape) && !code) made.items = made.items.map((item) => node(plain(item), shape[0]));
  return made;
}
