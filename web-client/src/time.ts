import { useEffect, useState } from "preact/hooks";
import { comma } from "./i18n/comma";
import { currentLanguage, messages } from "./i18n/messages";

const t = messages("time", {
  left: "{span} left",
  over: "{span} over time",
  justNow: "just now",
  minutes: "{minutes} min",
  hours: "{hours} h",
  hoursMinutes: "{hours} h {minutes} min",
  days: "{days} d",
  daysHours: "{days} d {hours} h",
  underMinute: "under 1 min",
  theirs: "{time} in {zone}",
});

/** Languages whose readers reckon days by another calendar than the Gregorian one. */
const OWN_CALENDARS: Readonly<Record<string, string>> = { am: "ethiopic" };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An instant as the server writes it, `2026-03-01T12:00:00Z`, or as the browser holds it. */
export type Moment = string | number | Date;

export function millis(at: Moment): number {
  return typeof at === "string" ? Date.parse(at) : Number(at);
}

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

let zone = browserZone();

/** The zone of the person at the screen: from their account, else the browser's. */
export function ownZone(): string {
  return zone;
}

export function setOwnZone(name: string | undefined): void {
  zone = name && isZone(name) ? name : browserZone();
}

export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `Africa/Nairobi` is shown as `Nairobi`: the city is what people know. */
export function zoneCity(name: string): string {
  return (name.split("/").pop() ?? name).replaceAll("_", " ");
}

/** `Nairobi (GMT+3)`, with the offset that holds at `at`. */
export function zoneLabel(name: string, at: Moment): string {
  const part = new Intl.DateTimeFormat(currentLanguage(), { timeZone: name, timeZoneName: "short" })
    .formatToParts(millis(at))
    .find(({ type }) => type === "timeZoneName");
  const city = zoneCity(name);
  return part && part.value !== city ? `${city} (${part.value})` : city;
}

