// Puts the words into the build. A page's own language comes in small JSON files, one a pack: the
// same for English as for the others, so that no language pays for two. Only the shell's English
// stays in the code; while developing and in tests all of the English does.

import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { aboutLanguage, catalogueOf, icuOf, languagesIn } from "./catalogues.mjs";
import { checkLanguage } from "./check.mjs";
import { declarationsIn, englishOf } from "./english.mjs";
import { compile, tokensOf } from "./icu.mjs";
import { keysOf, OPENINGS } from "./openings.mjs";
import { PACKS, packsOf } from "./packs.mjs";
import { PSEUDO, pseudo } from "./pseudo.mjs";

const source = join(dirname(fileURLToPath(import.meta.url)), "../../src");
const folder = join(source, "i18n/catalogue");
export const MODULE = "virtual:words";

/** What scripts/doors.mjs is to know of the build's languages, beside Vite's own notes. */
export const LANGUAGES_FILE = ".vite/languages.json";

let openings;

/** The Vite plug-in. */
export function words() {
  let building = false;
  let build;
  return {
    name: "consilium-words",
    enforce: "pre",
    configResolved(config) {
      building = config.command === "build";
    },
    buildStart() {
      if (!building) return;
      build = everyLanguage();
      this.emitFile({
        type: "asset",
        fileName: LANGUAGES_FILE,
        source: JSON.stringify(aboutAll(build)),
      });
      for (const [tag, { packs, hash }] of Object.entries(build)) {
        for (const [pack, catalogues] of Object.entries(packs)) {
          if (tag === "en" && pack === "shell") continue;
          this.emitFile({
            type: "asset",
            fileName: `assets/words-${tag}-${pack}-${hash}.json`,
            source: JSON.stringify(catalogues),
          });
        }
      }
    },
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      return building
        ? moduleText(build, "/assets/", "shell")
        : moduleText(draftsThereAre(), "/words/", "all");
    },
    transform(code, id) {
      if (!building || !id.startsWith(source) || !code.includes("messages(")) return undefined;
      let stripped = code;
      for (const { feature, start, end } of declarationsIn(id, code).reverse()) {
        if (!PACKS.shell.includes(feature))
          stripped = `${stripped.slice(0, start)}{}${stripped.slice(end)}`;
      }
      return stripped === code ? undefined : { code: stripped, map: null };
    },
    configureServer(server) {
      server.middlewares.use("/words/", (request, response, next) => {
        const name = (request.url ?? "").replace(/^\/?words-(.*)-draft\.json$/, "$1");
        const tag = Object.keys(draftsThereAre()).find((one) => name.startsWith(`${one}-`));
        const catalogues = tag && draft(tag)?.packs[name.slice(tag.length + 1)];
        if (!catalogues) return next();
        response.setHeader("Content-Type", "application/json");
        response.end(JSON.stringify(catalogues));
      });
    },
  };
}

/**
 * What a build carries: English and every language that is complete; with CONSILIUM_DRAFTS=1, to
 * look at them, also the others and the made ones.
 */
function everyLanguage() {
  const icu = icuOf(englishOf(source));
  const languages = { en: compiled("en", icu, icu, { name: "English", reviewed: icu }) };
  if (process.env.CONSILIUM_DRAFTS === "1") {
    const tags = Object.keys(draftsThereAre()).filter((tag) => tag !== "en");
    return { ...languages, ...Object.fromEntries(tags.map((tag) => [tag, draft(tag, icu)])) };
  }
  for (const tag of languagesIn(folder)) {
    const about = aboutLanguage(folder, tag);
    if (!about.complete) continue;
    const own = catalogueOf(folder, tag);
    const { errors, missing } = checkLanguage(tag, icu, own, about);
    const open = [...errors, ...missing, ...about.again];
    if (open.length > 0) throw new Error(`${tag} is not complete: ${open.slice(0, 10).join(", ")}`);
    languages[tag] = compiled(tag, icu, own, about);
  }
  return languages;
}

/** While developing: every language as far as it is, and made ones that show what was forgotten. */
function draftsThereAre() {
  const names = Object.fromEntries(
    languagesIn(folder).map((tag) => [tag, aboutLanguage(folder, tag).name]),
  );
  return Object.fromEntries(
    Object.entries({ en: "English", ...names, ...PSEUDO }).map(([tag, name]) => [
      tag,
      { name, awaitsReview: tag in names, hash: "draft" },
    ]),
  );
}

function draft(tag, icu = icuOf(englishOf(source))) {
  if (tag in PSEUDO)
    return compiled("en", icu, pseudo(tag, icu), { name: PSEUDO[tag], reviewed: {} });
  if (!languagesIn(folder).includes(tag)) return undefined;
  return compiled(tag, icu, catalogueOf(folder, tag), aboutLanguage(folder, tag));
}

function compiled(tag, english, own, about) {
  const packs = {};
  for (const [pack, features] of Object.entries(packsOf(Object.keys(english)))) {
    packs[pack] = Object.fromEntries(
      features.map((feature) => [feature, compiledFeature(tag, english[feature], own[feature])]),
    );
  }
  for (const [pack, keys] of Object.entries(openingKeys())) {
    const whole = Object.assign({}, ...Object.values(packs));
    packs[pack] = Object.fromEntries(
      Object.entries(keys)
        .filter(([feature]) => !PACKS.shell.includes(feature))
        .map(([feature, keys]) => [feature, only(whole[feature], keys)]),
    );
  }
  const hash = hashOf(JSON.stringify(packs));
  const awaitsReview = Object.keys(english).some((feature) => !about.reviewed[feature]);
  return { name: about.name, awaitsReview, hash, packs };
}

const only = (words, keys) =>
  Object.fromEntries(Object.entries(words).filter(([key]) => keys.has(key)));

/** Read once: they are the same in each language. */
function openingKeys() {
  return (openings ??= Object.fromEntries(
    Object.entries(OPENINGS).map(([pack, modules]) => [pack, keysOf(source, modules)]),
  ));
}

function hashOf(text) {
  return createHash("sha256").update(text).digest("base64url").slice(0, 8);
}

/** A key that has no translation, or a broken one, reads in English. */
function compiledFeature(tag, english, own = {}) {
  return Object.fromEntries(
    Object.entries(english).map(([key, text]) => {
      try {
        if (own[key]) return [key, compile(tokensOf(own[key], tag))];
      } catch {
        // `npm run check` says what is broken.
      }
      return [key, compile(tokensOf(text, "en"))];
    }),
  );
}

/** What the program knows of each language before it has its words. */
function aboutAll(languages) {
  return Object.fromEntries(
    Object.entries(languages).map(([tag, { name, awaitsReview, hash }]) => [
      tag,
      { name, awaitsReview, hash },
    ]),
  );
}

/** The module that tells the program which languages there are. */
export function moduleText(languages, base, englishInCode) {
  return [
    `export const BASE = ${JSON.stringify(base)};`,
    `export const LANGUAGES = ${JSON.stringify(aboutAll(languages))};`,
    `export const PACKS = ${JSON.stringify(PACKS)};`,
    `export const ENGLISH_IN_THE_CODE = ${JSON.stringify(englishInCode)};`,
  ].join("\n");
}
