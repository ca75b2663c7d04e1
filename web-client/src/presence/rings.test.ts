import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  answerWord,
  declineWord,
  PING_WORD,
  type PresenceMessage,
  readPresence,
  type Ring,
} from "./protocol";
import { newest } from "./RingPeople";
import { afterWord, NO_RINGS } from "./rings";

const FOLDER = "../signaling/src/main/resources/protocol/consilium.v1-presence";

/** The examples that the server's tests read too. */
const examples = new Map(
  readdirSync(FOLDER).map((file) => [
    file.replace(".json", ""),
    readFileSync(`${FOLDER}/${file}`, "utf8"),
  ]),
);

function example(name: string): PresenceMessage {
  return readPresence(examples.get(name) ?? "") as PresenceMessage;
}

function ringOf(name: string): Ring {
  return (example(name) as Extract<PresenceMessage, { type: "ring" }>).ring;
}

const ADA = "019cad00-0000-7000-8000-0000000000a2";
const ROSA = "019cad00-0000-7000-8000-0000000000a1";

describe("the examples of the protocol", () => {
  it.each([...examples].filter(([name]) => name.startsWith("server-")))("%s is read", (_, text) =>
    expect(readPresence(text)).toEqual(JSON.parse(text)),
  );

  it("has what a client writes", () => {
    const written = (name: string): unknown => JSON.parse(examples.get(name) ?? "");
    const { id } = ringOf("server-ring");
    expect(JSON.parse(PING_WORD)).toEqual(written("client-ping"));
    expect(JSON.parse(answerWord(id))).toEqual(written("client-ring-answer"));
    expect(JSON.parse(declineWord(id, "not-now"))).toEqual(written("client-ring-decline"));
  });

  it.each(["", "[]", "null", '{"type":"hologram"}'])("passes over %s", (text) =>
    expect(readPresence(text)).toBeUndefined(),
  );
});

describe("what rings", () => {
  const ringing = afterWord(NO_RINGS, example("server-ring"), ADA);

  it("rings once, however often it is said", () => {
    const twice = afterWord(ringing, example("server-ring"), ADA);
    expect(twice.incoming.map(({ id }) => id)).toEqual([ringOf("server-ring").id]);
  });

  it("stops when it was answered elsewhere, and counts as nothing missed", () => {
    const after = afterWord(ringing, example("server-ring-ended"), ADA);
    expect(after).toMatchObject({ incoming: [], missed: 0 });
  });

  it("stops when the server says it never was", () => {
    expect(afterWord(ringing, example("server-error"), ADA).incoming).toEqual([]);
  });

  it("is what present says, whatever was before", () => {
    const before = afterWord(ringing, example("server-ring-offer"), ADA);
    const after = afterWord(before, example("server-present"), ADA);
    expect(after.incoming.map(({ id }) => id)).toEqual([ringOf("server-ring").id]);
    expect(after.missed).toBe(2);
  });

  it("is missed when the caller gives up, but not when an offer is taken back", () => {
    const ended = (ring: Ring): PresenceMessage => ({
      type: "ring-ended",
      reason: "cancelled",
      ring: { ...ring, state: "cancelled" },
    });
    expect(afterWord(ringing, ended(ringOf("server-ring")), ADA).missed).toBe(1);
    expect(afterWord(ringing, ended(ringOf("server-ring-offer")), ADA).missed).toBe(0);
  });

  it("does not ring the caller, who reads how it stands", () => {
    const begun = afterWord(NO_RINGS, example("server-ring"), ROSA);
    const { id } = ringOf("server-ring");
    expect(begun.incoming).toEqual([]);
    expect(begun.outgoing.get(id)?.reason).toBeUndefined();
    const busy = afterWord(begun, example("server-ring-ended-busy"), ROSA);
    expect(busy.outgoing.get(id)?.reason).toBe("busy");
  });
});

describe("the last ring of a person", () => {
  const ringing = ringOf("server-ring");
  const ended: Ring = { ...ringing, state: "missed", endedAt: "2026-03-02T09:15:35Z" };

  it("is the state that is further, whoever brought it", () => {
    expect(newest(ringing, [ended], ADA)).toBe(ended);
    expect(newest(ended, [ringing], ADA)).toBe(ended);
  });

  it("is the later ring, and nobody else's", () => {
    const later: Ring = { ...ringing, id: "x", rungAt: "2026-03-02T10:00:00Z" };
    expect(newest(ended, [later], ADA)).toBe(later);
    expect(newest(ended, [later], ROSA)).toBeUndefined();
  });
});
