import { expect, test } from "vitest";
import { isHash } from "./CheckPage";
import { labelsFor } from "./languages";
import { contentOf, referralErrors } from "./ReferralPanel";

const WRITTEN = {
  language: "sw",
  toFacility: " Narok County Hospital ",
  toService: " ",
  urgency: "today" as const,
  reason: "Suspected thrombosis",
  transport: "",
  summary: "Three days of pain",
  password: "secret",
};

test("signs only what was written", () => {
  const { password: _, ...values } = WRITTEN;
  expect(contentOf(values)).toEqual({
    language: "sw",
    toFacility: "Narok County Hospital",
    urgency: "today",
    reason: "Suspected thrombosis",
    summary: "Three days of pain",
  });
});

test("names what a referral lacks", () => {
  expect(referralErrors(WRITTEN)).toEqual([]);
  const lacking = referralErrors({ ...WRITTEN, toFacility: " ", reason: "", password: "" });
  expect(lacking.map(({ pointer }) => pointer)).toEqual(["/toFacility", "/reason", "/password"]);
});

test("labels a letter in the language of its text, or else in English", () => {
  expect(labelsFor("pt-BR")).toBe("pt");
  expect(labelsFor("ln")).toBe("en");
});

test("knows a hash when it sees one", () => {
  expect(isHash("0".repeat(64))).toBe(true);
  expect(isHash("0".repeat(63))).toBe(false);
  expect(isHash("g".repeat(64))).toBe(false);
});
