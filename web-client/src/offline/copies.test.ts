import { describe, expect, it } from "vitest";
import type { Schema } from "../api/client";
import { ageAt } from "../clinic/patientHere";
import { isMeant } from "./copies";

const PATIENT = {
  id: "p-1",
  name: "Amélie Wanjirũ",
  localNumber: "KHC-77",
  identity: { native: "अमेली" },
} as Schema<"Patient">;
const asked = (query: string) => isMeant(PATIENT, new URLSearchParams(query));

describe("patients without a link", () => {
  it("are found by part of a name in any script, or of a number", () => {
    for (const words of ["amelie", "WANJIRU", "khc-7", "अमेली", "wan amé", ""]) {
      expect(asked(`query=${encodeURIComponent(words)}`)).toBe(true);
    }
    expect(asked("query=ada")).toBe(false);
  });

  it("are found by their ids", () => {
    expect(asked("ids=p-2,p-1")).toBe(true);
    expect(asked("ids=p-2")).toBe(false);
  });

  it("have the age that a clinic says", () => {
    const now = Date.parse("2026-11-21T12:00:00Z");
    expect(ageAt("2026-11-11", now)).toEqual({ value: 10, unit: "days" });
    expect(ageAt("2026-03-01", now)).toEqual({ value: 8, unit: "months" });
    expect(ageAt("1990-01-01", now)).toEqual({ value: 36, unit: "years" });
  });
});
