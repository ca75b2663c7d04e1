import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { useSpecialtyName } from "../../consult";
import { comma } from "../../i18n/comma";
import { DayBar } from "../../specialist/roster/DayBar";
import { daysFrom, noonOf } from "../../specialist/roster/days";
import { setQuery, useAddress } from "../../router";
import { useWide } from "../../wide";
import { clockTime, day, dayKey, millis, useNow, zoneLabel } from "../../time";
import { Button, Icon } from "../../ui";
import { type Cell, cellsOf, gapOn, hasAnything, nowOn, WEEK_DAYS } from "./coverage";
import { DayKeys } from "./DayKeys";
import type { DroppedShift } from "./DropShift";
import { t } from "./words";

type Row = Schema<"CoverageRow">;

/** Seven columns that can be read need this much. */
const WEEK_REM = 60;

/**
 * One row for each volunteer, a column for each day. Bars for the eye, times in words for everybody;
 * a phone shows the chosen day only. Without `zone` each row is on its volunteer's own clock.
 */
export function WeekGrid(props: {
  rows: readonly Row[];
  monday: string;
  caption: string;
  zone: string | undefined;
  onDrop: (shift: DroppedShift) => void;
}): JSX.Element {
  const { monday, zone } = props;
  const now = useNow(60_000);
  const wide = useWide(WEEK_REM);
  const week = daysFrom(monday, WEEK_DAYS);
  const asked = useAddress().query.get("day");
  const today = dayKey(now, zone);
  const chosen = week.find((date) => date === asked) ?? week.find((date) => date === today);
  const days = wide ? week : [chosen ?? monday];
  const rows = wide
    ? props.rows
    : props.rows.filter((row) => hasAnything(row, days, zone ?? row.volunteer.zone));
  return (
    <>
      {!wide && (
        <div class="week-days" role="group" aria-label={t("day")} ref={showChosen}>
          {week.map((date) => (
            <Button
              key={date}
              small
              pressed={days.includes(date)}
              onPress={() => setQuery({ day: date })}
            >
              {day(noonOf(date), "UTC", now)}
            </Button>
          ))}
        </div>
      )}
      {rows.length < props.rows.length && (
        <p class="muted small">{t("without", { count: props.rows.length - rows.length })}</p>
      )}
      <DayKeys />
      <div class="week-frame">
        <table class="week">
          <caption class="unseen">{props.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t("volunteer")}</th>
              {days.map((date) => (
                <th
                  key={date}
                  scope="col"
                  class={zone && nowOn(date, zone, now) !== undefined ? "week-today" : undefined}
                >
                  {day(noonOf(date), "UTC", now)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <VolunteerRow
                key={row.volunteer.id}
                row={row}
                days={days}
                zone={zone ?? row.volunteer.zone}
                now={now}
                onDrop={props.onDrop}
              />
            ))}
          </tbody>
          {zone && (
            <tfoot>
              <tr>
                <th scope="row">
                  {t("covered")}
                  <span class="week-who muted small">{t("coveredLead")}</span>
                </th>
                {days.map((date) => (
                  <td key={date} data-label={day(noonOf(date), "UTC", now)}>
                    <Covered gap={gapOn(props.rows, date, zone)} />
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </>
  );
}

/** The chosen day may lie beyond the edge of a phone. */
function showChosen(list: HTMLElement | null): void {
  const chosen = list?.querySelector<HTMLElement>("[aria-pressed=true]");
  if (!list || !chosen) return;
  list.scrollLeft = chosen.offsetLeft - (list.clientWidth - chosen.offsetWidth) / 2;
}

function VolunteerRow(props: {
  row: Row;
  days: readonly string[];
  zone: string;
  now: number;
  onDrop: (shift: DroppedShift) => void;
}): JSX.Element {
  const { row, zone, now } = props;
  const { volunteer } = row;
  const specialtyName = useSpecialtyName();
  return (
    <tr>
      <th scope="row">
        <bdi>{volunteer.name}</bdi>
        <span class="week-who muted small">
          {volunteer.specialties.length > 0 && (
            <>
              {volunteer.specialties
                .map(({ code, label }) => specialtyName(code, label))
                .join(comma())}
              <br />
            </>
          )}
          {clockTime(now, volunteer.zone)} {zoneLabel(volunteer.zone, now)}
        </span>
      </th>
      {cellsOf(row, props.days, zone).map((cell) => (
        <td key={cell.day} data-label={day(noonOf(cell.day), "UTC", now)}>
          <DayCell
            cell={cell}
            now={nowOn(cell.day, zone, now)}
            instant={now}
            name={volunteer.name}
            onDrop={props.onDrop}
          />
        </td>
      ))}
    </tr>
  );
}

function DayCell(props: {
  cell: Cell;
  /** Where now is on this day. */
  now: number | undefined;
  /** Now itself: what is over is not dropped any more. */
  instant: number;
  name: string;
  onDrop: (shift: DroppedShift) => void;
}): JSX.Element {
  const { cell, name } = props;
  const { available, onCall, inRotas, booked } = cell;
  const nothing = available.length + onCall.length + inRotas.length + booked.length === 0;
  return (
    <div class="week-cell">
      <DayBar
        layers={[
          { layer: "available", pieces: available },
          { layer: "on-call", pieces: [...inRotas, ...onCall] },
          { layer: "booked", pieces: booked },
        ]}
        now={props.now}
      />
      {nothing && <span class="unseen">{t("nothing")}</span>}
      {available.length > 0 && (
        <span class="week-words">
          <span class="unseen">{t("available")} </span>
          {available.map(({ words }) => words).join(comma())}
        </span>
      )}
      {inRotas.length > 0 && (
        <span class="week-words week-on-call">
          <span class="unseen">{t("onCall")} </span>
          {inRotas.map(({ words }) => words).join(comma())}
        </span>
      )}
      {onCall.map(({ slot, words }) => (
        <span class="week-words week-on-call" key={slot.id}>
          <span class="unseen">{t("onCall")} </span>
          {words}
          {millis(slot.end) > props.instant && (
            <button
              type="button"
              class="week-drop"
              aria-label={t("dropLabel", { name, day: day(noonOf(cell.day), "UTC"), hours: words })}
              title={t("drop")}
              onClick={() => props.onDrop({ shift: slot, name })}
            >
              <Icon name="close" />
            </button>
          )}
        </span>
      ))}
      {booked.length > 0 && (
        <span class="week-words week-booked">
          <span class="unseen">{t("booked")} </span>
          {booked.map(({ words }) => words).join(comma())}
        </span>
      )}
    </div>
  );
}

/** Hours that somebody covers; what is thin stands out in words and weight, not only in colour. */
function Covered({ gap }: { gap: number }): JSX.Element {
  const hours = Math.round((1 - gap) * 24);
  return (
    <span class={hours < 12 ? "week-thin" : undefined}>
      {hours < 12 && <Icon name="warning" />} {t("hours", { hours })}
    </span>
  );
}
