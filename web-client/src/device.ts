import { newKey } from "./api/client";

const NAME = "consilium-device";
let unkept: string | undefined;

/** Names this browser, at random, so that drafts can say where they were typed. No secret. */
export function deviceId(): string {
  try {
    const kept = localStorage.getItem(NAME);
    if (kept) return kept;
    const fresh = newKey();
    localStorage.setItem(NAME, fresh);
    return fresh;
  } catch {
    // Storage is refused, as in some private windows: a name for as long as the page lives.
    return (unkept ??= newKey());
  }
}
