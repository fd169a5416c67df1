// The text search: a question -> numbers of documents, best first. It fetches the few files of the index that a question needs.
// The form of the files is described in docs/search.md; they are made by kurskatalog/output/search.
import { forms, stem, variants, words } from "./kk-words.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT = new Uint8Array(128);
[...ALPHABET].forEach((letter, number) => { DIGIT[letter.charCodeAt(0)] = number; });
const WORTH = [1, 2, 4, 10, 13]; // a word once in a text, often, in the facts, in the title, where the title begins
const WEIGHTS = 8;
const ENTRIES_A_FILE = 32;
const LONGEST = 20;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

const shardOf = (term, shards) => {
  let key = 0x811c9dc5;
  for (const letter of [...term].slice(0, 3)) key = Math.imul(key ^ letter.codePointAt(0), 0x01000193) >>> 0;
  return key % shards;
};

const decode = (text) => {
  const found = [];
  let before = 0, value = 0, shift = 1;
  for (let at = 0; at < text.length; at++) {
    const digit = DIGIT[text.charCodeAt(at)];
    value += (digit % 32) * shift;
    if (digit >= 32) { shift *= 32; continue; }
    const posting = before + value;
    before = posting - (posting % WEIGHTS);
    found.push(posting);
    value = 0;
    shift = 1;
  }
  return found;
};

/** Whether two words differ by one slip: a letter too many, too few, another one, or two that changed places. */
export const oneSlip = (a, b) => {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  return short.slice(at + 1) === long.slice(at + 1)
    || (short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2));
};

/** What a word becomes when one slip among its last letters is mended: endings decide what its stem is. */
const mendedEndings = (word) => {
  const found = new Set();
  for (let at = Math.max(3, word.length - 4); at <= word.length; at++) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    if (after) found.add(before + after.slice(1));
    if (after.length > 1) found.add(before + after[1] + after[0] + after.slice(2));
    for (const letter of LETTERS) {
      found.add(before + letter + after);
      if (after) found.add(before + letter + after.slice(1));
    }
  }
  return found;
};

const add = (scores, number, score) => scores.set(number, Math.max(score, scores.get(number) ?? 0));

export class Search {
  /** `root` is the way to the site's root, `here` to the folder of this page's language; both end with a slash. */
  constructor(root, here) {
    this.root = root;
    this.here = here;
    this.files = new Map();
  }

  async open() {
    this.about ??= fetch(`${this.root}search/index.json`, { cache: "no-cache" }).then((answer) => {
      if (!answer.ok) throw new Error("no index");
      return answer.json();
    });
    return this.about;
  }

  fetch(address, read) {
    if (!this.files.has(address)) {
      this.files.set(address, this.open().then(async ({ id }) => {
        const answer = await fetch(`${address}?${id}`);
        return answer.ok ? answer[read]() : null;
      }).catch((error) => { this.files.delete(address); throw error; }));
    }
    return this.files.get(address);
  }

  async shard(term) {
    const { shards } = await this.open();
    return (await this.fetch(`${this.root}search/p/${shardOf(term, shards)}.json`, "json")) ?? {};
  }

  /** What a result shows, by its number. */
  async entry(number) {
    const list = await this.fetch(`${this.here}finn/data/${Math.floor(number / ENTRIES_A_FILE)}.json`, "json");
    return list?.[number % ENTRIES_A_FILE];
  }

  /** Document -> score of a term that stands in the index; an empty map when it does not. */
  async term(term, worth = 1) {
    return this.scores((await this.shard(term))[term], worth);
  }

  async scores(text, worth = 1) {
    const scores = new Map();
    if (!text) return scores;
    const { count } = await this.open();
    const postings = decode(text);
    const rare = Math.log(1 + count / postings.length);
    for (const posting of postings) scores.set(Math.floor(posting / WEIGHTS), WORTH[posting % WEIGHTS] * rare * worth);
    return scores;
  }

  /** Documents with all of the terms; the sum of their scores. */
  async all(terms, worth = 1) {
    const lists = await Promise.all(terms.map((term) => this.term(term, worth / terms.length)));
    const [first, ...others] = lists.sort((a, b) => a.size - b.size);
    const scores = new Map();
    for (const [number, score] of first ?? []) {
      if (others.every((list) => list.has(number))) scores.set(number, others.reduce((sum, list) => sum + list.get(number), score));
    }
    return scores;
  }

