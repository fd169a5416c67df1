// The state of a run on the day of reading: the same rules as kurskatalog/view/dates.py, in one place for every script.
// Days are whole numbers (days since 1 January 1970), so that they can be compared and subtracted; `undefined` or `null` is unknown.

export const CLOSING_DAYS = 14;

/** `2027-01-31` -> a day; undefined for anything else. */
export const day = (iso) => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso ?? "");
  return match ? Date.UTC(+match[1], +match[2] - 1, +match[3]) / 864e5 : undefined;
};

/** A day -> `2027-01-31`. */
export const iso = (number) => new Date(number * 864e5).toISOString().slice(0, 10);

/** The reader's own day, by the reader's clock and time zone. */
export const today = (now = new Date()) => Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5;

/** `2027-var` -> [its first day, its last day]. */
export const term = (name) => {
  const [year, season] = name.split("-");
  return season === "var" ? [day(`${year}-01-01`), day(`${year}-07-31`)] : [day(`${year}-08-01`), day(`${year}-12-31`)];
};

/** Whether the claim is older than its validity: `verified` is the day on which somebody saw it, `valid` a number of days. */
export const unconfirmed = ({ verified, valid = Infinity }, now) => verified != null && now - verified > valid;

/** open | closing | closed | running | over | unknown, for a run {start, end, applyBy, verified, valid} on a day. */
export const state = (run, now) => {
  const { start, end, applyBy } = run;
  if (end != null && end < now) return "over";
  if (unconfirmed(run, now)) return "unknown";
  if (applyBy != null && applyBy >= now) return applyBy - now <= CLOSING_DAYS ? "closing" : "open";
  if (start != null && start <= now) return end != null ? "running" : "unknown";
  return applyBy != null ? "closed" : "unknown";
};

/** Whether the start, or the whole of its term, has passed: history for somebody who wants to begin. */
export const begun = ({ start, end, term: name }, now) => {
  const last = start ?? end ?? (name ? term(name)[1] : undefined);
  return last != null && last < now;
};

/** The last day for applications if it has not passed and the claim is confirmed; else undefined. */
export const deadline = (run, now) =>
  run.applyBy != null && run.applyBy >= now && !unconfirmed(run, now) ? run.applyBy : undefined;
