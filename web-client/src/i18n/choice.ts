import { keep, kept } from "../kept";
import { bestLanguage, speak } from "./languages";

const NAME = "consilium-language";

/** What somebody chose in this window, until they sign out: it comes before every other wish. */
let chosen: string | undefined;

/** Speaks the language that a person at this device picked, and remembers it here. */
export async function chooseLanguage(tag: string): Promise<void> {
  chosen = tag;
  keep(NAME, tag);
  await speak([tag]);
}

/** Speaks the language of an account or a link, unless another was chosen in this window. */
export async function speakTo(own: string | undefined): Promise<void> {
  const wishes = [...(chosen ? [chosen] : []), ...(own ? [own] : []), ...ofDevice()];
  keep(NAME, bestLanguage(wishes));
  await speak(wishes);
}

/** Before anybody is known: what was spoken here last, else what the browser asks for. */
export function speakAsBefore(): Promise<void> {
  return speak(ofDevice());
}

/** The language that was chosen in this window, if it is not `own`: their account should know. */
export function chosenInsteadOf(own: string): string | undefined {
  return chosen === own ? undefined : chosen;
}

/** Whoever comes next has not chosen yet. */
export function forgetChoice(): void {
  chosen = undefined;
}

function ofDevice(): string[] {
  const before = kept(NAME);
  return [...(before ? [before] : []), ...navigator.languages];
}