  /** Words that begin so. `compounds` alone: at least four letters more, or the adjective (psykologi, psykologisk). */
  async beginnings(form, scores, stems, compounds) {
    if (form.length < 3) return;
    const shard = await this.shard(form);
    const fits = (term) => !compounds || term.length > form.length + 3 || term === `${form}sk`;
    const longer = Object.keys(shard).filter((term) => term.startsWith(form) && !stems.has(term) && fits(term));
    longer.sort((a, b) => a.length - b.length);
    for (const term of longer.slice(0, 60)) {
      for (const [number, score] of await this.scores(shard[term], 0.25)) add(scores, number, score);
    }
  }

  /** A compound that the catalogue does not have, or has seldom: documents with both its parts. */
  async parts(form, scores, stems) {
    const shard = await this.shard(form);
    for (let at = form.length - 3; at > 2; at--) {
      const left = [form.slice(0, at), /[se]$/.test(form.slice(0, at)) ? form.slice(0, at - 1) : ""]
        .map((part) => (part.length > 2 ? stem(part) : "")).find((part) => part in shard);
      const right = stem(form.slice(at));
      if (!left || right.length < 3) continue;
      const both = await this.all([left, right], 0.5);
      both.forEach((score, number) => add(scores, number, score));
      if (both.size) [left, right].forEach((part) => stems.add(part));
    }
  }

  async known(length) {
    const text = await this.fetch(`${this.root}search/w/${Math.max(3, Math.min(length, LONGEST))}.txt`, "text");
    return text ? text.split("\n") : [];
  }

  /** Stems that a misspelt word may have meant, the likeliest first: long ones before stumps, then those of most documents. */
  async meant(form) {
    const own = stem(form);
    const mended = new Set([...mendedEndings(form)].map(stem).filter((word) => word.length > form.length - 6));
    const lengths = new Set([...mended].map((word) => word.length));
    if (own.length > 3) [-1, 0, 1].forEach((step) => lengths.add(own.length + step));
    const lists = await Promise.all([...lengths].map((length) => this.known(length)));
    const near = lists.flat().filter((word) => mended.has(word) || (own.length > 3 && oneSlip(own, word)));
    const longest = Math.max(0, ...near.map((word) => word.length));
    const found = [...new Set(near)].filter((word) => word.length > longest - 3).slice(0, 12);
    const counted = await Promise.all(found.map(async (word) => [word, (await this.term(word)).size]));
    return counted.filter(([, size]) => size).sort((one, other) => other[1] - one[1]).map(([word]) => word);
  }

  /** One word of the question: scores, the stems to mark in texts, and how it was mended. */
  async unit(word, last) {
    const found = forms(word);
    const pieces = /[-\u2010\u2011]/.test(word) ? word.toLowerCase().split(/[-\u2010\u2011]/).flatMap(forms) : [];
    const whole = pieces.length ? variants(word.toLowerCase().replace(/[-\u2010\u2011]/g, "")) : found;
    const stems = new Set([...whole, ...pieces].map(stem));
    const scores = new Map();
    for (const form of whole) (await this.term(stem(form))).forEach((score, number) => add(scores, number, score));
    if (pieces.length) (await this.all(pieces.map(stem))).forEach((score, number) => add(scores, number, score));
    const own = scores.size;
    for (const form of whole) {
      const begin = stem(form).length > 3 && form.startsWith(stem(form)) ? stem(form) : form;
      if (last) await this.beginnings(form, scores, stems, false);
      if (begin.length > 3) await this.beginnings(begin, scores, stems, own > 4);
    }
    const begun = scores.size;
    const long = whole.filter((form) => form.length > 5 && /^\p{L}+$/u.test(form));
    if (own < 5) for (const form of long) await this.parts(form, scores, stems);
    let mended = null;
    if (!begun && long.length) {
      const meant = [...new Set((await Promise.all(long.map((form) => this.meant(form)))).flat())];
      if (meant.length) {
        const better = await this.term(meant[0]);
        if (better.size >= scores.size) { // else it is a compound of the reader's own
          mended = { from: word, stem: meant[0], others: meant.slice(1, 4) };
          better.forEach((score, number) => add(scores, number, score));
          await this.beginnings(meant[0], scores, stems, true);
          stems.add(meant[0]);
        }
      }
    }
    return { scores, stems, mended };
  }

