import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rungOf, type StillPlan } from "./rungs";
import { CHUNK_BYTES, nextPace, type Still, StillsChannel } from "./stills";

/** What one end sends comes to the other at once. */
class FakeChannel {
  binaryType = "blob";
  readyState = "open";
  bufferedAmount = 0;
  other: FakeChannel | undefined;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: unknown[] = [];
  send(data: string | Uint8Array): void {
    this.sent.push(data);
    this.other?.onmessage?.({ data: typeof data === "string" ? data : data.slice().buffer });
  }
}

const picture = (bytes: number, type = "image/webp") =>
  new Blob([Uint8Array.from({ length: bytes }, (_, at) => at % 251)], { type });

describe("pictures by themselves", () => {
  let near: FakeChannel;
  let far: FakeChannel;
  let stills: StillsChannel;
  let came: Still[];

  beforeEach(() => {
    vi.useFakeTimers();
    came = [];
    [near, far] = [new FakeChannel(), new FakeChannel()];
    near.other = far;
    stills = new StillsChannel(near as unknown as RTCDataChannel, () => {});
    new StillsChannel(far as unknown as RTCDataChannel, (still) => came.push(still));
  });
  afterEach(() => vi.useRealTimers());

  it("come whole, in small parts, and no faster than they may", async () => {
    stills.pace = 8_000;
    await stills.send(picture(2_100));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(near.sent).toHaveLength(1 + 3); // The head, and 400 bytes each 400 ms.
    expect(stills.busy).toBe(true);
    await vi.advanceTimersByTimeAsync(1_200);
    expect(came).toHaveLength(1);
    expect(came[0]?.picture.type).toBe("image/webp");
    expect(await came[0]?.picture.arrayBuffer()).toEqual(await picture(2_100).arrayBuffer());
    expect(stills.busy).toBe(false);
  });

  it("wait while the voice needs the link, and while the browser holds enough", async () => {
    stills.pace = 8_000;
    await stills.send(picture(2_000));
    stills.pace = 0;
    await vi.advanceTimersByTimeAsync(10_000);
    const held = near.sent.length;
    near.bufferedAmount = 2 * CHUNK_BYTES;
    stills.pace = 8_000;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(near.sent).toHaveLength(held);
    near.bufferedAmount = 0;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(came).toHaveLength(1);
  });

  it("are sent one after the other", async () => {
    stills.pace = 8_000;
    await stills.send(picture(1_000));
    await stills.send(picture(3_000));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(came.map((still) => still.picture.size)).toEqual([1_000]);
  });

  it.each([
    "",
    "null",
    '{"type":"text/html","bytes":10}',
    '{"type":"image/webp","bytes":1e9}',
    '{"type":"image/webp","bytes":-1}',
  ])("are not collected after %j", (head) => {
    far.onmessage?.({ data: head });
    far.onmessage?.({ data: new Uint8Array(10).buffer });
    expect(came).toEqual([]);
  });

  it("that are longer than was said are dropped", () => {
    far.onmessage?.({ data: '{"type":"image/webp","bytes":10}' });
    far.onmessage?.({ data: new Uint8Array(11).buffer });
    expect(came).toEqual([]);
  });
});

describe("the pace of pictures", () => {
  const plan = rungOf("stills").stills as StillPlan;
  it("grows to what the rung allows, halves when the round trip grows, and stops when it has", () => {
    let pace = nextPace(undefined, plan, 0);
    expect(pace).toBeLessThan(plan.bitsPerSecondMax);
    for (let second = 0; second < 20; second++) pace = nextPace(pace, plan, 50);
    expect(pace).toBe(plan.bitsPerSecondMax);
    expect(nextPace(pace, plan, 300)).toBe(pace / 2);
    expect(nextPace(pace, plan, 600)).toBe(0);
    expect(nextPace(0, plan, 0)).toBeGreaterThan(0);
  });
});
