import type { Schema } from "../api/client";
import type { FieldError } from "../api/problem";
import { dayKey } from "../time";
import { type Measure, numberIn } from "../ui";
import { t } from "./words";

type Patient = Schema<"Patient">;
type Particulars = Schema<"PatientParticulars">;
type AgeUnit = Schema<"Age">["unit"];
type Precision = Schema<"BirthDate">["precision"];

/** A number that somebody else gave. */
export interface IdentifierValues {
  readonly system: string;
  readonly value: string;
  readonly from: string;
  readonly until: string;
}

/** What is typed about a patient. */
export interface PatientValues {
  /** Nobody knows who this is: no name is asked for, none is sent. */
  readonly unidentified: boolean;
  readonly native: string;
  readonly given: string;
  readonly family: string;
  /** One in each line. */
  readonly otherPhones: string;
  readonly identifiers: readonly IdentifierValues[];
  readonly address: string;
  readonly region: string;
  readonly guardianRelation: string;
  readonly deceasedOn: string;
  readonly localNumber: string;
  readonly name: string;
  readonly phone: string;
  readonly siteId: string;
  readonly sex: Schema<"Sex"> | "";
  /** `looks`: nobody could tell the age; it is guessed by the looks. */
  readonly known: "age" | "date" | "looks";
  readonly age: Measure<AgeUnit>;
  readonly birthDate: string;
  readonly precision: Precision;
  readonly allergies: Schema<"Allergies">["state"] | "";
  /** One in each line. */
  readonly allergyList: string;
  readonly language: string;
  readonly guardian: string;
}

export const NO_IDENTIFIER: IdentifierValues = { system: "", value: "", from: "", until: "" };

export const NEW_PATIENT: PatientValues = {
  unidentified: false,
  native: "",
  given: "",
  family: "",
  otherPhones: "",
  identifiers: [],
  address: "",
  region: "",
  guardianRelation: "",
  deceasedOn: "",
  localNumber: "",
  name: "",
  phone: "",
  siteId: "",
  sex: "",
  known: "age",
  age: { value: "", unit: "years" },
  birthDate: "",
  precision: "day",
  allergies: "",
  allergyList: "",
  language: "",
  guardian: "",
};

/** A registered patient as the form shows it. */
export function valuesOf(patient: Patient): PatientValues {
  const { identity } = patient;
  return {
    unidentified: identity.unidentified ?? false,
    native: identity.native ?? "",
    given: identity.given ?? "",
    family: identity.family ?? "",
    otherPhones: (identity.otherPhones ?? []).join("\n"),
    identifiers: (identity.identifiers ?? []).map((one) => ({ ...NO_IDENTIFIER, ...one })),
    address: identity.address ?? "",
    region: identity.region ?? "",
    guardianRelation: identity.guardianRelation ?? "",
    deceasedOn: identity.deceasedOn ?? "",
    localNumber: patient.localNumber,
    name: patient.name ?? "",
    phone: patient.phone ?? "",
    siteId: patient.site?.id ?? "",
    sex: patient.sex,
    // A date that was only guessed from an age is better corrected as an age.
    known: knownBy(patient.birthDate.precision),
    age: { value: String(patient.age.value), unit: patient.age.unit },
    birthDate: patient.birthDate.date,
    precision: patient.birthDate.precision,
    allergies: patient.allergies.state,
    allergyList: (patient.allergies.list ?? []).join("\n"),
    language: patient.language,
    guardian: patient.guardian ?? "",
  };
}

function knownBy(precision: Precision): PatientValues["known"] {
  if (precision === "estimated") return "age";
  return precision === "unknown" ? "looks" : "date";
}

