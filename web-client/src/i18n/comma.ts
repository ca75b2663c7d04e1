import { currentLanguage } from "./messages";

const COMMAS: Readonly<Record<string, string>> = { ar: "، ", am: "፣ " };

/** What stands between the parts of a list, as the language of the page writes it: `, ` or `، `. */
export function comma(): string {
  return COMMAS[currentLanguage().split("-")[0] ?? ""] ?? ", ";
}
