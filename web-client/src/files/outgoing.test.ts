import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { openVault } from "../offline/vault";
import {
  allOutgoing,
  bytesOf,
  changeOutgoing,
  forgetOutgoing,
  isThin,
  keepBytes,
  keepOutgoing,
  next,
  type Outgoing,
  progress,
} from "./outgoing";
import { fitted } from "./shrink";
import { outcomeOf } from "./tus";

function file(addedAt: number, parts: readonly string[], withOriginal = true): Outgoing {
  const part = (sent: number) => ({
    id: `${addedAt}`,
    size: 10,
    type: "image/jpeg",
    sha256: undefined,
    sent,
  });
  return {
    attachmentId: `file-${addedAt}`,
    consultId: "consult",
    owner: "me",
    details: { kind: "photo", title: "Calf" },
    addedAt,
    announced: false,
    parts: Object.fromEntries(parts.map((name) => [name, part(0)])),
    withOriginal,
  };
}

const WHOLE = ["thumbnail", "preview", "original"];

describe("what goes next", () => {
  it("is every thumbnail before any preview, and every preview before any original", () => {
    const order: string[] = [];
    let files = [file(2, WHOLE), file(1, WHOLE)];
    for (let one = next(files); one; one = next(files)) {
      const { file: sent, part } = one;
      order.push(`${part} ${sent.addedAt}`);
      files = files.map((kept) => {
        if (kept !== sent) return kept;
        const { [part]: _, ...parts } = kept.parts;
        return { ...kept, parts };
      });
    }
    expect(order).toEqual([
      "thumbnail 1",
      "thumbnail 2",
      "preview 1",
      "preview 2",
      "original 1",
      "original 2",
    ]);
  });

  it("is no original that waits to be asked for, and nothing that was refused", () => {
    expect(next([file(1, ["original"], false)])).toBeUndefined();
    expect(next([{ ...file(1, WHOLE), refused: "No." }])).toBeUndefined();
  });
});

describe("the queue on this device", () => {
  it("survives the page and belongs to one account", async () => {
    openVault("me");
    const original = await keepBytes("upload", new Blob(["0123456789"]), undefined);
    await keepOutgoing({ ...file(1, WHOLE), parts: { original } });
    expect(await allOutgoing("me")).toHaveLength(1);
    expect(await (await bytesOf(original))?.text()).toBe("0123456789");
    openVault("somebody else");
    expect(await allOutgoing("somebody else")).toHaveLength(0);
    expect(await bytesOf(original)).toBeUndefined();
    openVault("me");
    await forgetOutgoing("file-1");
    expect(await allOutgoing("me")).toHaveLength(0);
    expect(await bytesOf(original)).toBeUndefined();
  });

  it("stays as it is while somebody else is at the screen", async () => {
    openVault("me");
    const original = await keepBytes("mine", new Blob(["0123456789"]), undefined);
    const mine = { ...file(7, []), parts: { original } };
    await keepOutgoing(mine);
    openVault("somebody else");
    expect(await changeOutgoing(mine, () => undefined)).toBe(mine);
    openVault("me");
    expect(await (await bytesOf(original))?.text()).toBe("0123456789");
    await forgetOutgoing("file-7");
  });

  it("says how much is through of what will be sent", () => {
    const half = file(1, WHOLE);
    const { thumbnail } = half.parts;
    const parts = { ...half.parts, ...(thumbnail && { thumbnail: { ...thumbnail, sent: 10 } }) };
    expect(progress({ ...half, parts })).toBeCloseTo(1 / 3);
    expect(progress({ ...half, parts, withOriginal: false })).toBeCloseTo(1 / 2);
  });
});

describe("answers of the server", () => {
  it("are tried again, waited for, or told", () => {
    expect(outcomeOf({ status: 0, text: "" }).kind).toBe("later");
    expect(outcomeOf({ status: 503, text: "" }).kind).toBe("later");
    expect(outcomeOf({ status: 404, text: "" }).kind).toBe("not-yet");
    expect(outcomeOf({ status: 409, text: '{"code":"already-here"}' }).kind).toBe("done");
    expect(outcomeOf({ status: 415, text: '{"detail":"Send a picture."}' })).toEqual({
      kind: "refused",
      sentence: "Send a picture.",
    });
  });
});

it("a picture keeps its shape and is never made larger", () => {
  expect(fitted(4000, 3000, 1280)).toEqual({ width: 1280, height: 960 });
  expect(fitted(200, 100, 320)).toEqual({ width: 200, height: 100 });
  expect(fitted(10_000, 1, 320)).toEqual({ width: 320, height: 1 });
});

it("a thin link keeps originals back", () => {
  expect(isThin({ effectiveType: "2g" })).toBe(true);
  expect(isThin({ effectiveType: "slow-2g" })).toBe(true);
  expect(isThin({ effectiveType: "4g", saveData: true })).toBe(true);
  expect(isThin({ effectiveType: "4g" })).toBe(false);
  expect(isThin(undefined)).toBe(false);
});
