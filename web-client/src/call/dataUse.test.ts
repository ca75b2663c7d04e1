import { describe, expect, it } from "vitest";
import { allowMore, type DataUse, NO_DATA, standing, used } from "./dataUse";

const MEGABYTE = 1_000_000;
const after = (seconds: number, bytesPerSecond: number, allowedBytes?: number): DataUse => {
  let use: DataUse = { ...NO_DATA, allowedBytes };
  for (let second = 0; second < seconds; second++) use = used(use, bytesPerSecond, 1);
  return use;
};

describe("the data of a call", () => {
  it("are counted, with what an hour of it would cost", () => {
    const use = after(60, 10_000);
    expect(use.bytes).toBe(600_000);
    expect(use.bytesPerHour / MEGABYTE).toBeCloseTo(36, 3);
    const slower = Array.from({ length: 60 }).reduce<DataUse>((all) => used(all, 1_000, 1), use);
    expect(slower.bytesPerHour / MEGABYTE).toBeLessThan(6);
  });

  it("are asked for before they are used up, and saved when nobody answers", () => {
    expect(standing(after(10, 10_000))).toBe("free");
    expect(standing(after(10, 10_000, MEGABYTE))).toBe("free");
    expect(standing(after(50, 10_000, MEGABYTE))).toBe("ask");
    expect(standing(after(100, 10_000, MEGABYTE))).toBe("over");
  });

  it("may be as many again when the person says so", () => {
    const more = allowMore(after(100, 10_000, MEGABYTE), MEGABYTE);
    expect(more.allowedBytes).toBe(2 * MEGABYTE);
    expect(standing({ ...more, bytesPerHour: 0 })).toBe("free");
  });
});
