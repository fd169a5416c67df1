// All courses as columns (finn/data/kurs.json, made by kurskatalog/output/finder.py), and what filters do with them.
import { begun, deadline, state, term, unconfirmed } from "./kk-dates.js";

const SLUG = { æ: "ae", ø: "o", å: "a", é: "e", è: "e", ö: "o", ä: "a", ü: "u" };
const slug = (title) => title.toLowerCase().replace(/[æøåéèöäü]/g, (letter) => SLUG[letter]).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
const SORT = { æ: "{", ä: "{", ø: "|", ö: "|", å: "}" };
const sortKey = (title) => title.toLowerCase().replace(/[æäøöå]/g, (letter) => SORT[letter]).replaceAll("aa", "}");

/** Limits of the ranges that numbers are filtered by: each holds numbers up to its limit. */
export const RANGES = {
  credits: [0, 5, 10, 30, 60, Infinity],
  hours: [10, 40, 140, 300, Infinity],
  price: [0, 5000, 15000, Infinity],
};
/** The kinds of filters in the order in which they are shown. */
export const KINDS = [
  "state", "start", "theme", "county", "place", "form", "level", "credits", "hours", "price", "provider", "language", "maturity", "dimension",
];
export const SOON = [31, 92]; // days within which a course can be said to start soon
const NEVER = 1 << 24;

/** [values, letters] -> which value each place has. */
const places = ([values, letters], count) => {
  const at = new Uint16Array(count);
  if (letters) for (let i = 0; i < count; i++) { const code = letters.charCodeAt(i); at[i] = code - (code < 92 ? 35 : 36); }
  return { values, at };
};
const spread = ([values, letters], count) => {
  const column = places([values, letters], count);
  return Array.from(column.at, (at) => column.values[at] ?? null);
};

/** Range number of a number; -1 when it is not known. */
const range = (limits, number) => (number === null ? -1 : limits.findIndex((limit) => number <= limit));

export class Courses {
  constructor(data, today) {
    this.count = data.count;
    this.today = today;
    this.valid = data.valid;
    this.titles = data.count ? data.titles.split("\n") : [];
    this.langs = spread(data.langs, data.count);
    this.slugs = data.slugs.split("\n");
    this.labels = data.labels;
    this.provider = new Uint16Array(data.count);
    let at = 0;
    for (let i = 0; i < data.provider.length; i += 2) { this.provider.fill(data.provider[i], at, at + data.provider[i + 1]); at += data.provider[i + 1]; }
    this.numbers = Object.fromEntries(["credits", "hours", "price"].map((name) => [name, places(data[name], data.count)]));
    this.alone = spread(data.alone, data.count);
    this.readRuns(data.runs);
    this.kinds = Object.fromEntries(KINDS.map((kind) => [kind, this.kind(kind, data)]));
    this.orders = new Map();
  }

  readRuns(columns) {
    this.many = spread(columns.many, this.count);
    const count = this.many.reduce((sum, many) => sum + many, 0);
    const [first, apply, start, end, seen, terms] = ["day", "apply", "start", "end", "seen", "term"].map((name) => spread(columns[name], count));
    const day = (base, step) => (base === null || step === null ? undefined : base + step);
    let at = 0;
    this.runs = this.many.map((many) => {
      const runs = [];
      for (const stop = at + many; at < stop; at++) {
        runs.push({ applyBy: day(first[at], apply[at]), start: day(first[at], start[at]), end: day(first[at], end[at]),
          verified: seen[at] ?? undefined, term: terms[at] ?? "", valid: this.valid });
      }
      return runs;
    });
    this.deadlines = new Int32Array(this.count).fill(NEVER);
    this.starts = new Int32Array(this.count).fill(NEVER);
    this.runs.forEach((runs, course) => {
      for (const run of runs) {
        this.deadlines[course] = Math.min(this.deadlines[course], deadline(run, this.today) ?? NEVER);
        const begins = run.start ?? (run.term ? term(run.term)[0] : undefined);
        if (begins !== undefined && !begun(run, this.today) && !unconfirmed(run, this.today)) this.starts[course] = Math.min(this.starts[course], begins);
      }
    });
  }

  /** A kind of filter: its values in order, the sets of values that courses have, and which of these each course has. */
  kind(name, data) {
    if (name === "provider") {
      const values = data.labels.provider.map(([code, label]) => ({ code, label }));
      return { values, sets: values.map((_, number) => [number]), at: this.provider };
    }
    if (name in this.numbers) return this.rangeKind(name);
    if (name === "state") return this.computed(["open", "closing", "closed", "running", "whenever", "unknown"], (course) => this.statesOf(course));
    if (name === "start") return this.computed(this.startCodes(), (course) => this.startsOf(course));
    if (name === "place") {
      const { values: lists, at } = places(data.places, this.count);
      const names = [...new Set(lists.flatMap((list) => list.split(", ")))].filter(Boolean).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
      const numbers = new Map(names.map((place, number) => [place, number]));
      this.placeNames = lists;
      return { values: names.map((place) => ({ code: place, label: place })), at,
        sets: lists.map((list) => list.split(", ").filter(Boolean).map((place) => numbers.get(place))) };
    }
    const { values: sets, at } = places(data[name], this.count);
    return { values: data.labels[name].map(([code, label]) => ({ code, label })), sets, at };
  }

  rangeKind(name) {
    const limits = RANGES[name];
    const { values: numbers, at } = this.numbers[name];
    const found = numbers.map((number) => range(limits, number));
    const values = limits.map((limit, number) => ({ code: String(limit === Infinity ? "mer" : limit), from: limits[number - 1] ?? -1, to: limit }));
    return { values, sets: found.map((number) => (number < 0 ? [] : [number])), at };
  }

