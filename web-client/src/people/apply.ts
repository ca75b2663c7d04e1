import type { Schema } from "../api/client";
import type { FieldError } from "../api/problem";
import { wishBody, type WishValues, wishErrors, wishesOf } from "./profile";
import { t } from "./words";

type Application = Schema<"VolunteerApplication">;
type Profile = Schema<"VolunteerProfile">;
export type AgeGroup = Application["specialties"][number]["ageGroups"][number];

export const AGE_GROUPS: readonly AgeGroup[] = ["neonate", "child", "adolescent", "adult", "older"];

export interface LicenceValues {
  country: string;
  number: string;
  validFrom: string;
  validUntil: string;
}

export interface ApplyValues extends WishValues {
  country: string;
  specialties: { code: string; ageGroups: AgeGroup[] }[];
  licences: LicenceValues[];
}

export const NO_LICENCE: LicenceValues = { country: "", number: "", validFrom: "", validUntil: "" };

/** What the form starts with: what was told before, or what most choose. */
export function applyStart(kind: Application["kind"], before: Profile | undefined): ApplyValues {
  const wishes: WishValues = before
    ? wishesOf(before)
    : {
        weeklyCap: "3",
        redCalls: false,
        restHours: "8",
        quietFrom: "22:00",
        quietUntil: "07:00",
        gender: "",
        first: "app",
        languages: [],
      };
  return {
    ...wishes,
    country: before?.country ?? "",
    specialties: (before?.specialties ?? []).map(({ code, ageGroups }) => ({
      code,
      ageGroups: AGE_GROUPS.filter((group) => ageGroups.includes(group)),
    })),
    licences: kind === "specialist" ? [NO_LICENCE] : [],
  };
}

export function applyErrors(values: ApplyValues, kind: Application["kind"]): FieldError[] {
  const errors = wishErrors(values);
  if (!isCountry(values.country)) errors.push({ pointer: "/country", detail: t("askCountry") });
  if (values.languages.length === 0) {
    errors.push({ pointer: "/languages", detail: t("askLanguage") });
  }
  if (kind === "specialist" && values.specialties.length === 0) {
    errors.push({ pointer: "/specialties", detail: t("askSpecialty") });
  }
  values.specialties.forEach(({ ageGroups }, index) => {
    if (ageGroups.length === 0) {
      errors.push({ pointer: `/specialties/${index}/ageGroups`, detail: t("askAges") });
    }
  });
  values.licences.forEach((licence, index) => {
    const at = `/licences/${index}`;
    if (!isCountry(licence.country)) {
      errors.push({ pointer: `${at}/country`, detail: t("askCountry") });
    }
    if (!licence.number.trim()) errors.push({ pointer: `${at}/number`, detail: t("askNumber") });
    if (licence.validFrom && licence.validUntil && licence.validUntil < licence.validFrom) {
      errors.push({ pointer: `${at}/validUntil`, detail: t("askOrder") });
    }
  });
  return errors;
}

export function applyBody(values: ApplyValues, kind: Application["kind"]): Application {
  return {
    kind,
    country: values.country.trim().toUpperCase(),
    ...wishBody(values),
    specialties: kind === "specialist" ? values.specialties : [],
    licences: values.licences.map(({ country, number, validFrom, validUntil }) => ({
      country: country.trim().toUpperCase(),
      number: number.trim(),
      ...(validFrom ? { validFrom } : {}),
      ...(validUntil ? { validUntil } : {}),
    })),
  };
}

function isCountry(text: string): boolean {
  return /^[a-z]{2}$/i.test(text.trim());
}
