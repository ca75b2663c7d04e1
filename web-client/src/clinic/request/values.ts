import type { Schema } from "../../api/client";
import type { Answers, TypedForm } from "../../forms";
import { type Measure, numberIn } from "../../ui";
import { vitalError } from "./vitals";

type Content = Schema<"RequestContent">;
type Situation = NonNullable<Content["situation"]>;
type Wanted = NonNullable<Schema<"Wanted">["wanted"]>[number];
type GenderWish = NonNullable<Schema<"Wanted">["genderWish"]>;
type VitalSign = Schema<"VitalSign">;
type VitalCode = VitalSign["code"];
type Rules = Schema<"TriageRules">;
type NewConsent = Schema<"NewConsent">;
export type Patient = Schema<"PatientShared">;

/** Everything typed for a request, as the fields hold it; kept on this device as it is. */
export interface DraftValues {
  /** The revision on the server that this goes on from; 0 before the first save. */
  readonly revision: number;
  /** What was sent for that revision, as JSON: what differs from it is not saved yet. */
  readonly savedContent: string;
  readonly patient: Patient | null;
  readonly siteId: string;
  readonly mode: Content["mode"];
  readonly specialty: string;
  readonly language: string;
  readonly question: string;
  readonly concern: string;
  readonly setting: NonNullable<Situation["setting"]> | "";
  readonly canWaitUntil: string;
  readonly onset: string;
  readonly history: string;
  readonly medicines: string;
  readonly pregnancy: Schema<"Pregnancy">["state"] | "";
  readonly weeks: string;
  readonly social: string;
  readonly consciousness: Schema<"Consciousness"> | "";
  /** By code. */
  readonly vitals: Readonly<Record<string, Measure>>;
  readonly methods: Readonly<Record<string, string>>;
  /** When what is typed now was measured. */
  readonly takenAt: string;
  /** By code: when a value that came from the server was measured; gone once it is typed anew. */
  readonly times: Readonly<Record<string, string>>;
  /** What was measured before the values above: sent again, and not edited here. */
  readonly earlierVitals: readonly VitalSign[];
  /** By code; absent when not answered. */
  readonly signs: Readonly<Record<string, "yes" | "no">>;
  readonly findings: string;
  readonly tests: string;
  readonly diagnosis: string;
  readonly wanted: readonly Wanted[];
  readonly treatmentGiven: string;
  readonly possibleHere: string;
  readonly transfer: string;
  /** By whom the patient wishes to be seen; empty without such a wish. */
  readonly genderWish: GenderWish["gender"] | "";
  readonly genderNeed: "wish" | "must";
  /** What `formAnswers` reads; unknown here, for answers nest and no field leads into them. */
  readonly answers: unknown;
  /** What stands in the fields of the forms, by canonical name: impossible figures wait here. */
  readonly typed: Readonly<Record<string, TypedForm>>;
  readonly urgency: Schema<"Urgency"> | "";
  readonly urgencyReason: string;
  readonly consents: Readonly<Record<string, NewConsent["decision"]>>;
  readonly givenBy: NewConsent["givenBy"] | "";
  readonly relation: string;
  readonly consentForm: NewConsent["form"] | "";
  readonly witness: string;
  readonly waiverReason: string;
}

export function emptyDraft(language: string): DraftValues {
  return {
    revision: 0,
    savedContent: "",
    patient: null,
    siteId: "",
    mode: "clinician-advice",
    specialty: "",
    language,
    question: "",
    concern: "",
    setting: "",
    canWaitUntil: "",
    onset: "",
    history: "",
    medicines: "",
    pregnancy: "",
    weeks: "",
    social: "",
    consciousness: "",
    vitals: {},
    methods: {},
    takenAt: "",
    times: {},
    earlierVitals: [],
    signs: {},
    findings: "",
    tests: "",
    diagnosis: "",
    wanted: [],
    treatmentGiven: "",
    possibleHere: "",
    transfer: "",
    genderWish: "",
    genderNeed: "wish",
    answers: [],
    typed: {},
    urgency: "",
    urgencyReason: "",
    consents: {},
    givenBy: "",
    relation: "",
    consentForm: "",
    witness: "",
    waiverReason: "",
  };
}

/** Whole days lived, rounded down, as the triage rules draw their bands. */
export function ageInDays({ value, unit }: Schema<"Age">): number {
  const days = { days: 1, weeks: 7, months: 1461 / 48, years: 365.25 };
  return Math.floor(value * days[unit]);
}

export function isUnderTwelve(age: Schema<"Age">): boolean {
  return ageInDays(age) < ageInDays({ value: 12, unit: "years" });
}

