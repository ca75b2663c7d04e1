import type { Schema } from "../../api/client";
import type { FieldError } from "../../api/problem";
import { type CaseForms, formErrors } from "./forms";
import { asksPregnancy, type DraftValues, isUnderTwelve, signsFor } from "./values";
import { urgencyName } from "../../consult/names";
import { t } from "../words";
import { vitalError } from "./vitals";

/** In SBAR order, then what makes it a request. */
export const STEPS = [
  "patient",
  "situation",
  "background",
  "vitals",
  "signs",
  "details",
  "wanted",
  "urgency",
  "consent",
  "check",
] as const;
export type Step = (typeof STEPS)[number];

/** What a draft is held against besides itself. */
export interface Known {
  readonly rules: Schema<"TriageRules"> | undefined;
  readonly triage: Schema<"Triage"> | undefined;
  readonly texts: readonly Schema<"ConsentText">[] | undefined;
  readonly forms?: CaseForms | undefined;
}

export function stepName(step: Step): string {
  const names: Record<Step, string> = {
    patient: t("stepPatient"),
    situation: t("stepSituation"),
    background: t("stepBackground"),
    vitals: t("stepVitals"),
    signs: t("stepSigns"),
    details: t("stepDetails"),
    wanted: t("stepWanted"),
    urgency: t("stepUrgency"),
    consent: t("stepConsent"),
    check: t("stepCheck"),
  };
  return names[step];
}

export function isStep(name: string | null): name is Step {
  return STEPS.some((step) => step === name);
}

/** What is missing or impossible in one step, each at its field. */
export function errorsIn(step: Step, values: DraftValues, known: Known): FieldError[] {
  switch (step) {
    case "patient":
      return values.patient ? [] : [{ pointer: "/patient", detail: t("patientNeeded") }];
    case "situation":
      return values.question.trim() ? [] : [{ pointer: "/question", detail: t("questionNeeded") }];
    case "background":
      return backgroundErrors(values);
    case "vitals":
      return vitalsErrors(values, known);
    case "signs":
      return signsErrors(values, known);
    case "details":
      return formErrors(known.forms, values);
    case "urgency":
      return urgencyErrors(values, known);
    case "consent":
      return consentErrors(values, known);
    case "wanted":
    case "check":
      return [];
  }
}

/**
 * The next step that must not be passed by: where something is missing, or nothing was measured
 * yet, or where it is sent.
 */
export function nextNeeded(step: Step, values: DraftValues, known: Known): Step | undefined {
  return STEPS.slice(STEPS.indexOf(step) + 1).find(
    (later) =>
      later === "check" ||
      (later === "vitals" && !isMeasured(values)) ||
      errorsIn(later, values, known).length > 0,
  );
}

function isMeasured({ vitals, consciousness }: DraftValues): boolean {
  return consciousness !== "" || Object.values(vitals).some(({ value }) => value.trim() !== "");
}

/** Everything that stands in the way of sending, step by step. */
export function allErrors(
  values: DraftValues,
  known: Known,
): { step: Step; errors: FieldError[] }[] {
  return STEPS.map((step) => ({ step, errors: errorsIn(step, values, known) })).filter(
    ({ errors }) => errors.length > 0,
  );
}

function backgroundErrors(values: DraftValues): FieldError[] {
  const { patient } = values;
  if (!patient || !asksPregnancy(patient)) return [];
  if (values.pregnancy === "") return [{ pointer: "/pregnancy", detail: t("pregnancyNeeded") }];
  const weeks = values.weeks.trim();
  const wrong = weeks !== "" && !(/^\d+$/.test(weeks) && Number(weeks) <= 45);
  return values.pregnancy === "yes" && wrong
    ? [{ pointer: "/weeks", detail: t("weeksWrong") }]
    : [];
}

function vitalsErrors(values: DraftValues, { rules }: Known): FieldError[] {
  const errors = Object.entries(values.vitals).flatMap(([code, measure]) => {
    const detail = vitalError(code, measure, rules);
    return detail ? [{ pointer: `/vitals/${code}`, detail }] : [];
  });
  const weight = values.vitals["weight"]?.value.trim();
  const weighedBefore = values.earlierVitals.some(({ code }) => code === "weight");
  if (values.patient && isUnderTwelve(values.patient.age) && !weight && !weighedBefore) {
    errors.push({ pointer: "/vitals/weight", detail: t("weightNeeded") });
  }
  return errors;
}

function signsErrors(values: DraftValues, { rules }: Known): FieldError[] {
  if (!rules || !values.patient) return [];
  const left = signsFor(values, rules).filter(({ code }) => !values.signs[code]).length;
  return left > 0 ? [{ pointer: "/signs", detail: t("signsNeeded", { count: left }) }] : [];
}

const GRAVEST_FIRST: readonly Schema<"Urgency">[] = ["red", "orange", "yellow", "green", "blue"];

