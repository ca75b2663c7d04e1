import type { Schema } from "../api/client";
import { spoken, withOpening } from "../i18n/languages";
import { store, useStore } from "../store";

/** How a sentence of the server is told in another language: its code, and what stands in it. */
export type Said = Schema<"Said">;

type Reader = typeof import("./read");

/** Undefined in English, in which the server's own sentences stand, and until the words are there. */
const reader = store<Reader | undefined>(undefined);

/**
 * Gets what is needed to say the server's sentences in the language of the page. Without it they
 * are shown as the server says them: better in English than not at all.
 */
export async function loadSaid(): Promise<void> {
  const english = spoken.get().startsWith("en");
  const load = () => withOpening(() => import("./read"), "said").catch(() => undefined);
  reader.set(english ? undefined : await load());
}

/**
 * A sentence of the server in the language of the page; undefined when it can only be shown in
 * English.
 *
 * @param said as it came with the sentence; absent where the sentence has no values in it
 * @param refusal the code of the refusal that it explains: has words of its own, less exact ones
 */
export function translated(sentence: string, said?: Said, refusal?: string): string | undefined {
  const words = reader.get();
  return words?.inWords(sentence, said) ?? (refusal && words?.refusalText(refusal));
}

/** The same, else in English; for what is not drawn again when the words arrive. */
export function saidText(sentence: string, said?: Said): string {
  return translated(sentence, said) ?? sentence;
}

/** {@link saidText} for pages: they are drawn again when the words arrive. */
export function useSaid(): typeof saidText {
  useStore(reader);
  return saidText;
}
