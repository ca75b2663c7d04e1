import { describe, expect, it } from "vitest";
import { gridOf, levelOf, overDays } from "./heat";

describe("the heat map", () => {
  it("tells nobody, too few, enough and a quiet hour apart", () => {
    expect([levelOf(0, 1), levelOf(1, 2), levelOf(2, 2), levelOf(0, 0), levelOf(1, 0)]).toEqual([
      "nobody",
      "few",
      "enough",
      "quiet",
      "enough",
    ]);
  });

  it("lies on the clocks of a zone, quarters of an hour too", () => {
    const row = { reachable: [0, 1, 2], needed: [1, 1, 1] };
    const grid = gridOf(
      { from: "2026-03-01T18:00:00Z", hours: 3 },
      row,
      ["2026-03-02"],
      "Asia/Kathmandu",
    );
    expect(grid.clocks).toEqual(["00:45", "01:45"]);
    expect(grid.cells[0]?.[0]?.reachable).toBe(1);
  });

  it("counts by the hour of the clock on how many days somebody lacks", () => {
    const hours = 48;
    const reachable = Array.from({ length: hours }, (_, hour) => (hour === 8 ? 0 : 1));
    const needed = Array.from({ length: hours }, (_, hour) => (hour === 9 ? 2 : 1));
    const { cells, short } = overDays(
      { from: "2026-03-02T00:00:00Z", hours },
      { reachable, needed },
      ["2026-03-02", "2026-03-03"],
      "UTC",
    );
    expect(cells).toHaveLength(24);
    expect(cells[7]).toEqual({ clock: "07:00", level: "enough", short: 0 });
    expect(cells[8]).toEqual({ clock: "08:00", level: "nobody", short: 1 });
    expect(cells[9]).toEqual({ clock: "09:00", level: "few", short: 1 });
    expect(short).toBe(2);
  });

  it("shows the worse half of an hour that comes twice", () => {
    const row = { reachable: [3, 0, 3], needed: [1, 1, 1] };
    const grid = gridOf(
      { from: "2026-10-25T00:00:00Z", hours: 3 },
      row,
      ["2026-10-25"],
      "Europe/Berlin",
    );
    expect(grid.clocks).toEqual(["02:00", "03:00"]);
    expect(grid.cells[0]?.[0]?.level).toBe("nobody");
  });
});
