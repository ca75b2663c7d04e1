import { describe, expect, it } from "vitest";
import { gaugeOf, judge, plotOf, SHEET } from "./vitalPlot";

const HEART = { code: "heart-rate", usualFrom: 60, usualTo: 100, dangerTo: 49, dangerFrom: 131 };
const MINUTE = 60_000;

const line = (...values: number[]) => ({
  measured: values.map((value, index) => ({ value, at: index * MINUTE })),
  limits: HEART,
});

describe("what a value means", () => {
  it.each([
    [49, "danger"],
    [50, "unusual"],
    [60, "usual"],
    [100, "usual"],
    [101, "unusual"],
    [131, "danger"],
  ])("%d is %s", (value, judged) => {
    expect(judge(value, HEART)).toBe(judged);
  });

  it("is not told without limits", () => {
    expect(judge(80, undefined)).toBe("unknown");
    expect(judge(80, { code: "glucose", dangerTo: 2.9 })).toBe("unknown");
    expect(judge(2.9, { code: "glucose", dangerTo: 2.9 })).toBe("danger");
  });
});

describe("a chart", () => {
  it("sets values by their time and size", () => {
    const { lines, span } = plotOf([line(70, 80, 120)], 0);
    const [first, second, third] = lines[0] ?? [];
    expect(span).toEqual([0, 2 * MINUTE]);
    expect((second?.x ?? 0) - (first?.x ?? 0)).toBeCloseTo((third?.x ?? 0) - (second?.x ?? 0), 0);
    expect(third?.y).toBeLessThan(first?.y ?? 0);
  });

  it("keeps everything on the sheet", () => {
    for (const values of [[20], [300, 10], [80, 80], [0]]) {
      const { lines, stripes } = plotOf([line(...values)], 0);
      for (const { x, y } of lines.flat()) {
        expect(x >= 0 && x <= SHEET.width && y >= 0 && y <= SHEET.height).toBe(true);
      }
      for (const { y, height } of stripes) {
        expect(y >= 0 && height > 0 && y + height <= SHEET.height + 0.1).toBe(true);
      }
    }
  });

  it("shows danger only where a value goes towards it", () => {
    const kinds = (value: number) =>
      plotOf([line(value)], 0).stripes.filter(({ kind }) => kind === "danger").length;
    expect(kinds(80)).toBe(0);
    expect(kinds(120)).toBe(1);
    expect(kinds(20)).toBe(1);
  });

  it("puts a value without a time at the end", () => {
    const measured = [
      { value: 70, at: 0 },
      { value: 90, at: undefined },
    ];
    const [dots = []] = plotOf([{ measured, limits: undefined }], MINUTE).lines;
    expect(dots[1]?.x).toBeGreaterThan(dots[0]?.x ?? 0);
  });

  it("draws one value in the middle, also without limits", () => {
    const plot = plotOf([{ measured: [{ value: 12, at: 5 }], limits: undefined }], 9);
    expect(plot.lines[0]?.[0]).toMatchObject({ x: SHEET.width / 2, y: SHEET.height / 2 });
    expect(plot.span).toBeUndefined();
  });
});

describe("a bar", () => {
  it("has danger at its ends and the mark where the value stands", () => {
    const { zones, mark } = gaugeOf(140, HEART);
    const [usual, low, high] = zones;
    expect(low?.x).toBe(0);
    expect((high?.x ?? 0) + (high?.width ?? 0)).toBeCloseTo(SHEET.width);
    expect(mark.judged).toBe("danger");
    expect(mark.x).toBeGreaterThan(high?.x ?? Infinity);
    expect(usual?.x).toBeGreaterThan((low?.x ?? 0) + (low?.width ?? 0));
  });

  it("is open where nothing bounds it", () => {
    const { zones, mark } = gaugeOf(98, { code: "oxygen-saturation", usualFrom: 96, dangerTo: 91 });
    const usual = zones.find(({ kind }) => kind === "usual");
    expect((usual?.x ?? 0) + (usual?.width ?? 0)).toBe(SHEET.width);
    expect(mark.judged).toBe("usual");
    expect(mark.x).toBeLessThan(SHEET.width);
  });
});
