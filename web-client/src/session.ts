import { admitBy, api, newKey, ok, onSessionLost, once } from "./api/client";
import { asProblem, unreachable } from "./api/problem";
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
import { type Me, rememberVisit, type Role, type Session, session } from "./who";

export { type Me, type Role, type Session, session };

/**
 * Whether the server itself has said who is at the screen. When the page was opened without a link
 * only this device has, and the cookie may be somebody else's.
 */
let heard = true;
let hearing: Promise<void> | undefined;

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
  const atDoor = session.get().kind === "signed-out";
  if (!atDoor) session.set({ kind: "asking" });
  const before = session.get();
  try {
    const me = await ok(api.GET("/sessions/current"));
    if (session.get() === before) await enter(me);
  } catch (error) {
    const problem = asProblem(error);
    if (session.get() !== before) return;
    if (problem.status === 401) return leave();
    const me =
      problem.outcomeUnknown && !atDoor
        ? await accounts().then(({ lastHere }) => lastHere())
        : undefined;
    if (me) await enterUnheard(me);
    else if (!atDoor) session.set({ kind: "unreachable", problem });
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
  const me = await ok(api.GET("/sessions/current")).catch((error: unknown) => {
    if (asProblem(error).status !== 401) throw error;
    return undefined;
  });
  if (me?.account.id === now.me.account.id) {
    heard = true;
    session.set({ kind: "signed-in", me });
    return remember(me);
  }
  lose();
  const again = await new Promise<boolean>((resolve) => waiting.push(resolve));
  if (!again) throw unreachable();
}

/** Who may go on here without a link; fetched when there is something to note. */
const accounts = () => import("./offline/accounts");

async function remember(me: Me): Promise<void> {
  await accounts().then(({ rememberHere }) => rememberHere(me), stillAway);
}

/** Done again when the link is back, or when the page is opened next. */
function stillAway(): void {}

/** Throws a Problem when the password is wrong, and another when there is no connection. */
export async function signIn(email: string, password: string): Promise<void> {
  const before = session.get();
  const me = await ok(api.POST("/sessions", { body: { email, password } }));
  if (before.kind === "lost" && before.me.membership.id !== me.membership.id) {
    // After a lost session the person goes on in the role they were in, if it is still theirs.
    const same = me.memberships.find(({ id }) => id === before.me.membership.id);
    if (same) return enter(await asMember(same.id));
    release(false);
  }
  await enter(me);
}

/** Goes on in another role or organisation. */
export async function switchMembership(membershipId: string): Promise<void> {
  await enter(await asMember(membershipId));
}

export async function signOut(): Promise<void> {
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
  if (session.get().kind !== "signed-in" || !heard) return;
  try {
    await ok(api.GET("/sessions/current"));
  } catch (error) {
    if (asProblem(error).status === 401) lose();
  }
}

function asMember(membershipId: string): Promise<Me> {
  return ok(api.PATCH("/sessions/current", { body: { membershipId }, headers: once(newKey()) }));
}

/** Speaks another language from now on, and on this person's other devices too. */
export async function chooseOwnLanguage(tag: string): Promise<void> {
  await chooseLanguage(tag);
  const me = await keepLanguage(tag);
  const now = session.get();
  if (now.kind === "signed-in") session.set({ kind: "signed-in", me });
}

/** Keeps what was chosen on the page where one signs in: it is this person's wish. */
export async function keepChosenLanguage(): Promise<void> {
  const now = session.get();
  if (now.kind !== "signed-in") return;
  const chosen = chosenInsteadOf(now.me.account.language);
  if (chosen) session.set({ kind: "signed-in", me: await keepLanguage(chosen) });
}

function keepLanguage(tag: string): Promise<Me> {
  return ok(api.PUT("/account/language", { body: { language: tag }, headers: once(newKey()) }));
}

async function enter(me: Me): Promise<void> {
  heard = true;
  await show(me);
  release(true);
  await remember(me);
}

/** Without a link: whoever was signed in on this device last goes on, with what it kept. */
async function enterUnheard(me: Me): Promise<void> {
  heard = false;
  const { startCopies } = await import("./offline/copies");
  startCopies();
  await show(me);
}

async function show(me: Me): Promise<void> {
  openVault(me.account.id);
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

async function leave(): Promise<void> {
  heard = true;
  openVault(NOBODY);
  await accounts().then(({ forgetHere }) => forgetHere(), stillAway);
  live.close();
  setOwnZone(undefined);
  forgetChoice();
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
