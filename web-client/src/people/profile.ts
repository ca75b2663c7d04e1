import type { FieldError } from "../api/problem";
import type { Schema } from "../api/client";
import { wholeUpTo } from "./days";
import { t } from "./words";

type Profile = Schema<"VolunteerProfile">;
type Wishes = Schema<"VolunteerWishes">;
type Level = Schema<"SpokenLanguage">["level"];
type Channel = Schema<"VolunteerChannel">;
type Gender = Schema<"VolunteerGender">;

export interface LanguageValues {
  code: string;
  level: Level;
  writes: boolean;
  /** Old entries were never asked; leaving the box alone keeps them so. */
  writesTold: boolean;
  needsInterpreter: boolean;
}

export interface WishValues {
  weeklyCap: string;
  redCalls: boolean;
  restHours: string;
  quietFrom: string;
  quietUntil: string;
  gender: Gender | "";
  first: Channel;
  languages: LanguageValues[];
}

export function wishesOf(profile: Profile): WishValues {
  return {
    weeklyCap: String(profile.weeklyCap),
    redCalls: profile.redCalls,
    restHours: String(profile.restHours),
    quietFrom: profile.quietHours?.from ?? "",
    quietUntil: profile.quietHours?.until ?? "",
    gender: profile.gender ?? "",
    first: profile.channels[0] ?? "ring",
    languages: profile.languages.map(({ code, level, writes, needsInterpreter }) => ({
      code,
      level,
      writes: writes ?? false,
      writesTold: writes !== undefined,
      needsInterpreter: needsInterpreter ?? false,
    })),
  };
}

export function wishErrors(values: WishValues): FieldError[] {
  const errors: FieldError[] = [];
  if (wholeUpTo(values.weeklyCap, 100) === undefined) {
    errors.push({ pointer: "/weeklyCap", detail: t("number100") });
  }
  if (wholeUpTo(values.restHours, 48) === undefined) {
    errors.push({ pointer: "/restHours", detail: t("hours48") });
  }
  if ((values.quietFrom === "") !== (values.quietUntil === "")) {
    errors.push({ pointer: "/quietUntil", detail: t("bothTimes") });
  }
  return errors;
}

const CHANNELS: readonly Channel[] = ["ring", "app", "mail"];

export function wishBody(values: WishValues): Wishes {
  return {
    weeklyCap: wholeUpTo(values.weeklyCap, 100) ?? 0,
    redCalls: values.redCalls,
    restHours: wholeUpTo(values.restHours, 48) ?? 0,
    ...(values.quietFrom && values.quietUntil
      ? { quietHours: { from: values.quietFrom, until: values.quietUntil } }
      : {}),
    ...(values.gender ? { gender: values.gender } : {}),
    channels: [values.first, ...CHANNELS.filter((one) => one !== values.first)],
    languages: values.languages.map(({ code, level, writes, writesTold, needsInterpreter }) => ({
      code,
      level,
      ...(writes || writesTold ? { writes } : {}),
      needsInterpreter: needsInterpreter || level === "basic",
    })),
  };
}
