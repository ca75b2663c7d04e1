import type { Schema } from "../api/client";
import { lines, type PatientValues, valuesOf } from "./patient";

type Patient = Schema<"Patient">;
type Key = keyof PatientValues;

/** Entries that are told together, and so win together. */
export const PARTS = {
  localNumber: ["localNumber"],
  name: ["unidentified", "name"],
  native: ["native"],
  given: ["given"],
  family: ["family"],
  birthDate: ["known", "age", "birthDate", "precision"],
  sex: ["sex"],
  allergies: ["allergies", "allergyList"],
  language: ["language"],
  phone: ["phone"],
  address: ["address", "region"],
  guardian: ["guardian", "guardianRelation"],
  deceasedOn: ["deceasedOn"],
  site: ["siteId"],
} as const satisfies Record<string, readonly Key[]>;

export type Part = keyof typeof PARTS;
export type Side = "this" | "other";
export type Choices = Readonly<Record<Part, Side>>;

export const PART_NAMES = Object.keys(PARTS) as readonly Part[];

/** The parts that the two tell differently, in the order of the form. */
export function differing(mine: Patient, theirs: Patient): Part[] {
  const [one, other] = [valuesOf(mine), valuesOf(theirs)];
  return PART_NAMES.filter((part) => told(one, part) !== told(other, part));
}

/** What says more wins unless somebody chooses: nothing gives way to something. */
export function likelyChoices(mine: Patient, theirs: Patient): Choices {
  const [one, other] = [valuesOf(mine), valuesOf(theirs)];
  return Object.fromEntries(
    PART_NAMES.map((part) => [part, saysLess(one, other, part) ? "other" : "this"]),
  ) as Choices;
}

/** The one record. Every number and phone of both is kept; two lists of allergies become one. */
export function merged(mine: Patient, theirs: Patient, choices: Choices): PatientValues {
  const [one, other] = [valuesOf(mine), valuesOf(theirs)];
  const chosen: Record<string, unknown> = { ...one };
  for (const part of PART_NAMES) {
    const from = choices[part] === "other" ? other : one;
    for (const key of PARTS[part]) chosen[key] = from[key];
  }
  const values = chosen as unknown as PatientValues;
  const both = one.allergies === "listed" && other.allergies === "listed";
  return {
    ...values,
    allergyList: both ? union(one.allergyList, other.allergyList) : values.allergyList,
    identifiers: [
      ...one.identifiers,
      ...other.identifiers.filter(
        (theirs) =>
          !one.identifiers.some(
            (ours) => ours.system === theirs.system && ours.value === theirs.value,
          ),
      ),
    ],
    otherPhones: lines(
      union(one.otherPhones, [other.otherPhones, one.phone, other.phone].join("\n")),
    )
      .filter((phone) => phone !== values.phone)
      .join("\n"),
  };
}

function union(one: string, other: string): string {
  return [...new Set([...lines(one), ...lines(other)])].join("\n");
}

function told(values: PatientValues, part: Part): string {
  return JSON.stringify(PARTS[part].map((key) => values[key]));
}

function saysLess(one: PatientValues, other: PatientValues, part: Part): boolean {
  switch (part) {
    case "allergies":
      return one.allergies !== "listed" && other.allergies === "listed";
    case "name":
      return one.name === "" && other.name !== "";
    case "sex":
      return one.sex === "unknown";
    case "birthDate":
      return EXACTNESS.indexOf(exactness(one)) > EXACTNESS.indexOf(exactness(other));
    default:
      return PARTS[part].every((key) => one[key] === "");
  }
}

const EXACTNESS = ["day", "month", "year", "age", "estimated", "looks"];

function exactness({ known, precision }: PatientValues): string {
  return known === "date" ? precision : known;
}
