import { describe, expect, it } from "vitest";
import { checkRoster, formOf, hoursOf, newException, newWeekly, rosterBody } from "./hours";

const ROSTER = {
  hours: {
    zone: "Asia/Kolkata",
    weekly: [
      { days: ["monday" as const, "friday" as const], start: "18:00", end: "24:00" },
      {
        days: ["sunday" as const],
        start: "09:00",
        end: "11:00",
        everyWeeks: 2,
        anchor: "2026-03-01",
      },
    ],
    exceptions: [
      { kind: "away" as const, date: "2026-04-01", lastDate: "2026-04-07", note: "Leave" },
      { kind: "busy" as const, from: "2026-03-05T08:00:00Z", to: "2026-03-05T09:00:00Z" },
    ],
    zoneChanges: [{ from: "2026-06-01", zone: "Europe/Paris" }],
  },
  weeklyCap: 5,
  redCalls: true,
  version: 3,
  onCall: [],
  nextTwoWeeks: [],
};
const SAY = {
  days: "days?",
  time: "time?",
  date: "date?",
  order: "order?",
  cap: "cap?",
  anchor: "anchor?",
};

describe("hours", () => {
  it("come back as they went, midnight aside", () => {
    const { version, onCall, nextTwoWeeks, ...sent } = ROSTER;
    const [first, second] = sent.hours.weekly;
    expect(rosterBody(formOf(ROSTER))).toEqual({
      ...sent,
      hours: { ...sent.hours, weekly: [{ ...first, end: "00:00" }, second] },
    });
    expect(version + onCall.length + nextTwoWeeks.length).toBe(3);
  });

  it("are sent with the days in the order of the week and nothing the kind does not need", () => {
    const form = formOf(ROSTER);
    const hours = hoursOf({
      ...form,
      hours: {
        ...form.hours,
        weekly: [{ ...newWeekly(), days: ["sunday", "monday"], anchor: "2026-03-01" }],
        exceptions: [
          { ...newException("closed"), date: "2026-03-03", start: "08:00", from: "x" },
          { ...newException("away"), date: "2026-03-03" },
        ],
        zoneChanges: [],
      },
    });
    expect(hours.weekly).toEqual([{ days: ["monday", "sunday"], start: "09:00", end: "12:00" }]);
    expect(hours.exceptions).toEqual([
      { kind: "closed", date: "2026-03-03" },
      { kind: "away", date: "2026-03-03", lastDate: "2026-03-03" },
    ]);
    expect(hours.zoneChanges).toBeUndefined();
  });

  it("say what is missing at its field", () => {
    const form = formOf(ROSTER);
    const errors = checkRoster(
      {
        ...form,
        weeklyCap: "many",
        hours: {
          ...form.hours,
          weekly: [{ ...newWeekly(), end: "", everyWeeks: "2" }],
          exceptions: [
            newException("extra"),
            { ...newException("away"), date: "2026-03-03", lastDate: "2026-03-01" },
          ],
        },
      },
      SAY,
    );
    expect(errors).toEqual([
      { pointer: "/hours/weekly/0/days", detail: "days?" },
      { pointer: "/hours/weekly/0/end", detail: "time?" },
      { pointer: "/hours/weekly/0/anchor", detail: "anchor?" },
      { pointer: "/hours/exceptions/0/date", detail: "date?" },
      { pointer: "/hours/exceptions/0/start", detail: "time?" },
      { pointer: "/hours/exceptions/0/end", detail: "time?" },
      { pointer: "/hours/exceptions/1/lastDate", detail: "order?" },
      { pointer: "/weeklyCap", detail: "cap?" },
    ]);
    expect(checkRoster(form, SAY)).toEqual([]);
  });
});
