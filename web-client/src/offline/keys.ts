import { api, newKey, ok } from "../api/client";
import { live } from "../live";
import { changeAccount } from "./database";
import {
  type AccountOnDevice,
  accountOnDevice,
  none,
  type PinHere,
  seal,
  unseal,
  vaultAccount,
  type Wrapped,
} from "./vault";

const ASK_AGAIN_MILLISECONDS = 15_000;

/** What a key can be used for: it opens and seals, and cannot be taken out of the browser. */
const USES: KeyUsage[] = ["encrypt", "decrypt"];

/**
 * The key of what this device keeps for an account that is signed in: still open here, or unwrapped
 * under the secret that the server gives. Waits for the server as long as the account's vault is
 * open; never rejects.
 */
export async function keyHere(account: string): Promise<CryptoKey | undefined> {
  // Absent on pages without HTTPS: nobody can sign in there either.
  if (!crypto.subtle) return undefined;
  const record = await accountOnDevice(account);
  if (record?.key) {
    // The server hears that the password was typed: the PIN is good again.
    if (record.pin) void openByServer(account).catch(none);
    return record.key;
  }
  while (vaultAccount() === account) {
    try {
      return await openByServer(account);
    } catch {
      await linkOrTime();
    }
  }
  return undefined;
}

/** Asks the server for its half, and makes the key when there is none yet. */
async function openByServer(account: string): Promise<CryptoKey> {
  const before = await accountOnDevice(account);
  const vault = before?.vault ?? newKey();
  const { secret, pin } = await askFor(vault);
  const raw = before?.wrapped && (await unwrap(account, before.wrapped, secret).catch(none));
  const bytes = raw ?? crypto.getRandomValues(new Uint8Array(32)).buffer;
  const key = before?.key ?? (await keyFrom(bytes));
  const wrapped = await wrap(account, bytes, secret);
  const keep = (now: AccountOnDevice | undefined): AccountOnDevice | undefined => {
    // Another page was first, and its key is everybody's.
    if (now?.vault !== undefined && now.vault !== vault) return undefined;
    // A key of earlier builds cannot be wrapped; it goes when nothing waits under it any more.
    if (now?.key && !now.wrapped) return now;
    const { pin: _, key: __, ...rest } = now ?? { account, name: "", heardAt: 0 };
    const pinHere = now?.pin && pin !== "none" ? judged(now.pin, pin === "over") : undefined;
    const left = vaultAccount() !== account;
    return {
      ...rest,
      vault,
      wrapped,
      ...(pinHere && { pin: pinHere }),
      // With a PIN that opens without a link, the key itself need not lie here; nor may it when the
      // answer has come late, after its owner has left.
      ...(!pinHere?.spare && !left && { key }),
    };
  };
  // A browser that keeps nothing has its key for as long as the page lives.
  const kept = await changeAccount(account, keep).catch(() => "nothing is kept" as const);
  return kept ? key : openByServer(account);
}

/** The PIN as the server has judged it: one that is over opens nothing without a link either. */
export function judged(pin: PinHere, over: boolean): PinHere {
  const { spare, over: _, ...rest } = pin;
  return over ? { ...rest, over } : { ...rest, wrong: 0, ...(spare && { spare }) };
}

/** The server's half. Throws a Problem, 409 when the vault is not this account's. */
export async function askFor(vault: string): Promise<{ secret: string; pin: string }> {
  return ok(api.PUT("/vaults/{vaultId}", { params: { path: { vaultId: vault } } }));
}

/** The bytes of a key, under a secret of the server. */
export async function wrap(account: string, raw: ArrayBuffer, secret: string): Promise<Wrapped> {
  return seal(await keyFrom(bytesOf(secret)), nameOfKey(account), raw);
}

/** Throws when the secret is another one. */
export async function unwrap(
  account: string,
  wrapped: Wrapped,
  secret: string,
): Promise<ArrayBuffer> {
  return unseal(await keyFrom(bytesOf(secret)), nameOfKey(account), wrapped);
}

/** A key that the browser uses and never shows. */
export function keyFrom(raw: BufferSource): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, USES);
}

export function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (one) => one.charCodeAt(0));
}

export function base64url(bytes: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function nameOfKey(account: string): string {
  return `${account}/key`;
}

function linkOrTime(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ASK_AGAIN_MILLISECONDS);
    const stop = live.state.watch(({ kind }) => kind === "open" && done());
    function done(): void {
      clearTimeout(timer);
      stop();
      resolve();
    }
  });
}
