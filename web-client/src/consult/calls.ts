import type { Schema } from "../api/client";
import { FAIR, POOR } from "../call/quality";
import { comma } from "../i18n/comma";
import { millis, span } from "../time";
import { t } from "./words";

type PastCall = Schema<"PastCall">;
type Attendance = Schema<"CallAttendance">;

/** What became of an attempt, in a sentence; nothing for one that goes on or may still begin. */
export function outcomeText(call: PastCall): string {
  if (call.state === "expected") return t("callExpected");
  if (call.state === "going-on") return t("callGoingOn");
  switch (call.outcome) {
    case "nobody-came":
      return t("callNobodyCame");
    case "not-let-in":
      return t("callNotLetIn");
    case "only-one-came":
      return t("callOnlyOneCame");
    case "connected":
      return endText(call.ended);
  }
}

function endText(ended: PastCall["ended"]): string {
  switch (ended) {
    case "host":
      return t("callEndedByHost");
    case "lost":
      return t("callLost");
    case "closed":
      return t("callClosed");
    case "drain":
      return t("callStopped");
    default:
      return t("callAllLeft");
  }
}

/** How long it lasted; undefined when it never began or is not over. */
export function lengthText({ startedAt, endedAt }: PastCall): string | undefined {
  return startedAt && endedAt ? span(millis(endedAt) - millis(startedAt)) : undefined;
}

export interface Presence {
  readonly name: string;
  readonly role: Attendance["role"];
  readonly came: "joined" | "waited" | "asked";
}

/** Everybody once, as they last were: who was there, who only waited, who did not come. */
export function presences(call: PastCall): Presence[] {
  const everybody = new Map<string, Presence>();
  for (const { name, role } of call.asked) everybody.set(name, { name, role, came: "asked" });
  for (const { name, role, joinedAt } of call.people) {
    const joined = joinedAt !== undefined || everybody.get(name)?.came === "joined";
    everybody.set(name, { name, role, came: joined ? "joined" : "waited" });
  }
  const order = { joined: 0, waited: 1, asked: 2 };
  return [...everybody.values()].sort((a, b) => order[a.came] - order[b.came]);
}

/** How somebody's link did, by its middle figures; undefined when nothing was measured. */
export function linkText({ link }: Attendance): string | undefined {
  if (!link) return undefined;
  const roundTrip = link.roundTripMs?.median ?? 0;
  const loss = (link.lossPermille?.median ?? 0) / 10;
  if (roundTrip > POOR.roundTripMs || loss > POOR.lossPercent) return t("linkWasPoor");
  if (roundTrip > FAIR.roundTripMs || loss > FAIR.lossPercent) return t("linkWasFair");
  return t("linkWasGood");
}

/** One person's link in a line, with how often it broke. */
export function linkLine(person: Attendance): string | undefined {
  const words = [
    linkText(person),
    person.losses > 0 ? t("linkLosses", { count: person.losses }) : undefined,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? undefined : words.join(comma());
}
