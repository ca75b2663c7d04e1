import { expect, it } from "vitest";
import { doseOf, numberIn } from "./dose";

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
