import { describe, expect, it } from "vitest";
import { EarlyTicket } from "./earlyTicket";

describe("a ticket fetched early", () => {
  let asked = 0;
  let now = 0;
  const fetch = async () => ({ ticket: `ticket ${++asked}`, url: "" });

  it("is used once, and not when it is old", async () => {
    const early = new EarlyTicket(fetch, () => now);
    expect(asked).toBe(1);
    expect((await early.take()).ticket).toBe("ticket 1");
    expect((await early.take()).ticket).toBe("ticket 2");
    const left = new EarlyTicket(fetch, () => now);
    now += 60_000;
    expect((await left.take()).ticket).toBe("ticket 4");
  });

  it("that was refused is asked for again, and then its reason is told", async () => {
    asked = 0;
    const refused = new EarlyTicket(() => Promise.reject(new Error(`refusal ${++asked}`)));
    await expect(refused.take()).rejects.toThrow("refusal 2");
  });
});
