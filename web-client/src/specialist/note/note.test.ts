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
      dose: "250 mg",
      durationDays: 7,
    },
    { kind: "transfer" as const, text: "Refer if worse", urgency: "this-week" as const },
  ],
  followUpInDays: 2,
};
const SAY = { answer: "answer?", text: "text?", days: "days?", something: "something?" };

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
