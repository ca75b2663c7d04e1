import { BASE, ENGLISH_IN_THE_CODE, LANGUAGES, PACKS } from "virtual:words";
import { store } from "../store";
import {
  addCatalogues,
  type Catalogue,
  direction,
  featuresLoaded,
  setOnLack,
  showLanguage,
} from "./messages";

/** A language as the page offers it. */
export interface Offered {
  readonly tag: string;
  /** What its speakers call it. */
  readonly name: string;
  /** True until a native speaker has read all of its words. */
  readonly awaitsReview: boolean;
}

/** The language on the screen; what watches it is drawn again in the new one. */
export const spoken = store("en");

/** Counts what came late: words of the same language for what is on the screen already. */
export const lateWords = store(0);

/** What was last asked for: `spoken` follows as soon as its words are there. */
let wanted = "en";

type Catalogues = Readonly<Record<string, Catalogue>>;
const files = new Map<string, Promise<Catalogues>>();

/** Packs with those words of their features that first pages need (scripts/words/openings.mjs). */
const openings = new Set<string>();
/** Until another page is opened, nothing beyond the openings is fetched. */
let wholeFeatures = false;

/** Packs that an opening brings a part of, and that are wanted whole. */
const completed = new Set<string>();

// A word that an opening forgot: better late than never. Nor is a code that has no words looked for twice.
setOnLack((feature) => {
  const pack = packOf(feature);
  if (wholeFeatures || completed.has(pack)) return;
  completed.add(pack);
  void ready().then(
    () => lateWords.set(lateWords.get() + 1),
    () => completed.delete(pack),
  );
});

export function offeredLanguages(): readonly Offered[] {
  return Object.entries(LANGUAGES).map(([tag, { name, awaitsReview }]) => ({
    tag,
    name,
    awaitsReview,
  }));
}

/** The first of `tags` that has a catalogue, else English. */
export function bestLanguage(tags: readonly string[]): string {
  return tags.find((tag) => catalogueOf(tag) !== undefined) ?? "en";
}

/**
 * Shows everything in the best of the given languages and turns the page its way round. When its
 * words cannot be loaded, the page stays as it is, and `withWords` tries again.
 */
export async function speak(tags: readonly string[]): Promise<void> {
  wanted = bestLanguage(tags);
  await ready().catch(() => undefined);
}

/**
 * Loads a part of the program and the words of every feature in it. Words that are named are
 * fetched beside it, not after it. Throws when either could not be loaded.
 */
export function withWords<T>(load: () => Promise<T>, packs: readonly string[] = []): Promise<T> {
  wholeFeatures = true;
  return loadBeside(load, packs);
}

/**
 * Loads a part of a workspace's first page, or what goes on behind it. Words of the workspace's
 * opening are enough for it; `pack` names the opening, or words of its own, to fetch beside it.
 */
export function withOpening<T>(load: () => Promise<T>, pack?: string): Promise<T> {
  if (pack) openings.add(pack);
  return loadBeside(load, pack ? [pack] : []);
}

async function loadBeside<T>(load: () => Promise<T>, packs: readonly string[]): Promise<T> {
  const early = Promise.all(packs.map((pack) => fetched(wanted, pack)));
  // It is waited for below, after the code.
  early.catch(() => undefined);
  const part = await load();
  await early;
  await ready();
  return part;
}

/** Gets what is still missing for the features loaded so far, in the language that is wanted. */
async function ready(): Promise<void> {
  const tag = wanted;
  const opened = wholeFeatures
    ? []
    : await Promise.all([...openings].map((pack) => fetched(tag, pack)));
  const begun = new Set(opened.flatMap((catalogues) => Object.keys(catalogues)));
  const packs = new Set([
    ...completed,
    ...featuresLoaded()
      .filter((feature) => !begun.has(feature))
      .map(packOf),
  ]);
  const loaded = await Promise.all([...packs].map((pack) => fetched(tag, pack)));
  if (tag !== wanted) return;
  for (const catalogues of [...opened, ...loaded]) addCatalogues(tag, catalogues);
  showLanguage(tag);
  document.documentElement.lang = tag;
  document.documentElement.dir = direction(tag);
  spoken.set(tag);
}

function fetched(tag: string, pack: string): Promise<Catalogues> {
  const language = catalogueOf(tag) ?? "en";
  const inTheCode = ENGLISH_IN_THE_CODE === "all" || pack === ENGLISH_IN_THE_CODE;
  if (language === "en" && inTheCode) return Promise.resolve({});
  const address = `${BASE}words-${language}-${pack}-${LANGUAGES[language]?.hash}.json`;
  const known = files.get(address);
  if (known) return known;
  const file = fetch(address).then((response) => {
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.json() as Promise<Catalogues>;
  });
  files.set(address, file);
  file.catch(() => files.delete(address));
  return file;
}

function packOf(feature: string): string {
  const found = Object.entries(PACKS).find(([, features]) => features.includes(feature));
  return found ? found[0] : feature;
}

/** Whether two languages read the same here: `fr` and `fr-CA` do. */
export function sameWords(one: string, other: string): boolean {
  return catalogueOf(one) === catalogueOf(other);
}

/** The tag under which a language's words are kept: `fr-CA` speaks `fr`. */
function catalogueOf(tag: string): string | undefined {
  return [tag, primary(tag)].find((candidate) => candidate in LANGUAGES);
}

function primary(tag: string): string {
  return tag.split("-")[0] ?? tag;
}
