import { expect, it } from "vitest";
import { standByErrors } from "./standBy";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const at = (hour: number) => new Date(NOW + hour * 3_600_000).toISOString();
const fields = (start: string, end: string) =>
  standByErrors({ start, end }, NOW).map(({ pointer }) => pointer);

it("asks for both ends", () => {
  expect(fields("", "")).toEqual(["/start", "/end"]);
  expect(fields(at(1), "")).toEqual(["/end"]);
});

it("takes twelve hours and no more, the end after the start, and not the past", () => {
  expect(fields(at(1), at(13))).toEqual([]);
  expect(fields(at(1), at(13.1))).toEqual(["/end"]);
  expect(fields(at(2), at(2))).toEqual(["/end"]);
  expect(fields(at(-4), at(-1))).toEqual(["/end"]);
  expect(fields(at(-1), at(1))).toEqual([]);
});
