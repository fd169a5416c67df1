// Reads cases from standard input and writes what the editor's format makes of them: {kind, text, changes} -> text.
import { readFileSync } from "node:fs";

const { makeFormat } = await import(process.argv[2]);
const { settings, cases } = JSON.parse(readFileSync(0, "utf-8"));
const { kinds, languages } = settings;
const made = cases.map(({ kind, text, changes }) => {
  const markdown = ["module", "translation", "page"].includes(kind);
  const format = makeFormat({ ...kinds[kind], languages, markdown });
  return format.toFile({ ...(text ? format.fromFile(text) : {}), ...changes });
});
process.stdout.write(JSON.stringify(made));
