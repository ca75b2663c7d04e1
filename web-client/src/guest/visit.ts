import type { Schema } from "../api/client";
import type { Problem } from "../api/problem";
import type { OverWhy } from "../call/callState";
import { keep, keepParts, keptParts } from "../kept";
import { t } from "./words";

export type Guest = Schema<"Guest">;

/** What was learned when the link was opened; kept beside the cookie, which only the server reads. */
const KEY = "guest";

/** Keeps who is invited through a reload, after the token has left the address bar. */
export function keepVisit(guest: Guest): void {
  keepParts(KEY, guest, "tab");
}

export function keptVisit(now: number): Guest | undefined {
  const found = keptParts(KEY, "tab");
  if (!("expiresAt" in found)) return undefined;
  const guest = found as unknown as Guest;
  return Date.parse(guest.expiresAt) > now ? guest : undefined;
}

export function forgetVisit(): void {
  keep(KEY, undefined, "tab");
}

const ENTRY_KEY = "guest-entry";
/** The server lets the same browser enter again for so long. */
const ENTRY_MILLISECONDS = 10 * 60_000;
const ENTRY_BYTES = 32;

/**
 * The secret that a link is exchanged with. It is kept before the server is asked, also through a
 * reload: when the answer is lost on a bad link, asking again with it is not another browser's
 * asking. Another link gets another secret.
 */
export function entryFor(token: string, now: number): string {
  const link = fingerprint(token);
  const kept = keptEntry();
  if (kept && kept.link === link && now - kept.madeAt < ENTRY_MILLISECONDS) return kept.secret;
  const secret = [...crypto.getRandomValues(new Uint8Array(ENTRY_BYTES))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  // Where nothing can be kept the link can be opened again only until the page is reloaded.
  keepParts(ENTRY_KEY, { link, secret, madeAt: now });
  return secret;
}

/** The answer came: the cookie stands for this browser from now on. */
export function forgetEntry(): void {
  keep(ENTRY_KEY, undefined);
}

interface Entry {
  readonly link: number;
  readonly secret: string;
  readonly madeAt: number;
}

function keptEntry(): Entry | undefined {
  const found = keptParts(ENTRY_KEY);
  return "secret" in found ? (found as unknown as Entry) : undefined;
}

/** Tells links apart without keeping the token (FNV-1a). */
function fingerprint(token: string): number {
  let hash = 0x811c9dc5;
  for (const char of token) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

interface Words {
  readonly title: string;
  readonly lead: string;
  /** The button that tries once more, where that makes sense. */
  readonly again: string | undefined;
}

/** Why the link did not open, and what to do. */
export function doorWords(problem: Problem): Words {
  switch (problem.code) {
    case "link-not-good":
      return { title: t("badLink"), lead: t("badLinkLead"), again: undefined };
    case "link-in-use":
      return { title: t("inUse"), lead: t("inUseLead"), again: undefined };
    case "not-a-guest":
      return { title: t("forgotten"), lead: t("forgottenLead"), again: undefined };
    default:
      return problem.status >= 400 && problem.status < 500 && problem.status !== 429
        ? { title: t("badLink"), lead: t("badLinkLead"), again: undefined }
        : { title: t("away"), lead: problem.sentence, again: t("tryAgain") };
  }
}

/** Why the guest is not in the call, and what to do. */
export function endWords(why: OverWhy, problem: Problem | undefined): Words {
  switch (why) {
    case "left":
      return { title: t("leftTitle"), lead: t("leftLead"), again: t("rejoin") };
    case "ended":
      return { title: t("endedTitle"), lead: t("endedLead"), again: undefined };
    case "refused":
      return { title: t("refusedTitle"), lead: t("refusedLead"), again: t("askAgain") };
    case "removed":
      return { title: t("removedTitle"), lead: t("removedLead"), again: undefined };
    case "full":
      return { title: t("fullTitle"), lead: t("fullLead"), again: t("tryAgain") };
    case "replaced":
      return { title: t("replacedTitle"), lead: t("replacedLead"), again: t("goOnHere") };
    case "broken":
      return { title: t("brokenTitle"), lead: t("brokenLead"), again: t("tryAgain") };
    case "denied":
      return problem
        ? doorWords(problem)
        : { title: t("brokenTitle"), lead: t("brokenLead"), again: t("tryAgain") };
  }
}
