import { base64url, keyFrom } from "../offline/keys";
import type { PinHere } from "../offline/vault";

export const PIN_DIGITS = 6;

/** Wrong ones that may be typed in all until the password is, with a link and without. */
export const WRONG_MAX = 5;

/**
 * No number of rounds makes six digits safe, so the server counts the tries; these keep a telephone
 * of ten years ago under a second.
 */
const ROUNDS = 100_000;

const DIGITS = /^[0-9]{6}$/;

export function isPin(text: string): boolean {
  return DIGITS.test(text);
}

/** Whether somebody who tries the obvious first would soon have it: 111111, 121212, 123456. */
export function isTrivial(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = digits.slice(1).map((digit, i) => (digit - (digits[i] ?? 0) + 10) % 10);
  const repeats = [1, 2, 3].some((period) => pin === pin.slice(0, period).repeat(6 / period));
  // 112233, and with a step of nothing or one all runs.
  const even = steps.every((step) => step === steps[0]);
  const doubled = steps.every((step, i) => step === (i % 2 === 0 ? 0 : steps[1]));
  return repeats || even || doubled;
}

/** What a new PIN needs on this device. */
export async function newPinHere(): Promise<PinHere> {
  const device = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  return { salt: crypto.getRandomValues(new Uint8Array(16)), device, wrong: 0 };
}

/** A PIN that was typed, stretched; nothing of it is kept. */
export interface Typed {
  /** What the server judges: useless without this device's key, which cannot be taken out. */
  readonly proof: string;
  /** Opens the spare of the key, without a link. */
  readonly opener: CryptoKey;
}

export async function stretch(pin: string, { salt, device }: PinHere): Promise<Typed> {
  const typed = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(pin),
    "PBKDF2",
    false,
    ["deriveBits"],
  );
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  const stretched = new Uint8Array(await crypto.subtle.deriveBits(how, typed, 256));
  const made = (purpose: string) => {
    const named = new Uint8Array([...new TextEncoder().encode(purpose), ...stretched]);
    return crypto.subtle.sign("HMAC", device, named);
  };
  return { proof: base64url(await made("proof")), opener: await keyFrom(await made("spare")) };
}
