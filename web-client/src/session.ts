import { admitBy, api, newKey, ok, onSessionLost, once } from "./api/client";
import { asProblem, unreachable } from "./api/problem";
import { saveDrafts } from "./drafts";
import {
  chooseLanguage,
  chosenInsteadOf,
  forgetChoice,
  speakAsBefore,
  speakTo,
} from "./i18n/choice";
import { live, onLiveLost } from "./live";
import { NOBODY, openVault } from "./offline/vault";
import { setOwnZone } from "./time";
import {
  hasRestedTooLong,
  type Me,
  noteRest,
  oweSignOut,
  owesSignOut,
  rememberVisit,
  type Role,
  type Session,
  session,
  takesTurns,
} from "./who";

export { type Me, type Role, type Session, session };

/**
 * Whether the server itself has said who is at the screen. When the page was opened without a link
 * only this device has, and the cookie may be somebody else's.
 */
let heard = true;
let hearing: Promise<void> | undefined;

/** How the server hears who is at the screen when a PIN has let them in without a link. */
let vouch: (() => Promise<Me>) | undefined;

const LOAD_AGAIN_MILLISECONDS = 15_000;

/** Those whose request was refused with 401 and who wait for the person to sign in again. */
let waiting: ((again: boolean) => void)[] = [];

/** Connects the client and the live stream to the session. Once, at start. */
export function startSession(): void {
  onSessionLost(() => {
    const { kind } = session.get();
    if (kind !== "signed-in" && kind !== "lost") return Promise.resolve(false);
    lose();
    return new Promise((resolve) => waiting.push(resolve));
  });
  onLiveLost(() => void checkSession());
  admitBy(hear);
  live.state.watch(({ kind }) => {
    if (kind === "open") void hear().catch(stillAway);
  });
}

/**
 * Asks the server who is signed in: when the page opens. Who stands at the door already is not sent
 * away from it while the answer is on its way.
 */
export async function loadSession(): Promise<void> {
  if (owesSignOut() || hasRestedTooLong()) {
    return lock();
  }
  const wasAtDoor = session.get().kind === "signed-out";
  if (!wasAtDoor) session.set({ kind: "asking" });
  const before = session.get();
  try {
    const me = await ok(api.GET("/sessions/current"));
    if (session.get() === before) await enter(me);
  } catch (error) {
    const problem = asProblem(error);
    if (session.get() !== before) return;
    if (problem.status === 401) return leave();
    const me =
      problem.outcomeUnknown && !wasAtDoor
        ? await accounts().then(({ lastHere }) => lastHere())
        : undefined;
    if (me) await enterUnheard(me);
    else if (!wasAtDoor && takesTurns()) await lock();
    else if (!wasAtDoor) session.set({ kind: "unreachable", problem });
  }
}

/** Asks the server who is at the screen, when only this device has said so until now. */
function hear(): Promise<void> {
  if (heard) return Promise.resolve();
  hearing ??= askWho().finally(() => (hearing = undefined));
  return hearing;
}

async function askWho(): Promise<void> {
  const now = session.get();
  if (now.kind !== "signed-in" && now.kind !== "lost") return;
  // While a sign-out is owed, the cookie stands for a session that has been locked.
  const me = owesSignOut() ? undefined : await whoseCookie();
  if (session.get() !== now) throw unreachable();
  if (me?.account.id === now.me.account.id) return confirm(me);
  const vouched = await vouch?.().catch((error: unknown) => {
    if (asProblem(error).outcomeUnknown) throw error;
    return undefined;
  });
  if (session.get() !== now) {
    // Who has just been vouched for has left meanwhile: that session must end, too.
    if (vouched && session.get().kind === "signed-out") void lock();
    throw unreachable();
  }
  if (vouched?.account.id === now.me.account.id) return confirm(vouched);
  lose();
  const again = await new Promise<boolean>((resolve) => waiting.push(resolve));
  if (!again) throw unreachable();
}

function whoseCookie(): Promise<Me | undefined> {
  return ok(api.GET("/sessions/current")).catch((error: unknown) => {
    if (asProblem(error).status !== 401) throw error;
    return undefined;
  });
}

/** The server says of who is at the screen what this device has said alone until now. */
function confirm(me: Me): Promise<void> {
  vouch = undefined;
  heard = true;
  oweSignOut(false);
  session.set({ kind: "signed-in", me });
  release(true);
  return remember(me);
}

/** Taking turns; fetched when somebody does. */
const turns = () => import("./turns/lock");

/** Who may go on here without a link; fetched when there is something to note. */
const accounts = () => import("./offline/accounts");

async function remember(me: Me): Promise<void> {
  await accounts().then(({ rememberHere }) => rememberHere(me), stillAway);
}

/** Done again when the link is back, or when the page is opened next. */
function stillAway(): void {}

/** Throws a Problem when the password is wrong, and another when there is no connection. */
export async function signIn(email: string, password: string): Promise<void> {
  const ask = () => ok(api.POST("/sessions", { body: { email, password } }));
  const me = owesSignOut() ? await turns().then(({ instead }) => instead(ask)) : await ask();
  await enterAs(me);
}

/** Whoever has just shown who they are goes on; `key` opens what this device keeps for them. */
export async function enterAs(me: Me, key?: Promise<CryptoKey | undefined>): Promise<void> {
  const before = session.get();
  if (before.kind === "lost" && before.me.membership.id !== me.membership.id) {
    // After a lost session the person goes on in the role they were in, if it is still theirs.
    const same = me.memberships.find(({ id }) => id === before.me.membership.id);
    if (same) {
      // They have just signed in: nothing needs to ask the server once more.
      heard = true;
      const inRole = await asMember(same.id);
      if (session.get() === before) await enter(inRole, key);
      return;
    }
    release(false);
  }
  await enter(me, key);
}

