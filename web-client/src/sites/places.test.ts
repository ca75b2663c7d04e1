import { expect, it } from "vitest";
import { ofKind, type Place } from "./places";

function place(name: string, kind: Place["kind"], retired = false): Place {
  return { id: name, siteId: "s", kind, name, retired, version: 1 };
}

it("lists one kind by name, what is closed last", () => {
  const all = [
    place("Ward", "room"),
    place("Attic", "room", true),
    place("Tablet", "device"),
    place("Office", "room"),
  ];
  expect(ofKind(all, "room").map(({ name }) => name)).toEqual(["Office", "Ward", "Attic"]);
  expect(ofKind(all, "device").map(({ name }) => name)).toEqual(["Tablet"]);
});
