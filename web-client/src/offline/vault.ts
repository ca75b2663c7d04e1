import { inStorage } from "./database";

/**
 * What this device keeps for an account: sealed by AES-GCM under the account's own key, so that
 * nobody else who uses the device can read it. Without a key, or where the browser refuses storage,
 * things live as long as the page.
 */

/** What is kept: of each kind, things by their id. */
export type Kind = "act" | "bytes" | "copy" | "draft" | "file" | "pass";

/** What is known of an account on this device, in clear. No record of a patient is here. */
export interface AccountOnDevice {
  readonly account: string;
  /** Shown to who takes the device over. */
  readonly name: string;
  /** Milliseconds since 1970: when the server last said that the account is signed in here. */
  readonly heardAt: number;
  /** There while the account is signed in here; the browser uses it and never shows it. */
  readonly key?: CryptoKey;
  /** Names this browser's half of the key to the server, and to nobody else. */
  readonly vault?: string;
  /** The key under the secret that the server gives to a living session of the account alone. */
  readonly wrapped?: Wrapped;
  /** There when the person takes turns here by PIN: then the key itself lies nowhere. */
  readonly pin?: PinHere;
}

/** What this browser needs to judge a PIN, or to have it judged. */
export interface PinHere {
  readonly salt: Uint8Array<ArrayBuffer>;
  /** For HMAC; this browser made it, uses it and never shows it. */
  readonly device: CryptoKey;
  /** The key under the PIN and {@link device}: opens without a link, for as long as a session rests. */
  readonly spare?: Wrapped;
  /** Wrong ones since the last good one, here and at the server. */
  readonly wrong: number;
  /** Only the password opens. */
  readonly over?: boolean;
}

export interface Wrapped {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

export interface Thing extends Wrapped {
  readonly at: number;
  readonly revision: number;
}

/** Those without an account, such as a guest, have their things under a key of the browser alone. */
export const NOBODY = "nobody";

const KEY_WAIT_MILLISECONDS_MAX = 8_000;

/**
 * Whose things are read and written. What goes on after a pause takes it along from its beginning:
 * somebody else may be at the screen by then.
 */
export interface Vault {
  readonly account: string;
  key?: Promise<CryptoKey | undefined> | undefined;
}

let current: Vault = { account: NOBODY };
/** What cannot be sealed yet lives as long as the page; by account, kind and id. */
export const memory = new Map<string, unknown>();

/** Whose things are read and written from now on; `given` brings the key. */
export function openVault(whose: string, given?: Promise<CryptoKey | undefined>): void {
  current = { account: whose, key: given };
  void given?.then((found) => found && keepMemory(whose, found));
}

/** Whose things are read and written at this moment. */
export function vaultNow(): Vault {
  return current;
}

/** The account whose things are read and written. */
export function vaultAccount(): string {
  return current.account;
}

export async function readSealed<T>(
  kind: Kind,
  id: string,
  vault = current,
): Promise<T | undefined> {
  const bytes = await readBytes(kind, id, vault);
  if (bytes) return JSON.parse(new TextDecoder().decode(bytes)) as T;
  return memory.get(nameOf(vault.account, kind, id)) as T | undefined;
}

export async function writeSealed(
  kind: Kind,
  id: string,
  value: unknown,
  vault = current,
): Promise<void> {
  const name = nameOf(vault.account, kind, id);
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  if (await writeBytes(kind, id, bytes, vault)) memory.delete(name);
  else memory.set(name, value);
}

/** Reads what {@link writeBytes} has kept. */
export async function readBytes(
  kind: Kind,
  id: string,
  vault = current,
): Promise<ArrayBuffer | undefined> {
  const whose = vault.account;
  const opener = await currentKey(vault);
  if (!opener) return undefined;
  const thing = await thingOf(whose, kind, id).catch(none);
  // What another key has sealed, or somebody has changed, is as good as not there.
  return thing && unseal(opener, nameOf(whose, kind, id), thing).catch(none);
}

/** Answers whether they are kept beyond this page. */
export async function writeBytes(
  kind: Kind,
  id: string,
  bytes: BufferSource,
  vault = current,
): Promise<boolean> {
  const whose = vault.account;
  const sealer = await currentKey(vault);
  if (!sealer) return false;
  const sealed = await seal(sealer, nameOf(whose, kind, id), bytes);
  const thing: Thing = { ...sealed, at: Date.now(), revision: 0 };
  return inStorage("things", "readwrite", (table) => table.put(thing, [whose, kind, id])).then(
    () => true,
    () => false,
  );
}

export async function removeSealed(kind: Kind, id: string, vault = current): Promise<void> {
  const whose = vault.account;
  memory.delete(nameOf(whose, kind, id));
  await inStorage("things", "readwrite", (table) => table.delete([whose, kind, id])).catch(none);
}

/** Whether a thing is kept. A storage that cannot be asked has not said no. */
export async function isSealed(kind: Kind, id: string, vault = current): Promise<boolean> {
  const whose = vault.account;
  if (memory.has(nameOf(whose, kind, id))) return true;
  return inStorage<number>("things", "readonly", (table) => table.count([whose, kind, id])).then(
    (found) => found > 0,
    () => true,
  );
}

/** The ids of all things of a kind. */
export async function sealedIds(kind: Kind, vault = current): Promise<string[]> {
  const whose = vault.account;
  const keys = await inStorage<IDBValidKey[]>("things", "readonly", (table) =>
    table.getAllKeys(allOf(whose, kind)),
  ).catch(() => []);
  const prefix = nameOf(whose, kind, "");
  const inMemory = [...memory.keys()].filter((name) => name.startsWith(prefix));
  const ids = keys.map((one) => String((one as IDBValidKey[])[2]));
  return [...new Set([...ids, ...inMemory.map((name) => name.slice(prefix.length))])];
}

/** Removes everything of a kind. */
export async function removeKind(kind: Kind, vault = current): Promise<void> {
  for (const id of await sealedIds(kind, vault)) await removeSealed(kind, id, vault);
}

export async function accountOnDevice(whose: string): Promise<AccountOnDevice | undefined> {
  return inStorage<AccountOnDevice | undefined>("accounts", "readonly", (table) =>
    table.get(whose),
  ).catch(none);
}

/** Encrypts under a name, so that one thing cannot be put in another's place. */
export async function seal(sealer: CryptoKey, name: string, bytes: BufferSource): Promise<Wrapped> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(name);
  const how = { name: "AES-GCM", iv, additionalData };
  return { iv, data: await crypto.subtle.encrypt(how, sealer, bytes) };
}

