import { useEffect } from "preact/hooks";
import { spoken, withWords } from "../i18n/languages";
import { store, useStore } from "../store";

type Reader = typeof import("./textReader");

const reader = store<Reader | undefined>(undefined);

async function load(tag: string): Promise<void> {
  // Without the words the form is asked as it was written: better in English than not at all.
  const found = tag.startsWith("en")
    ? undefined
    : await withWords(() => import("./textReader"), ["form-texts"]).catch(() => undefined);
  if (spoken.get() === tag) reader.set(found);
}

/** Draws again when the words of the shipped forms arrive, and gets them where they are needed. */
export function useFormTexts(): void {
  const tag = useStore(spoken);
  useStore(reader);
  useEffect(() => void load(tag), [tag]);
}

/** A text of a form in the language of the page, as far as there are words for it. */
export function formText(english: string): string {
  return reader.get()?.formText(english) ?? english;
}
