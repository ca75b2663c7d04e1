import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Outgoing } from "./outgoing";

/** What a page of the browser has; two of them share the device's storage. */
async function page() {
  vi.resetModules();
  const { openVault } = await import("../offline/vault");
  const { keepBytes, keepOutgoing, ...kept } = await import("./outgoing");
  const sender = await import("./sender");
  return {
    ...kept,
    ...sender,
    openVault,
    /** Signs in. */
    resume(owner: string) {
      openVault(owner);
      sender.resume(owner);
    },
    async keep(file: Outgoing) {
      openVault(file.owner);
      for (const part of Object.values(file.parts)) {
        await keepBytes(part.id, new Blob(["0123456789"]), undefined);
      }
      await keepOutgoing(file);
    },
  };
}

const size = 10;

function file(id: string, owner: string, more: Partial<Outgoing> = {}): Outgoing {
  return {
    attachmentId: id,
    consultId: `consult of ${id}`,
    owner,
    details: { kind: "document", title: id },
    addedAt: 1,
    announced: true,
    parts: { original: { id: `upload of ${id}`, size, type: "", sha256: undefined, sent: 0 } },
    withOriginal: true,
    ...more,
  };
}

/** A server that takes an upload whole, when it is let. */
const server = {
  begun: [] as string[],
  notYet: new Set<string>(),
  /** Uploads hang until it is called. */
  held: undefined as (() => void) | undefined,
  hold: false,
};

class FakeXhr extends EventTarget {
  readonly upload = new EventTarget();
  status = 0;
  responseText = "";
  private method = "";
  private metadata = "";
  open(method: string): void {
    this.method = method;
  }
  setRequestHeader(name: string, value: string): void {
    if (name === "Upload-Metadata") this.metadata = value;
  }
  getResponseHeader(): string {
    return this.method === "POST" ? "0" : String(size);
  }
  abort(): void {}
  send(): void {
    if (this.method !== "POST") return this.answer(204);
    const named = /attachment (\S+?)(,|$)/.exec(this.metadata)?.[1] ?? "";
    const id = atob(named);
    server.begun.push(id);
    const answer = () => this.answer(server.notYet.has(id) ? 404 : 201);
    if (server.hold) server.held = answer;
    else answer();
  }
  private answer(status: number): void {
    this.status = status;
    queueMicrotask(() => this.dispatchEvent(new Event("loadend")));
  }
}

beforeEach(() => {
  Object.assign(server, { begun: [], notYet: new Set(), held: undefined, hold: false });
  vi.stubGlobal("XMLHttpRequest", FakeXhr);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("sending files", () => {
  it("goes on for the account that came while another's was being sent", async () => {
    const { resume, rest, keep, allOutgoing } = await page();
    await keep(file("of-first", "first"));
    await keep(file("of-second", "second"));
    server.hold = true;
    resume("first");
    await vi.waitFor(() => expect(server.held).toBeDefined());
    rest();
    resume("second");
    server.hold = false;
    server.held?.();
    await vi.waitFor(async () => expect(await allOutgoing("second")).toEqual([]));
    rest();
  });

  it("takes its own files up again after a session was lost in mid-sending", async () => {
    const { resume, rest, keep, outgoing, allOutgoing } = await page();
    await keep(file("one", "me"));
    await keep(file("two", "me", { addedAt: 2 }));
    server.hold = true;
    resume("me");
    await vi.waitFor(() => expect(server.held).toBeDefined());
    rest();
    resume("me");
    server.hold = false;
    server.held?.();
    await vi.waitFor(async () => expect(await allOutgoing("me")).toEqual([]));
    expect(outgoing.get()).toEqual([]);
    rest();
  });

  it("is not kept back by a file whose request was never saved", async () => {
    const { resume, rest, keep, allOutgoing } = await page();
    await keep(file("unsaved", "me"));
    await keep(file("saved", "me", { addedAt: 2 }));
    server.notYet.add("unsaved");
    resume("me");
    await vi.waitFor(async () =>
      expect((await allOutgoing("me")).map(({ attachmentId }) => attachmentId)).toEqual([
        "unsaved",
      ]),
    );
    expect(server.begun).toEqual(["unsaved", "saved"]);
    rest();
  });

  it("puts nothing back that another page has dropped", async () => {
    const here = await page();
    await here.keep(file("shared", "other", { withOriginal: false }));
    here.resume("other");
    await vi.waitFor(() => expect(here.outgoing.get()).toHaveLength(1));
    const there = await page();
    there.openVault("other");
    await there.drop("shared");
    await here.sendOriginal("shared");
    expect(await here.allOutgoing("other")).toEqual([]);
    expect(here.outgoing.get()).toEqual([]);
    here.rest();
  });

  it("keeps a picture for whom it was added by, however long it took to make it small", async () => {
    const { add, openVault, rest, resume, allOutgoing, bytesOf } = await page();
    const { saveDrafts } = await import("../drafts");
    const key = crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
      "encrypt",
      "decrypt",
    ]);
    let draw: (reason: Error) => void = () => {};
    vi.stubGlobal("createImageBitmap", () => new Promise((_, reject) => (draw = reject)));
    openVault("ada", key);
    server.hold = true;
    const details = { kind: "photo", title: "Calf" } as const;
    const adding = add("ada", "consult", new File(["0123456789"], "calf.jpg"), details);
    // Who leaves waits for it: what is kept decides whether her key stays.
    const left = vi.fn();
    const leaving = saveDrafts().then(left);
    rest();
    resume("ben");
    await new Promise((resolve) => setTimeout(resolve));
    expect(left).not.toHaveBeenCalled();
    draw(new Error("no picture"));
    const id = await adding;
    await leaving;
    expect(await allOutgoing("ben")).toEqual([]);
    openVault("ada", key);
    const [kept] = await allOutgoing("ada");
    expect(kept?.attachmentId).toBe(id);
    expect(kept?.parts.original && (await bytesOf(kept.parts.original))?.size).toBe(size);
    rest();
  });

  it("keeps a file when the storage fails, and asks the storage again", async () => {
    const { isKept, keep, forgetOutgoing } = await page();
    const open = vi.spyOn(indexedDB, "open").mockImplementationOnce(() => {
      throw new Error("storage is away");
    });
    expect(await isKept("kept")).toBe(true);
    expect(await isKept("kept")).toBe(false);
    await keep(file("kept", "me"));
    expect(await isKept("kept")).toBe(true);
    await forgetOutgoing("kept");
    open.mockRestore();
  });
});
