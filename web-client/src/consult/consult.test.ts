import { describe, expect, it } from "vitest";
import { comingAppointments, mayBook } from "./AppointmentPanel";
import { decisionErrors } from "./Decision";
import { isOverdue, isUnanswered } from "./FollowUpPanel";
import { ageText, prescriptionText } from "./names";
import { outcomeBody, outcomeErrors, reopens } from "./OutcomeForm";
import { phoneIn, waitingText } from "./parts";
import { isNight } from "./People";
import { otherZones, slotsByDay, timeIn } from "./slots";
import { names, vitalSeries } from "./vitals";

const RULES = {
  vitals: [
    { code: "temperature", label: "Temperature", unit: "Cel", minimum: 25, maximum: 45 },
    { code: "heart-rate", label: "Heart rate", unit: "/min", minimum: 10, maximum: 300 },
    { code: "systolic", label: "Upper blood pressure", unit: "mm[Hg]", minimum: 30, maximum: 300 },
    { code: "diastolic", label: "Lower blood pressure", unit: "mm[Hg]", minimum: 10, maximum: 200 },
  ],
};

describe("ages and drugs", () => {
  it("keep their units", () => {
    expect(ageText({ value: 1, unit: "months" })).toBe("1 month");
    expect(ageText({ value: 4, unit: "years" })).toBe("4 years");
  });

  it("stand on one line, without what was not said", () => {
    const content = { kind: "treatment", text: "x", urgency: "now" } as const;
    expect(prescriptionText(content)).toBeUndefined();
    expect(
      prescriptionText({ ...content, drug: "Amoxicillin", dose: "250 mg", durationDays: 5 }),
    ).toBe("Amoxicillin, 250 mg, for 5 days");
  });
});

describe("vital signs", () => {
  const at = (time: string) => `2026-03-01T${time}:00Z`;

  it("put values of one kind together, the latest last, in the order of the rules", () => {
    const series = vitalSeries(
      [
        { code: "heart-rate", value: 120, unit: "/min", takenAt: at("10:00") },
        { code: "temperature", value: 39.4, unit: "Cel" },
        { code: "heart-rate", value: 162, unit: "/min", takenAt: at("11:00") },
      ],
      RULES,
      [
        {
          code: "x",
          urgency: "red",
          sentence: "Heart rate 162 a minute is very fast (limit 150).",
        },
      ],
    );
    expect(series.map(({ code }) => code)).toEqual(["temperature", "heart-rate"]);
    expect(series[1]).toMatchObject({ text: "162", earlier: ["120"] });
    expect(series[1]?.reason?.urgency).toBe("red");
    expect(series[0]).toMatchObject({ text: "39.4", unit: "°C", reason: undefined });
  });

  it("show the two blood pressures as one", () => {
    const series = vitalSeries(
      [
        { code: "diastolic", value: 112, unit: "mm[Hg]", takenAt: at("10:00") },
        { code: "systolic", value: 165, unit: "mm[Hg]", takenAt: at("10:00") },
      ],
      RULES,
      [
        {
          code: "x",
          urgency: "red",
          sentence: "Lower blood pressure 112 in pregnancy is dangerous (limit 110).",
        },
      ],
    );
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({ text: "165/112", unit: "mmHg" });
    expect(series[0]?.reason?.urgency).toBe("red");
  });

  it("are not marked by a sentence about another value or another measurement", () => {
    const sentence = "Temperature 39.4 °C is high (limit 39).";
    expect(names(sentence, "Temperature", 39.4)).toBe(true);
    expect(names(sentence, "Temperature", 9.4)).toBe(false);
    expect(names(sentence, "Temperature", 4)).toBe(false);
    expect(names(sentence, "Heart rate", 39.4)).toBe(false);
  });
});

describe("who waits", () => {
  const summary = {
    waitingOn: "specialist",
    specialist: { id: "1", name: "Dr Example" },
  } as Parameters<typeof waitingText>[0];

  it("is you, when it is you, and a name when there is one", () => {
    expect(waitingText(summary, "specialist")).toBe("Waiting for you");
    expect(waitingText(summary, "clinic")).toBe("Waiting for Dr Example");
  });
});

describe("an emergency contact", () => {
  it("can be dialled when it holds a number", () => {
    expect(phoneIn("District hospital, +254 700-123 456, day and night")).toBe("+254700123456");
    expect(phoneIn("Dr Example, room 12")).toBeUndefined();
  });
});

describe("a decision", () => {
  it("needs words to adapt and a reason to say no", () => {
    expect(decisionErrors("adapt", { reason: "", text: " " })[0]?.pointer).toBe("/text");
    expect(decisionErrors("adapt", { reason: "", text: "Half the dose" })).toEqual([]);
    expect(decisionErrors("cannot", { reason: "", text: "x" })[0]?.pointer).toBe("/reason");
    expect(decisionErrors("decline", { reason: "cost", text: "" })).toEqual([]);
  });
});