/** Girls and women whom the rules ask about pregnancy. */
export function asksPregnancy({ sex, age }: Pick<Patient, "sex" | "age">): boolean {
  const days = ageInDays(age);
  const from = ageInDays({ value: 10, unit: "years" });
  return sex === "female" && days >= from && days < ageInDays({ value: 55, unit: "years" });
}

/** The danger signs to look for in this patient. */
export function signsFor(values: DraftValues, rules: Rules): Rules["dangerSigns"] {
  if (!values.patient) return [];
  const days = ageInDays(values.patient.age);
  return rules.dangerSigns.filter(
    (sign) =>
      (sign.fromAgeDays === undefined || days >= sign.fromAgeDays) &&
      (sign.toAgeDays === undefined || days < sign.toAgeDays) &&
      (!sign.pregnantOnly || pregnancyOf(values)?.state === "yes"),
  );
}

/** What is saved on the server; nothing before a patient is chosen. Impossible figures wait here. */
export function contentOf(values: DraftValues, rules: Rules | undefined): Content | undefined {
  const { patient } = values;
  if (!patient) return undefined;
  return {
    patientId: patient.id,
    mode: values.mode,
    language: values.language,
    ...(values.siteId && { siteId: values.siteId }),
    ...(values.specialty && { specialty: values.specialty }),
    ...block("situation", {
      ...text("question", values.question),
      ...text("concern", values.concern),
      ...(values.setting && { setting: values.setting }),
      ...(values.canWaitUntil && { canWaitUntil: values.canWaitUntil }),
    }),
    ...block("background", {
      ...text("onset", values.onset),
      ...text("history", values.history),
      ...text("medicines", values.medicines),
      ...field("pregnancy", pregnancyOf(values)),
      ...text("social", values.social),
    }),
    ...block("assessment", {
      ...(values.consciousness && { consciousness: values.consciousness }),
      ...list("vitals", vitalsOf(values, rules)),
      ...list("dangerSigns", answersOf(values, rules)),
      ...text("findings", values.findings),
      ...text("tests", values.tests),
      ...text("diagnosis", values.diagnosis),
    }),
    ...block("recommendation", {
      ...list("wanted", [...values.wanted]),
      ...text("treatmentGiven", values.treatmentGiven),
      ...text("possibleHere", values.possibleHere),
      ...text("transfer", values.transfer),
      ...field("genderWish", genderWishOf(values)),
    }),
    ...list("answers", [...formAnswers(values)]),
  };
}

/** What the triage is computed from. */
export function findingsOf(
  values: DraftValues,
  rules: Rules | undefined,
): Schema<"TriageFindings"> | undefined {
  const { patient } = values;
  if (!patient) return undefined;
  return {
    age: patient.age,
    sex: patient.sex,
    ...field("pregnancy", pregnancyOf(values)),
    ...(values.consciousness && { consciousness: values.consciousness }),
    vitals: vitalsOf(values, rules),
    dangerSigns: answersOf(values, rules),
    ...list("answers", [...formAnswers(values)]),
  };
}

/** The answers to the forms of the case: what is possible and asked for, as it is sent. */
export function formAnswers({ answers }: DraftValues): readonly Answers[] {
  return answers as readonly Answers[];
}

export function isPregnant(values: DraftValues): boolean {
  return pregnancyOf(values)?.state === "yes";
}

/** A draft from the server as the fields hold it; what only this device knows stays. */
export function draftOf(request: Schema<"Request">, local: DraftValues): DraftValues {
  const { content, patient } = request;
  const { situation = {}, background = {}, assessment = {}, recommendation = {} } = content;
  const vitals = assessment.vitals ?? [];
  const current = latestOfEach(vitals);
  const byCode = <V>(value: (sign: VitalSign) => V) =>
    Object.fromEntries(current.map((sign) => [sign.code, value(sign)]));
  const draft: DraftValues = {
    ...local,
    revision: request.revision,
    patient,
    siteId: content.siteId ?? "",
    mode: content.mode,
    specialty: content.specialty ?? "",
    language: content.language,
    question: situation.question ?? "",
    concern: situation.concern ?? "",
    setting: situation.setting ?? "",
    canWaitUntil: situation.canWaitUntil ?? "",
    onset: background.onset ?? "",
    history: background.history ?? "",
    medicines: background.medicines ?? "",
    pregnancy: background.pregnancy?.state ?? "",
    weeks: background.pregnancy?.weeks === undefined ? "" : String(background.pregnancy.weeks),
    social: background.social ?? "",
    consciousness: assessment.consciousness ?? "",
    vitals: byCode(({ value, unit }) => ({ value: String(value), unit })),
    methods: byCode(({ method }) => method ?? ""),
    takenAt: "",
    times: byCode(({ takenAt }) => takenAt ?? ""),
    earlierVitals: vitals.filter((one) => !current.includes(one)),
    signs: Object.fromEntries(
      (assessment.dangerSigns ?? []).map(({ code, present }) => [code, present ? "yes" : "no"]),
    ),
    findings: assessment.findings ?? "",
    tests: assessment.tests ?? "",
    diagnosis: assessment.diagnosis ?? "",
    wanted: recommendation.wanted ?? [],
    treatmentGiven: recommendation.treatmentGiven ?? "",
    possibleHere: recommendation.possibleHere ?? "",
    transfer: recommendation.transfer ?? "",
    genderWish: recommendation.genderWish?.gender ?? "",
    genderNeed: recommendation.genderWish?.required ? "must" : "wish",
    answers: content.answers ?? [],
    typed: {},
  };
  return { ...draft, savedContent: JSON.stringify(contentOf(draft, undefined)) };
}

