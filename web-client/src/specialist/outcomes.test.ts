import { expect, it } from "vitest";
import type { Schema } from "../api/client";
import { counted } from "./Outcome";

it("counts what became of the patients, the best first, and who was not heard of", () => {
  const told = (result: string) => ({ result }) as Schema<"Outcome">;
  const outcomes = new Map([
    ["a", told("died")],
    ["b", told("better")],
    ["c", undefined],
    ["d", told("better")],
  ]);
  expect(counted(outcomes)).toEqual([
    { result: "better", count: 2 },
    { result: "died", count: 1 },
    { result: "none", count: 1 },
  ]);
  expect(counted(new Map())).toEqual([]);
});
