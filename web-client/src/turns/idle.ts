import { keep, kept } from "../kept";
import { accountOnDevice } from "../offline/vault";
import { lock, type Session, session } from "../session";
import { noteRest, restUntil } from "../who";
import { followTabs } from "./lock";

/** After how many minutes a device can lock itself. */
export const IDLE_MINUTES = [2, 5, 10, 30] as const;
const IDLE_MINUTES_USUAL = 5;
const NAME = "consilium.idle-minutes";

const LOOK_MILLISECONDS = 10_000;
const TOUCH_MILLISECONDS_MIN = 1_000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "scroll", "touchmove"] as const;

let watching: ReturnType<typeof setInterval> | undefined;
let used = Date.now();

/** Locks the device when who takes turns here by PIN leaves it alone. Once, when the page opens. */
export function startIdle(): void {
  for (const sign of SIGNS_OF_LIFE) {
    addEventListener(sign, touch, { capture: true, passive: true });
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
  return Number(kept(NAME) ?? IDLE_MINUTES_USUAL);
}

export function chooseIdleMinutes(minutes: number): void {
  keep(NAME, String(minutes));
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
  noteRest(ownRest());
  watching = setInterval(look, LOOK_MILLISECONDS);
}

/** Whoever touches a device that has rested too long does not keep it open by that. */
function touch(): void {
  const now = Date.now();
  if (now - used < TOUCH_MILLISECONDS_MIN) return;
  if (now < sharedRest()) used = now;
  else look();
}

function look(): void {
  if (watching === undefined) return;
  // Nobody touches the screen while they talk, and the call goes on behind other windows.
  if (location.pathname.startsWith("/call/")) used = Date.now();
  else if (document.visibilityState === "hidden") return;
  const until = sharedRest();
  if (Date.now() < until) return noteRest(until);
  clearInterval(watching);
  watching = undefined;
  void lock();
}

/** How long the device may rest, by the latest use of any page of this browser. */
function sharedRest(): number {
  return Math.max(ownRest(), restUntil() ?? 0);
}

function ownRest(): number {
  return used + idleMinutes() * 60_000;
}
