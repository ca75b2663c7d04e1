import type { Schema } from "../api/client";
import {
  accountOnDevice,
  accountsOnDevice,
  keepAccount,
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

/** Nobody goes on here without signing in: who was at the screen has left, or the server says so. */
export async function forgetHere(): Promise<void> {
  openVault(NOBODY);
  await forgetOthers(NOBODY);
}

async function forgetOthers(than: string): Promise<void> {
  for (const record of await accountsOnDevice()) {
    if (record.account !== than && record.heardAt > 0) {
      await keepAccount({ ...record, heardAt: 0 }).catch(unkept);
    }
  }
}

/** The browser refuses storage: then nothing is kept here anyway. */
function unkept(): void {}
