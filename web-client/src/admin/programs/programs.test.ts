import { describe, expect, it } from "vitest";
import { endOf, keyIn, scopesOf, standing } from "./programs";

describe("programs", () => {
  it("turns choices into scopes", () => {
    expect(scopesOf("everything", "")).toEqual(["system/*.rs"]);
    expect(scopesOf("own", " system/Patient.rs,\n system/Consent.s ")).toEqual([
      "system/Patient.rs",
      "system/Consent.s",
    ]);
    expect(scopesOf("own", "  ")).toEqual([]);
  });

  it("ends within what the server allows", () => {
    const now = new Date("2026-03-02T09:00:00Z");
    expect(endOf("3", now)).toBe("2026-06-01T09:00:00.000Z");
    const days = (Date.parse(endOf("24", now)) - now.getTime()) / 86_400_000;
    expect(days).toBeLessThanOrEqual(731);
  });

  it("takes a key only as one JSON object", () => {
    expect(keyIn('{"kty":"OKP"}')).toEqual({ kty: "OKP" });
    expect(keyIn("[1]")).toBeUndefined();
    expect(keyIn('{"kty"')).toBeUndefined();
  });

  it("says how a program stands", () => {
    const program = {
      id: "1",
      name: "Lab",
      scopes: [],
      registeredAt: "2026-01-01T00:00:00Z",
      expiresAt: "2026-02-01T00:00:00Z",
    };
    const before = Date.parse("2026-01-15T00:00:00Z");
    expect(standing(program, before)).toBe("active");
    expect(standing(program, Date.parse(program.expiresAt))).toBe("expired");
    expect(standing({ ...program, revokedAt: "2026-01-02T00:00:00Z" }, before)).toBe("revoked");
  });
});
