import type { JSX } from "preact";
import type { Schema } from "../api/client";
import { comma } from "../i18n/comma";
import { clockTime, dayAndTime, useNow } from "../time";
import { Card, Disclosure, When } from "../ui";
import { consciousnessName } from "./names";
import { UrgencyBadge } from "./parts";
import { reasonText } from "./reference";
import { allVitals, latestConsciousness } from "./Supplements";
import {
  type Dot,
  type Gauge,
  gaugeOf,
  judge,
  type Judged,
  type Plot,
  plotOf,
  SHEET,
} from "./vitalPlot";
import { type Limits, type VitalSeries, vitalSeries } from "./vitals";
import { t } from "./words";

const BAR_HEIGHT = 14;

/** More than these are only in the list of all values. */
const EARLIER_SHOWN = 3;

/** What was measured, each with its course, what is usual for this patient, and what is dangerous. */
export function VitalsCard(props: {
  request: Schema<"Request">;
  rules: Schema<"TriageRules"> | undefined;
}): JSX.Element {
  const { content, triage, vitalLimits } = props.request;
  const { consciousness: first } = content.assessment ?? {};
  const consciousness = latestConsciousness(props.request) ?? first;
  const series = vitalSeries(allVitals(props.request), props.rules, triage.reasons, vitalLimits);
  const charted = series.some(({ lines }) => lines.some(({ limits }) => limits));
  return (
    <Card title={t("vitals")}>
      {series.length === 0 && !consciousness ? (
        <p class="muted">{t("noVitals")}</p>
      ) : (
        <ul class="vitals">
          {consciousness && (
            <li class="vital" data-raised={consciousness === "alert" ? undefined : ""}>
              <span class="vital-label">{t("consciousness")}</span>
              <span class="vital-value">{consciousnessName(consciousness)}</span>
            </li>
          )}
          {series.map((one) => (
            <Vital key={one.code} series={one} />
          ))}
        </ul>
      )}
      {charted && <p class="muted small">{t("vitalsKey")}</p>}
      {series.some(({ earlier }) => earlier.length > 0) && <AllValues series={series} />}
    </Card>
  );
}

function Vital({ series }: { series: VitalSeries }): JSX.Element {
  const { reason } = series;
  const judged = latestJudged(series);
  const usual = usualText(series);
  return (
    <li class="vital" data-raised={reason || judged === "danger" ? "" : undefined}>
      <span class="vital-label">{series.label}</span>
      <span class="vital-value">
        <strong>
          <bdi>{series.text}</bdi>
        </strong>{" "}
        <bdi>{series.unit}</bdi>
        {reason ? (
          <span title={reasonText(reason)}>
            <UrgencyBadge urgency={reason.urgency} />
          </span>
        ) : (
          <JudgedText judged={judged} />
        )}
      </span>
      <VitalChart series={series} />
      <span class="vital-detail">
        {usual && <span>{t("usualRange", { range: usual })}</span>}
        {series.takenAt ? <When at={series.takenAt} /> : <span>{t("noTime")}</span>}
        {series.method && <bdi>{series.method}</bdi>}
        {series.earlier.length > 0 && series.earlier.length <= EARLIER_SHOWN && (
          <span>{t("earlier", { values: series.earlier.join(comma()) })}</span>
        )}
      </span>
    </li>
  );
}

function JudgedText({ judged }: { judged: Judged }): JSX.Element | null {
  switch (judged) {
    case "danger":
      return <strong class="vital-dangerous">{t("dangerous")}</strong>;
    case "unusual":
      return <span class="vital-outside">{t("outsideUsual")}</span>;
    case "usual":
    case "unknown":
      return null;
  }
}

/** The course over time; of a single value, where it stands. Nothing when neither can be told. */
export function VitalChart({ series }: { series: VitalSeries }): JSX.Element | null {
  const many = series.lines.some(({ measured }) => measured.length > 1);
  if (many) return <Course series={series} />;
  return (
    <>
      {series.lines.map(({ measured: [only], limits }, index) =>
        only && limits ? (
          <Bar key={index} gauge={gaugeOf(only.value, limits)} label={barText(series)} />
        ) : null,
      )}
    </>
  );
}

function Bar({ gauge, label }: { gauge: Gauge; label: string }): JSX.Element {
  const { zones, mark } = gauge;
  return (
    <figure class="vital-chart" dir="ltr">
      <svg viewBox={`0 0 ${SHEET.width} ${BAR_HEIGHT}`} role="img" aria-label={label}>
        {zones.map(({ kind, x, width }, index) => (
          <rect key={index} class={`vital-${kind}`} x={x} width={width} height={BAR_HEIGHT} />
        ))}
        <Mark dot={{ x: mark.x, y: BAR_HEIGHT / 2, judged: mark.judged }} isLast />
      </svg>
    </figure>
  );
}

