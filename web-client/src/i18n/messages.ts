/**
 * Words on the screen. A feature declares its English once, as typed keys, beside its pages:
 *
 *     export const t = messages("feature", {
 *       title: "My consults",
 *       open: { one: "{count} consult is open", other: "{count} consults are open" },
 *     });
 *     t("open", { count: 3 })
 *
 * Ask for words while drawing, never while a module loads: the language may change. Translations
 * are in `catalogue/`; `npm run words` writes the English there for the translators.
 */

/** Plural forms by CLDR category; `other` is always there. */
export type Plural = { readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
export type Message = string | Plural;
export type EnglishCatalogue = Readonly<Record<string, Message>>;

/**
 * A message as the build compiles it from ICU: text with `{name}` holes, or a case for each plural
 * category or exact number (`=0`); `of` names the value that decides, if it is not `count`.
 */
export type Compiled =
  string | { readonly of?: string; readonly [category: string]: Compiled | undefined };
export type Catalogue = Readonly<Record<string, Compiled>>;

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
type Texts<M extends Message> = M extends string ? M : M extends Plural ? M["other"] : never;
type Arguments<M extends Message> = [Names<Texts<M>>] extends [never]
  ? M extends string
    ? []
    : [values: { count: number }]
  : [values: { [K in Names<Texts<M>>]: K extends "count" ? number : string | number }];

export type Translate<C extends EnglishCatalogue> = <K extends keyof C & string>(
  key: K,
  ...values: Arguments<C[K]>
) => string;

const RIGHT_TO_LEFT = new Set(["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

let language = "en";
let plurals = new Intl.PluralRules(language);
let rightToLeft = false;
let numbers = new Intl.NumberFormat(language);
let clinicalNumbers = numbers;

/** Figures about a patient are written in Latin digits in every language: no dose is misread. */
const CLINICAL = new Set([
  "clinic",
  "consult",
  "forms",
  "health",
  "letter",
  "note",
  "said",
  "terms",
]);
const translations: Record<string, Record<string, Catalogue>> = {};
const features = new Set<string>();
let onLack: (feature: string) => void = () => undefined;

/** The language everything is shown in, a BCP 47 tag: also what `Intl` formats dates with. */
export function currentLanguage(): string {
  return language;
}

/** Which way a language is written. */
export function direction(tag: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(tag.split("-")[0] ?? tag) ? "rtl" : "ltr";
}

/** Shows everything in this language from now on; what it lacks is shown in English. */
export function showLanguage(tag: string): void {
  language = tag;
  rightToLeft = direction(tag) === "rtl";
  plurals = new Intl.PluralRules(tag);
  numbers = new Intl.NumberFormat(tag);
  clinicalNumbers = new Intl.NumberFormat(tag, { numberingSystem: "latn" });
}

/** Keeps a language's words of some features, beside those it has already. */
export function addCatalogues(tag: string, byFeature: Readonly<Record<string, Catalogue>>): void {
  const kept = (translations[tag] ??= {});
  for (const [feature, words] of Object.entries(byFeature)) {
    kept[feature] = { ...kept[feature], ...words };
  }
}

/** Has somebody told when a word is asked for that has not been loaded. */
export function setOnLack(tell: (feature: string) => void): void {
  onLack = tell;
}

/** The features whose code is loaded: what a language needs words for. */
export function featuresLoaded(): readonly string[] {
  return [...features];
}

/** What is shown for a key that has no words, or none yet. */
export const LACKING = "…";

/** Declares a feature's English words and gives the function that shows them. */
export function messages<const C extends EnglishCatalogue>(
  feature: string,
  english: C,
): Translate<C> {
  features.add(feature);
  return (key, ...values) => {
    const message = translations[language]?.[feature]?.[key] ?? english[key];
    if (message === undefined) {
      onLack(feature);
      return LACKING;
    }
    return format(message, values[0] ?? {}, CLINICAL.has(feature) ? clinicalNumbers : numbers);
  };
}

/** Where the page runs from right to left, a name in Latin letters keeps its own order. */
function isolated(value: string): string {
  return rightToLeft ? `\u2068${value}\u2069` : value;
}

function format(
  message: Compiled,
  values: Record<string, string | number>,
  figures: Intl.NumberFormat,
): string {
  if (typeof message !== "string") {
    const count = Number(values[message.of ?? "count"]);
    const chosen = message[`=${count}`] ?? message[plurals.select(count)] ?? message["other"] ?? "";
    return format(chosen, values, figures);
  }
  return message.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    if (value === undefined) return hole;
    return typeof value === "number" ? figures.format(value) : isolated(value);
  });
}
