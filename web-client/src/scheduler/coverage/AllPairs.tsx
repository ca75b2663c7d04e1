import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { day, zoneLabel } from "../../time";
import { noonOf } from "../../specialist/roster/days";
import { Card } from "../../ui";
import { overDays } from "./heat";
import { t } from "./words";

type HeatMap = Schema<"HeatMap">;
type Row = HeatMap["rows"][number];

/** Every field and language in a row of 24 hours, those that lack most first. */
export function AllPairs(props: {
  map: HeatMap;
  days: readonly string[];
  zone: string;
  now: number;
  nameOf: (row: Row) => string;
  hrefOf: (row: Row) => string;
}): JSX.Element {
  const { map, days, zone, now } = props;
  const rows = map.rows
    .map((row) => ({ row, name: props.nameOf(row), ...overDays(map, row, days, zone) }))
    .sort((a, b) => b.short - a.short || a.name.localeCompare(b.name));
  const week = day(noonOf(days[0] ?? ""), "UTC", now);
  return (
    <Card>
      <div class="heat-frame">
        <table class="heat heat-all">
          <caption class="unseen">
            {t("allCaption", { day: week, zone: zoneLabel(zone, now) })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t("pair")}</th>
              {(rows[0]?.cells ?? []).map(({ clock }) => (
                <th key={clock} scope="col">
                  {clock.replace(/:00$/, "")}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, name, cells }) => (
              <tr key={name}>
                <th scope="row">
                  <a href={props.hrefOf(row)}>{name}</a>
                </th>
                {cells.map(({ clock, level, short }) => {
                  const words = short > 0 ? t("allCell", { count: short }) : t(level);
                  return (
                    <td key={clock} class={`heat-${level}`} title={`${clock} ${words}`}>
                      {short > 0 && <span aria-hidden="true">{short}</span>}
                      <span class="unseen">{words}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
