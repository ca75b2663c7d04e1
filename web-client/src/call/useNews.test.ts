import { describe, expect, it } from "vitest";
import type { Person } from "./attendance";
import { newsOf, type Seen } from "./useNews";

const person = (seat: number, name: string, present = true): Person => ({
  seat,
  epoch: 1,
  name,
  role: "clinician",
  host: true,
  present,
  media: { audio: true, video: true },
  stream: undefined,
  path: "connected",
  link: undefined,
  rung: undefined,
  wants: undefined,
  still: undefined,
  words: undefined,
});
const guest = {
  seat: 9,
  epoch: 1,
  name: "Mama Achieng",
  role: "patient" as const,
  host: false,
  present: true,
  since: "2026-03-01T12:00:00Z",
};
const patient = { host: false, role: "patient" as const };
const quiet: Seen = {
  self: { host: true, role: "clinician" },
  people: [],
  waiting: [],
  link: { kind: "open" },
};

describe("news of a call", () => {
  it("tell a host who waits outside, and nobody else", () => {
    const after = { ...quiet, waiting: [guest] };
    expect(newsOf(quiet, after)).toEqual(["Mama Achieng, Patient, waits to be let in."]);
    expect(newsOf({ ...quiet, self: patient }, { ...after, self: patient })).toEqual([]);
  });

  it("tell who came, went, lost the connection and is back", () => {
    const there = { ...quiet, people: [person(2, "Ada")] };
    const lost = { ...quiet, people: [person(2, "Ada", false)] };
    expect(newsOf(quiet, there)).toEqual(["Ada is in the call."]);
    expect(newsOf(there, quiet)).toEqual(["Ada has left."]);
    expect(newsOf(there, lost)).toEqual(["Ada has lost the connection."]);
    expect(newsOf(lost, there)).toEqual(["Ada is back."]);
  });

  it("tell when our own connection is back, and are silent when nothing changed", () => {
    expect(newsOf({ ...quiet, link: { kind: "lost" } }, quiet)).toEqual(["Connected again."]);
    expect(newsOf(quiet, quiet)).toEqual([]);
  });
});
