import { describe, expect, it } from "vitest";
import { amountText, clock, initials, secondsSince } from "./view";

describe("initials", () => {
  it.each([
    ["Amina Yusuf", "AY"],
    ["Dr. Amara Osei", "AO"],
    ["Mama", "M"],
    ["José Luis de la Cruz", "JC"],
    ["محمد علي", "مع"],
    ["", ""],
  ])("of %s are %s", (name, letters) => expect(initials(name)).toBe(letters));
});

describe("figures", () => {
  it("count time as a clock does", () => {
    expect(clock(0)).toBe("0:00");
    expect(clock(245_900)).toBe("4:05");
    expect(clock(3_729_000)).toBe("1:02:09");
    expect(clock(-50)).toBe("0:00");
  });

  it("count data as telephone companies do", () => {
    expect(amountText(0)).toBe("0 kB");
    expect(amountText(340_400)).toBe("340 kB");
    expect(amountText(12_440_000)).toBe("12.4 MB");
    expect(amountText(250_000_000)).toBe("250 MB");
  });

  it("never count backwards when a clock is set back", () => {
    expect(secondsSince(5_000, 4_000)).toBe(0);
    expect(secondsSince(5_000, 36_999)).toBe(31);
  });
});
