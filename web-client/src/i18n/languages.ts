import { type Catalogue, showCatalogues } from "./messages";

/** Languages that have a catalogue. A further one is a line here and a file beside this one. */
const CATALOGUES: Record<string, () => Promise<Readonly<Record<string, Catalogue>>>> = {
  en: async () => ({}),
};

const RIGHT_TO_LEFT = new Set(["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

export function direction(tag: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(primary(tag)) ? "rtl" : "ltr";
}

/** The first of `wanted` that has a catalogue, else English. */
export function bestLanguage(wanted: readonly string[]): string {
  return wanted.find((tag) => primary(tag) in CATALOGUES) ?? "en";
}

/** Shows everything in the best of the wanted languages and turns the page its way round. */
export async function speak(wanted: readonly string[]): Promise<void> {
  const tag = bestLanguage(wanted);
  const load = CATALOGUES[primary(tag)];
  showCatalogues(tag, load ? await load() : {});
  document.documentElement.lang = tag;
  document.documentElement.dir = direction(tag);
}

function primary(tag: string): string {
  return tag.split("-")[0] ?? tag;
}
