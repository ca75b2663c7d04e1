import { describe, expect, it } from "vitest";
import { compareWords, fingerprintIn } from "./compareWords";

const ADA = "SHA-256 AA:01";
const BEN = "SHA-256 BB:02";
const BETWEEN = "SHA-256 CC:03";

describe("the words to compare", () => {
  it("are four, and the same on both sides", async () => {
    const words = await compareWords("call", ADA, BEN);
    expect(words).toMatch(/^([bdfghjklmnrstwyz][aiou]){2}( ([bdfghjklmnrstwyz][aiou]){2}){3}$/);
    expect(await compareWords("call", BEN, ADA)).toBe(words);
  });

  it("are others when somebody stands between, and in another call", async () => {
    const words = await compareWords("call", ADA, BEN);
    expect(await compareWords("call", ADA, BETWEEN)).not.toBe(words);
    expect(await compareWords("call", BETWEEN, BEN)).not.toBe(words);
    expect(await compareWords("another", ADA, BEN)).not.toBe(words);
  });
});

describe("a fingerprint", () => {
  it("is read from a description, however it is written", () => {
    expect(fingerprintIn("v=0\r\na=fingerprint:sha-256 aB:01\r\n")).toBe("SHA-256 AB:01");
    expect(fingerprintIn("v=0\r\n")).toBeUndefined();
  });
});
