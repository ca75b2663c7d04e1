import type { Schema } from "../api/client";
import { inStorage } from "./database";
import {
  accountOnDevice,
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
  const record = await accountOnDevice(id);
  if (record) await keepAccount({ ...record, name, heardAt: Date.now() }).catch(unkept);
  await forgetOthers(id);
}

/** Who was signed in on this device last, if not too long ago. */
export async function lastHere(): Promise<Me | undefined> {
  const oldest = Date.now() - REST_MILLISECONDS_MAX;
  const [last] = (await accountsOnDevice())
    .filter(({ account, key, heardAt }) => account !== NOBODY && key && heardAt > oldest)
    .sort((a, b) => b.heardAt - a.heardAt);
  if (!last) return undefined;
  openVault(last.account);
  return readSealed<Me>("pass", ME);
}

/**
 * Nobody goes on here without signing in: who was at the screen has left, or the server says so.
 * What was only read goes; the key goes too, unless something unsent waits for its owner.
 */
export async function forgetHere(): Promise<void> {
  await forgetOthers(NOBODY);
}

async function forgetOthers(than: string): Promise<void> {
  for (const record of await accountsOnDevice()) {
    if (record.account !== than && record.account !== NOBODY && record.heardAt > 0) {
      await forgetOne(record).catch(unkept);
    }
  }
}

async function forgetOne(record: AccountOnDevice): Promise<void> {
  const { account } = record;
  const unsent = (await keysOf(account)).some(([, kind]) => UNSENT.includes(kind as Kind));
  const ranges = unsent
    ? READ.map((kind) => IDBKeyRange.bound([account, kind], [account, kind, []]))
    : [IDBKeyRange.bound([account], [account, []])];
  for (const range of ranges) {
    await inStorage("things", "readwrite", (table) => table.delete(range));
  }
  if (unsent) await keepAccount({ ...record, heardAt: 0 });
  else await inStorage("accounts", "readwrite", (table) => table.delete(account));
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

async function keepAccount(record: AccountOnDevice): Promise<void> {
  await inStorage("accounts", "readwrite", (table) => table.put(record, record.account));
}

/** The browser refuses storage: then nothing is kept here anyway. */
function unkept(): void {}
