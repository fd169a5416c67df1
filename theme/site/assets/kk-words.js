// Words as the search index has them: the same as kurskatalog/words/search.py, for what somebody types. A test compares the two.

const FOLD = new Map(Object.entries({
  æ: "e", ä: "e", ø: "o", ö: "o", ó: "o", ò: "o", ô: "o", õ: "o", å: "a", á: "a", à: "a", â: "a", ã: "a", é: "e", è: "e", ê: "e",
  ë: "e", í: "i", ì: "i", î: "i", ï: "i", ú: "u", ù: "u", û: "u", ü: "u", ý: "y", ÿ: "y", ç: "c", č: "c", đ: "d", ð: "d", ñ: "n",
  ŋ: "n", š: "s", ŧ: "t", ž: "z", ß: "ss",
  ...Object.fromEntries([..."₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹"].map((digit, at) => [digit, String(at % 10)])),
}));
const ENDINGS = [
  ["elsene", 4], ["elsane", 4], ["ingene", 4], ["ingane", 4],
  ["elser", 3], ["elsen", 3], ["heter", 4], ["heten", 4], ["heita", 4], ["ering", 4],
  ["else", 3], ["ende", 4], ["ande", 4], ["arne", 3], ["erne", 3], ["erte", 4], ["heit", 4], ["inga", 4],
  ["ane", 3], ["ene", 3], ["ere", 3], ["are", 4], ["ert", 4], ["het", 4], ["ing", 4],
  ["ens", 4], ["er", 3], ["en", 3], ["et", 3], ["ar", 3], ["ig", 6],
  ["a", 3], ["e", 3], ["s", 4],
];
const STOPS = new Set();
const LONGEST = 40;
const WORD = /\p{Nd}+(?:[.,]\p{Nd}+)+|[\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)*/gu;
const LETTERS = /^\p{L}+$/u;

const plain = (word) => [...word].map((letter) => FOLD.get(letter) ?? letter).join("");
const cut = (word) => [...word].slice(0, LONGEST).join("");

/** A word in lower case -> its folded forms: one, or two where `aa`, `ae` or `oe` may stand for å, æ or ø. */
export const variants = (word) => {
  const one = cut(plain(word));
  if (!/aa|ae|oe/.test(word)) return [one];
  const other = cut(plain(word.replaceAll("aa", "a").replaceAll("ae", "e").replaceAll("oe", "o")));
  return other === one ? [one] : [one, other];
};

const shorter = (word) => {
  if (word.endsWith("ering") && !word.endsWith("isering")) return word;
  for (const [ending, left] of ENDINGS) {
    if (!word.endsWith(ending) || word.length - ending.length < left) continue;
    if (ending === "s" && ("si".includes(word.at(-2)) || /(ans|ens)$/.test(word))) continue;
    if (ending === "ig" && word.at(-3) === "l") continue;
    const rest = word.slice(0, -ending.length);
    return rest.endsWith("mm") ? rest.slice(0, -1) : rest;
  }
  return word.length > 6 && /(alt|ivt|elt)$/.test(word) ? word.slice(0, -1) : word;
};

/** A folded word without its endings. */
export const stem = (folded) => {
  let word = folded;
  if (word.length < 4 || !LETTERS.test(word)) return word;
  for (let round = 0; round < 4; round++) {
    const next = shorter(word);
    if (next === word) break;
    word = next;
  }
  if (word.length > 4 && word.endsWith("el") && !"aeiouy".includes(word.at(-3))) word = `${word.slice(0, -2)}l`;
  word = word.replace(/([bdfgkmnprt])\1(?=[lr]$)/, "$1");
  return word.endsWith("leg") && word.length > 5 ? `${word.slice(0, -3)}lig` : word;
};

`av at da de deg dei dem den denne der det dette di din ditt dykk dykkar eg ei ein eit eller en er et etter for fra fram
 frå han hans har hennar hennes her hjå ho hun hva hvem hver hvis hvor hvordan hvorfor i ikke ikkje inn innen ja jeg
 kan kor korleis kva kvar kven kvifor man med meg mellom men mi min mitt mot må nei no nokon nokre noe noen nå når og om
 opp oss over på sa seg si sin sine sitt skal skulle slik so som så til ut uten utan ved vi vil ville vår var vart være
 vere vært vore ble blei bli blir blitt både bare berre du dere enn eigen egen same samme slike hos også
 an and are as by from in is it of on or that the this to with you your`
  .split(/\s+/).filter(Boolean).forEach((word) => variants(word).forEach((form) => STOPS.add(form)));

export const isStop = (form) => STOPS.has(form);

/** The words of a text: {text, at} as they stand, with their place. */
export const words = (text) => [...text.matchAll(WORD)].map((match) => ({ text: match[0], at: match.index }));

/** A word of a text -> the folded forms it is found by: itself, and with hyphens the whole and its parts. */
export const forms = (word) => {
  const low = word.toLowerCase();
  const pieces = low.split(/[-\u2010\u2011]/);
  const all = pieces.length > 1 ? [pieces.join(""), ...pieces] : [low];
  return [...new Set(all.flatMap(variants))].filter((form) => form.length > 1 && !STOPS.has(form));
};
