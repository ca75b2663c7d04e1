import { describe, expect, it } from "vitest";
import { byKey, fitOnSide, moved, pinch, PLAIN, turned, zoomed } from "./look";

const FRAME = { width: 400, height: 200 };

describe("zooming", () => {
  it("out to the whole brings the picture back to the middle", () => {
    const near = zoomed(PLAIN, 4, FRAME);
    expect(near.zoom).toBe(4);
    expect(zoomed({ ...near, x: 40, y: -20 }, 0.5, FRAME)).toMatchObject({
      zoom: 2,
      x: 20,
      y: -10,
    });
    expect(zoomed({ ...near, x: 40, y: -20 }, 0.1, FRAME)).toEqual(PLAIN);
  });

  it("keeps what lies under the pointer there", () => {
    const at = { x: 100, y: 50 };
    const after = zoomed(PLAIN, 2, FRAME, at);
    // The point of the picture under the pointer: (at - moved) / zoom.
    expect((at.x - after.x) / after.zoom).toBe(at.x);
    expect((at.y - after.y) / after.zoom).toBe(at.y);
  });

  it("has an end", () => {
    expect(zoomed(PLAIN, 100, FRAME).zoom).toBe(8);
  });
});

describe("moving", () => {
  it("never shows more than the picture's edge", () => {
    const near = zoomed(PLAIN, 3, FRAME);
    expect(moved(near, { x: 9999, y: -9999 }, FRAME)).toMatchObject({ x: 400, y: -200 });
    expect(moved(PLAIN, { x: 10, y: 10 }, FRAME)).toEqual(PLAIN);
  });
});

describe("keys", () => {
  it("enlarge, move, turn and go back", () => {
    const near = byKey(PLAIN, "+", FRAME);
    expect(near?.zoom).toBe(1.25);
    expect(byKey({ ...PLAIN, zoom: 4 }, "ArrowRight", FRAME)?.x).toBe(-48);
    expect(byKey(PLAIN, "r", FRAME)?.turns).toBe(1);
    expect(byKey({ ...PLAIN, zoom: 4, x: 9 }, "0", FRAME)).toEqual(PLAIN);
    expect(byKey(PLAIN, "Tab", FRAME)).toBeUndefined();
  });
});

describe("turning", () => {
  it("comes round after four", () => {
    expect(turned(turned(turned(turned(PLAIN))))).toEqual(PLAIN);
  });

  it("keeps a picture on its side whole", () => {
    expect(fitOnSide({ width: 400, height: 200 }, FRAME)).toBe(0.5);
    expect(fitOnSide({ width: 100, height: 400 }, FRAME)).toBe(2);
    expect(fitOnSide({ width: 0, height: 0 }, FRAME)).toBe(1);
  });
});

it("two fingers have a middle and a distance", () => {
  expect(pinch({ x: 0, y: 0 }, { x: 6, y: 8 })).toEqual({ middle: { x: 3, y: 4 }, distance: 10 });
});
