// The catalogues on disk: catalogue/<language>/<feature>.json, ICU messages by key, and beside them
// _language.json, which says how far the language is.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toIcu } from "./icu.mjs";

const ABOUT = "_language.json";

/** English as ICU, the form in which translators see it. */
export function icuOf(english) {
  return mapValues(english, (catalogue) => mapValues(catalogue, toIcu));
}

export function languagesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, ABOUT)))
    .map(({ name }) => name)
    .sort();
}

/** What a person says of a language: see web-client/README.md. Throws when the file is broken. */
export function aboutLanguage(folder, tag) {
  const file = join(folder, tag, ABOUT);
  const about = read(file);
  for (const [name, is] of Object.entries({
    name: (value) => typeof value === "string",
    complete: (value) => typeof value === "boolean",
    reviewed: (value) => typeof value === "object" && !Array.isArray(value),
    again: Array.isArray,
    same: Array.isArray,
  })) {
    if (!is(about[name])) throw new Error(`${file}: "${name}" is missing or not of its kind`);
  }
  return about;
}

/** Every feature's messages in a language, as they are written. */
export function catalogueOf(folder, tag) {
  const names = existsSync(join(folder, tag)) ? readdirSync(join(folder, tag)) : [];
  return Object.fromEntries(
    names
      .filter((name) => name.endsWith(".json") && name !== ABOUT)
      .map((name) => [name.replace(/\.json$/, ""), read(join(folder, tag, name))]),
  );
}

/** Where the files under en/ differ from the words in the sources. */
export function driftOf(folder, english) {
  const kept = catalogueOf(folder, "en");
  const wanted = icuOf(english);
  const drifted = [];
  for (const feature of new Set([...Object.keys(wanted), ...Object.keys(kept)])) {
    const now = wanted[feature] ?? {};
    const then = kept[feature] ?? {};
    for (const key of new Set([...Object.keys(now), ...Object.keys(then)])) {
      if (now[key] !== then[key]) drifted.push(`${feature}.${key}`);
    }
  }
  return drifted;
}

/**
 * Writes English anew. In the other languages, keys that are gone go too, and keys whose English
 * changed are listed under `again`, to be looked at. Files keep the order of the English ones.
 */
export function writeAll(folder, english) {
  const before = catalogueOf(folder, "en");
  const now = icuOf(english);
  const changed = Object.entries(now).flatMap(([feature, words]) =>
    Object.keys(words)
      .filter((key) => before[feature]?.[key] !== undefined && before[feature][key] !== words[key])
      .map((key) => `${feature}.${key}`),
  );
  writeCatalogue(folder, "en", now);
  for (const tag of languagesIn(folder)) {
    const about = aboutLanguage(folder, tag);
    const words = catalogueOf(folder, tag);
    const known = (name) => {
      const [feature, key] = splitName(name);
      return words[feature]?.[key] !== undefined && now[feature]?.[key] !== undefined;
    };
    writeCatalogue(
      folder,
      tag,
      mapValues(now, (catalogue, feature) =>
        pick(words[feature] ?? {}, (key) => catalogue[key] !== undefined, Object.keys(catalogue)),
      ),
    );
    write(join(folder, tag, ABOUT), {
      ...about,
      again: [...new Set([...about.again, ...changed])].filter(known),
      same: about.same.filter(known),
      reviewed: pick(about.reviewed, (feature) => now[feature] !== undefined),
    });
  }
  return changed;
}

/** `follow-up.title` is key `title` of feature `follow-up`; a key may hold dots of its own. */
export function splitName(name) {
  const dot = name.indexOf(".");
  return [name.slice(0, dot), name.slice(dot + 1)];
}

function writeCatalogue(folder, tag, features) {
  mkdirSync(join(folder, tag), { recursive: true });
  for (const feature of Object.keys(catalogueOf(folder, tag))) {
    if (Object.keys(features[feature] ?? {}).length === 0)
      rmSync(join(folder, tag, `${feature}.json`));
  }
  for (const [feature, words] of Object.entries(features)) {
    if (Object.keys(words).length > 0) write(join(folder, tag, `${feature}.json`), words);
  }
}

function pick(object, wanted, order = Object.keys(object)) {
  return Object.fromEntries(
    order.filter((key) => key in object && wanted(key)).map((key) => [key, object[key]]),
  );
}

function mapValues(object, change) {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, change(value, key)]),
  );
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file}: ${error.message}`, { cause: error });
  }
}

function write(file, value) {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}
