import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, ok } from "../api/client";
import { lastHere, meHere, peopleWithPin } from "../offline/accounts";
import { changeAccount } from "../offline/database";
import { accountOnDevice, openVault, readSealed, vaultNow, writeSealed } from "../offline/vault";
import {
  loadSession,
  lock,
  type Me,
  session,
  signIn,
  startSession,
  switchMembership,
} from "../session";
import { enter, setPin } from "./entry";

/** A server with two people, which judges PINs as the real one does. */
class Server {
  away = false;
  readonly secrets = new Map<string, string>();
  readonly proofs = new Map<string, string>();
  readonly owner = new Map<string, Me>();
  readonly asked: string[] = [];
  wrong = 0;
  inside: Me | undefined;
  /** A PIN is set, and the answer lost. */
  deaf = false;
  /** Answers to a change of role, and the secret of a vault, wait for this. */
  slow: Promise<void> | undefined;

  async answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const what = `${request.method} ${pathname.replace("/api/v1", "")}`;
    this.asked.push(what);
    if (this.away) throw new TypeError("Failed to fetch");
    const text = await request.text();
    const body = text === "" ? {} : (JSON.parse(text) as Record<string, string>);
    const vault = /\/vaults\/([^/]+)/.exec(pathname)?.[1] ?? body["vaultId"] ?? "";
    if (what === "POST /sessions") return json((this.inside = person(body["email"] ?? "")));
    if (what === "DELETE /sessions/current") this.inside = undefined;
    if (what === "GET /sessions/current") {
      return this.inside ? json(this.inside) : refused("not-signed-in");
    }
    if (what === `PUT /vaults/${vault}`) {
      if (!this.secrets.has(vault)) this.secrets.set(vault, "s".repeat(42) + "A");
      if (this.inside) this.owner.set(vault, this.inside);
      const pin = this.proofs.has(vault) ? (this.wrong < 5 ? "good" : "over") : "none";
      await this.slow;
      return json({ secret: this.secrets.get(vault), pin });
    }
    if (what === `PUT /vaults/${vault}/pin`) {
      this.proofs.set(vault, body["proof"] ?? "");
      if (this.deaf) throw new TypeError("Failed to fetch");
    }
    if (what === "GET /sites") return this.inside ? json({ items: [] }) : refused("not-signed-in");
    if (what === "PATCH /sessions/current") {
      const answer = json(this.inside);
      await this.slow;
      return answer;
    }
    if (what === "POST /sessions/by-pin") {
      if (this.wrong >= 5) return refused("pin-over");
      if (this.proofs.get(vault) !== body["proof"]) {
        const triesLeft = 5 - ++this.wrong;
        return triesLeft > 0 ? refused("pin-wrong", { triesLeft }) : refused("pin-over");
      }
      this.inside = this.owner.get(vault);
      return json({ me: this.inside, secret: this.secrets.get(vault) });
    }
    return new Response(null, { status: 204 });
  }
}

function person(name: string): Me {
  const organisation = { id: "o", name: "Mara" };
  const membership = { id: `m-${name}`, role: "clinician" as const, organisation };
  const account = { id: name, name, email: name, zone: "UTC", language: "en" };
  return { account, membership, memberships: [membership] };
}

const json = (body: unknown) => Response.json(body);
const refused = (code: string, more = {}) =>
  Response.json({ code, detail: code, ...more }, { status: 401 });

/** Live changes have nothing to say here. */
class Silent extends EventTarget {
  close(): void {}
}

let server: Server;
let one = 0;
let ada = "";
let ben = "";

beforeEach(() => {
  server = new Server();
  ada = `ada ${++one}`;
  ben = `ben ${one}`;
  vi.stubGlobal("fetch", (request: Request) => server.answer(request));
  vi.stubGlobal("EventSource", Silent);
});

