import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { comma } from "../../i18n/comma";
import { DayBar } from "../../specialist/roster/DayBar";
import { daysFrom, noonOf } from "../../specialist/roster/days";
import { setQuery } from "../../router";
import { clockTime, day, useNow, zoneLabel } from "../../time";
import { type Cell, cellsOf, gapOn, nowOn } from "./coverage";
import { DayKeys } from "./DayKeys";
import { t } from "./words";

type Row = Schema<"CoverageRow">;

export const MONTH_DAYS = 28;

/**
 * Four weeks at a glance: a row for each volunteer, a narrow bar for each day, and who covers it below.
 * A day's name opens its week, where hours are read and shifts dropped. Without `zone` each row is on
 * its volunteer's own clock.
 */
export function MonthGrid(props: {
  rows: readonly Row[];
  monday: string;
  caption: string;
  zone: string | undefined;
}): JSX.Element {
  const { rows, zone } = props;
  const now = useNow(60_000);
  const days = daysFrom(props.monday, MONTH_DAYS);
  return (
    <>
      <DayKeys />
      <div class="week-frame">
        <table class="month">
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
                  <DayButton date={date} now={now} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.volunteer.id}>
                <th scope="row">
                  <bdi>{row.volunteer.name}</bdi>
                  <span class="week-who muted small">
                    {clockTime(now, row.volunteer.zone)} {zoneLabel(row.volunteer.zone, now)}
                  </span>
                </th>
                {cellsOf(row, days, zone ?? row.volunteer.zone).map((cell) => (
                  <td key={cell.day}>
                    <MonthCell cell={cell} now={nowOn(cell.day, zone ?? row.volunteer.zone, now)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {zone && (
            <tfoot>
              <tr>
                <th scope="row">
                  {t("covered")}
                  <span class="week-who muted small">{t("coveredLead")}</span>
                </th>
                {days.map((date) => {
                  const hours = Math.round((1 - gapOn(rows, date, zone)) * 24);
                  return (
                    <td key={date} class={hours < 24 ? "week-thin" : "muted"}>
                      {hours}
                    </td>
                  );
                })}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </>
  );
}

/** `Mon` above `2`: 28 of them stand beside each other. */
function DayButton({ date, now }: { date: string; now: number }): JSX.Element {
  const name = day(noonOf(date), "UTC", now);
  const [weekday = ""] = name.split(" ");
  return (
    <button
      type="button"
      class="month-day"
      aria-label={name}
      title={name}
      onClick={() => setQuery({ week: date, day: date, view: undefined })}
    >
      {weekday.replace(/[،፣,]$/, "").slice(0, 3)}
      <br />
      {Number(date.slice(8))}
    </button>
  );
}

function MonthCell({ cell, now }: { cell: Cell; now: number | undefined }): JSX.Element {
  const { available, onCall, inRotas, booked } = cell;
  const said = [
    ...named(t("available"), available),
    ...named(t("onCall"), [...inRotas, ...onCall]),
    ...named(t("booked"), booked),
  ].join("; ");
  return (
    <span title={said}>
      <DayBar
        layers={[
          { layer: "available", pieces: available },
          { layer: "on-call", pieces: [...inRotas, ...onCall] },
          { layer: "booked", pieces: booked },
        ]}
        now={now}
      />
      <span class="unseen">{said || t("nothing")}</span>
    </span>
  );
}

function named(what: string, pieces: readonly { words: string }[]): string[] {
  return pieces.length > 0 ? [`${what} ${pieces.map(({ words }) => words).join(comma())}`] : [];
}