/** Whether the clinician asks for less than the findings mean. */
export function asksForLess(values: DraftValues, triage: Schema<"Triage"> | undefined): boolean {
  if (!triage || values.urgency === "") return false;
  return GRAVEST_FIRST.indexOf(values.urgency) > GRAVEST_FIRST.indexOf(triage.urgency);
}

function urgencyErrors(values: DraftValues, { triage }: Known): FieldError[] {
  if (!triage || !asksForLess(values, triage) || values.urgencyReason.trim()) return [];
  return [
    {
      pointer: "/urgencyReason",
      detail: t("urgencyReasonNeeded", { urgency: urgencyName(triage.urgency) }),
    },
  ];
}

function consentErrors(values: DraftValues, { texts }: Known): FieldError[] {
  const errors: FieldError[] = [];
  const { givenBy, patient } = values;
  const waived = givenBy === "emergency-waiver";
  if (!waived) {
    for (const { purpose } of (texts ?? []).filter(({ required }) => required)) {
      if (values.consents[purpose] !== "granted") {
        const what = consentTitle(purpose);
        errors.push({ pointer: `/consents/${purpose}`, detail: t("consentNeeded", { what }) });
      }
    }
  }
  if (givenBy === "") errors.push({ pointer: "/givenBy", detail: t("givenByNeeded") });
  if (givenBy === "patient" && patient && isUnderTwelve(patient.age)) {
    errors.push({ pointer: "/givenBy", detail: t("guardianForChild") });
  }
  if (givenBy === "guardian" && !values.relation.trim()) {
    errors.push({ pointer: "/relation", detail: t("relationNeeded") });
  }
  if (waived && !values.waiverReason.trim()) {
    errors.push({ pointer: "/waiverReason", detail: t("waiverReasonNeeded") });
  }
  if (!waived && givenBy !== "" && (values.consentForm === "" || values.consentForm === "none")) {
    errors.push({ pointer: "/consentForm", detail: t("formNeeded") });
  }
  return errors;
}

/** What a consent is for, as a heading. */
export function consentTitle(purpose: Schema<"ConsentPurpose">): string {
  const titles: Record<Schema<"ConsentPurpose">, string> = {
    advice: t("consentPurposeAdvice"),
    "storage-abroad": t("consentPurposeAbroad"),
    images: t("consentPurposeImages"),
    "live-video": t("consentPurposeVideo"),
    recording: t("consentPurposeRecording"),
    teaching: t("consentPurposeTeaching"),
    counts: t("consentPurposeCounts"),
  };
  return titles[purpose];
}

/** Where an error of the sent content or submission stands in the form. */
export function fieldOf(pointer: string): string {
  const parts = pointer.split("/").slice(1);
  const last = parts[parts.length - 1] ?? "";
  switch (parts[0]) {
    case "patientId":
      return "/patient";
    case "background":
      return parts[1] === "pregnancy" ? (last === "weeks" ? "/weeks" : "/pregnancy") : `/${last}`;
    case "assessment":
      if (parts[1] === "dangerSigns") return "/signs";
      // The list is told by the place in it; all that is known here is that it is a measurement.
      return parts[1] === "vitals" ? "/vitals" : `/${last}`;
    case "answers":
      // Whoever counts from the start of a list cannot be told by its place on the page.
      return parts[2] === "item" && !/^\d+$/.test(last) ? `/forms/${last}` : "/forms";
    case "consents":
      return parts.length < 3 ? "/consents" : last === "form" ? "/consentForm" : `/${last}`;
    case "situation":
    case "recommendation":
      return `/${parts[1] ?? ""}`;
    default:
      return pointer;
  }
}

/** The step where a field stands. */
export function stepOf(pointer: string): Step {
  const [, name = ""] = pointer.split("/");
  const steps: Record<string, Step> = {
    patient: "patient",
    question: "situation",
    concern: "situation",
    setting: "situation",
    canWaitUntil: "situation",
    mode: "situation",
    specialty: "situation",
    language: "situation",
    onset: "background",
    history: "background",
    medicines: "background",
    pregnancy: "background",
    weeks: "background",
    social: "background",
    vitals: "vitals",
    consciousness: "vitals",
    takenAt: "vitals",
    findings: "vitals",
    tests: "vitals",
    diagnosis: "vitals",
    signs: "signs",
    forms: "details",
    wanted: "wanted",
    treatmentGiven: "wanted",
    possibleHere: "wanted",
    transfer: "wanted",
    genderWish: "wanted",
    genderNeed: "wanted",
    urgency: "urgency",
    urgencyReason: "urgency",
    consents: "consent",
    givenBy: "consent",
    relation: "consent",
    consentForm: "consent",
    witness: "consent",
    waiverReason: "consent",
    textVersion: "consent",
  };
  return steps[name] ?? "check";
}
