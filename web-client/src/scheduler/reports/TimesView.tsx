import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { languageName, urgencyName } from "../../consult";
import { comma } from "../../i18n/comma";
import { setQuery } from "../../router";
import { Card, Disclosure, EmptyState, Select, Stack, Table } from "../../ui";
import { BarPlot } from "./BarPlot";
import {
  countText,
  figure,
  type Group,
  type Grouping,
  inUnit,
  minutes,
  percent,
  sinceFirst,
  summary,
  type Timed,
  TIMED,
  type Unit,
  unitOf,
} from "./figures";
import { WeekPlot, weekText } from "./WeekPlot";
import { t } from "./words";

type Times = Schema<"TimesReport">;
type Urgency = Schema<"Urgency">;

const URGENCIES: readonly Urgency[] = ["red", "orange", "yellow", "green", "blue"];

/** How long it took: in words, week by week, and compared. */
export function TimesView(props: {
  times: Times;
  timed: Timed;
  urgency: Urgency | undefined;
}): JSX.Element {
  const { times, timed, urgency } = props;
  const { total, groups } = times;
  const weeks = sinceFirst(times.weeks);
  const unit = unitOf(total[timed]);
  return (
    <Stack>
      <Choices times={times} timed={timed} urgency={urgency} />
      {total.consults === 0 ? (
        <EmptyState icon="chart" title={t("none")}>
          {t("noneLead")}
        </EmptyState>
      ) : (
        <>
          <p class="report-lead">{summary(total, timed).join(" ")}</p>
          <Card title={t("perWeek")}>
            <p class="muted small">
              {t("perWeekLead")} {unit === "share" && t("ofTargetLead")}
            </p>
            {weeks.some((week) => week[timed]?.medianMinutes !== undefined) ? (
              <WeekPlot
                weeks={weeks}
                timed={timed}
                unit={unit}
                target={unit === "share" ? 1 : total[timed]?.targetMinutes}
              />
            ) : (
              <p>{t("noneDone")}</p>
            )}
            <Figures
              rows={weeks}
              timed={timed}
              first={t("week")}
              name={({ key }) => weekText(key)}
            />
          </Card>
          <Card title={t("groupsTitle")}>
            <p class="muted small">
              {t("groupsLead")} {unit === "share" && t("ofTargetLead")}
            </p>
            <BarPlot
              label={t("groupsTitle")}
              rows={groups.map((group) => ({
                key: group.key,
                label: groupName(times.by, group),
                figure: figure(group[timed], unit),
                target: unit === "share" ? 1 : group[timed]?.targetMinutes,
                words: groupWords(group, timed, unit),
              }))}
            />
            <Figures
              rows={groups}
              timed={timed}
              first={t("group")}
              name={(group) => groupName(times.by, group)}
            />
          </Card>
        </>
      )}
    </Stack>
  );
}

function Choices(props: { times: Times; timed: Timed; urgency: Urgency | undefined }): JSX.Element {
  const { about, by } = props.times;
  const groupings: Grouping[] =
    about.scope === "own"
      ? ["urgency", "specialty", "language", "site", "organisation"]
      : ["urgency", "specialty", "language", "organisation"];
  return (
    <div class="report-choices">
      <Select
        label={t("measure")}
        value={props.timed}
        onChange={(measure) => setQuery({ measure })}
        options={TIMED.map((value) => ({ value, label: t(value) }))}
      />
      <Select
        label={t("by")}
        value={by}
        onChange={(to) => setQuery({ by: to })}
        options={groupings.map((value) => ({ value, label: groupingName(value, about.scope) }))}
      />
      <Select
        label={t("onlyUrgency")}
        value={props.urgency ?? ""}
        onChange={(to) => setQuery({ urgency: to || undefined })}
        options={[
          { value: "", label: t("allUrgencies") },
          ...URGENCIES.map((value) => ({ value, label: urgencyName(value) })),
        ]}
      />
    </div>
  );
}

export function groupingName(by: Grouping, scope: "own" | "helped"): string {
  if (by !== "organisation") return t(by);
  return scope === "own" ? t("helper") : t("asker");
}

export function groupName(by: Grouping, { key, label }: Group): string {
  if (by === "urgency") return urgencyName(key as Urgency);
  if (by === "language") return languageName(key);
  if (by === "specialty") return label || t("noSpecialty");
  return label || t("nobodyYet");
}

function groupWords(group: Group, timed: Timed, unit: Unit): string {
  const measure = group[timed];
  const words = [countText(group)];
  if (!measure) return words.join(" · ");
  const { medianMinutes: median, p90Minutes: p90, targetMinutes: target } = measure;
  if (median === undefined || p90 === undefined) words.push(t("noneYet"));
  else words.push(t("half", { time: minutes(median) }), t("nineOfTen", { time: minutes(p90) }));
  if (measure.onTimeShare !== undefined) {
    words.push(t("inTime", { share: percent(measure.onTimeShare) }));
  }
  if (unit === "share" && target !== undefined) words.push(t("target", { time: minutes(target) }));
  return words.join(" · ");
}

/** The same as a table: for screen readers, the keyboard, and whoever wants the numbers. */
function Figures(props: {
  rows: readonly Group[];
  timed: Timed;
  first: string;
  name: (group: Group) => string;
}): JSX.Element {
  const { timed } = props;
  const time = (value: number | undefined) => (value === undefined ? "–" : minutes(value));
  const count = (group: Group, value: number | undefined) =>
    value ?? (group[timed] ? t("few") : "–");
  return (
    <Disclosure summary={t("asTable")}>
      <Table
        caption={`${props.first}${comma()}${t(timed)}`}
        rows={props.rows}
        rowKey={({ key }) => key}
        columns={[
          { label: props.first, cell: (group) => <bdi>{props.name(group)}</bdi> },
          { label: t("consults"), figures: true, cell: (g) => g.consults ?? countText(g) },
          { label: t("done"), figures: true, cell: (g) => count(g, g[timed]?.done) },
          { label: t("due"), figures: true, cell: (g) => count(g, g[timed]?.due) },
          { label: t("onTime"), figures: true, cell: (g) => count(g, g[timed]?.onTime) },
          { label: t("median"), figures: true, cell: (g) => time(g[timed]?.medianMinutes) },
          { label: t("p90"), figures: true, cell: (g) => time(g[timed]?.p90Minutes) },
          {
            label: t("targetColumn"),
            figures: true,
            cell: (g) => {
              const target = g[timed]?.targetMinutes;
              const middle = g[timed]?.medianOfTarget;
              if (target !== undefined) return minutes(target);
              return middle === undefined ? "–" : inUnit(middle, "share");
            },
          },
        ]}
      />
    </Disclosure>
  );
}
