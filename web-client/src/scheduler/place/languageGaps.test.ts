import { expect, it } from "vitest";
import { gapsOf } from "./languageGaps";

const language = (code: string, gap: boolean) => ({
  language: code,
  consults: 3,
  specialists: gap ? 0 : 2,
  interpreters: 0,
  gap,
  sentence: `About ${code}.`,
});
const all = [language("gil", true), language("so", true), language("en", false)];

it("tells the gaps of this consult's languages and of no other", () => {
  const found = gapsOf(all, { language: "en", patient: { language: "so" } });
  expect(found.map(({ sentence }) => sentence)).toEqual(["About so."]);
  expect(gapsOf(all, { patient: { language: "en" } })).toEqual([]);
});
