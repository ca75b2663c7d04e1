import { expect, it } from "vitest";
import { Receipts } from "./receipts";

it("hears each number of a seat once, and begins anew with a new page of that seat", () => {
  const receipts = new Receipts();
  const heard = [
    [2, 1, 1],
    [2, 1, 2],
    [3, 1, 1],
    [2, 1, 2],
    [2, 1, 1],
    [2, 1, 5],
    [2, 2, 1],
    [2, 2, 1],
  ] as const;
  expect(heard.map(([seat, epoch, sent]) => receipts.isNew(seat, epoch, sent))).toEqual([
    true,
    true,
    true,
    false,
    false,
    true,
    true,
    false,
  ]);
});
