import { inStorage } from "./database";
import {
  currentKey,
  encoded,
  type Kind,
  memory,
  nameOf,
  none,
  seal,
  type Thing,
  thingOf,
  unseal,
  vaultNow,
  type Wrapped,
} from "./vault";

const CHANGE_TRIES_MAX = 20;

/**
 * Changes a thing as it is kept now, whatever another page has made of it meanwhile. Answers what
 * is kept then: nothing when it was gone already or `change` lets it go.
 */
export async function changeSealed<T>(
  kind: Kind,
  id: string,
  change: (kept: T) => T | undefined,
  vault = vaultNow(),
): Promise<T | undefined> {
  const whose = vault.account;
  const name = nameOf(whose, kind, id);
  const opener = await currentKey(vault);
  for (let tries = 0; opener && tries < CHANGE_TRIES_MAX; tries++) {
    const before = await thingOf(whose, kind, id).catch(none);
    if (!before) break;
    const value = JSON.parse(new TextDecoder().decode(await unseal(opener, name, before))) as T;
    const after = change(value);
    const sealed = after && (await seal(opener, name, encoded(after)));
    const swapped = await swap(whose, kind, id, before, sealed);
    if (swapped) return after;
  }
  const kept = memory.get(name) as T | undefined;
  const after = kept === undefined ? undefined : change(kept);
  if (after === undefined) memory.delete(name);
  else memory.set(name, after);
  return after;
}

/** Puts the new thing where the old one lies, if that is still the one that was read. */
async function swap(
  whose: string,
  kind: Kind,
  id: string,
  before: Thing,
  sealed: Wrapped | undefined,
): Promise<boolean> {
  let swapped = false;
  await inStorage("things", "readwrite", (table) => {
    const asked: IDBRequest<Thing | undefined> = table.get([whose, kind, id]);
    asked.onsuccess = () => {
      const now = asked.result;
      swapped = now?.revision === before.revision && now.at === before.at;
      if (!swapped) return;
      if (!sealed) table.delete([whose, kind, id]);
      else table.put({ ...sealed, at: now?.at, revision: before.revision + 1 }, [whose, kind, id]);
    };
    return asked;
  });
  return swapped;
}