afterEach(async () => {
  server.away = false;
  await lock();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function bothHavePins(): Promise<void> {
  for (const [name, pin] of [
    [ada, "482913"],
    [ben, "903114"],
  ] as const) {
    await signIn(name, "password");
    await writeSealed("draft", "words", { of: name });
    await setPin(person(name), pin, "password");
    await lock();
  }
}

describe("taking turns", () => {
  it("opens each one's own by PIN and nothing of the other", async () => {
    await bothHavePins();
    expect(session.get().kind).toBe("signed-out");
    expect((await peopleWithPin()).map(({ name }) => name)).toEqual(
      expect.arrayContaining([ada, ben]),
    );
    expect(await enter(ada, "482913")).toBeUndefined();
    expect(await readSealed("draft", "words")).toEqual({ of: ada });
    await lock();
    expect(await readSealed("draft", "words")).toBeUndefined();
    expect(await enter(ben, "903114")).toBeUndefined();
    expect(await readSealed("draft", "words")).toEqual({ of: ben });
    expect(session.get()).toMatchObject({ kind: "signed-in", me: { account: { id: ben } } });
  });

  it("leaves no key at rest for who has a PIN", async () => {
    await bothHavePins();
    await enter(ada, "482913");
    for (const account of [ada, ben]) {
      const record = await accountOnDevice(account);
      expect(record?.key).toBeUndefined();
      expect(record?.wrapped).toBeDefined();
    }
    openVault(ada);
    expect(await readSealed("draft", "words")).toBeUndefined();
  });

  it("opens by the password alone after five wrong ones", async () => {
    await bothHavePins();
    for (let left = 4; left > 0; left--) {
      expect(await enter(ada, "111222")).toEqual({ kind: "wrong", triesLeft: left });
    }
    expect(await enter(ada, "111222")).toEqual({ kind: "over" });
    expect(await enter(ada, "482913")).toEqual({ kind: "over" });
    expect((await accountOnDevice(ada))?.pin?.spare).toBeUndefined();

    server.wrong = 0;
    await signIn(ada, "password");
    expect(await readSealed("draft", "words")).toEqual({ of: ada });
    await lock();
    expect(await enter(ada, "482913")).toBeUndefined();
  });

  it("says how many tries are left in all, by the device and by the server", async () => {
    await bothHavePins();
    server.away = true;
    expect(await enter(ada, "111222")).toEqual({ kind: "wrong", triesLeft: 4 });
    server.away = false;
    expect(await enter(ada, "111222")).toEqual({ kind: "wrong", triesLeft: 3 });
    // Another page of the same browser has tried meanwhile.
    server.wrong = 3;
    expect(await enter(ada, "111222")).toEqual({ kind: "wrong", triesLeft: 1 });
    server.away = true;
    expect(await enter(ada, "482913")).toBeUndefined();
    await lock();
    expect(await enter(ada, "482913")).toBeUndefined();
  });

  it("goes on without a link for eight hours, and counts wrong ones then too", async () => {
    await bothHavePins();
    server.away = true;
    expect(await enter(ben, "111222")).toEqual({ kind: "wrong", triesLeft: 4 });
    expect(await enter(ben, "903114")).toBeUndefined();
    expect(await readSealed("draft", "words")).toEqual({ of: ben });
    expect((await meHere())?.account.id).toBe(ben);
    await lock();
    for (let left = 4; left > 0; left--) {
      expect(await enter(ben, "111222")).toEqual({ kind: "wrong", triesLeft: left });
    }
    expect(await enter(ben, "111222")).toEqual({ kind: "over" });
    expect(await enter(ben, "903114")).toEqual({ kind: "over" });

    const nineHoursAgo = Date.now() - 9 * 60 * 60 * 1000;
    await changeAccount(ada, (now) => now && { ...now, heardAt: nineHoursAgo });
    expect(await enter(ada, "482913")).toEqual({ kind: "no-link" });
    expect(await lastHere()).toBeUndefined();
    expect((await accountOnDevice(ada))?.pin?.spare).toBeUndefined();
    server.away = false;
    expect(await enter(ada, "482913")).toBeUndefined();
    expect(await readSealed("draft", "words")).toEqual({ of: ada });
  });

  it("ends on the server what was locked without a link before anybody else comes", async () => {
    await bothHavePins();
    await enter(ada, "482913");
    server.away = true;
    await lock();
    server.away = false;
    server.asked.length = 0;
    await enter(ben, "903114");
    expect(server.asked[0]).toBe("POST /sessions/by-pin");
    expect(session.get()).toMatchObject({ kind: "signed-in", me: { account: { id: ben } } });
  });

  it("shows the door when a page opens on the cookie of who had locked without a link", async () => {
    await bothHavePins();
    await enter(ada, "482913");
    server.away = true;
    await lock();
    expect(await enter(ben, "903114")).toBeUndefined();
    session.set({ kind: "asking" });
    server.away = false;
    await loadSession();
    expect(session.get().kind).toBe("signed-out");
  });

  it("owes no sign-out any more once the server knows who came without a link", async () => {
    startSession();
    await bothHavePins();
    await enter(ada, "482913");
    server.away = true;
    await lock();
    await enter(ben, "903114");
    server.away = false;
    await ok(api.GET("/sites"));
    expect(server.inside?.account.id).toBe(ben);
    session.set({ kind: "asking" });
    await loadSession();
    expect(session.get()).toMatchObject({ kind: "signed-in", me: { account: { id: ben } } });
  });

  it("sends what waited for the same person once the server has heard of them", async () => {
    startSession();
    await bothHavePins();
    await enter(ben, "903114");
    server.inside = undefined;
    const waits = ok(api.GET("/sites"));
    await vi.waitFor(() => expect(session.get().kind).toBe("lost"));
    server.away = true;
    await enter(ben, "903114");
    server.away = false;
    await ok(api.GET("/sites"));
    expect(await waits).toEqual({ items: [] });
  });

  it("stays locked when an answer comes late", async () => {
    await bothHavePins();
    await enter(ada, "482913");
    let answer = (): void => {};
    server.slow = new Promise((resolve) => (answer = resolve));
    const switching = switchMembership("another");
    await vi.waitFor(() => expect(server.asked).toContain("PATCH /sessions/current"));
    await lock();
    answer();
    await switching;
    expect(session.get().kind).toBe("signed-out");
  });

  it("keeps no open key when the secret comes after the lock", async () => {
    await signIn(ada, "password");
    await writeSealed("draft", "words", { of: ada });
    await lock();
    let answer = (): void => {};
    server.slow = new Promise((resolve) => (answer = resolve));
    server.asked.length = 0;
    const signingIn = signIn(ada, "password");
    await vi.waitFor(() => expect(server.asked.join()).toContain("/vaults/"));
    const key = vaultNow().key;
    await lock();
    answer();
    await Promise.all([key, signingIn]);
    expect((await accountOnDevice(ada))?.key).toBeUndefined();
    expect((await accountOnDevice(ada))?.wrapped).toBeDefined();
  });

  it("asks for the password when nobody knows which PIN the server has", async () => {
    await bothHavePins();
    await enter(ada, "482913");
    server.deaf = true;
    await expect(setPin(person(ada), "775533", "password")).rejects.toThrow();
    expect((await accountOnDevice(ada))?.pin).toBeUndefined();
    await lock();
    expect(await enter(ada, "482913")).toEqual({ kind: "over" });
    await signIn(ada, "password");
    expect(await readSealed("draft", "words")).toEqual({ of: ada });
  });
});
