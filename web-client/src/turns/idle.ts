import { accountOnDevice } from "../offline/vault";
import { lock, type Session, session } from "../session";
import { hasRestedTooLong, noteRest } from "../who";
import { followTabs } from "./lock";

/** After how many minutes a device can lock itself. */
export const IDLE_MINUTES = [2, 5, 10, 30] as const;
const IDLE_MINUTES_USUAL = 5;
const NAME = "consilium.idle-minutes";

const LOOK_MILLISECONDS = 10_000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "scroll", "touchmove"] as const;

let watching: ReturnType<typeof setInterval> | undefined;
let used = Date.now();

/** Locks the device when who takes turns here by PIN leaves it alone. Once, when the page opens. */
export function startIdle(): void {
  for (const sign of SIGNS_OF_LIFE) {
    addEventListener(sign, () => (used = Date.now()), { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", () => look());
  followTabs();
  session.watch((now) => void follow(now));
  void follow(session.get());
}

/** The PIN of who is signed in, or the minutes, have changed. */
export function pinChanged(): Promise<void> {
  return follow(session.get());
}

export function idleMinutes(): number {
  try {
    return Number(localStorage.getItem(NAME) ?? IDLE_MINUTES_USUAL);
  } catch {
    return IDLE_MINUTES_USUAL;
  }
}

export function chooseIdleMinutes(minutes: number): void {
  localStorage.setItem(NAME, String(minutes));
  void pinChanged();
}

async function follow(now: Session): Promise<void> {
  const me = now.kind === "signed-in" || now.kind === "lost" ? now.me : undefined;
  const record = me && (await accountOnDevice(me.account.id));
  clearInterval(watching);
  if (!record?.pin) {
    if (me) noteRest(undefined);
    return;
  }
  used = Date.now();
  note();
  watching = setInterval(look, LOOK_MILLISECONDS);
}

function look(): void {
  if (watching === undefined || document.visibilityState === "hidden") return;
  // Nobody touches the screen while they talk.
  if (location.pathname.startsWith("/call/")) used = Date.now();
  if (!hasRestedTooLong() && Date.now() - used < idleMinutes() * 60_000) return note();
  clearInterval(watching);
  watching = undefined;
  void lock();
}

function note(): void {
  noteRest(used + idleMinutes() * 60_000);
}
