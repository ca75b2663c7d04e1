/**
 * Words on the screen. A feature declares its English once, as typed keys, beside its pages:
 *
 *     export const t = messages("clinic", {
 *       title: "My consults",
 *       open: { one: "{count} consult is open", other: "{count} consults are open" },
 *     });
 *     t("open", { count: 3 })
 *
 * Another language is a lazy chunk with the same keys: see `languages.ts`.
 */

/** Plural forms by CLDR category; `other` is always there. */
export type Plural = { readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
export type Message = string | Plural;
export type Catalogue = Readonly<Record<string, Message>>;

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
type Texts<M extends Message> = M extends string ? M : M extends Plural ? M["other"] : never;
type Arguments<M extends Message> = [Names<Texts<M>>] extends [never]
  ? M extends string
    ? []
    : [values: { count: number }]
  : [values: { [K in Names<Texts<M>>]: K extends "count" ? number : string | number }];

export type Translate<C extends Catalogue> = <K extends keyof C & string>(
  key: K,
  ...values: Arguments<C[K]>
) => string;

let language = "en";
let plurals = new Intl.PluralRules(language);
let numbers = new Intl.NumberFormat(language);
let translations: Readonly<Record<string, Catalogue>> = {};
const english: Record<string, Catalogue> = {};

/** The language everything is shown in, a BCP 47 tag: also what `Intl` formats dates with. */
export function currentLanguage(): string {
  return language;
}

/** Shows the given catalogues from now on; what they lack is shown in English. */
export function showCatalogues(tag: string, byFeature: Readonly<Record<string, Catalogue>>): void {
  language = tag;
  plurals = new Intl.PluralRules(tag);
  numbers = new Intl.NumberFormat(tag);
  translations = byFeature;
}

/** The English of every feature loaded so far: what a translation must cover. */
export function englishCatalogues(): Readonly<Record<string, Catalogue>> {
  return english;
}

/** Declares a feature's English words and gives the function that shows them. */
export function messages<const C extends Catalogue>(feature: string, catalogue: C): Translate<C> {
  english[feature] = catalogue;
  return (key, ...values) => {
    const message = translations[feature]?.[key] ?? catalogue[key] ?? key;
    return format(message, values[0] ?? {});
  };
}

function format(message: Message, values: Record<string, string | number>): string {
  const text =
    typeof message === "string"
      ? message
      : (message[plurals.select(Number(values["count"]))] ?? message.other);
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    return value === undefined ? hole : typeof value === "number" ? numbers.format(value) : value;
  });
}
