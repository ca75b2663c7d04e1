import type { Schema } from "../api/client";
import { noteTurns } from "../who";
import { changeAccount, inStorage } from "./database";
import {
  type AccountOnDevice,
  type Kind,
  NOBODY,
  openVault,
  readSealed,
  vaultAccount,
  writeSealed,
} from "./vault";

type Me = Schema<"Me">;

/** As long as the server lets a session rest: who comes back later must sign in. */
const REST_MILLISECONDS_MAX = 8 * 60 * 60 * 1000;
const ME = "me";

/** What would be lost with the key. */
const UNSENT: readonly Kind[] = ["act", "bytes", "draft", "file"];
const READ: readonly Kind[] = ["copy", "pass"];

/** Notes that the server has said who is at the screen: without a link they may go on here. */
export async function rememberHere(me: Me): Promise<void> {
  const { id, name } = me.account;
  if (vaultAccount() !== id) return;
  await writeSealed("pass", ME, me);
  if (vaultAccount() !== id) return;
  // The key may come later than this: who leaves before must be known here, to be forgotten.
  await changeAccount(id, (record) => ({ account: id, ...record, name, heardAt: Date.now() }));
  await forgetOthers(id);
  await notePins();
}

/** Who was signed in on this device last, if not too long ago. */
export async function lastHere(): Promise<Me | undefined> {
  await forgetExpired();
  const [last] = (await accountsOnDevice())
    .filter(({ account, key }) => account !== NOBODY && key)
    .sort((a, b) => b.heardAt - a.heardAt);
  if (!last) return undefined;
  openVault(last.account);
  return readSealed<Me>("pass", ME);
}

/** What the server last said of the account whose vault is open. */
export function meHere(): Promise<Me | undefined> {
  return readSealed<Me>("pass", ME);
}

/** Whether the server has vouched for them so lately that they may go on without a link. */
export function isRecent({ heardAt }: AccountOnDevice): boolean {
  return heardAt > Date.now() - REST_MILLISECONDS_MAX;
}

/** Those who take turns on this device by PIN. */
export async function peopleWithPin(): Promise<AccountOnDevice[]> {
  return (await accountsOnDevice())
    .filter(({ pin }) => pin)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Keeps for the door whether anybody takes turns here. */
export async function notePins(): Promise<void> {
  noteTurns((await peopleWithPin()).length > 0);
}

/**
 * Nobody goes on here without signing in: who was at the screen has left, or the server says so.
 * What was only read goes, and the key, unless something unsent waits for its owner; of who has a
 * PIN here all stays, sealed.
 */
export async function forgetHere(): Promise<void> {
  // Who has come meanwhile is at the screen.
  await forgetOthers(vaultAccount());
  await notePins();
}

/** Removes whatever this device keeps for an account, sent or not. */
export async function forgetAll(account: string): Promise<void> {
  await inStorage("things", "readwrite", (table) =>
    table.delete(IDBKeyRange.bound([account], [account, []])),
  );
  await inStorage("accounts", "readwrite", (table) => table.delete(account));
  await notePins();
}

/** How many things of the account whose vault is open have not been sent. */
export async function unsentHere(): Promise<number> {
  const keys = await keysOf(vaultAccount());
  return keys.filter(([, kind]) => kind === "act" || kind === "draft").length;
}

async function forgetOthers(than: string): Promise<void> {
  for (const record of await accountsOnDevice()) {
    const isHere = [than, NOBODY, vaultAccount()].includes(record.account);
    if (!isHere) {
      await forgetOne(record).catch(unkept);
    }
  }
}

async function forgetOne(record: AccountOnDevice): Promise<void> {
  const { account, pin } = record;
  if (pin) {
    await changeAccount(account, (now) => now && withoutKey(now));
    return;
  }
  const unsent = (await keysOf(account)).some(([, kind]) => UNSENT.includes(kind as Kind));
  const ranges = unsent
    ? READ.map((kind) => IDBKeyRange.bound([account, kind], [account, kind, []]))
    : [IDBKeyRange.bound([account], [account, []])];
  for (const range of ranges) {
    await inStorage("things", "readwrite", (table) => table.delete(range));
  }
  if (unsent) await changeAccount(account, (now) => now && { ...withoutKey(now), heardAt: 0 });
  else await inStorage("accounts", "readwrite", (table) => table.delete(account));
}

/** What opens without the server ends with the session it stood for. */
async function forgetExpired(): Promise<void> {
  for (const record of await accountsOnDevice()) {
    const { account, key, pin } = record;
    if (account === NOBODY || isRecent(record) || !(key ?? pin?.spare)) continue;
    await changeAccount(account, (now) => now && withoutSpare(withoutKey(now)));
  }
}

/** The record without the key itself; kept where nothing else could ever open what waits. */
export function withoutKey(record: AccountOnDevice): AccountOnDevice {
  if (!record.wrapped) return record;
  const { key: _, ...rest } = record;
  return rest;
}

export function withoutSpare(record: AccountOnDevice): AccountOnDevice {
  if (!record.pin) return record;
  const { spare: _, ...pin } = record.pin;
  return { ...record, pin };
}

function keysOf(account: string): Promise<[string, string, string][]> {
  return inStorage("things", "readonly", (table) =>
    table.getAllKeys(IDBKeyRange.bound([account], [account, []])),
  );
}

async function accountsOnDevice(): Promise<AccountOnDevice[]> {
  return inStorage<AccountOnDevice[]>("accounts", "readonly", (table) => table.getAll()).catch(
    () => [],
  );
}

/** The browser refuses storage: then nothing is kept here anyway. */
function unkept(): void {}
