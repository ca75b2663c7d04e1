/**
 * What was typed and not yet sent, kept on this device so that neither a reload nor a lost session
 * loses it. Drafts belong to the account that typed them and end when sent, discarded, or after
 * {@link KEEP_DAYS} days.
 */
export interface Draft {
  readonly values: unknown;
  /** The act's idempotency key: sending after a reload is still the same act. */
  readonly key: string;
  readonly savedAt: number;
}

const DATABASE = "consilium";
const TABLE = "drafts";
const KEEP_DAYS = 14;

let owner = "nobody";
let database: Promise<IDBDatabase> | undefined;
/** Used where the browser refuses storage (private windows): a lost session still loses nothing. */
const memory = new Map<string, Draft>();

/** The signed-in account: others on a shared device do not meet its drafts. */
export function setDraftOwner(accountId: string): void {
  owner = accountId;
}

export async function readDraft(name: string): Promise<Draft | undefined> {
  const id = fullName(name);
  const found = await request<Draft | undefined>("readonly", (table) => table.get(id)).catch(() =>
    memory.get(id),
  );
  return found && found.savedAt > oldest() ? found : undefined;
}

export async function writeDraft(name: string, draft: Draft): Promise<void> {
  const id = fullName(name);
  await request("readwrite", (table) => table.put(draft, id)).catch(() => memory.set(id, draft));
}

export async function removeDraft(name: string): Promise<void> {
  const id = fullName(name);
  memory.delete(id);
  await request("readwrite", (table) => table.delete(id)).catch(() => {});
}

/** Names of the owner's drafts, for a list of what waits to be sent. */
export async function draftNames(): Promise<string[]> {
  const prefix = fullName("");
  const keys = await request<IDBValidKey[]>("readonly", (table) => table.getAllKeys()).catch(() => [
    ...memory.keys(),
  ]);
  return keys
    .map(String)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

/** Removes all drafts of the owner: what signing out on a shared device offers. */
export async function removeAllDrafts(): Promise<void> {
  for (const name of await draftNames()) await removeDraft(name);
}

/** Removes drafts of any account that nobody came back to. */
export async function removeOldDrafts(): Promise<void> {
  const keys = await request<IDBValidKey[]>("readonly", (table) => table.getAllKeys()).catch(
    () => [],
  );
  for (const key of keys) {
    const draft = await request<Draft | undefined>("readonly", (table) => table.get(key));
    if (draft && draft.savedAt <= oldest()) {
      await request("readwrite", (table) => table.delete(key));
    }
  }
}

function fullName(name: string): string {
  return `${owner}/${name}`;
}

function oldest(): number {
  return Date.now() - KEEP_DAYS * 24 * 60 * 60 * 1000;
}

function open(): Promise<IDBDatabase> {
  database ??= new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error("no storage"));
  });
  return database;
}

async function request<T>(
  mode: IDBTransactionMode,
  act: (table: IDBObjectStore) => IDBRequest,
): Promise<T> {
  const opened = await open();
  return new Promise<T>((resolve, reject) => {
    const asked = act(opened.transaction(TABLE, mode).objectStore(TABLE));
    asked.onsuccess = () => resolve(asked.result as T);
    asked.onerror = () => reject(asked.error ?? new Error("storage failed"));
  });
}