/** Nobody is at the screen from this moment; the server hears it when it can. */
export async function lock(): Promise<void> {
  oweSignOut(true);
  await leave();
  await turns().then(({ goOnLeaving }) => goOnLeaving(), stillAway);
}

/** Goes on in another role or organisation. */
export async function switchMembership(membershipId: string): Promise<void> {
  const me = await asMember(membershipId);
  if (isHere(me)) await enter(me);
}

export async function signOut(): Promise<void> {
  const now = session.get();
  if (now.kind === "signed-in" && takesTurns()) {
    // Who signs out takes the PIN along; who only steps aside locks the device.
    await import("./turns/entry").then(({ dropPin }) => dropPin(now.me.account.id));
  }
  await ok(api.DELETE("/sessions/current", { headers: once(newKey()) })).catch((error: unknown) => {
    // Already gone on the server is as good as signed out.
    if (asProblem(error).status !== 401) throw error;
  });
  await leave();
}

/** The person does not want to sign in again over the page: it closes. */
export async function giveUp(): Promise<void> {
  await leave();
}

async function checkSession(): Promise<void> {
  const before = session.get();
  if (before.kind !== "signed-in" || !heard) return;
  try {
    await ok(api.GET("/sessions/current"));
  } catch (error) {
    if (asProblem(error).status === 401 && session.get() === before) lose();
  }
}

function asMember(membershipId: string): Promise<Me> {
  return ok(api.PATCH("/sessions/current", { body: { membershipId }, headers: once(newKey()) }));
}

/** Speaks another language from now on, and on this person's other devices too. */
export async function chooseOwnLanguage(tag: string): Promise<void> {
  await chooseLanguage(tag);
  await keepLanguage(tag);
}

/** Keeps what was chosen on the page where one signs in: it is this person's wish. */
export async function keepChosenLanguage(): Promise<void> {
  const now = session.get();
  if (now.kind !== "signed-in") return;
  const chosen = chosenInsteadOf(now.me.account.language);
  if (chosen) await keepLanguage(chosen);
}

async function keepLanguage(language: string): Promise<void> {
  const me = await ok(
    api.PUT("/account/language", { body: { language }, headers: once(newKey()) }),
  );
  if (session.get().kind === "signed-in" && isHere(me)) session.set({ kind: "signed-in", me });
}

/** Whether the one of whom the server has answered is still at the screen. */
function isHere(me: Me): boolean {
  const now = session.get();
  return (now.kind === "signed-in" || now.kind === "lost") && now.me.account.id === me.account.id;
}

async function enter(me: Me, key?: Promise<CryptoKey | undefined>): Promise<void> {
  heard = true;
  oweSignOut(false);
  await show(me, key ?? keyOf(me.account.id));
  release(true);
  await remember(me);
}

/**
 * Without a link: whoever was signed in on this device last goes on, or who has typed a PIN that it
 * knows to be good; with what it kept. A sign-out that is owed stays owed: the cookie is that of who
 * has locked the device, until the server has heard of this one.
 *
 * @param vouchFor signs them in on the server, once there is a link
 */
export async function enterUnheard(
  me: Me,
  key?: Promise<CryptoKey | undefined>,
  vouchFor?: () => Promise<Me>,
): Promise<void> {
  heard = false;
  vouch = vouchFor;
  const { startCopies } = await import("./offline/copies");
  startCopies();
  await show(me, key);
}

async function show(me: Me, key?: Promise<CryptoKey | undefined>): Promise<void> {
  openVault(me.account.id, key);
  setOwnZone(me.account.zone);
  await speakTo(me.account.language);
  session.set({ kind: "signed-in", me });
  rememberVisit(true);
  live.close();
  live.open();
}

function lose(): void {
  const now = session.get();
  if (now.kind !== "signed-in") return;
  live.close();
  session.set({ kind: "lost", me: now.me });
}

/** Until it is there, what is typed lives as long as the page. */
async function keyOf(account: string): Promise<CryptoKey | undefined> {
  for (;;) {
    const loaded = await import("./offline/keys").catch(stillAway);
    if (loaded) return loaded.keyHere(account);
    await new Promise((resolve) => setTimeout(resolve, LOAD_AGAIN_MILLISECONDS));
  }
}

async function leave(): Promise<void> {
  const saved = saveDrafts();
  openVault(NOBODY);
  // What is still being kept may last; the page of who has left does not.
  const left = atDoor();
  await saved;
  await accounts().then(({ forgetHere }) => forgetHere(), stillAway);
  await left;
}

/** Nobody is at the screen; what the device keeps stays as it is. */
export async function atDoor(): Promise<void> {
  heard = true;
  vouch = undefined;
  noteRest(undefined);
  void saveDrafts();
  openVault(NOBODY);
  live.close();
  setOwnZone(undefined);
  // Who stood at the door already may have chosen while the server was asked who they are.
  if (session.get().kind !== "signed-out") forgetChoice();
  await speakAsBefore();
  session.set({ kind: "signed-out" });
  rememberVisit(false);
  release(false);
}

function release(again: boolean): void {
  const released = waiting;
  waiting = [];
  for (const go of released) go(again);
}