export function patientErrors(values: PatientValues, now = Date.now()): FieldError[] {
  const errors: FieldError[] = [];
  const say = (pointer: string, detail: string) => errors.push({ pointer, detail });
  if (values.localNumber.trim() === "") say("/localNumber", t("localNumberNeeded"));
  if (values.known !== "date") {
    const age = numberIn(values.age);
    if (age === undefined || age < 0 || !Number.isInteger(age)) say("/age", t("ageNeeded"));
  } else if (values.birthDate === "") {
    say("/birthDate", t("birthDateNeeded"));
  } else if (values.birthDate > dayKey(now)) {
    say("/birthDate", t("birthDateFuture"));
  }
  if (values.sex === "") say("/sex", t("sexNeeded"));
  if (values.allergies === "") say("/allergies", t("allergiesNeeded"));
  if (values.allergies === "listed" && lines(values.allergyList).length === 0) {
    say("/allergyList", t("allergyNeeded"));
  }
  if (values.language === "") say("/language", t("languageNeeded"));
  if (values.deceasedOn > dayKey(now)) say("/deceasedOn", t("deceasedFuture"));
  values.identifiers.forEach(({ system, value }, at) => {
    if (system.trim() === "") say(`/identifiers/${at}/system`, t("identifierSystemNeeded"));
    if (value.trim() === "") say(`/identifiers/${at}/value`, t("identifierValueNeeded"));
  });
  return errors;
}

/** What is sent; call it only when there are no errors. */
export function particularsOf(values: PatientValues, now = Date.now()): Particulars {
  const { sex, allergies } = values;
  if (sex === "" || allergies === "") throw new Error("the form is not complete");
  const text = (value: string) => value.trim() || undefined;
  const name = values.unidentified ? undefined : text(values.name);
  const identity = identityOf(values);
  const phone = text(values.phone);
  const siteId = text(values.siteId);
  const guardian = text(values.guardian);
  return {
    localNumber: values.localNumber.trim(),
    sex,
    language: values.language,
    allergies:
      allergies === "listed"
        ? { state: allergies, list: lines(values.allergyList) }
        : { state: allergies },
    ...bornOf(values, now),
    ...(name && { name }),
    ...(phone && { phone }),
    ...(siteId && { siteId }),
    ...(guardian && { guardian }),
    ...(Object.keys(identity).length > 0 && { identity }),
  };
}

function bornOf(values: PatientValues, now: number): Pick<Particulars, "age" | "birthDate"> {
  const age = { value: numberIn(values.age) ?? 0, unit: values.age.unit };
  switch (values.known) {
    case "age":
      return { age };
    case "date":
      return { birthDate: { date: values.birthDate, precision: values.precision } };
    case "looks":
      return { birthDate: { date: bornBefore(age, now), precision: "unknown" } };
  }
}

/** The day on which somebody was born who is as old as this on the day of `now`. */
function bornBefore({ value, unit }: Schema<"Age">, now: number): string {
  const day = new Date(`${dayKey(now)}T12:00:00Z`);
  if (unit === "years") day.setUTCFullYear(day.getUTCFullYear() - value);
  else if (unit === "months") day.setUTCMonth(day.getUTCMonth() - value);
  else day.setUTCDate(day.getUTCDate() - value * (unit === "weeks" ? 7 : 1));
  return day.toISOString().slice(0, 10);
}

/** Only what was typed; somebody unidentified has no name. */
function identityOf(values: PatientValues): Schema<"PatientIdentity"> {
  const named = (value: string) => (values.unidentified ? "" : value.trim());
  const texts = {
    given: named(values.given),
    family: named(values.family),
    native: named(values.native),
    address: values.address.trim(),
    region: values.region.trim(),
    guardianRelation: values.guardianRelation.trim(),
    deceasedOn: values.deceasedOn,
  };
  const phones = lines(values.otherPhones);
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== "")),
    ...(values.unidentified && { unidentified: true }),
    ...(phones.length > 0 && { otherPhones: phones }),
    ...(values.identifiers.length > 0 && { identifiers: values.identifiers.map(identifierOf) }),
  };
}

function identifierOf(typed: IdentifierValues): Schema<"PatientIdentifier"> {
  return {
    system: typed.system.trim(),
    value: typed.value.trim(),
    ...(typed.from && { from: typed.from }),
    ...(typed.until && { until: typed.until }),
  };
}

/** The lines that say something. */
export function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Where an error of the sent body stands in the form. */
export function patientFieldOf(pointer: string): string {
  const inner = pointer.replace(/^\/particulars/, "");
  if (inner.startsWith("/birthDate"))
    return inner.endsWith("precision") ? "/precision" : "/birthDate";
  if (inner.startsWith("/allergies/list")) return "/allergyList";
  if (inner.startsWith("/allergies")) return "/allergies";
  if (inner.startsWith("/identity/otherPhones")) return "/otherPhones";
  return inner.replace(/^\/identity/, "");
}
