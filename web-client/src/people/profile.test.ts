import { expect, test } from "vitest";
import type { Schema } from "../api/client";
import { hoursText, wholeUpTo } from "./days";
import { wishBody, wishErrors, wishesOf } from "./profile";

const profile: Schema<"VolunteerProfile"> = {
  id: "0190f3f0-0000-7000-8000-000000000001",
  name: "Ada",
  kind: "specialist",
  country: "PT",
  zone: "Europe/Lisbon",
  status: "active",
  version: 3,
  weeklyCap: 5,
  redCalls: true,
  restHours: 8,
  channels: ["mail", "ring", "app"],
  languages: [{ code: "pt", level: "native" }],
  specialties: [],
  credentials: [],
};

test("what was not told stays untold", () => {
  const body = wishBody(wishesOf(profile));
  expect(body.languages[0]).toEqual({ code: "pt", level: "native", needsInterpreter: false });
  expect(body.channels).toEqual(["mail", "ring", "app"]);
  expect("gender" in body || "quietHours" in body).toBe(false);
});

test("a little of a language needs an interpreter", () => {
  const values = wishesOf({ ...profile, languages: [{ code: "fr", level: "basic" }] });
  expect(wishBody(values).languages[0]?.needsInterpreter).toBe(true);
});

test("half a quiet night and odd numbers are asked about", () => {
  const wrong = { ...wishesOf(profile), quietFrom: "22:00", weeklyCap: "many", restHours: "49" };
  expect(wishErrors(wrong).map(({ pointer }) => pointer)).toEqual([
    "/weeklyCap",
    "/restHours",
    "/quietUntil",
  ]);
  expect(wishErrors(wishesOf(profile))).toEqual([]);
  expect(wholeUpTo("1.5", 9)).toBeUndefined();
  expect(hoursText(210)).toContain("3");
});
