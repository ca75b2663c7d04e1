import { describe, expect, it } from "vitest";
import { checkNote, contentOf, fieldIn, moved, newRow, valuesOf } from "./note";

const CONTENT = {
  language: "en",
  answer: "Yes, treat as cellulitis.",
  impression: "Spreading redness, no abscess.",
  certainty: "likely" as const,
  recommendations: [
    {
      kind: "treatment" as const,
      text: "Start today",
      urgency: "today" as const,
      drug: "Cefalexin",
      amount: { value: 250, unit: "mg" as const },
      perKg: { value: 12.5, weightKg: 20 },
      timesPerDay: 4,
      maxPerDay: { value: 1000, unit: "mg" as const },
      overrides: [{ code: "allergy-cross", reason: "Tolerated last year" }],
      durationDays: 7,
    },
    { kind: "transfer" as const, text: "Refer if worse", urgency: "this-week" as const },
  ],
  followUpInDays: 2,
};
const SAY = {
  answer: "answer?",
  text: "text?",
  days: "days?",
  something: "something?",
  number: "number?",
  times: "times?",
};

describe("the note's body", () => {
  it("comes back as it went", () => {
    expect(contentOf(valuesOf(CONTENT))).toEqual(CONTENT);
    expect(contentOf(valuesOf({ language: "fr" }))).toEqual({
      language: "fr",
      recommendations: [],
    });
  });

  it("leaves out what is empty, unfinished or not of its kind", () => {
    const values = valuesOf(CONTENT);
    const content = contentOf({
      ...values,
      answer: "  ",
      followUpInDays: "soon",
      recommendations: [
        { ...newRow("test"), text: " Blood count ", drug: "Left from before", durationDays: "3" },
        { ...newRow(), drug: "No sentence yet" },
      ],
    });
    expect(content.answer).toBeUndefined();
    expect(content.followUpInDays).toBeUndefined();
    expect(content.recommendations).toEqual([
      { kind: "test", text: "Blood count", urgency: "routine" },
    ]);
  });
});

describe("checkNote", () => {
  it("is content with a finished note", () => {
    expect(checkNote(valuesOf(CONTENT), SAY)).toEqual([]);
  });

  it("names what is missing at its field", () => {
    expect(
      checkNote(
        {
          ...valuesOf({ language: "en" }),
          followUpInDays: "-1",
          recommendations: [{ ...newRow(), durationDays: "a week" }],
        },
        SAY,
      ),
    ).toEqual([
      { pointer: "/answer", detail: "answer?" },
      { pointer: "/recommendations/0/text", detail: "text?" },
      { pointer: "/recommendations/0/durationDays", detail: "days?" },
      { pointer: "/followUpInDays", detail: "days?" },
    ]);
    expect(checkNote({ ...valuesOf(CONTENT), recommendations: [] }, SAY)).toEqual([
      { pointer: "/recommendations", detail: "something?" },
    ]);
  });
});

it("asks an addendum for anything to add, and no more", () => {
  const nothing = valuesOf({ language: "en" });
  expect(checkNote(nothing, SAY, "addendum")).toEqual([{ pointer: "/answer", detail: "answer?" }]);
  expect(checkNote({ ...nothing, answer: "One more thing" }, SAY, "addendum")).toEqual([]);
});

it("keeps numbers that are none out of what is sent, and says so", () => {
  const row = { ...newRow(), text: "Give it", amount: "ten", timesPerDay: "30" };
  const values = { ...valuesOf(CONTENT), recommendations: [row] };
  expect(contentOf(values).recommendations?.[0]).not.toHaveProperty("amount");
  expect(checkNote(values, SAY)).toEqual([
    { pointer: "/recommendations/0/timesPerDay", detail: "times?" },
    { pointer: "/recommendations/0/amount", detail: "number?" },
  ]);
});

describe("rows", () => {
  it("move by one place and stay at the ends", () => {
    expect(moved(["a", "b", "c"], 1, -1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "b", "c"]);
  });

  it("get the server's errors although unfinished ones were not sent", () => {
    const values = {
      ...valuesOf(CONTENT),
      recommendations: [newRow(), { ...newRow(), text: "Start" }],
    };
    expect(fieldIn(values, "/recommendations/0/dose")).toBe("/recommendations/1/dose");
    expect(fieldIn(values, "/answer")).toBe("/answer");
  });
});
