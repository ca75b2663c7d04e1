import { bestLanguage, speak } from "./languages";

const NAME = "consilium-language";

/** What somebody chose in this window, until they sign out: it comes before every other wish. */
let chosen: string | undefined;

/** Speaks the language that a person at this device picked, and remembers it here. */
export async function chooseLanguage(tag: string): Promise<void> {
  chosen = tag;
  keep(tag);
  await speak([tag]);
}

/** Speaks the language of an account or a link, unless another was chosen in this window. */
export async function speakTo(own: string | undefined): Promise<void> {
  const wishes = [...(chosen ? [chosen] : []), ...(own ? [own] : []), ...ofDevice()];
  keep(bestLanguage(wishes));
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
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(NAME);
  } catch {
    // Storage is refused: the browser's own languages are left.
  }
  return [...(kept ? [kept] : []), ...navigator.languages];
}

function keep(tag: string): void {
  try {
    localStorage.setItem(NAME, tag);
  } catch {
    // Without storage the language is chosen again after the page is loaded again.
  }
}