/** `14:05`, on a 24-hour clock in every language: no morning taken for an evening. */
export function clockTime(at: Moment, inZone = zone): string {
  return format(at, { timeZone: inZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** `Tue 3 Mar`, with the year when it is not this one. */
export function day(at: Moment, inZone = zone, now: Moment = Date.now()): string {
  const sameYear = dayKey(at, inZone).slice(0, 4) === dayKey(now, inZone).slice(0, 4);
  const date: Intl.DateTimeFormatOptions = {
    timeZone: inZone,
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  };
  return withOwnCalendar(format(at, { ...date, weekday: "short" }), at, date);
}

/**
 * A date as written, with the same day beside it in the calendar that readers of the language live
 * by: `ቅዳሜ፣ ኖቬም 21 (ኅዳር 12)`. The Gregorian one comes first: it is what the record holds.
 */
export function withOwnCalendar(
  written: string,
  at: Moment,
  options: Intl.DateTimeFormatOptions,
): string {
  const calendar = OWN_CALENDARS[currentLanguage().split("-")[0] ?? ""];
  return calendar ? `${written} (${format(at, { ...options, calendar })})` : written;
}

/** `Tue 3 Mar, 14:05`; only the time when it is today. */
export function dayAndTime(at: Moment, inZone = zone, now: Moment = Date.now()): string {
  return dayKey(at, inZone) === dayKey(now, inZone)
    ? clockTime(at, inZone)
    : dayWithTime(at, inZone, now);
}

/** `Tue 3 Mar, 14:05`, also today: what lasts over midnight says both its days. */
export function dayWithTime(at: Moment, inZone = zone, now: Moment = Date.now()): string {
  return `${day(at, inZone, now)}${comma()}${clockTime(at, inZone)}`;
}

/**
 * The same instant here and there, each with its zone; one line when both clocks agree. `here` is how
 * it is written on the own clock.
 */
export function bothZones(
  at: Moment,
  other: string,
  own = zone,
  here = dayAndTime(at, own),
): { own: string; other: string | undefined } {
  const sameClock =
    dayKey(at, own) === dayKey(at, other) && clockTime(at, own) === clockTime(at, other);
  if (sameClock) return { own: `${here} ${zoneLabel(own, at)}`, other: undefined };
  const sameDay = dayKey(at, own) === dayKey(at, other);
  const there = sameDay
    ? clockTime(at, other)
    : `${format(at, { timeZone: other, weekday: "short" })} ${clockTime(at, other)}`;
  return {
    own: `${here} ${zoneLabel(own, at)}`,
    other: t("theirs", { time: there, zone: zoneLabel(other, at) }),
  };
}

/** `3 h 20 min`: the two largest units that matter. Milliseconds in, sign ignored. */
export function span(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  const days = Math.floor(size / DAY);
  const hours = Math.floor((size % DAY) / HOUR);
  const minutes = Math.floor((size % HOUR) / MINUTE);
  if (days >= 3 || (days > 0 && hours === 0)) return t("days", { days });
  if (days > 0) return t("daysHours", { days, hours });
  if (hours > 0 && minutes > 0 && hours < 12) return t("hoursMinutes", { hours, minutes });
  if (hours > 0) return t("hours", { hours });
  return minutes > 0 ? t("minutes", { minutes }) : t("underMinute");
}

/** What is left until a promise is due: `2 h 5 min left`, `20 min over time`. */
export function timeLeft(until: Moment, now: Moment = Date.now()): { text: string; over: boolean } {
  const left = millis(until) - millis(now);
  const over = left <= 0;
  return { text: over ? t("over", { span: span(left) }) : t("left", { span: span(left) }), over };
}

/** `5 minutes ago`, `in 2 days`, `just now`. */
export function relative(at: Moment, now: Moment = Date.now()): string {
  const distance = millis(at) - millis(now);
  const size = Math.abs(distance);
  if (size < MINUTE) return t("justNow");
  const words = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: "auto" });
  if (size < HOUR) return words.format(Math.round(distance / MINUTE), "minute");
  if (size < DAY) return words.format(Math.round(distance / HOUR), "hour");
  return words.format(Math.round(distance / DAY), "day");
}

/** `2026-03-01` in the given zone: what a day is called there. */
export function dayKey(at: Moment, inZone = zone): string {
  const { year, month, day: date } = wallParts(millis(at), inZone);
  return `${String(year).padStart(4, "0")}-${pad(month)}-${pad(date)}`;
}

/** What `<input type="datetime-local">` holds: `2026-03-01T14:05`, the wall clock in the zone. */
export function wallClock(at: Moment, inZone = zone): string {
  const { hour, minute } = wallParts(millis(at), inZone);
  return `${dayKey(at, inZone)}T${pad(hour)}:${pad(minute)}`;
}

/**
 * The instant at which clocks in the zone show the given wall time, as `…Z`. An hour that is
 * skipped in spring has none; one that comes twice in autumn is the first of the two.
 */
export function instantOf(wall: string, inZone = zone): string | undefined {
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const offsets = [asUtc - DAY, asUtc + DAY].map((near) => offsetAt(near, inZone));
  const instants = offsets.map((offset) => asUtc - offset).sort((a, b) => a - b);
  const found = instants.find((instant) => instant + offsetAt(instant, inZone) === asUtc);
  return found === undefined ? undefined : new Date(found).toISOString().replace(".000Z", "Z");
}

/** The present moment, told again every `every` milliseconds. */
export function useNow(every = MINUTE / 2): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

function format(at: Moment, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), options).format(millis(at));
}

/**
 * What `Intl` writes dates by. Plain English means the day before the month here: most readers are
 * outside the USA.
 */
export function locale(): string {
  const language = currentLanguage();
  return language === "en" ? "en-GB" : language;
}

function offsetAt(instant: number, inZone: string): number {
  const { year, month, day: date, hour, minute, second } = wallParts(instant, inZone);
  const whole = instant - (((instant % 1000) + 1000) % 1000);
  return Date.UTC(year, month - 1, date, hour, minute, second) - whole;
}

function wallParts(instant: number, inZone: string) {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: inZone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  }).formatToParts(instant);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
    second: read("second"),
  };
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
