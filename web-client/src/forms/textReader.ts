import ENGLISH from "../i18n/catalogue/en/form-texts.json";
import { LACKING } from "../i18n/messages";
import { t as about } from "./aboutTexts";
import { t as body } from "./bodyTexts";
import { t as illness } from "./illnessTexts";

const BY_ENGLISH = new Map(Object.entries(ENGLISH).map(([key, english]) => [english, key]));
/** Takes any key, also one that it does not have. */
type Reads = (key: string) => string;
const PARTS = [about as Reads, body as Reads, illness as Reads];

/** A text of a shipped form in the language of the page; undefined for any other text. */
export function formText(english: string): string | undefined {
  const key = BY_ENGLISH.get(english);
  if (key === undefined) return undefined;
  return PARTS.map((part) => part(key)).find((text) => text !== LACKING);
}
