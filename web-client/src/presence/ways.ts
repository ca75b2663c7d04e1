import type { WayIn } from "./protocol";

/** Tickets that came with an answer, for the call page that opens now; by consult. */
const ways = new Map<string, WayIn>();

export function keepWay(consultId: string, way: WayIn): void {
  ways.set(consultId, way);
}

/** The way in that an answer gave, once, and only while it is good. */
export function takeWay(consultId: string, now = Date.now()): WayIn | undefined {
  const way = ways.get(consultId);
  ways.delete(consultId);
  return way && Date.parse(way.expiresAt) > now ? way : undefined;
}
