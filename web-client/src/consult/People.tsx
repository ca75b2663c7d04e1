import type { JSX } from "preact";
import type { Schema } from "../api/client";
import { comma } from "../i18n/comma";
import { clockTime, ownZone, useNow, wallClock, zoneCity } from "../time";
import { Card, Disclosure, When } from "../ui";
import { partName } from "./names";
import { t } from "./words";
import "./consult.css";
import { Sentence } from "../said/Sentence";

type Consult = Schema<"Consult">;
type Event = Consult["history"][number];

/** Who works on this consult, and what their clock shows now. */
export function TeamList({ team }: { team: Consult["team"] }): JSX.Element {
  const now = useNow();
  return (
    <Card title={t("team")}>
      {team.length === 0 ? (
        <p class="muted">{t("noTeam")}</p>
      ) : (
        <ul class="team">
          {team.map(({ person, role, zone }) => (
            <li key={`${person.id} ${role}`}>
              <span>
                <strong>
                  <bdi>{person.name}</bdi>
                </strong>{" "}
                <span class="muted">{partName(role)}</span>
              </span>
              <span class="muted small">{timeThere(zone, now)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** `09:05 in Kolkata`, and that it is night there when people sleep; only the time at home. */
export function timeThere(zone: string, now: number): string {
  const time = clockTime(now, zone);
  if (zone === ownZone()) return time;
  const there = t("timeThere", { time, city: zoneCity(zone) });
  return isNight(zone, now) ? `${there}${comma()}${t("nightThere")}` : there;
}

/** Between ten in the evening and seven in the morning on the clocks of `zone`. */
export function isNight(zone: string, now: number): boolean {
  const hour = Number(wallClock(now, zone).slice(11, 13));
  return hour >= 22 || hour < 7;
}

/** Shown at once; what is older is folded. */
const SHOWN = 5;

/** What happened, newest first. */
export function History({ history }: { history: Consult["history"] }): JSX.Element {
  const newestFirst = [...history].sort((a, b) => b.at.localeCompare(a.at));
  const older = newestFirst.slice(SHOWN);
  return (
    <Card title={t("historyTitle")}>
      <Timeline events={newestFirst.slice(0, SHOWN)} />
      {older.length > 0 && (
        <Disclosure summary={t("allHistory", { count: older.length })}>
          <Timeline events={older} />
        </Disclosure>
      )}
    </Card>
  );
}

function Timeline({ events }: { events: readonly Event[] }): JSX.Element {
  return (
    <ol class="timeline">
      {events.map((event, index) => (
        <li key={`${event.at} ${index}`}>
          <Sentence text={event.sentence} said={event.said} />
          {event.reason && (
            <span class="prose" dir="auto">
              {event.reason}
            </span>
          )}
          <span class="muted small">
            <When at={event.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}
