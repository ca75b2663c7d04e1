import { describe, expect, it } from "vitest";
import type { Schema } from "../api/client";
import { likeliest, wayTo } from "./CallDialog";
import { countUndecided, firstTab } from "./ConsultPage";
import { grouped } from "./groups";
import { ofKind } from "./OnDutyPage";
import { likelyChoices, merged } from "./merging";
import {
  NEW_PATIENT,
  NO_IDENTIFIER,
  particularsOf,
  patientErrors,
  patientFieldOf,
  valuesOf,
} from "./patient";

type Summary = Schema<"ConsultSummary">;

const summary = (id: string, waitingOn: Summary["waitingOn"], dueAt?: string): Summary =>
  ({ id, waitingOn, changedAt: "2026-03-01T00:00:00Z", ...(dueAt && { dueAt }) }) as Summary;

describe("the list of consults", () => {
  it("puts our own moves first, and in each group what is due first", () => {
    const groups = grouped([
      summary("a", "specialist", "2026-03-01T12:00:00Z"),
      summary("b", "clinic"),
      summary("c", "specialist", "2026-03-01T11:00:00Z"),
      summary("d", "clinic", "2026-03-02T00:00:00Z"),
    ]);
    expect(groups.map(({ side, consults }) => [side, ...consults.map(({ id }) => id)])).toEqual([
      ["clinic", "d", "b"],
      ["specialist", "c", "a"],
    ]);
  });
});

describe("a consult's page", () => {
  it("opens with what matters now", () => {
    expect(firstTab({ status: "submitted" }, 0)).toBe("case");
    expect(firstTab({ status: "in-discussion" }, 0)).toBe("messages");
    expect(firstTab({ status: "closed" }, 1)).toBe("answer");
  });

  it("counts what waits for a decision, over all notes", () => {
    const note = (decided: boolean[], state = "stands") => ({
      state,
      recommendations: decided.map((yes) => (yes ? { decision: {} } : {})),
    });
    const gone = note([false], "retracted");
    const notes = [note([true, false]), note([false]), gone] as unknown as Schema<"SignedNote">[];
    expect(countUndecided(notes)).toBe(2);
  });
});

describe("who is on duty", () => {
  it("shows those on call first", () => {
    const people = [
      { kind: "specialist", name: "Ben" },
      { kind: "specialist", name: "Zoe", onCallNow: true },
      { kind: "interpreter", name: "Ana" },
    ] as Schema<"Volunteer">[];
    expect(ofKind(people, "specialist").map(({ name }) => name)).toEqual(["Zoe", "Ben"]);
  });
});

describe("a patient's form", () => {
  const NOW = Date.parse("2026-03-01T12:00:00Z");
  const filled = {
    ...NEW_PATIENT,
    localNumber: " 12 ",
    sex: "female",
    age: { value: "4", unit: "months" },
    allergies: "listed",
    allergyList: "penicillin\n\n latex ",
    language: "sw",
  } as const;

  it("asks for all that a consult needs", () => {
    expect(patientErrors(NEW_PATIENT, NOW).map(({ pointer }) => pointer)).toEqual([
      "/localNumber",
      "/age",
      "/sex",
      "/allergies",
      "/language",
    ]);
    expect(patientErrors(filled, NOW)).toEqual([]);
  });

  it("refuses half an age, a date to come and an empty list of allergies", () => {
    const pointers = (change: object) =>
      patientErrors({ ...filled, ...change }, NOW).map(({ pointer }) => pointer);
    expect(pointers({ age: { value: "1.5", unit: "years" } })).toEqual(["/age"]);
    expect(pointers({ known: "date", birthDate: "2026-03-09" })).toEqual(["/birthDate"]);
    expect(pointers({ allergyList: " \n" })).toEqual(["/allergyList"]);
  });

  it("sends an age or a date, never both, and no empty texts", () => {
    expect(particularsOf(filled)).toEqual({
      localNumber: "12",
      sex: "female",
      language: "sw",
      age: { value: 4, unit: "months" },
      allergies: { state: "listed", list: ["penicillin", "latex"] },
    });
    expect(
      particularsOf({ ...filled, known: "date", birthDate: "2025-11-01", precision: "month" }),
    ).toMatchObject({ birthDate: { date: "2025-11-01", precision: "month" } });
  });

  it("comes back as it was sent", () => {
    const patient = {
      id: "1",
      identity: {},
      version: 2,
      registeredAt: "2026-01-01T00:00:00Z",
      ...particularsOf(filled),
      birthDate: { date: "2025-11-01", precision: "estimated" },
    } as Schema<"Patient">;
    expect(particularsOf(valuesOf(patient))).toEqual(particularsOf(filled));
  });

  it("keeps a guess by the looks and no name of somebody unidentified", () => {
    const unknown = {
      ...filled,
      unidentified: true,
      name: "typed before",
      known: "looks",
      age: { value: "40", unit: "years" },
    } as const;
    expect(particularsOf(unknown, NOW)).toMatchObject({
      birthDate: { date: "1986-03-01", precision: "unknown" },
      identity: { unidentified: true },
    });
    expect(particularsOf(unknown, NOW)).not.toHaveProperty("name");
  });

  it("sends every number with its period", () => {
    const numbers = [{ system: " NIN ", value: "CM 1", from: "2020-01-01", until: "" }];
    expect(particularsOf({ ...filled, identifiers: numbers }).identity).toEqual({
      identifiers: [{ system: "NIN", value: "CM 1", from: "2020-01-01" }],
    });
    expect(patientErrors({ ...filled, identifiers: [NO_IDENTIFIER] }, NOW)).toHaveLength(2);
  });

  it("shows the server's errors at their fields", () => {
    expect(patientFieldOf("/particulars/identity/identifiers/0/value")).toBe(
      "/identifiers/0/value",
    );
    expect(patientFieldOf("/identity/native")).toBe("/native");
    expect(patientFieldOf("/particulars/age/value")).toBe("/age/value");
    expect(patientFieldOf("/birthDate/date")).toBe("/birthDate");
    expect(patientFieldOf("/allergies/list/1")).toBe("/allergyList");
  });
});

