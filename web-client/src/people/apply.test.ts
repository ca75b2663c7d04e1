import { expect, it } from "vitest";
import { applyBody, applyErrors, applyStart, type ApplyValues } from "./apply";

const FULL: ApplyValues = {
  ...applyStart("specialist", undefined),
  country: "es",
  languages: [
    { code: "es", level: "native", writes: true, writesTold: true, needsInterpreter: false },
    { code: "fr", level: "basic", writes: false, writesTold: false, needsInterpreter: false },
  ],
  specialties: [{ code: "haematology", ageGroups: ["adult", "older"] }],
  licences: [{ country: "es", number: " 28/14 ", validFrom: "", validUntil: "2027-01-31" }],
};

const fields = (values: ApplyValues) =>
  applyErrors(values, "specialist").map(({ pointer }) => pointer);

it("sends what was told, countries in capitals, a little of a language only with an interpreter", () => {
  expect(fields(FULL)).toEqual([]);
  expect(applyBody(FULL, "specialist")).toMatchObject({
    kind: "specialist",
    country: "ES",
    quietHours: { from: "22:00", until: "07:00" },
    languages: [{ code: "es" }, { code: "fr", needsInterpreter: true }],
    licences: [{ country: "ES", number: "28/14", validUntil: "2027-01-31" }],
  });
});

it("asks a specialist for a language, a specialty with ages and a licence", () => {
  expect(fields(applyStart("specialist", undefined))).toEqual([
    "/country",
    "/languages",
    "/specialties",
    "/licences/0/country",
    "/licences/0/number",
  ]);
  expect(fields({ ...FULL, specialties: [{ code: "haematology", ageGroups: [] }] })).toEqual([
    "/specialties/0/ageGroups",
  ]);
});

it("asks an interpreter for neither specialty nor licence", () => {
  const values = {
    ...applyStart("interpreter", undefined),
    country: "tz",
    languages: FULL.languages,
  };
  expect(applyErrors(values, "interpreter")).toEqual([]);
  expect(applyBody(values, "interpreter")).toMatchObject({ specialties: [], licences: [] });
});

it("refuses a licence that ends before it begins", () => {
  const licences = [
    { country: "ES", number: "1", validFrom: "2027-02-01", validUntil: "2027-01-31" },
  ];
  expect(fields({ ...FULL, licences })).toEqual(["/licences/0/validUntil"]);
});