  /** Two words that the catalogue writes as one: it counts for both. */
  async joined(one, other, a, b) {
    const [left, right] = [variants(one.toLowerCase())[0], variants(other.toLowerCase())[0]];
    if (!/^\p{L}{2,}$/u.test(left) || !/^\p{L}{3,}$/u.test(right)) return;
    for (const whole of new Set([left + right, `${left}s${right}`, `${left}e${right}`].map(stem))) {
      (await this.term(whole)).forEach((score, number) => {
        add(a.scores, number, score);
        add(b.scores, number, score);
        a.stems.add(whole);
      });
    }
  }

  /** A question -> {hits: [number, score], best first; stems to mark; mended words; partial when no document has all words}. */
  async find(question, { typing = false } = {}) {
    const asked = words(question.normalize("NFC")).map(({ text }) => text).filter((word) => forms(word).length).slice(0, 12);
    if (!asked.length) return { hits: [], stems: new Set(), mended: [], partial: false, asked };
    const open = typing && !/\s$/.test(question);
    const units = await Promise.all(asked.map((word, at) => this.unit(word, open && at === asked.length - 1)));
    for (let at = 1; at < units.length; at++) await this.joined(asked[at - 1], asked[at], units[at - 1], units[at]);
    const sums = new Map(), counts = new Map();
    for (const { scores } of units) {
      scores.forEach((score, number) => {
        sums.set(number, (sums.get(number) ?? 0) + score);
        counts.set(number, (counts.get(number) ?? 0) + 1);
      });
    }
    const most = Math.max(0, ...counts.values());
    const hits = [...sums].filter(([number]) => counts.get(number) === most).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return {
      hits,
      asked,
      stems: new Set(units.flatMap((unit) => [...unit.stems])),
      mended: units.map((unit) => unit.mended).filter(Boolean),
      partial: most > 0 && most < units.length,
    };
  }
}

/** Whether a word of a text is one of those that were asked for, or a compound of one. */
const isAsked = (word, stems) => forms(word).some((form) => {
  if (stems.has(stem(form))) return true;
  return form.length > 6 && [...stems].some((one) => one.length > 3 && form.includes(one));
});

/** The places in a text that were asked for: [[begin, end], ...]. */
export const marks = (text, stems) =>
  words(text).filter((word) => isAsked(word.text, stems)).map((word) => [word.at, word.at + word.text.length]);

/** A word as a text has it, by its stem; undefined when the text does not have it. */
export const spelled = (text, wanted) => words(text).find(({ text: word }) => forms(word).some((form) => stem(form) === wanted))?.text;

const page = (address) => new Promise((resolve) => {
  const request = new XMLHttpRequest();
  request.open("GET", address);
  request.responseType = "document"; // parsed by the browser, not run
  request.onload = () => resolve(request.response);
  request.onerror = () => resolve(null);
  request.send();
});

/** The passage of a page that has most of what was asked: {text, lang}, or null. */
export const passage = async (address, stems) => {
  const found = await page(address);
  let best = null, most = 0;
  for (const block of found?.querySelectorAll(".kk-page :is(p, li, td, dd, h2, h3, figcaption)") ?? []) {
    if (block.querySelector("p, li")) continue; // its parts have their own turn
    const text = block.textContent.replace(/\s+/g, " ").trim();
    if (text.length > 2000 || block.closest("nav, dl, .kk-step")) continue;
    const places = marks(text, stems);
    const different = new Set(places.flatMap(([from, to]) => forms(text.slice(from, to)).map(stem))).size;
    if (different > most) {
      most = different;
      best = { text: around(text, places[0][0]), lang: block.closest("[lang]")?.getAttribute("lang") ?? "" };
    }
  }
  return best;
};

const around = (text, at) => {
  if (text.length <= 240) return text;
  const from = at < 120 ? 0 : text.indexOf(" ", at - 100) + 1;
  const to = text.length - from <= 240 ? text.length : text.lastIndexOf(" ", from + 230);
  return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
};
