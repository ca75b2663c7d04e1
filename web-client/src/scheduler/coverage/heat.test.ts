import { describe, expect, it } from "vitest";
import { gridOf, levelOf } from "./heat";

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
