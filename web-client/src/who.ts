import type { Schema } from "./api/client";
import type { Problem } from "./api/problem";
import { keep, kept } from "./kept";
import { store } from "./store";

export type Me = Schema<"Me">;
export type Role = Schema<"Role">;

/** Who is at the screen. `lost` keeps the page and asks for the password over it. */
export type Session =
  | { readonly kind: "asking" }
  | { readonly kind: "unreachable"; readonly problem: Problem }
  | { readonly kind: "signed-out" }
  | { readonly kind: "signed-in"; readonly me: Me }
  | { readonly kind: "lost"; readonly me: Me };

export const session = store<Session>({ kind: "asking" });

/** Kept on the device while somebody is signed in; says nothing about whom. */
const VISIT = "consilium.visit";

/** Notes whether somebody is signed in on this device, for the next time the page is opened. */
export function rememberVisit(signedIn: boolean): void {
  keep(VISIT, signedIn ? "1" : undefined);
}

/** Whether somebody was signed in when the page was open last, as far as this device knows. */
export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(VISIT) !== null;
  } catch {
    return true;
  }
}

/** Kept while somebody takes turns on this device by PIN; says nothing about whom. */
const TURNS = "consilium.turns";

export function noteTurns(some: boolean): void {
  keep(TURNS, some ? "1" : undefined);
}

/** Whether the door offers turns by PIN. */
export function takesTurns(): boolean {
  return kept(TURNS) !== undefined;
}

/** Until when who is signed in may come back without the PIN; nothing for who has none here. */
const REST = "consilium.rest-until";

export function noteRest(until: number | undefined): void {
  keep(REST, until?.toString());
}

/** Until when who is signed in may come back, as the pages of this browser have noted it. */
export function restUntil(): number | undefined {
  const until = kept(REST);
  return until === undefined ? undefined : Number(until);
}

/** Whether who is signed in has left the device alone for too long. */
export function hasRestedTooLong(): boolean {
  const until = restUntil();
  return until !== undefined && until < Date.now();
}

/** Whether who is signed in has a PIN here. */
export function hasPinHere(): boolean {
  return kept(REST) !== undefined;
}

/** Kept while the server has not heard yet that the device was locked. */
const OWED = "consilium.owed";

export function oweSignOut(owed: boolean): void {
  keep(OWED, owed ? "1" : undefined);
}

export function owesSignOut(): boolean {
  return kept(OWED) !== undefined;
}

/** Pages that are opened by a link or a code, by people without an account. */
export const OPEN_TO_ALL: readonly string[] = ["/guest", "/certificate", "/letter", "/follow-up"];

export function needsAccount(path: string): boolean {
  return !OPEN_TO_ALL.includes(path);
}
