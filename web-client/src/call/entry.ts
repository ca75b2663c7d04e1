import { keep, keepParts, keptParts } from "../kept";
import type { Picked } from "./devices";

/** How a person came in: kept while the window lives, so that a reload brings them back. */
export interface Entry extends Picked {
  readonly audio: boolean;
  readonly video: boolean;
  /** Media through the relay only, so that the others do not learn our network address. */
  readonly hideAddress?: boolean;
}

const key = (place: string) => `call ${place}`;

export function keepEntry(place: string, entry: Entry | undefined): void {
  if (entry) keepParts(key(place), entry, "tab");
  else keep(key(place), undefined, "tab");
}

export function keptEntry(place: string): Entry | undefined {
  const found = keptParts(key(place), "tab");
  return "audio" in found && "video" in found ? (found as unknown as Entry) : undefined;
}
