import { store, type Store } from "../store";
import type { EndReason, PresenceMessage, Ring } from "./protocol";

/** A ring that the person at the screen has begun, and how it stands. */
export interface Outgoing {
  readonly ring: Ring;
  readonly reason: EndReason | undefined;
}

/** All that a page knows of rings: one value. */
export interface Rings {
  /** What rings here now, in the order in which it began. */
  readonly incoming: readonly Ring[];
  /** Rings of the last minutes by their id. */
  readonly outgoing: ReadonlyMap<string, Outgoing>;
  readonly missed: number;
}

export const NO_RINGS: Rings = { incoming: [], outgoing: new Map(), missed: 0 };

/** What every page may watch. It is empty until the presence socket has spoken. */
export const rings: Store<Rings> = store(NO_RINGS);

/** What rings, after the server has said something to the person `account`. */
export function afterWord(before: Rings, word: PresenceMessage, account: string): Rings {
  switch (word.type) {
    case "present":
      return {
        incoming: word.incoming,
        outgoing: new Map(word.outgoing.map((ring) => [ring.id, outgoing(ring)])),
        missed: word.missed,
      };
    case "ring":
      return word.ring.callee.id === account
        ? { ...before, incoming: [...without(before.incoming, word.ring.id), word.ring] }
        : withOutgoing(before, outgoing(word.ring));
    case "ring-ended":
      return word.ring.callee.id === account
        ? {
            ...before,
            incoming: without(before.incoming, word.ring.id),
            missed: before.missed + (isMissed(word.ring) ? 1 : 0),
          }
        : withOutgoing(before, { ring: word.ring, reason: word.reason });
    case "ring-answered":
      return { ...before, incoming: without(before.incoming, word.ring.id) };
    case "error":
      // It no longer exists for this person: it must not go on ringing.
      return word.code === "ring-not-found" && word.ring !== undefined
        ? { ...before, incoming: without(before.incoming, word.ring) }
        : before;
    case "pong":
      return before;
  }
}

/** Whether the person who was rung finds it among those they missed. */
export function isMissed({ kind, state }: Ring): boolean {
  return state === "missed" || state === "busy" || (state === "cancelled" && kind === "call");
}

/** How a ring ended, to its caller. */
export function reasonOf(ring: Ring): EndReason | undefined {
  if (ring.state === "ringing") return undefined;
  return ring.state === "declined" && ring.reason === "busy" ? "busy" : ring.state;
}

function outgoing(ring: Ring): Outgoing {
  return { ring, reason: reasonOf(ring) };
}

function withOutgoing(before: Rings, one: Outgoing): Rings {
  return { ...before, outgoing: new Map(before.outgoing).set(one.ring.id, one) };
}

function without(incoming: readonly Ring[], id: string): readonly Ring[] {
  return incoming.filter((ring) => ring.id !== id);
}
