// The words of the product and their translations.
//
//   npm run words                 writes the English of all features to catalogue/en, keeps the others in step
//   npm run words -- --check      what `npm run check` asks: nothing drifted, nothing broken
//   npm run words -- --check fr   one language, also what it lacks
//   npm run words -- --missing fr the English that has no translation yet, as JSON

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  aboutLanguage,
  catalogueOf,
  driftOf,
  icuOf,
  languagesIn,
  writeAll,
} from "./words/catalogues.mjs";
import { checkLanguage } from "./words/check.mjs";
import { earlyWordsIn, englishOf } from "./words/english.mjs";

const SHOWN_MAX = 40;
const source = join(dirname(fileURLToPath(import.meta.url)), "../src");
const folder = join(source, "i18n/catalogue");
const [, , act, only] = process.argv;

const english = englishOf(source);
switch (act) {
  case undefined:
    write();
    break;
  case "--check":
    check();
    break;
  case "--missing":
    showMissing();
    break;
  default:
    fail(`There is no ${act}: see the head of scripts/words.mjs.`);
}

function write() {
  const changed = writeAll(folder, english);
  const keys = Object.values(english).reduce((sum, words) => sum + Object.keys(words).length, 0);
  console.log(`words: ${keys} in ${Object.keys(english).length} features`);
  if (changed.length > 0) console.log(`to be translated again: ${changed.join(", ")}`);
}

function check() {
  const drift = driftOf(folder, english);
  if (drift.length > 0) {
    fail(`src/i18n/catalogue/en is not what the sources say (${some(drift)}): npm run words`);
  }
  const early = earlyWordsIn(source);
  if (early.length > 0) {
    fail(`asked for while the module loads, before its language is there:\n${early.join("\n")}`);
  }
  const languages = languagesIn(folder);
  if (only && !languages.includes(only)) fail(`There is no language ${only}.`);
  for (const tag of only ? [only] : languages) checkOne(tag);
}

function checkOne(tag) {
  const about = aboutLanguage(folder, tag);
  const { errors, missing } = checkLanguage(tag, icuOf(english), catalogueOf(folder, tag), about);
  for (const error of errors.slice(0, SHOWN_MAX)) console.error(`${tag}: ${error}`);
  if (errors.length > 0 && (about.complete || only)) {
    fail(`${tag}: ${errors.length} faults in src/i18n/catalogue/${tag}`);
  }
  const open = [...missing, ...about.again];
  if (open.length + errors.length === 0) return;
  const what = `${tag}: ${missing.length} missing, ${about.again.length} to look at again`;
  if (about.complete || only) fail(`${what}: ${some(open)}`);
  console.log(`${what}; not complete yet, so not offered`);
}

function showMissing() {
  if (!languagesIn(folder).includes(only ?? "")) fail("Name a language that has a folder.");
  const about = aboutLanguage(folder, only);
  const words = icuOf(english);
  const { missing } = checkLanguage(only, words, catalogueOf(folder, only), about);
  const open = new Set([...missing, ...about.again]);
  const left = {};
  for (const [feature, catalogue] of Object.entries(words)) {
    for (const [key, text] of Object.entries(catalogue)) {
      if (open.has(`${feature}.${key}`)) (left[feature] ??= {})[key] = text;
    }
  }
  console.log(JSON.stringify(left, null, 2));
}

function some(names) {
  const rest = names.length > SHOWN_MAX ? `, and ${names.length - SHOWN_MAX} more` : "";
  return names.slice(0, SHOWN_MAX).join(", ") + rest;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
