import type { Schema } from "../api/client";

/** As the server writes it, on the socket and over HTTP. */
export type Ring = Schema<"Ring">;

export type EndReason =
  "answered" | "answered-elsewhere" | "declined" | "cancelled" | "missed" | "busy";

export type DeclineReason = "busy" | "not-now";

/** The way into a call, as the call's own page asks for it. */
export interface WayIn {
  readonly ticket: string;
  readonly url: string;
  readonly expiresAt: string;
}

/** What the server says on the presence socket; `PROTOCOL.md` section 10. */
export type PresenceMessage =
  | {
      readonly type: "present";
      readonly account: string;
      readonly incoming: readonly Ring[];
      readonly outgoing: readonly Ring[];
      readonly missed: number;
    }
  | { readonly type: "ring"; readonly ring: Ring }
  | { readonly type: "ring-ended"; readonly ring: Ring; readonly reason: EndReason }
  | { readonly type: "ring-answered"; readonly ring: Ring; readonly call?: WayIn }
  | {
      readonly type: "error";
      readonly code: string;
      readonly message: string;
      readonly ring?: string;
    }
  | { readonly type: "pong" };

const KNOWN: ReadonlySet<unknown> = new Set([
  "present",
  "ring",
  "ring-ended",
  "ring-answered",
  "error",
  "pong",
]);

/** The message in a text, or nothing when this version does not know it. */
export function readPresence(text: string): PresenceMessage | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    return KNOWN.has((value as { type?: unknown }).type) ? (value as PresenceMessage) : undefined;
  } catch {
    return undefined;
  }
}

export function answerWord(ring: string): string {
  return JSON.stringify({ type: "ring-answer", ring });
}

export function declineWord(ring: string, reason: DeclineReason): string {
  return JSON.stringify({ type: "ring-decline", ring, reason });
}

export const PING_WORD = JSON.stringify({ type: "ping" });
