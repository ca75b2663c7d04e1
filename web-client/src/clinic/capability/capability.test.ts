import { expect, it } from "vitest";
import { listOf, namesOf, saidIn, say } from "./capability";

it("says, takes back, and sends only what was said", () => {
  let said = saidIn([{ name: "ORS", available: "yes" }]);
  said = say(said, "Morphine", "sometimes");
  expect(listOf(said)).toEqual([
    { name: "ORS", available: "yes" },
    { name: "Morphine", available: "sometimes" },
  ]);
  expect(listOf(say(said, "ORS", ""))).toEqual([{ name: "Morphine", available: "sometimes" }]);
});

it("shows the usual names and those that were added", () => {
  const said = saidIn([{ name: "Antivenom", available: "no" }]);
  expect(namesOf(["Zinc", "Morphine"], said, "")).toEqual(["Antivenom", "Morphine", "Zinc"]);
  expect(namesOf(["Zinc", "Morphine"], said, " VEN ")).toEqual(["Antivenom"]);
});