/** Whether something was typed that the server does not have. */
export function isUnsaved(values: DraftValues, rules: Rules | undefined): boolean {
  const content = contentOf(values, rules);
  return content !== undefined && JSON.stringify(content) !== values.savedContent;
}

/** The consents in the shape that is sent: one a purpose that was decided. */
export function consentsOf(
  values: DraftValues,
  texts: readonly Schema<"ConsentText">[],
): NewConsent[] {
  const { givenBy } = values;
  if (givenBy === "") return [];
  const waived = givenBy === "emergency-waiver";
  return texts.flatMap((consent) => {
    // In an emergency only what the request cannot go without is waived.
    const decision = waived && consent.required ? "granted" : values.consents[consent.purpose];
    if (decision === undefined || (waived && !consent.required)) return [];
    return [
      {
        purpose: consent.purpose,
        decision,
        givenBy,
        form: waived ? "none" : values.consentForm || "spoken",
        language: consent.language,
        textVersion: consent.version,
        ...(givenBy === "guardian" && text("relation", values.relation)),
        ...(waived ? text("waiverReason", values.waiverReason) : text("witness", values.witness)),
      },
    ];
  });
}

function genderWishOf({ genderWish, genderNeed }: DraftValues): GenderWish | undefined {
  return genderWish === "" ? undefined : { gender: genderWish, required: genderNeed === "must" };
}

function pregnancyOf(values: DraftValues): Schema<"Pregnancy"> | undefined {
  if (!values.patient) return undefined;
  if (!asksPregnancy(values.patient)) return undefined;
  if (values.pregnancy === "") return undefined;
  const weeks = Number(values.weeks);
  const known = values.pregnancy === "yes" && values.weeks.trim() !== "" && Number.isInteger(weeks);
  return {
    state: values.pregnancy,
    ...(known && weeks >= 0 && weeks <= 45 && { weeks }),
  };
}

function vitalsOf(values: DraftValues, rules: Rules | undefined): VitalSign[] {
  const typed = Object.entries(values.vitals).flatMap(([code, measure]) => {
    const value = numberIn(measure);
    if (value === undefined || vitalError(code, measure, rules)) return [];
    return [
      {
        code: code as VitalCode,
        value,
        unit: measure.unit,
        ...text("takenAt", values.times[code] ?? values.takenAt),
        ...text("method", values.methods[code] ?? ""),
      },
    ];
  });
  return [...values.earlierVitals, ...typed];
}

/** One of each kind; one without a time counts as the newest. */
function latestOfEach(vitals: readonly VitalSign[]): VitalSign[] {
  const latest = new Map<string, VitalSign>();
  for (const sign of vitals) {
    const before = latest.get(sign.code);
    const newer = !before || !sign.takenAt || (before.takenAt ?? "\uffff") <= sign.takenAt;
    if (newer) latest.set(sign.code, sign);
  }
  return [...latest.values()];
}

function answersOf(values: DraftValues, rules: Rules | undefined): Schema<"DangerSignAnswer">[] {
  const applies = rules && new Set(signsFor(values, rules).map(({ code }) => code));
  return Object.entries(values.signs)
    .filter(([code]) => !applies || applies.has(code))
    .map(([code, answer]) => ({ code, present: answer === "yes" }));
}

function text<K extends string>(key: K, value: string): Partial<Record<K, string>> {
  const trimmed = value.trim();
  return (trimmed === "" ? {} : { [key]: trimmed }) as Partial<Record<K, string>>;
}

function field<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<K, V>>;
}

function list<K extends string, V>(key: K, values: V[]): Partial<Record<K, V[]>> {
  return (values.length === 0 ? {} : { [key]: values }) as Partial<Record<K, V[]>>;
}

function block<K extends string, V extends object>(key: K, value: V): Partial<Record<K, V>> {
  return (Object.keys(value).length === 0 ? {} : { [key]: value }) as Partial<Record<K, V>>;
}
