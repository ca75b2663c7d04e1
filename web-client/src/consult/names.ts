import type { Schema } from "../api/client";
import { comma } from "../i18n/comma";
import { currentLanguage } from "../i18n/messages";
import type { Tone } from "../ui";
import { t } from "./words";

/** `4 years`, `9 months`: an age is nothing without its unit. */
export function ageText({ value, unit }: Schema<"Age">): string {
  return t(unit, { count: value });
}

export function sexName(sex: Schema<"Sex">): string {
  switch (sex) {
    case "female":
      return t("female");
    case "male":
      return t("male");
    case "other":
      return t("otherSex");
    case "unknown":
      return t("unknownSex");
  }
}

/** `Female, 4 years`. */
export function personText(person: { age: Schema<"Age">; sex: Schema<"Sex"> }): string {
  return t("person", { sex: sexName(person.sex), age: ageText(person.age) });
}

export function urgencyName(urgency: Schema<"Urgency">): string {
  return t(urgency);
}

/** The urgencies are the names of tones. */
export function urgencyTone(urgency: Schema<"Urgency">): Tone {
  return urgency;
}

export function modeName(mode: Schema<"ConsultMode">): string {
  switch (mode) {
    case "clinician-advice":
      return t("modeAdvice");
    case "patient-present":
      return t("modePresent");
    case "direct-to-patient":
      return t("modeDirect");
  }
}

export function statusName(status: Schema<"Status">): string {
  return status === "in-discussion" ? t("inDiscussion") : t(status);
}

/** Languages for which browsers have no word, by what their speakers call them. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  gil: "Taetae ni Kiribati",
  rn: "Ikirundi",
  tpi: "Tok Pisin",
};

/** `sw` is shown as `Swahili`, in the language of the page. */
export function languageName(tag: string): string {
  try {
    const name = new Intl.DisplayNames(currentLanguage(), { type: "language" }).of(tag);
    return name && name !== tag ? name : (OWN_NAMES[tag] ?? tag);
  } catch {
    return tag;
  }
}

/** A UCUM unit as people write it. */
export function unitText(unit: string): string {
  switch (unit) {
    case "Cel":
      return "°C";
    case "mm[Hg]":
      return "mmHg";
    case "{score}":
      return t("of10");
    default:
      return unit;
  }
}

export function consciousnessName(level: Schema<"Consciousness">): string {
  return t(level);
}

export function settingName(setting: NonNullable<Schema<"Situation">["setting"]>): string {
  const names = {
    "in-patient": t("inPatient"),
    "out-patient": t("outPatient"),
    "at-home": t("atHome"),
    "in-transfer": t("inTransfer"),
  };
  return names[setting];
}

type Wanted = NonNullable<Schema<"Wanted">["wanted"]>[number];

type GenderWish = NonNullable<Schema<"Wanted">["genderWish"]>;

export function wantedName(wanted: Wanted): string {
  const names: Record<Wanted, string> = {
    diagnosis: t("wantDiagnosis"),
    management: t("wantManagement"),
    "image-reading": t("wantImage"),
    "transfer-decision": t("wantTransfer"),
    "second-opinion": t("wantSecond"),
    "follow-up": t("wantFollowUp"),
  };
  return names[wanted];
}

export function genderWishName({ gender, required }: GenderWish): string {
  const names: Record<GenderWish["gender"], string> = {
    female: required ? t("womanMust") : t("womanWish"),
    male: required ? t("manMust") : t("manWish"),
  };
  return names[gender];
}

export function pregnancyText({ state, weeks }: Schema<"Pregnancy">): string | undefined {
  switch (state) {
    case "yes":
      return weeks === undefined ? t("pregnantYes") : t("pregnantWeeks", { count: weeks });
    case "no":
      return t("pregnantNo");
    case "unknown":
      return t("pregnantUnknown");
    case "not-applicable":
      return undefined;
  }
}

export function purposeName(purpose: Schema<"ConsentPurpose">): string {
  const names: Record<Schema<"ConsentPurpose">, string> = {
    advice: t("adviceConsent"),
    "live-video": t("videoConsent"),
    images: t("imagesConsent"),
    "storage-abroad": t("abroadConsent"),
    recording: t("recordingConsent"),
    teaching: t("teachingConsent"),
    counts: t("countsConsent"),
  };
  return names[purpose];
}

export type RecommendationKind = Schema<"RecommendationContent">["kind"];

export function recommendationKindName(kind: RecommendationKind): string {
  const names: Record<RecommendationKind, string> = {
    diagnosis: t("recDiagnosis"),
    test: t("recTest"),
    treatment: t("recTreatment"),
    procedure: t("recProcedure"),
    transfer: t("recTransfer"),
    "watch-for": t("recWatch"),
    teaching: t("recTeaching"),
    "no-change": t("recNoChange"),
  };
  return names[kind];
}

export type RecommendationUrgency = Schema<"RecommendationContent">["urgency"];

export function recommendationUrgencyName(urgency: RecommendationUrgency): string {
  return urgency === "this-week" ? t("thisWeek") : t(urgency);
}

/** Drug, dose, route, frequency and days in one line; undefined when no drug is named. */
export function prescriptionText(content: Schema<"RecommendationContent">): string | undefined {
  const { drug, dose, amount, perKg, route, frequency, timesPerDay, durationDays, maxPerDay } =
    content;
  const parts = [
    drug,
    amount && `${amount.value} ${amount.unit}`,
    perKg && `(${perKg.value} ${amount?.unit ?? ""}/kg × ${perKg.weightKg} kg)`,
    dose,
    route,
    timesPerDay === undefined ? undefined : t("timesADay", { count: timesPerDay }),
    frequency,
    durationDays === undefined ? undefined : t("forDays", { count: durationDays }),
    maxPerDay && t("notMoreADay", { most: `${maxPerDay.value} ${maxPerDay.unit}` }),
  ].filter((part) => part);
  return parts.length === 0 ? undefined : parts.join(comma()).replaceAll(`${comma()}(`, " (");
}

/** What somebody is to this consult, in a word; words that are new here stay as they came. */
export function partName(role: string): string {
  const names: Record<string, string> = {
    clinician: t("roleClinic"),
    clinic: t("roleClinic"),
    requester: t("roleRequester"),
    scheduler: t("roleCoordinator"),
    coordinator: t("roleCoordinator"),
    specialist: t("roleSpecialist"),
    interpreter: t("roleInterpreter"),
    navigator: t("roleNavigator"),
    device: t("roleDevice"),
    observer: t("roleObserver"),
    supervisor: t("roleSupervisor"),
    patient: t("rolePatient"),
    guardian: t("roleGuardian"),
  };
  return names[role] ?? role;
}
