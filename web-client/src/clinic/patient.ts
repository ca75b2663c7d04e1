import type { Schema } from "../api/client";
import type { FieldError } from "../api/problem";
import { dayKey } from "../time";
import { type Measure, numberIn } from "../ui";
import { t } from "./words";

type Patient = Schema<"Patient">;
type Particulars = Schema<"PatientParticulars">;
type AgeUnit = Schema<"Age">["unit"];
type Precision = Schema<"BirthDate">["precision"];

/** What is typed about a patient. */
export interface PatientValues {
  readonly localNumber: string;
  readonly name: string;
  readonly phone: string;
  readonly siteId: string;
  readonly sex: Schema<"Sex"> | "";
  readonly known: "age" | "date";
  readonly age: Measure<AgeUnit>;
  readonly birthDate: string;
  readonly precision: Precision;
  readonly allergies: Schema<"Allergies">["state"] | "";
  /** One in each line. */
  readonly allergyList: string;
  readonly language: string;
  readonly guardian: string;
}

export const NEW_PATIENT: PatientValues = {
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
  return {
    localNumber: patient.localNumber,
    name: patient.name ?? "",
    phone: patient.phone ?? "",
    siteId: patient.site?.id ?? "",
    sex: patient.sex,
    // A date that was only guessed from an age is better corrected as an age.
    known: patient.birthDate.precision === "estimated" ? "age" : "date",
    age: { value: String(patient.age.value), unit: patient.age.unit },
    birthDate: patient.birthDate.date,
    precision: patient.birthDate.precision,
    allergies: patient.allergies.state,
    allergyList: (patient.allergies.list ?? []).join("\n"),
    language: patient.language,
    guardian: patient.guardian ?? "",
  };
}

export function patientErrors(values: PatientValues, now = Date.now()): FieldError[] {
  const errors: FieldError[] = [];
  const say = (pointer: string, detail: string) => errors.push({ pointer, detail });
  if (values.localNumber.trim() === "") say("/localNumber", t("localNumberNeeded"));
  if (values.known === "age") {
    const age = numberIn(values.age);
    if (age === undefined || age < 0 || !Number.isInteger(age)) say("/age", t("ageNeeded"));
  } else if (values.birthDate === "") {
    say("/birthDate", t("birthDateNeeded"));
  } else if (values.birthDate > dayKey(now)) {
    say("/birthDate", t("birthDateFuture"));
  }
  if (values.sex === "") say("/sex", t("sexNeeded"));
  if (values.allergies === "") say("/allergies", t("allergiesNeeded"));
  if (values.allergies === "listed" && allergyLines(values).length === 0) {
    say("/allergyList", t("allergyNeeded"));
  }
  if (values.language === "") say("/language", t("languageNeeded"));
  return errors;
}

/** What is sent; call it only when there are no errors. */
export function particularsOf(values: PatientValues): Particulars {
  const { sex, allergies } = values;
  if (sex === "" || allergies === "") throw new Error("the form is not complete");
  const text = (value: string) => value.trim() || undefined;
  const name = text(values.name);
  const phone = text(values.phone);
  const siteId = text(values.siteId);
  const guardian = text(values.guardian);
  return {
    localNumber: values.localNumber.trim(),
    sex,
    language: values.language,
    allergies:
      allergies === "listed"
        ? { state: allergies, list: allergyLines(values) }
        : { state: allergies },
    ...(values.known === "age"
      ? { age: { value: numberIn(values.age) ?? 0, unit: values.age.unit } }
      : { birthDate: { date: values.birthDate, precision: values.precision } }),
    ...(name && { name }),
    ...(phone && { phone }),
    ...(siteId && { siteId }),
    ...(guardian && { guardian }),
  };
}

function allergyLines({ allergyList }: PatientValues): string[] {
  return allergyList
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
  return inner;
}
