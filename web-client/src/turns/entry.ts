import { api, newKey, ok, once } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import { forgetAll, isRecent, meHere, notePins, withoutKey } from "../offline/accounts";
import { changeAccount } from "../offline/database";
import { askFor, judged, keyFrom, unwrap } from "../offline/keys";
import {
  type AccountOnDevice,
  accountOnDevice,
  none,
  openVault,
  seal,
  unseal,
  vaultAccount,
} from "../offline/vault";
import { enterAs, enterUnheard, type Me, signOut } from "../session";
import { instead } from "./lock";
import { newPinHere, stretch, type Typed, WRONG_MAX } from "./pin";

/** How typing a PIN can end when it opens nothing. */
export type Refused =
  | { readonly kind: "wrong"; readonly triesLeft: number }
  /** Only the password opens, from now on. */
  | { readonly kind: "over" }
  /** There is no link, and what opens without one is not here. */
  | { readonly kind: "no-link" }
  /** The server said something else. */
  | { readonly kind: "problem"; readonly problem: Problem };

/** Opens a person's session and vault; nothing when they are in. */
export async function enter(account: string, pin: string): Promise<Refused | undefined> {
  const record = await accountOnDevice(account);
  if (!record?.pin || record.pin.over) return { kind: "over" };
  const typed = await stretch(pin, record.pin);
  try {
    const { me, secret } = await signIn(record, typed);
    await enterAs(me, opened(record, typed, secret));
    return undefined;
  } catch (error) {
    const problem = asProblem(error);
    if (problem.code === "pin-wrong") return wrongOnce(account, problem.triesLeft);
    if (problem.code === "pin-over") return wrongOnce(account, 0);
    return problem.outcomeUnknown ? enterWithoutLink(record, typed) : { kind: "problem", problem };
  }
}

function signIn(record: AccountOnDevice, { proof }: Typed): Promise<{ me: Me; secret: string }> {
  const body = { vaultId: record.vault ?? "", proof };
  return instead(() => ok(api.POST("/sessions/by-pin", { body })));
}

/** The key, from the server's half; beside it a spare for when there is no link. */
async function opened(
  { account, wrapped }: AccountOnDevice,
  typed: Typed,
  secret: string,
): Promise<CryptoKey | undefined> {
  const raw = wrapped && (await unwrap(account, wrapped, secret).catch(none));
  if (!raw) return undefined;
  const spare = await seal(typed.opener, nameOfSpare(account), raw);
  await changeAccount(
    account,
    (now) =>
      now?.pin && withoutKey({ ...now, pin: { ...judged(now.pin, false), spare, wrong: 0 } }),
  ).catch(none);
  return keyFrom(raw);
}

/** For as long as a session rests; the tries are counted before anybody hears how one ended. */
async function enterWithoutLink(
  record: AccountOnDevice,
  typed: Typed,
): Promise<Refused | undefined> {
  const { account } = record;
  const spare = record.pin?.spare;
  if (!spare || !isRecent(record)) return { kind: "no-link" };
  const wrong = await wrongOnce(account);
  const raw = await unseal(typed.opener, nameOfSpare(account), spare).catch(none);
  if (!raw) return wrong;
  await changeAccount(
    account,
    (now) => now?.pin && { ...now, pin: { ...judged(now.pin, false), spare } },
  );
  const key = await keyFrom(raw);
  openVault(account, Promise.resolve(key));
  const me = await meHere();
  if (!me) return { kind: "no-link" };
  await enterUnheard(me, Promise.resolve(key), async () => (await signIn(record, typed)).me);
  return undefined;
}

/**
 * Counts a wrong one, typed with a link or without: they are five in all, and after the last only
 * the password opens.
 *
 * @param leftThere how many tries the server still gives, if it was asked
 */
async function wrongOnce(account: string, leftThere = WRONG_MAX): Promise<Refused> {
  const counted = await changeAccount(account, (now) => {
    if (!now?.pin) return undefined;
    const wrong = Math.max(now.pin.wrong + 1, WRONG_MAX - leftThere);
    return { ...now, pin: { ...judged(now.pin, wrong >= WRONG_MAX), wrong } };
  });
  const left = WRONG_MAX - (counted?.pin?.wrong ?? WRONG_MAX);
  return left > 0 ? { kind: "wrong", triesLeft: left } : { kind: "over" };
}

/** Lets the person who is signed in take turns here by PIN. Throws a Problem. */
export async function setPin(me: Me, pin: string, password: string): Promise<void> {
  const account = me.account.id;
  const record = await accountOnDevice(account);
  if (!record?.vault || !record.wrapped) throw new NotYet();
  const { vault, wrapped } = record;
  const here = await newPinHere();
  const typed = await stretch(pin, here);
  const { secret } = await askFor(vault);
  const raw = await unwrap(account, wrapped, secret);
  const spare = await seal(typed.opener, nameOfSpare(account), raw);
  const body = { proof: typed.proof, password };
  const params = { path: { vaultId: vault } };
  await ok(api.PUT("/vaults/{vaultId}/pin", { params, body, headers: once(newKey()) })).catch(
    async (error: unknown) => {
      // Which PIN the server knows now, nobody can say: the password opens until one is set.
      if (asProblem(error).outcomeUnknown) await forgetPin(account);
      throw error;
    },
  );
  await changeAccount(account, (now) => now && withoutKey({ ...now, pin: { ...here, spare } }));
  await notePins();
}

/** Words that an earlier version keeps sealed have to be sent first. */
export class NotYet extends Error {}

/** From now on only the password opens. Throws a Problem. */
export async function dropPin(account: string): Promise<void> {
  const record = await accountOnDevice(account);
  if (!record?.pin || !record.vault) return;
  const params = { path: { vaultId: record.vault } };
  await ok(api.DELETE("/vaults/{vaultId}/pin", { params, headers: once(newKey()) }));
  await forgetPin(account);
}

async function forgetPin(account: string): Promise<void> {
  await changeAccount(account, (now) => {
    if (!now) return undefined;
    const { pin: _, ...rest } = now;
    return rest;
  });
  await notePins();
}

/** Removes whatever this device keeps for who is signed in, and signs them out. Throws a Problem. */
export async function forgetMe(): Promise<void> {
  const account = vaultAccount();
  const record = await accountOnDevice(account);
  if (record?.vault) {
    const params = { path: { vaultId: record.vault } };
    await ok(api.DELETE("/vaults/{vaultId}", { params, headers: once(newKey()) }));
  }
  await forgetAll(account);
  await signOut();
}

function nameOfSpare(account: string): string {
  return `${account}/spare`;
}
