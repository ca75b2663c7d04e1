import { expect, it } from "vitest";
import { dayOf, doseOf, drugIn, numberIn, volumeOf } from "./dose";

it("reckons by weight and says how far rounding moved it", () => {
  expect(doseOf("18", "8.2")).toEqual({ exact: 147.6, rounded: 150, percent: 1.6 });
  expect(doseOf("0,1", "3")).toEqual({ exact: 0.3, rounded: 0.3, percent: 0 });
  expect(doseOf("15", "12")?.rounded).toBe(180);
  expect(doseOf("50000", "61")).toEqual({ exact: 3_050_000, rounded: 3_050_000, percent: 0 });
});

it("never rounds a dose away", () => {
  expect(doseOf("0.01", "0.6")).toEqual({ exact: 0.006, rounded: 0.006, percent: 0 });
});

it("says nothing without two positive numbers", () => {
  expect(doseOf("", "8")).toBeUndefined();
  expect(doseOf("10", "heavy")).toBeUndefined();
  expect(doseOf("-1", "8")).toBeUndefined();
  expect(numberIn("1e9")).toBeUndefined();
});

it("adds up a day, and says what that is for each kilogram", () => {
  expect(dayOf({ amount: "110", timesPerDay: "4", weightKg: "7.4" })).toEqual({
    total: 440,
    perKg: 59.5,
  });
  expect(dayOf({ amount: "0,5", timesPerDay: "2", weightKg: "" })).toEqual({
    total: 1,
    perKg: undefined,
  });
  expect(dayOf({ amount: "", timesPerDay: "2", weightKg: "7" })).toBeUndefined();
});

it("turns an amount into millilitres of a liquid", () => {
  expect(volumeOf("200", "125", "5")).toBe(8);
  expect(volumeOf("110", "120", "5")).toBe(4.6);
  expect(volumeOf("2", "10", "1")).toBe(0.2);
  expect(volumeOf("2", "0", "1")).toBeUndefined();
});

it("knows the drug that was typed by its whole name", () => {
  const drugs = [{ name: "amoxicillin" }, { name: "amoxicillin-clavulanate" }];
  expect(drugIn(drugs, "Amoxicillin syrup")?.name).toBe("amoxicillin");
  expect(drugIn(drugs, "amoxicillin-clavulanate")?.name).toBe("amoxicillin-clavulanate");
  expect(drugIn(drugs, "amoxi")).toBeUndefined();
});
