import { expect, it } from "vitest";
import { type Notice, parted, unread } from "./notices";

function notice(id: string, toldAt: string, read: boolean): Notice {
  return { id, kind: "booked", consultId: "c", toldAt, read };
}

const early = notice("1", "2026-03-01T08:00:00Z", false);
const late = notice("2", "2026-03-02T08:00:00Z", false);
const old = notice("3", "2026-02-01T08:00:00Z", true);

it("puts what is new before what was read, and the newest first", () => {
  expect(parted([early, old, late])).toEqual({ fresh: [late, early], read: [old] });
});

it("counts what is new", () => {
  expect(unread([early, old, late])).toBe(2);
  expect(unread([])).toBe(0);
});
