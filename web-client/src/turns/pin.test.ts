import { describe, expect, it } from "vitest";
import { keyFrom } from "../offline/keys";
import { seal, unseal } from "../offline/vault";
import { isPin, isTrivial, newPinHere, stretch } from "./pin";

describe("a PIN", () => {
  it("has six digits", () => {
    expect(["482913", "000481"].every(isPin)).toBe(true);
    expect(["48291", "4829130", "48a913", "٤٨٢٩١٣", ""].some(isPin)).toBe(false);
  });

  it.each(["111111", "121212", "123123", "123456", "654321", "890123", "112233", "135791"])(
    "%s is guessed first",
    (pin) => expect(isTrivial(pin)).toBe(true),
  );

  it.each(["482913", "110045", "123457", "903114"])("%s is not", (pin) =>
    expect(isTrivial(pin)).toBe(false),
  );

  it("proves and opens the same on its device, and nothing on another", async () => {
    const here = await newPinHere();
    const first = await stretch("482913", here);
    const again = await stretch("482913", here);
    expect(again.proof).toBe(first.proof);
    expect(first.proof).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const bytes = new Uint8Array([1, 2, 3]);
    const sealed = await seal(first.opener, "ada/spare", bytes);
    expect(new Uint8Array(await unseal(again.opener, "ada/spare", sealed))).toEqual(bytes);

    const elsewhere = { ...(await newPinHere()), salt: here.salt };
    expect((await stretch("482913", elsewhere)).proof).not.toBe(first.proof);
    const wrong = await stretch("482914", here);
    expect(wrong.proof).not.toBe(first.proof);
    await expect(unseal(wrong.opener, "ada/spare", sealed)).rejects.toThrow();
  });

  it("uses keys that cannot be taken out of the browser", async () => {
    const here = await newPinHere();
    expect(here.device.extractable).toBe(false);
    expect((await stretch("482913", here)).opener.extractable).toBe(false);
    expect((await keyFrom(new Uint8Array(32))).extractable).toBe(false);
  });
});
