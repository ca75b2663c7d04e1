import type { JSX } from "preact";
import { api, ok, type Schema } from "../../api/client";
import { languageName, useMe, useSpecialtyName } from "../../consult";
import { daysFrom, mondayOf, noonOf } from "../../specialist/roster/days";
import { useResource } from "../../resource";
import { setQuery, useAddress } from "../../router";
import { clockTime, day, dayKey, dayWithTime, ownZone, useNow, zoneLabel } from "../../time";
import { Badge, Card, EmptyState, Load, Page, Select, Stack, TwoPane } from "../../ui";
import { AllPairs } from "./AllPairs";
import { gridOf, type Level } from "./heat";
import { t } from "./words";
import "../week.css";
import "./coverage.css";

type HeatMap = Schema<"HeatMap">;
type Gap = Schema<"GapList">["items"][number];
const WEEKS = 4;
const GAPS_SHOWN = 15;
const LEVELS: readonly Level[] = ["nobody", "few", "enough", "quiet"];

/** The gaps in words, and the map that they come from: of all fields and languages, or of one. */
export function CoveragePage(): JSX.Element {
  const now = useNow(3_600_000);
  const from = new Date(now - (now % 3_600_000)).toISOString().replace(".000Z", "Z");
  const ask = { params: { query: { from, weeks: WEEKS } } };
  const heat = useResource(() => ok(api.GET("/roster/heat-map", ask)), [from], { live: "roster" });
  const gaps = useResource(() => ok(api.GET("/roster/gaps", ask)), [from], { live: "roster" });
  const one = useAddress().query.has("pair");
  const map = (
    <Load from={heat} rows={12}>
      {(value) =>
        value.rows.length === 0 ? (
          <EmptyState icon="calendar" title={t("noneTitle")}>
            {t("none")}
          </EmptyState>
        ) : (
          <Heat map={value} now={now} />
        )
      }
    </Load>
  );
  const list = (
    <Load from={gaps} rows={6}>
      {(value) => <GapList list={value} now={now} />}
    </Load>
  );
  return (
    <Page title={t("title")} lead={t("lead")} width="wide">
      {one ? (
        <TwoPane main={map} side={list} />
      ) : (
        <Stack>
          {map}
          {list}
        </Stack>
      )}
    </Page>
  );
}

function Heat({ map, now }: { map: HeatMap; now: number }): JSX.Element {
  const { query } = useAddress();
  const specialtyName = useSpecialtyName();
  const clinic = useMe().membership.organisation.zone ?? ownZone();
  const zone = query.get("clock") === "own" ? ownZone() : clinic;
  const keyOf = (row: HeatMap["rows"][number]) => `${row.specialty}.${row.language}`;
  const nameOf = (row: HeatMap["rows"][number]) =>
    t("pairName", {
      specialty: specialtyName(row.specialty, row.label),
      language: languageName(row.language),
    });
  const row = map.rows.find((one) => keyOf(one) === query.get("pair"));
  const today = dayKey(now, zone);
  const starts = daysFrom(today, WEEKS * 7).filter((_, index) => index % 7 === 0);
  const start = starts.find((date) => date === query.get("week")) ?? today;
  const days = daysFrom(start, 7);
  const hrefOf = (of: HeatMap["rows"][number]) => {
    const next = new URLSearchParams(query);
    next.set("pair", keyOf(of));
    return `/scheduler/coverage?${next.toString()}`;
  };
  return (
    <Stack>
      <div class="week-choices">
        <Select
          label={t("pair")}
          value={row ? keyOf(row) : ""}
          onChange={(pair) => setQuery({ pair: pair || undefined })}
          options={[
            { value: "", label: t("allPairs") },
            ...map.rows.map((one) => ({ value: keyOf(one), label: nameOf(one) })),
          ]}
        />
        <Select
          label={t("week")}
          value={start}
          onChange={(week) => setQuery({ week: week === today ? undefined : week })}
          options={starts.map((date) => ({ value: date, label: day(noonOf(date), "UTC", now) }))}
        />
        {ownZone() !== clinic && (
          <Select
            label={t("clock")}
            value={zone === clinic ? "clinic" : "own"}
            onChange={(to) => setQuery({ clock: to === "own" ? "own" : undefined })}
            options={[
              { value: "clinic", label: zoneLabel(clinic, now) },
              { value: "own", label: zoneLabel(ownZone(), now) },
            ]}
          />
        )}
      </div>
      <p class="muted small">{row ? groundOf(row) : t("allLead")}</p>
      <p class="small">
        {row && `${t("key")}: `}
        {LEVELS.map((level) => (
          <span key={level}>
            <span class={`heat-${level}`}>&nbsp;{t(level)}&nbsp;</span>{" "}
          </span>
        ))}
      </p>
      {row ? (
        <OnePair map={map} row={row} days={days} zone={zone} now={now} name={nameOf(row)} />
      ) : (
        <AllPairs map={map} days={days} zone={zone} now={now} nameOf={nameOf} hrefOf={hrefOf} />
      )}
    </Stack>
  );
}

