/**
 * What was typed and not yet sent, kept sealed on this device so that neither a reload nor a lost
 * session loses it. Drafts belong to the account that typed them and end when sent, discarded, or
 * after {@link KEEP_DAYS} days.
 */
import {
  readSealed,
  removeKind,
  removeSealed,
  sealedIds,
  vaultNow,
  writeSealed,
} from "./offline/vault";

export interface Draft {
  readonly values: unknown;
  /** The act's idempotency key: sending after a reload is still the same act. */
  readonly key: string;
  readonly savedAt: number;
}

/** How long a draft waits for somebody to come back to it. */
export const KEEP_DAYS = 14;

const savers = new Set<() => Promise<void> | undefined>();

/** Calls `save` before the page goes or nobody is at the screen, until the returned function. */
export function saveOnLeaving(save: () => Promise<void> | undefined): () => void {
  savers.add(save);
  return () => savers.delete(save);
}

/** Keeps at once what forms would keep in a moment, under the account that typed it. */
export async function saveDrafts(): Promise<void> {
  await Promise.all([...savers].map((save) => save()));
}

addEventListener("pagehide", () => void saveDrafts());
document.addEventListener("visibilitychange", () => void saveDrafts());

export async function readDraft(name: string, vault = vaultNow()): Promise<Draft | undefined> {
  const found = await readSealed<Draft>("draft", name, vault);
  return found && found.savedAt > oldest() ? found : undefined;
}

export function writeDraft(name: string, draft: Draft, vault = vaultNow()): Promise<void> {
  return writeSealed("draft", name, draft, vault);
}

export function removeDraft(name: string, vault = vaultNow()): Promise<void> {
  return removeSealed("draft", name, vault);
}

/** Names of the owner's drafts, for a list of what waits to be sent. */
export function draftNames(): Promise<string[]> {
  return sealedIds("draft");
}

/** Removes all that the owner has not sent: what signing out on a shared device offers. */
export async function removeAllDrafts(): Promise<void> {
  const vault = vaultNow();
  for (const kind of ["draft", "act", "file", "bytes"] as const) await removeKind(kind, vault);
}

function oldest(): number {
  return Date.now() - KEEP_DAYS * 24 * 60 * 60 * 1000;
}
