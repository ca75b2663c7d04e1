import { describe, expect, it } from "vitest";
import { afterMessage, changed, NOBODY, type People, welcomed } from "./attendance";
import type { CallMessage, Participant } from "./protocol";

const at = "2026-03-02T09:15:00Z";
const participant = (seat: number, change: Partial<Participant> = {}): Participant => ({
  seat,
  epoch: 1,
  name: `Person ${seat}`,
  role: "clinician",
  host: true,
  present: true,
  since: at,
  ...change,
});
const message = (body: object): CallMessage => ({ seq: 1, at, ...body }) as CallMessage;
const joined = (...seats: number[]): People =>
  seats.reduce<People>(
    (people, seat) =>
      afterMessage(people, message({ type: "joined", participant: participant(seat) })),
    NOBODY,
  );

describe("who is in the call", () => {
  it("grows and shrinks with joined and left", () => {
    const two = joined(2, 3);
    expect(two.people.map(({ seat }) => seat)).toEqual([2, 3]);
    const one = afterMessage(two, message({ type: "left", seat: 2, reason: "left" }));
    expect(one.people.map(({ seat }) => seat)).toEqual([3]);
  });

  it("keeps one whose connection is lost", () => {
    const away = afterMessage(joined(2), message({ type: "away", seat: 2, until: at }));
    expect(away.people[0]?.present).toBe(false);
    const back = afterMessage(
      away,
      message({ type: "back", participant: participant(2), resumed: true }),
    );
    expect(back.people[0]?.present).toBe(true);
  });

  it("keeps the path of a person who comes back with the same page, and not with a new one", () => {
    const connected = { ...joined(2), people: changed(joined(2).people, 2, { path: "connected" }) };
    const back = (epoch: number) =>
      afterMessage(
        connected,
        message({ type: "back", participant: participant(2, { epoch }), resumed: true }),
      ).people[0]?.path;
    expect(back(1)).toBe("connected");
    expect(back(2)).toBe("interrupted");
  });

  it("moves one who waited into the call", () => {
    const waits = afterMessage(
      NOBODY,
      message({ type: "waiting", participant: participant(4, { role: "patient" }) }),
    );
    expect(waits.waiting).toHaveLength(1);
    const stillWaits = afterMessage(
      waits,
      message({ type: "back", participant: participant(4, { epoch: 2 }), resumed: false }),
    );
    expect(stillWaits.people).toEqual([]);
    expect(stillWaits.waiting[0]?.epoch).toBe(2);
    const inside = afterMessage(
      stillWaits,
      message({ type: "joined", participant: participant(4) }),
    );
    expect(inside.waiting).toEqual([]);
    expect(inside.people).toHaveLength(1);
  });

  it("is what a welcome says", () => {
    const people = welcomed(joined(2, 3), [participant(3), participant(5)], [], false);
    expect(people.people.map(({ seat }) => seat)).toEqual([3, 5]);
  });

  it("learns microphone, link and lines of chat", () => {
    const media = { audio: false, video: true };
    let people = afterMessage(joined(2), message({ type: "media", from: 2, body: media }));
    people = afterMessage(people, message({ type: "quality", from: 2, body: { level: "poor" } }));
    people = afterMessage(people, message({ type: "chat", from: 2, body: { text: "37.9 °C" } }));
    expect(people.people[0]).toMatchObject({ media, link: "poor" });
    expect(people.chat).toEqual([{ seat: 2, name: "Person 2", text: "37.9 °C", at }]);
  });
});
