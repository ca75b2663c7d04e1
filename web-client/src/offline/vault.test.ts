import "fake-indexeddb/auto";
import { describe, expect, it, vi } from "vitest";
import { inStorage } from "./database";
import { changeSealed } from "./changing";
import {
  openVault,
  readBytes,
  readSealed,
  removeKind,
  sealedIds,
  writeBytes,
  writeSealed,
} from "./vault";

const WORDS = { question: "Why does her heart race?" };

function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function stored(): Promise<string> {
  const things = await inStorage<{ data: ArrayBuffer }[]>("things", "readonly", (table) =>
    table.getAll(),
  );
  return things.map(({ data }) => new TextDecoder().decode(data)).join();
}

describe("the vault", () => {
  it("gives back what was kept, and no word of it lies on the device", async () => {
    openVault("ada");
    await writeSealed("draft", "a consult/1", WORDS);
    expect(await readSealed("draft", "a consult/1")).toEqual(WORDS);
    expect(await sealedIds("draft")).toEqual(["a consult/1"]);
    expect(await stored()).not.toContain("heart");
  });

  it("shows nobody else's", async () => {
    openVault("ada", newKey());
    await writeSealed("draft", "1", WORDS);
    openVault("ben");
    expect(await readSealed("draft", "1")).toBeUndefined();
    expect(await sealedIds("draft")).toEqual([]);
  });

  it("opens nothing with another key", async () => {
    openVault("carl", newKey());
    await writeSealed("draft", "1", WORDS);
    openVault("carl", newKey());
    expect(await readSealed("draft", "1")).toBeUndefined();
  });

  it("takes no thing for another", async () => {
    const key = newKey();
    openVault("dora", key);
    await writeSealed("draft", "hers", WORDS);
    const kept = await inStorage<unknown>("things", "readonly", (table) =>
      table.get(["dora", "draft", "hers"]),
    );
    await inStorage("things", "readwrite", (table) =>
      table.put(kept, ["dora", "draft", "another's"]),
    );
    expect(await readSealed("draft", "another's")).toBeUndefined();
  });

  it("keeps what was written before the key came", async () => {
    let bring = (_key: CryptoKey | undefined): void => {};
    openVault("eve", new Promise((resolve) => (bring = resolve)));
    vi.useFakeTimers();
    const written = writeSealed("draft", "early", WORDS);
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    await written;
    const key = await newKey();
    bring(key);
    await vi.waitFor(async () => {
      openVault("eve", Promise.resolve(key));
      expect(await stored()).not.toBe("");
      expect(await readSealed("draft", "early")).toEqual(WORDS);
      const keys = await inStorage<IDBValidKey[]>("things", "readonly", (t) => t.getAllKeys());
      expect(keys.map(String)).toContain("eve,draft,early");
    });
  });

  it("loses no change when two pages change a thing at once", async () => {
    openVault("fred");
    await writeSealed("act", "1", { tries: 0 });
    const add = () =>
      changeSealed<{ tries: number }>("act", "1", ({ tries }) => ({ tries: tries + 1 }));
    await Promise.all([add(), add(), add()]);
    expect(await readSealed("act", "1")).toEqual({ tries: 3 });
    await changeSealed("act", "1", () => undefined);
    expect(await readSealed("act", "1")).toBeUndefined();
  });

  it("keeps bytes as they are, and forgets a whole kind", async () => {
    openVault("gus");
    await writeBytes("bytes", "1", new Uint8Array([1, 2, 3]));
    expect([...new Uint8Array((await readBytes("bytes", "1")) ?? new ArrayBuffer(0))]).toEqual([
      1, 2, 3,
    ]);
    await removeKind("bytes");
    expect(await readBytes("bytes", "1")).toBeUndefined();
  });
});
