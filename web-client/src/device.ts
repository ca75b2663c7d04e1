import { newKey } from "./api/client";
import { keep, kept } from "./kept";

const NAME = "consilium-device";
let unkept: string | undefined;

/** Names this browser, at random, so that drafts can say where they were typed. No secret. */
export function deviceId(): string {
  const found = kept(NAME);
  if (found) return found;
  // Where nothing can be kept it is a name for as long as the page lives.
  const fresh = (unkept ??= newKey());
  keep(NAME, fresh);
  return fresh;
}