describe("two records made one", () => {
  const patient = (more: object) =>
    ({
      id: "1",
      version: 1,
      registeredAt: "2026-01-01T00:00:00Z",
      localNumber: "A",
      sex: "female",
      language: "sw",
      age: { value: 30, unit: "years" },
      birthDate: { date: "1996-03-01", precision: "estimated" },
      allergies: { state: "none" },
      identity: {},
      ...more,
    }) as Schema<"Patient">;

  it("lets what says more win, and loses no number, phone or allergy", () => {
    const mine = patient({
      name: "Amina",
      phone: "1",
      allergies: { state: "listed", list: ["latex"] },
      identity: { identifiers: [{ system: "NIN", value: "7" }] },
    });
    const theirs = patient({
      localNumber: "B",
      phone: "2",
      birthDate: { date: "1996-05-04", precision: "day" },
      allergies: { state: "listed", list: ["penicillin"] },
      identity: { native: "አሚና", identifiers: [{ system: "Ministry", value: "9" }] },
    });
    const choices = likelyChoices(mine, theirs);
    expect(choices).toMatchObject({ name: "this", native: "other", birthDate: "other" });
    expect(merged(mine, theirs, choices)).toMatchObject({
      localNumber: "A",
      name: "Amina",
      native: "አሚና",
      birthDate: "1996-05-04",
      phone: "1",
      otherPhones: "2",
      allergyList: "latex\npenicillin",
      identifiers: [{ value: "7" }, { value: "9" }],
    });
  });
});

describe("calling somebody on duty", () => {
  const named = { id: "ada", name: "Dr Ada" };
  const specialist = { kind: "specialist", onCallNow: true } as const;

  it("asks who is on call only in an emergency that nobody has taken", () => {
    expect(wayTo(specialist, { urgencyNow: "red" })).toBe("ask");
    expect(wayTo(specialist, { urgencyNow: "orange" })).toBe("coordinator");
    expect(wayTo({ ...specialist, onCallNow: false }, { urgencyNow: "red" })).toBe("coordinator");
    expect(wayTo({ ...specialist, kind: "interpreter" }, { urgencyNow: "red" })).toBe(
      "coordinator",
    );
    expect(wayTo(specialist, { urgencyNow: "red", specialist: named })).toBe("taken");
  });

  it("puts their own consults first, then the gravest", () => {
    const one = (id: string, urgencyNow: Summary["urgencyNow"], specialist?: typeof named) =>
      ({ id, urgencyNow, ...(specialist && { specialist }) }) as Summary;
    const order = likeliest([one("a", "green"), one("b", "red"), one("c", "blue", named)], "ada");
    expect(order.map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });
});
