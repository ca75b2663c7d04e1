import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { End } from "./testing/end";

describe("two peers", () => {
  let impolite: End;
  let polite: End;
  let offersBefore: number;

  const settle = () => vi.advanceTimersByTimeAsync(0);
  /** Delivers everything, in order, until nothing is on its way. */
  async function talk(): Promise<void> {
    for (let round = 0; round < 20; round++) {
      await settle();
      const [toPolite, toImpolite] = [impolite.sent.splice(0), polite.sent.splice(0)];
      if (toPolite.length + toImpolite.length === 0) return;
      toPolite.forEach((message) => polite.take(message));
      toImpolite.forEach((message) => impolite.take(message));
    }
    throw new Error("they never stop");
  }
  const newOffers = (): number => impolite.offers + polite.offers - offersBefore;
  const connect = (): void => {
    for (const end of [impolite, polite]) end.connection.become("connected", "connected");
  };
  const expectAgreement = (): void => {
    expect(impolite.connection.signalingState).toBe("stable");
    expect(polite.connection.signalingState).toBe("stable");
    expect(impolite.connection.pairedWith(polite.connection)).toBe(true);
  };

  beforeEach(async () => {
    vi.useFakeTimers();
    impolite = new End("i", false);
    polite = new End("p", true);
    await talk();
    offersBefore = impolite.offers + polite.offers;
  });
  afterEach(() => {
    impolite.peer.close();
    polite.peer.close();
    vi.useRealTimers();
  });

  it("agree, the lower seat laying out two lines", () => {
    expectAgreement();
    expect(impolite.connection.transceivers).toHaveLength(2);
    expect(polite.connection.transceivers).toHaveLength(2);
    expect(impolite.offers).toBe(1);
    expect(polite.offers).toBe(0);
  });

  it("agree when both offer at once", async () => {
    impolite.connection.restartIce();
    polite.connection.restartIce();
    await talk();
    expectAgreement();
  });

  it("keep candidates that come before the description", async () => {
    const late = new End("l", true);
    late.take({
      type: "candidate",
      to: 2,
      epoch: 1,
      body: { connection: 1, candidate: { candidate: "c" } },
    });
    await settle();
    expect(late.connection.candidates).toEqual([]);
    late.take({
      type: "description",
      to: 2,
      epoch: 1,
      body: { connection: 1, description: { type: "offer", sdp: "o=i1\r\nm=audio\r\n" } },
    });
    await settle();
    expect(late.connection.candidates).toEqual([{ candidate: "c" }]);
    late.peer.close();
  });

  it("agree after an answer was lost and one side repairs", async () => {
    impolite.connection.restartIce();
    await settle();
    impolite.sent.splice(0).forEach((message) => polite.take(message));
    await settle();
    polite.sent.splice(0); // Lost, and too old to be replayed.
    expect(impolite.connection.signalingState).toBe("have-local-offer");
    impolite.peer.repair();
    await talk();
    expectAgreement();
  });

  it("agree after an offer was lost and the polite side repairs", async () => {
    impolite.connection.restartIce();
    await settle();
    impolite.sent.splice(0);
    polite.peer.repair();
    await talk();
    expectAgreement();
  });

  it("restart three seconds after the path is disconnected", async () => {
    polite.connection.become("disconnected", "disconnected");
    await vi.advanceTimersByTimeAsync(2_999);
    expect(newOffers()).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(newOffers()).toBe(1);
    expect(polite.paths.at(-1)).toBe("interrupted");
    await talk();
    expectAgreement();
  });

  it("do not restart a path that came back by itself", async () => {
    polite.connection.become("disconnected", "disconnected");
    await vi.advanceTimersByTimeAsync(2_000);
    polite.connection.become("connected", "connected");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(newOffers()).toBe(0);
  });

  it("restart once for a network that changed, whatever else tells of it", async () => {
    connect();
    globalThis.dispatchEvent(new Event("online"));
    globalThis.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(300);
    polite.connection.become("disconnected", "disconnected");
    globalThis.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(4_000);
    expect(polite.offers).toBe(1);
    await talk();
    expectAgreement();
  });

  it("look for a path at once on another network, and but once until the other side hears", async () => {
    connect();
    polite.peer.setReachable(false);
    impolite.peer.setReachable(false);
    for (let second = 0; second < 10; second++) {
      globalThis.dispatchEvent(new Event("online"));
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(polite.offers).toBe(1);
    polite.peer.setReachable(true);
    impolite.peer.setReachable(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(polite.offers).toBe(1);
    await talk();
    expectAgreement();
  });

  it("leave a restart alone that the other side has begun", async () => {
    connect();
    for (const end of [impolite, polite]) end.connection.become("disconnected", "disconnected");
    await vi.advanceTimersByTimeAsync(1_000);
    impolite.connection.become("failed", "failed");
    await talk();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(newOffers()).toBe(1);
    expectAgreement();
  });

  it("wait longer after each restart that brought nothing", async () => {
    connect();
    const at: number[] = [];
    impolite.connection.become("failed", "failed");
    for (let second = 0; second < 30; second++) {
      const before = impolite.offers;
      await vi.advanceTimersByTimeAsync(1_000);
      if (impolite.offers > before) at.push(second);
      await talk();
    }
    expect(at).toEqual([0, 5, 14, 28]);
  });

  it("hold a restart back until the other side can hear it", async () => {
    connect();
    polite.peer.setReachable(false);
    polite.connection.become("failed", "failed");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(newOffers()).toBe(0);
    polite.peer.setReachable(true);
    await vi.advanceTimersByTimeAsync(1_499); // What was said meanwhile comes first.
    expect(newOffers()).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(newOffers()).toBe(1);
  });

  it("make a new connection when restarts bring nothing", async () => {
    impolite.connection.become("failed", "failed");
    for (let second = 0; second < 50; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      await talk();
    }
    expect(impolite.connections).toHaveLength(2);
    expect(polite.connections).toHaveLength(2);
    expect(impolite.connections[0]?.closed).toBe(true);
    expectAgreement();
  });

  it("do not take the answer to an offer that was taken back for the answer to the next", async () => {
    impolite.connection.restartIce();
    await settle();
    impolite.sent.splice(0).forEach((message) => polite.take(message));
    await settle();
    impolite.peer.repair(); // Takes the offer back and makes another, while the answer is on its way.
    await settle();
    await talk();
    expectAgreement();
  });

  it("are let be, where both look after a node has died, when they are settled", async () => {
    connect();
    impolite.peer.repairIfUnsettled();
    polite.peer.repairIfUnsettled();
    await talk();
    expect(newOffers()).toBe(0);
    impolite.connection.restartIce();
    await settle();
    impolite.sent.splice(0);
    impolite.peer.repairIfUnsettled();
    polite.peer.repairIfUnsettled();
    await talk();
    expectAgreement();
  });

  it("say nothing more once one has left in the middle of an offer", async () => {
    impolite.connection.restartIce();
    impolite.peer.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(impolite.sent).toEqual([]);
    expect(impolite.paths).toEqual([]);
  });

  it("ignore what comes from a connection that is past", async () => {
    const old = { type: "offer" as const, sdp: "old" };
    polite.take({ type: "restart", to: 2, epoch: 1, body: { connection: 2 } });
    await settle();
    polite.take({
      type: "description",
      to: 2,
      epoch: 1,
      body: { connection: 1, description: old },
    });
    await settle();
    expect(polite.connection.remoteDescription).toBeNull();
  });
});