function Course({ series }: { series: VitalSeries }): JSX.Element {
  const plot = plotOf(series.lines, useNow());
  return (
    <figure class="vital-chart" dir="ltr">
      <svg
        viewBox={`0 0 ${SHEET.width} ${SHEET.height}`}
        role="img"
        aria-label={courseText(series, plot)}
      >
        {plot.stripes.map(({ kind, y, height }, index) => (
          <rect key={index} class={`vital-${kind}`} width={SHEET.width} y={y} height={height} />
        ))}
        {plot.lines.map((dots, index) => (
          <g key={index}>
            <polyline class="vital-line" points={dots.map(({ x, y }) => `${x},${y}`).join(" ")} />
            {dots.map((dot, at) => (
              <Mark key={at} dot={dot} isLast={at === dots.length - 1} />
            ))}
          </g>
        ))}
      </svg>
      {plot.span && (
        <figcaption>
          <span>{timeText(plot.span[0], plot.span)}</span>
          <span>{timeText(plot.span[1], plot.span)}</span>
        </figcaption>
      )}
    </figure>
  );
}

/** Danger is a diamond, so that colour is not the only sign. */
function Mark(props: { dot: Omit<Dot, "value">; isLast: boolean }): JSX.Element {
  const { x, y, judged } = props.dot;
  const r = props.isLast ? 4 : 3;
  return judged === "danger" ? (
    <path
      class="vital-dot vital-dot-danger"
      d={`M${x} ${y - r - 2}L${x + r + 2} ${y}L${x} ${y + r + 2}L${x - r - 2} ${y}Z`}
    />
  ) : (
    <circle class="vital-dot" cx={x} cy={y} r={r} />
  );
}

/** Every value with its time, for who wants the figures. */
function AllValues({ series }: { series: readonly VitalSeries[] }): JSX.Element {
  return (
    <Disclosure summary={t("allValues")}>
      <dl class="vital-values">
        {series.map(({ code, label, unit, lines: [first, second] }) => (
          <div key={code}>
            <dt>{label}</dt>
            {[...(first?.measured ?? [])].reverse().map(({ value, at }, index, { length }) => (
              <dd key={index}>
                <bdi>
                  {value}
                  {second && `/${second.measured[length - 1 - index]?.value ?? ""}`} {unit}
                </bdi>{" "}
                <span class="muted">{at === undefined ? t("noTime") : dayAndTime(at)}</span>
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}

function latestJudged({ lines }: VitalSeries): Judged {
  const latest = lines.map(({ measured, limits }) => {
    const last = measured[measured.length - 1];
    return last ? judge(last.value, limits) : "unknown";
  });
  return (["danger", "unusual", "usual"] as const).find((one) => latest.includes(one)) ?? "unknown";
}

/** `60–100`, `100–139/60–89`, `96 or more`. */
export function usualText({ lines }: VitalSeries): string {
  const ranges = lines.map(({ limits }) => rangeText(limits));
  return ranges.every((range) => range === "") ? "" : ranges.filter(Boolean).join(" / ");
}

function rangeText(limits: Limits | undefined): string {
  const { usualFrom, usualTo } = limits ?? {};
  if (usualFrom !== undefined && usualTo !== undefined) return `${usualFrom}–${usualTo}`;
  if (usualFrom !== undefined) return t("orMore", { value: String(usualFrom) });
  return usualTo === undefined ? "" : t("orLess", { value: String(usualTo) });
}

function barText(series: VitalSeries): string {
  const usual = usualText(series);
  const value = t("chartOf", { label: series.label, values: series.text, unit: series.unit });
  return usual ? `${value}. ${t("usualRange", { range: usual })}` : value;
}

function courseText(series: VitalSeries, plot: Plot): string {
  const values = [...series.earlier, series.text].join(comma());
  const usual = usualText(series);
  const danger = plot.lines.flat().filter(({ judged }) => judged === "danger").length;
  return [
    t("chartOf", { label: series.label, values, unit: series.unit }),
    ...(usual ? [t("usualRange", { range: usual })] : []),
    ...(danger > 0 ? [t("dangerCount", { count: danger })] : []),
  ].join(". ");
}

const DAY_MILLISECONDS = 86_400_000;

function timeText(at: number, [from, until]: readonly [number, number]): string {
  return until - from < DAY_MILLISECONDS / 2 ? clockTime(at) : dayAndTime(at);
}