  computed(codes, of) {
    const numbers = new Map(codes.map((code, number) => [code, number]));
    const known = new Map();
    const sets = [];
    const at = new Uint16Array(this.count);
    for (let course = 0; course < this.count; course++) {
      const set = of(course).map((code) => numbers.get(code));
      const key = set.join();
      if (!known.has(key)) { known.set(key, sets.length); sets.push(set); }
      at[course] = known.get(key);
    }
    return { values: codes.map((code) => ({ code })), sets, at };
  }

  /** The states of a course: of its runs that can still be applied for; else closed, running or unknown. */
  statesOf(course) {
    if (this.alone[course]) return ["whenever"];
    const states = new Set(this.runs[course].map((run) => state(run, this.today)));
    if (states.has("closing")) return ["open", "closing"];
    if (states.has("open")) return ["open"];
    if (states.has("closed")) return ["closed"];
    return states.has("running") ? ["running"] : ["unknown"];
  }

  startCodes() {
    const terms = new Set();
    for (const start of this.starts) if (start !== NEVER) terms.add(this.termOf(start));
    return [...SOON.map(String), ...[...terms].sort((a, b) => (a.slice(0, 4) + (a.endsWith("host") ? 1 : 0) < b.slice(0, 4) + (b.endsWith("host") ? 1 : 0) ? -1 : 1)), "whenever"];
  }

  termOf(day) {
    const date = new Date(day * 864e5);
    return `${date.getUTCFullYear()}-${date.getUTCMonth() < 7 ? "var" : "host"}`;
  }

  startsOf(course) {
    if (this.alone[course]) return ["whenever"];
    const start = this.starts[course];
    if (start === NEVER) return [];
    return [...SOON.filter((days) => start - this.today <= days).map(String), this.termOf(start)];
  }

  /**
   * Courses that pass: AND between kinds, OR inside one. `chosen` is a map kind -> set of value numbers; `within`, if given, has a
   * truthy entry for each course that may pass. Gives {found: course numbers, counts: kind -> how many each value would give}.
   */
  filter(chosen, within) {
    const active = KINDS.filter((kind) => chosen.get(kind)?.size);
    const passes = active.map((kind) => Uint8Array.from(this.kinds[kind].sets, (set) => (set.some((value) => chosen.get(kind).has(value)) ? 1 : 0)));
    const columns = active.map((kind) => this.kinds[kind].at);
    const found = new Uint32Array(this.count);
    const bySet = Object.fromEntries(KINDS.map((kind) => [kind, new Uint32Array(this.kinds[kind].sets.length)]));
    let size = 0;
    for (let course = 0; course < this.count; course++) {
      if (within && !within[course]) continue;
      let failed = 0, which = 0;
      for (let k = 0; k < active.length; k++) {
        if (!passes[k][columns[k][course]]) { failed++; which = k; if (failed > 1) break; }
      }
      if (!failed) found[size++] = course;
      else if (failed === 1) bySet[active[which]][columns[which][course]]++;
    }
    const list = found.subarray(0, size);
    for (const kind of KINDS) {
      const { at } = this.kinds[kind];
      const count = bySet[kind];
      for (let i = 0; i < size; i++) count[at[list[i]]]++;
    }
    const counts = Object.fromEntries(KINDS.map((kind) => {
      const { sets, values } = this.kinds[kind];
      const sums = new Uint32Array(values.length);
      sets.forEach((set, number) => { for (const value of set) sums[value] += bySet[kind][number]; });
      return [kind, sums];
    }));
    return { found: list, counts };
  }

  /** For each course its place in an order: by title, deadline, start or credits (many first). */
  order(name) {
    if (!this.orders.has(name)) this.orders.set(name, name === "title" ? this.titleOrder() : this.orderBy(name));
    return this.orders.get(name);
  }

  titleOrder() {
    const keys = this.titles.map(sortKey);
    const order = Array.from(keys, (_, number) => number).sort((a, b) => (keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b));
    const ranks = new Uint32Array(this.count);
    order.forEach((course, rank) => { ranks[course] = rank; });
    return ranks;
  }

  orderBy(name) {
    const title = this.order("title");
    const credits = this.numbers.credits;
    const first = { deadline: (c) => this.deadlines[c], start: (c) => this.starts[c], credits: (c) => 1e4 - (credits.values[credits.at[c]] ?? 0) }[name];
    const keys = Float64Array.from({ length: this.count }, (_, course) => first(course) * 65536 * 4 + title[course]);
    return keys;
  }

  /** A part of the courses in an order. */
  sorted(found, name) {
    const order = this.order(name);
    return Array.from(found).sort((a, b) => order[a] - order[b]);
  }

  /** What is shown of a course. */
  entry(course) {
    const kinds = this.kinds;
    const names = (kind) => kinds[kind].sets[kinds[kind].at[course]].map((value) => kinds[kind].values[value].label);
    const number = (name) => this.numbers[name].values[this.numbers[name].at[course]] ?? null;
    const [code, provider] = this.labels.provider[this.provider[course]];
    const [kept, rest] = this.slugs[course] ? this.slugs[course].split(":") : ["", ""];
    const usual = slug(this.titles[course]);
    return {
      kind: "course", path: `kurs/${code}/${kept === "" ? usual : usual.slice(0, +kept)}${rest}`, title: this.titles[course], titleLang: this.langs[course] ?? "",
      provider, level: kinds.level.sets[kinds.level.at[course]].map((value) => kinds.level.values[value].code)[0] ?? "", credits: number("credits"), hours: number("hours"),
      form: names("form").join(", "), places: this.placeNames[kinds.place.at[course]], runs: this.runs[course], alone: Boolean(this.alone[course]),
    };
  }
}
