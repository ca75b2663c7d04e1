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
  try {
    if (entry) sessionStorage.setItem(key(place), JSON.stringify(entry));
    else sessionStorage.removeItem(key(place));
  } catch {
    // Without storage a reload begins with the check again.
  }
}

export function keptEntry(place: string): Entry | undefined {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(key(place)) ?? "null");
    return typeof found === "object" && found !== null && "audio" in found && "video" in found
      ? (found as Entry)
      : undefined;
  } catch {
    return undefined;
  }
}
