import { currentLanguage } from "../i18n/messages";
import type { CallRole, LinkLevel } from "./protocol";
import { t } from "./words";

/** `Amina Yusuf` is `AY`; names of one word give one letter. */
export function initials(name: string): string {
  const words = name
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word) && !/^\p{L}+\.$/u.test(word));
  const first = words[0] ?? name.trim();
  const last = words.length > 1 ? (words[words.length - 1] ?? "") : "";
  return (letter(first) + letter(last)).toLocaleUpperCase();
}

function letter(word: string): string {
  return [...word][0] ?? "";
}

/** `4:05`, `1:02:09`: how long something lasts. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

/** `340 kB`, `12.4 MB`: in thousands, as telephone companies count. */
export function amountText(bytes: number): string {
  const write = (value: number, digits: number) =>
    new Intl.NumberFormat(currentLanguage(), {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  return bytes < 1_000_000
    ? t("kilobytes", { amount: write(Math.round(bytes / 1000), 0) })
    : t("megabytes", { amount: write(bytes / 1_000_000, bytes < 100_000_000 ? 1 : 0) });
}

/** Columns and rows for so many pictures: nearly square, never a lonely column on a phone. */
export function gridOf(count: number, wide: boolean): { columns: number; rows: number } {
  if (count <= 1) return { columns: 1, rows: 1 };
  const columns = wide ? Math.ceil(Math.sqrt(count)) : count <= 3 ? 1 : 2;
  return { columns, rows: Math.ceil(count / columns) };
}

export function roleName(role: CallRole): string {
  return t(role);
}

export function levelName(level: LinkLevel | undefined): string {
  return t(level ?? "unknown");
}

/** After so long the call is not the only way any more. */
export const LONG_LOST_SECONDS = 30;

/** Whole seconds since `since`. */
export function secondsSince(since: number, now: number): number {
  return Math.max(0, Math.floor((now - since) / 1000));
}
