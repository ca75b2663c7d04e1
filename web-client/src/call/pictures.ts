import type { CallRole } from "./protocol";

/** Each picture goes to everybody: more of them, and no link or old telephone carries them. */
export const PICTURES_MAX = 4;

/** Whose picture comes first: who shows the patient, who looks, who is spoken of, who helps. */
const ORDER: readonly CallRole[] = [
  "clinician",
  "specialist",
  "patient",
  "guardian",
  "coordinator",
  "interpreter",
  "observer",
];

interface Place {
  readonly seat: number;
  readonly role: CallRole;
}

/** By role, and among the same roles who was here first. */
function comesBefore(one: Place, other: Place): boolean {
  const [a, b] = [ORDER.indexOf(one.role), ORDER.indexOf(other.role)];
  return a === b ? one.seat < other.seat : a < b;
}

/**
 * Whether a seat may send its picture: when fewer than four others send theirs that come before it.
 * Everybody decides it of themselves by the same rule, so nobody needs to be asked.
 */
export function maySendPicture(
  self: Place,
  others: readonly (Place & { readonly media: { readonly video: boolean } })[],
): boolean {
  const before = others.filter((other) => other.media.video && comesBefore(other, self));
  return before.length < PICTURES_MAX;
}
