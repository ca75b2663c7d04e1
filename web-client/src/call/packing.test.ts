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

describe("two peers that both can", () => {
  const ends: End[] = [];
  afterEach(() => ends.splice(0).forEach(({ peer }) => peer.close()));

  it("send packed descriptions as soon as they know it of each other", async () => {
    const [impolite, polite] = [
      new End("i", false, undefined, true),
      new End("p", true, undefined, true),
    ];
    ends.push(impolite, polite);
    const next = (end: End) =>
      vi.waitFor(() => {
        const said = end.sent.shift();
        if (said?.type !== "description") throw new Error("nothing yet");
        return said;
      });
    const offer = await next(impolite);
    expect(offer.body).toMatchObject({ packs: true, description: { sdp: expect.any(String) } });
    polite.take(offer);
    const answer = await next(polite);
    expect(answer.body).toMatchObject({ packs: true, packed: expect.any(String) });
    expect(answer.body).not.toHaveProperty("description.sdp");
    impolite.take(answer);
    await vi.waitFor(() => expect(impolite.connection.pairedWith(polite.connection)).toBe(true));
    impolite.connection.restartIce();
    expect((await next(impolite)).body).toMatchObject({ packed: expect.any(String) });
  });
});
