import { chooseLanguage, speakAsBefore } from "../i18n/choice";
import { session, takesTurns } from "../who";

/**
 * The door as the server has drawn it into the page (scripts/doors.mjs): somebody may have typed in it
 * before the program was there, and none of that is lost.
 */
let door: HTMLElement | undefined;

interface Typed {
  readonly email: string;
  readonly password: string;
}

const NOTHING: Typed = { email: "", password: "" };
/** Who has typed at the door is let in or sees the form again sooner than this. */
const KEEP_MILLISECONDS = 60_000;
let typed = NOTHING;

/** Looks whether the page came with a door. Once, at start. */
export function findDoor(root: HTMLElement): void {
  door = root.querySelector("main") ?? undefined;
}

/** Whether the page came with a door: the server had not been shown a session. */
export function cameWithDoor(): boolean {
  return door !== undefined;
}

/** The language that was picked at the drawn door, instead of the one it is drawn in. */
function picked(): string | undefined {
  const select = door?.querySelector("select");
  const drawn = select?.querySelector("[selected]")?.getAttribute("value");
  return select?.value === drawn ? undefined : select?.value;
}

let heard: string | undefined;

/** Speaks the language that was picked at the drawn door, else the one of before. */
export function speakAtDoor(): Promise<void> {
  heard = picked();
  return heard ? chooseLanguage(heard) : speakAsBefore();
}

/**
 * Lets `draw` put the program in the place of the drawn door, and goes on where the person was: with
 * what they typed, in the field where they were, and with the button that they pressed.
 */
export function takeOver(draw: () => void): void {
  document.onsubmit = null;
  document.getElementById("unopened")?.remove();
  if (!door) return draw();
  const button = door.querySelector("[type=submit]");
  const pressed = button?.getAttribute("aria-busy") === "true";
  button?.setAttribute("aria-busy", "false");
  typed = { email: valueOf(door, "email"), password: valueOf(door, "password") };
  // What no form has asked for by then would be shown to who comes next.
  session.watch(({ kind }) => kind === "signed-in" && takeTyped());
  setTimeout(takeTyped, KEEP_MILLISECONDS);
  const late = picked();
  const field = door.contains(document.activeElement)
    ? document.activeElement?.getAttribute("name")
    : undefined;
  draw();
  const input = field && document.querySelector<HTMLElement>(`#app [name="${field}"]`);
  if (input && input !== document.activeElement) input.focus();
  // Picked while the words of another were on their way.
  if (late && late !== heard) void chooseLanguage(late);
  // Where people take turns, the first button is another's.
  if (takesTurns()) takeTyped();
  else if (pressed) document.querySelector<HTMLElement>("#app [type=submit]")?.click();
}

/** What was typed at the drawn door; only once, so that nobody who comes later is shown it. */
export function takeTyped(): Typed {
  const taken = typed;
  typed = NOTHING;
  return taken;
}

function valueOf(form: HTMLElement, name: string): string {
  return form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? "";
}