function groundOf({ ground, arrivals }: HeatMap["rows"][number]): string {
  if (ground === "none") return t("groundNone");
  return t(ground === "little" ? "groundLittle" : "groundEnough", { count: arrivals });
}

/** The hours of one field and language, a column for each day. */
function OnePair(props: {
  map: HeatMap;
  row: HeatMap["rows"][number];
  days: readonly string[];
  zone: string;
  now: number;
  name: string;
}): JSX.Element {
  const { days, zone, now } = props;
  const { clocks, cells } = gridOf(props.map, props.row, days, zone);
  return (
    <Card>
      <table class="heat">
        <caption class="unseen">
          {t("caption", { pair: props.name, zone: zoneLabel(zone, now) })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("hour")}</th>
            {days.map((date) => (
              <th key={date} scope="col">
                <HeatDay date={date} now={now} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {clocks.map((clock, index) => (
            <tr key={clock}>
              <th scope="row">{clock}</th>
              {(cells[index] ?? []).map((cell, at) =>
                cell ? (
                  <td key={days[at]} class={`heat-${cell.level}`} title={t(cell.level)}>
                    <span aria-hidden="true">
                      {cell.reachable}/{cell.needed}
                    </span>
                    <span class="unseen">
                      {t("cell", {
                        reachable: cell.reachable,
                        needed: cell.needed,
                        level: t(cell.level),
                      })}
                    </span>
                  </td>
                ) : (
                  <td key={days[at]}>–</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** `Mon` above `2 Mar`: seven of them fit a phone. */
function HeatDay({ date, now }: { date: string; now: number }): JSX.Element {
  const [weekday = "", ...rest] = day(noonOf(date), "UTC", now).split(" ");
  return (
    <>
      {weekday}
      <br />
      {rest.slice(0, 1).join(" ")}
    </>
  );
}

function GapList({ list, now }: { list: Schema<"GapList">; now: number }): JSX.Element {
  const specialtyName = useSpecialtyName();
  const clinic = useMe().membership.organisation.zone ?? ownZone();
  const span = ({ start, end }: Gap, zone: string) => {
    const oneDay = dayKey(start, zone) === dayKey(end, zone);
    const to = oneDay ? clockTime(end, zone) : dayWithTime(end, zone);
    return t("span", { from: dayWithTime(start, zone), to });
  };
  return (
    <Stack>
      <Card title={t("gaps")}>
        <p class="muted small">
          {t("ground", { count: Math.round(list.weeksCounted) })}{" "}
          {t("clockOf", { zone: zoneLabel(clinic, now) })}
        </p>
        {list.items.length === 0 ? (
          <p>{t("gapsNone")}</p>
        ) : (
          <ol class="gap-list">
            {list.items.slice(0, GAPS_SHOWN).map((gap) => (
              <li key={`${gap.specialty} ${gap.language} ${gap.start}`}>
                <a href={rotaHref(gap, clinic)}>
                  {t("pairName", {
                    specialty: specialtyName(gap.specialty),
                    language: languageName(gap.language),
                  })}
                </a>
                <span>
                  <Badge tone={gap.reachable === 0 ? "red" : "orange"}>
                    {gap.reachable === 0
                      ? t("nobody")
                      : t("cellShort", { reachable: gap.reachable, needed: gap.needed })}
                  </Badge>{" "}
                  {span(gap, clinic)}
                </span>
                <span class="muted small">
                  {ownZone() !== clinic && `${t("local", { time: span(gap, ownZone()) })} `}
                  {gap.times > 1 && t("times", { count: gap.times })}
                </span>
              </li>
            ))}
          </ol>
        )}
        {list.items.length + list.left > GAPS_SHOWN && (
          <p class="muted small">
            {t("more", { count: list.items.length + list.left - GAPS_SHOWN })}
          </p>
        )}
      </Card>
      {list.unspoken.length > 0 && (
        <Card title={t("unspoken")}>
          <ul class="stack stack-small">
            {list.unspoken.map(({ language, consults }) => (
              <li key={language}>
                {t("unspokenLine", {
                  language: languageName(language),
                  count: consults,
                })}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </Stack>
  );
}

/** The rota of the field and language, open at the gap. */
function rotaHref({ specialty, language, start, end }: Gap, zone: string): string {
  const week = mondayOf(dayKey(start, zone));
  const query = new URLSearchParams({ specialty, language, week, start, end });
  return `/scheduler/rotas?${query.toString()}`;
}
