import { keepParts, keptParts } from "../kept";
import type { Remembered } from "./ladder";
import { isRungName, type RungName } from "./rungs";

/** What the person allows this device to send and receive in calls. */
export interface LinkWish {
  /** No more than this is sent, however good the link is. */
  readonly highest: RungName;
  /** Whether the others' video is wanted; their pictures by themselves come all the same. */
  readonly receiveVideo: boolean;
  /** Data of one call before it asks, in megabytes; undefined for no limit. */
  readonly megabytes: number | undefined;
}

export const NO_WISH: LinkWish = { highest: "clear", receiveVideo: true, megabytes: undefined };

const WISH = "call.wish";
const LINK = "call.link";
/** A link that was measured longer ago than this may well be another one. */
const KEPT_MILLISECONDS = 30 * 24 * 3_600_000;

export function keptWish(): LinkWish {
  const { highest, receiveVideo, megabytes } = keptParts(WISH);
  return {
    highest: isRungName(highest) ? highest : NO_WISH.highest,
    receiveVideo: receiveVideo !== false,
    megabytes: typeof megabytes === "number" && megabytes > 0 ? megabytes : undefined,
  };
}

export function keepWish(wish: LinkWish): void {
  keepParts(WISH, wish);
}

/** How the link of this device was when its last call ended. */
export function keptLink(now = Date.now()): Remembered | undefined {
  const { rung, baseMs, at } = keptParts(LINK);
  if (!isRungName(rung) || typeof baseMs !== "number" || typeof at !== "number") return undefined;
  return now - at > KEPT_MILLISECONDS ? undefined : { rung, baseMs };
}

export function keepLink(link: Remembered, now = Date.now()): void {
  keepParts(LINK, { ...link, at: now });
}