describe("an outcome", () => {
  const empty = {
    result: "",
    adviceFollowed: "",
    why: "",
    diagnosis: "",
    finalDiagnosis: "",
    usefulness: "",
    text: "",
    nextQuestion: "",
  } as const;

  it("needs the patient's state and whether the advice was followed", () => {
    expect(outcomeErrors(empty).map(({ pointer }) => pointer)).toEqual([
      "/result",
      "/adviceFollowed",
    ]);
  });

  it("sends only answers to questions that were shown", () => {
    expect(
      outcomeBody({
        ...empty,
        result: "better",
        adviceFollowed: "fully",
        why: "typed before it was fully",
        diagnosis: "confirmed",
        finalDiagnosis: "typed before it was confirmed",
        usefulness: "4",
      }),
    ).toEqual({
      result: "better",
      adviceFollowed: "fully",
      diagnosis: "confirmed",
      usefulness: 4,
    });
  });

  it("opens the consult again when the patient is worse or something is asked", () => {
    expect(reopens({ ...empty, result: "better" })).toBe(false);
    expect(reopens({ ...empty, result: "worse" })).toBe(true);
    expect(reopens({ ...empty, result: "better", nextQuestion: "How long?" })).toBe(true);
  });

  it("is overdue only when the whole day has passed", () => {
    const noon = Date.parse("2026-03-02T12:00:00Z");
    expect(isOverdue("2026-03-01", noon)).toBe(true);
    expect(isOverdue("2026-03-02", noon)).toBe(false);
  });

  it("says that nobody answered, also when there were news of an earlier time", () => {
    type Known = Parameters<typeof isUnanswered>[0];
    const of = (recordedAt: string | undefined, unansweredAt?: string) =>
      isUnanswered({ unansweredAt, ...(recordedAt && { outcome: { recordedAt } }) } as Known);
    expect(of("2026-03-01T09:00:00Z", "2026-03-09T09:00:00Z")).toBe(true);
    expect(of(undefined, "2026-03-09T09:00:00Z")).toBe(true);
    expect(of("2026-03-10T09:00:00.5Z", "2026-03-09T09:00:00Z")).toBe(false);
    expect(of("2026-03-01T09:00:00Z")).toBe(false);
  });
});

describe("free times", () => {
  const slot = (start: string) => ({ start, end: start });

  it("fall on the reader's own days", () => {
    const days = slotsByDay(
      [slot("2026-03-02T05:00:00Z"), slot("2026-03-01T20:00:00Z"), slot("2026-03-01T22:00:00Z")],
      "Africa/Nairobi",
    );
    expect(days.map(({ key, slots }) => [key, slots.length])).toEqual([
      ["2026-03-01", 1],
      ["2026-03-02", 2],
    ]);
  });

  it("name the others' clocks once each, and their day when it is another", () => {
    const people = [
      { id: "1", name: "A", role: "specialist", zone: "America/New_York" },
      { id: "2", name: "B", role: "interpreter", zone: "America/New_York" },
      { id: "3", name: "C", role: "clinic", zone: "Africa/Nairobi" },
    ] as const;
    const at = "2026-03-02T05:00:00Z";
    expect(otherZones(people, at, "Africa/Nairobi")).toEqual(["America/New_York"]);
    expect(timeIn(at, "America/New_York", "Africa/Nairobi")).toMatch(
      /^Mon.* 00:00 New York|^00:00/,
    );
    expect(timeIn("2026-03-02T02:00:00Z", "America/New_York", "Africa/Nairobi")).toContain("Sun");
  });

  it("tell night from day by the clock there", () => {
    const at = Date.parse("2026-03-02T20:00:00Z");
    expect(isNight("Africa/Nairobi", at)).toBe(true);
    expect(isNight("America/New_York", at)).toBe(false);
  });
});

describe("booked calls", () => {
  const booked = (
    id: string,
    start: string,
    status: "booked" | "cancelled" | "done" = "booked",
  ) => ({
    id,
    consultId: "c",
    start,
    end: start,
    status,
    participants: [],
    bookedAt: start,
  });

  it("are coming until they are over and somebody said how, the next one first", () => {
    const now = Date.parse("2026-03-01T12:00:00Z");
    const coming = comingAppointments(
      [
        booked("late", "2026-03-03T12:00:00Z"),
        booked("unsaid", "2026-03-01T11:00:00Z"),
        booked("past", "2026-02-28T11:00:00Z"),
        booked("told", "2026-03-01T11:00:00Z", "done"),
        booked("off", "2026-03-02T12:00:00Z", "cancelled"),
        booked("soon", "2026-03-02T12:00:00Z"),
      ],
      now,
    );
    expect(coming.map(({ id }) => id)).toEqual(["unsaid", "soon", "late"]);
  });

  it("need a specialist and an open consult", () => {
    expect(mayBook({ status: "triaged" })).toBe(false);
    expect(mayBook({ status: "accepted" })).toBe(true);
    expect(mayBook({ status: "closed" })).toBe(false);
  });
});
