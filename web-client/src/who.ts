import type { Schema } from "./api/client";
import type { Problem } from "./api/problem";
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
  try {
    if (signedIn) localStorage.setItem(VISIT, "1");
    else localStorage.removeItem(VISIT);
  } catch {
    // A browser that keeps nothing asks the server each time.
  }
}

/** Whether somebody was signed in when the page was open last, as far as this device knows. */
export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(VISIT) !== null;
  } catch {
    return true;
  }
}

/** Pages that are opened by a link or a code, by people without an account. */
const OPEN_TO_ALL = ["/guest", "/certificate", "/letter", "/follow-up"];

export function needsAccount(path: string): boolean {
  return !OPEN_TO_ALL.includes(path);
}
