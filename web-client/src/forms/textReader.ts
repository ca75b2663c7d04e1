import ENGLISH from "../i18n/catalogue/en/form-texts.json";
import { t } from "./textWords";

const BY_ENGLISH = new Map(Object.entries(ENGLISH).map(([key, english]) => [english, key]));

/** A text of a shipped form in the language of the page; undefined for any other text. */
export function formText(english: string): string | undefined {
  const key = BY_ENGLISH.get(english);
  return key === undefined ? undefined : (t as (key: string) => string)(key);
}
