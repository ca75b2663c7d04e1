import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { pack, unpack } from "./packing";
import type { ClientMessage } from "./protocol";
import { End } from "./testing/end";

const EXAMPLE =
  "../signaling/src/main/resources/protocol/consilium.v1/client-description-packed.json";

describe("a packed description", () => {
  it("is the same when it is unpacked, and much shorter", async () => {
    const sdp = Array.from({ length: 60 }, (_, at) => `a=rtcp-fb:${at} nack pli\r\n`).join("");
    const packed = await pack(sdp);
    expect(packed.length).toBeLessThan(sdp.length / 3);
    expect(await unpack(packed)).toBe(sdp);
  });

  it("is read as the protocol shows it", async () => {
    const message = JSON.parse(readFileSync(EXAMPLE, "utf8")) as ClientMessage;
    if (message.type !== "description") throw new Error(message.type);
    expect(message.body.description).toEqual({ type: "offer" });
    expect(await unpack(message.body.packed ?? "")).toMatch(/^v=0\r\n/);
  });

  it("is refused when it is none", async () => {
    await expect(unpack("AAAA")).rejects.toThrow();
  });
});

describe("two peers", () => {
  const ends: End[] = [];
  const pair = (politeUnpacks: boolean): readonly [End, End] => {
    const both = [
      new End("i", false, undefined, true),
      new End("p", true, undefined, politeUnpacks),
    ] as const;
    ends.push(...both);
    return both;
  };
  const next = (end: End) =>
    vi.waitFor(() => {
      const said = end.sent.shift();
      if (said?.type !== "description") throw new Error("nothing yet");
      return said;
    });
  afterEach(() => ends.splice(0).forEach(({ peer }) => peer.close()));

  it("send packed descriptions from the first on", async () => {
    const [impolite, polite] = pair(true);
    const offer = await next(impolite);
    expect(offer.body).toMatchObject({ packs: true, packed: expect.any(String) });
    expect(offer.body).not.toHaveProperty("description.sdp");
    polite.take(offer);
    const answer = await next(polite);
    expect(answer.body).toMatchObject({ packs: true, packed: expect.any(String) });
    impolite.take(answer);
    await vi.waitFor(() => expect(impolite.connection.pairedWith(polite.connection)).toBe(true));
  });

  it("go on unpacked when one of them cannot read that", async () => {
    const [impolite, polite] = pair(false);
    polite.take(await next(impolite));
    // It has made its side anew, and asks for the same.
    impolite.take({ type: "restart", to: 1, epoch: 1, body: { connection: 2 } });
    const offer = await next(impolite);
    expect(offer.body).toMatchObject({
      connection: 2,
      description: { sdp: expect.any(String) },
    });
    polite.take(offer);
    impolite.take(await next(polite));
    await vi.waitFor(() => expect(impolite.connection.pairedWith(polite.connection)).toBe(true));
  });
});