/** Throws when the key is another one, or the thing was changed. */
export function unseal(opener: CryptoKey, name: string, sealed: Wrapped): Promise<ArrayBuffer> {
  const additionalData = new TextEncoder().encode(name);
  const how = { name: "AES-GCM", iv: sealed.iv, additionalData };
  return crypto.subtle.decrypt(how, opener, sealed.data);
}

/** Nobody waits for ever for a key that only the server can bring. */
export function currentKey(vault = current): Promise<CryptoKey | undefined> {
  // Who has come back meanwhile may have brought the key.
  const from = vault.account === current.account ? current : vault;
  const key = (from.key ??= browserKey(from.account).catch(none));
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), KEY_WAIT_MILLISECONDS_MAX);
  });
  return Promise.race([key.catch(none), late]).finally(() => clearTimeout(timer));
}

/** The key of those who have none from the server. */
async function browserKey(whose: string): Promise<CryptoKey | undefined> {
  // Absent on pages without HTTPS: nobody can sign in there either.
  if (!crypto.subtle) return undefined;
  const found = await accountOnDevice(whose);
  if (found) return found.key;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  const record: AccountOnDevice = { account: whose, name: "", heardAt: 0, key: made };
  // Another page may be doing the same: the first one's key is everybody's.
  await inStorage("accounts", "readwrite", (table) => table.add(record, whose)).catch(none);
  return (await accountOnDevice(whose))?.key;
}

/** What was written before the key came. */
async function keepMemory(whose: string, sealer: CryptoKey): Promise<void> {
  const prefix = `${whose}/`;
  for (const [name, value] of memory) {
    if (!name.startsWith(prefix)) continue;
    const [, kind = "", ...rest] = name.split("/");
    const sealed = await seal(sealer, name, encoded(value));
    const thing: Thing = { ...sealed, at: Date.now(), revision: 0 };
    await inStorage("things", "readwrite", (table) =>
      table.put(thing, [whose, kind, rest.join("/")]),
    ).then(() => memory.delete(name), none);
  }
}

export function thingOf(whose: string, kind: Kind, id: string): Promise<Thing | undefined> {
  return inStorage("things", "readonly", (table) => table.get([whose, kind, id]));
}

function allOf(whose: string, kind: Kind): IDBKeyRange {
  return IDBKeyRange.bound([whose, kind], [whose, kind, []]);
}

export function nameOf(whose: string, kind: Kind, id: string): string {
  return `${whose}/${kind}/${id}`;
}

export function encoded(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The storage or the key is not there: the caller goes on without. */
export function none(): undefined {
  return undefined;
}
