import type { JSX } from "preact";
import { noonOf } from "../../specialist/roster/days";
import { currentLanguage } from "../../i18n/messages";
import { useWide } from "../../wide";
import { figure, type Group, inUnit, type Timed, type Unit } from "./figures";
import { labelledWeeks, type Paper, weekPlot } from "./plot";
import { t } from "./words";

/** From here on the paper is drawn wide; its letters keep their size. */
const WIDE_REM = 56;
const WIDE: Paper = { width: 860, height: 300, left: 62, right: 12, top: 22, bottom: 34 };
const NARROW: Paper = { width: 340, height: 240, left: 52, right: 8, top: 22, bottom: 32 };
const LABEL_WIDTH = 62;

/** One of the times week by week: the middle as a line, up to nine of ten as a band, the target. */
export function WeekPlot(props: {
  weeks: readonly Group[];
  timed: Timed;
  unit: Unit;
  target: number | undefined;
}): JSX.Element {
  const { weeks, timed, unit, target } = props;
  const paper = useWide(WIDE_REM) ? WIDE : NARROW;
  const figures = weeks.map((week) => figure(week[timed], unit));
  const shape = weekPlot(figures, target, paper, unit);
  const right = paper.width - paper.right;
  const floor = paper.height - paper.bottom;
  const fit = Math.floor((right - paper.left) / LABEL_WIDTH);
  return (
    <svg
      class="plot"
      viewBox={`0 0 ${paper.width} ${paper.height}`}
      role="img"
      aria-label={spoken(props)}
    >
      {shape.ticks.map(({ value, y }) => (
        <g key={value}>
          <line class="plot-grid" x1={paper.left} x2={right} y1={y} y2={y} />
          <text class="plot-words" x={paper.left - 6} y={y + 4} text-anchor="end">
            {tick(value, unit)}
          </text>
        </g>
      ))}
      {shape.bands.map((path) => (
        <path key={path} class="plot-band" d={path} />
      ))}
      {shape.targetY !== undefined && (
        <>
          <line
            class="plot-target"
            x1={paper.left}
            x2={right}
            y1={shape.targetY}
            y2={shape.targetY}
          />
          <text class="plot-target-words" x={right} y={shape.targetY - 5} text-anchor="end">
            {t("targetLine")}
          </text>
        </>
      )}
      {shape.lines.map((points) => (
        <polyline key={points} class="plot-line" points={points} />
      ))}
      {shape.marks.map(({ index, x, y }) => (
        <circle key={index} class="plot-mark" cx={x} cy={y} r="4">
          <title>{pointText(weeks[index], timed, unit)}</title>
        </circle>
      ))}
      {labelledWeeks(weeks.length, fit).map((index) => (
        <text
          key={index}
          class="plot-words"
          x={paper.left + ((right - paper.left) * (index + 0.5)) / weeks.length}
          y={floor + 20}
          text-anchor="middle"
        >
          {weekText(weeks[index]?.key ?? "")}
        </text>
      ))}
    </svg>
  );
}

function tick(value: number, unit: Unit): string {
  if (value === 0) return "0";
  return unit === "minutes"
    ? inUnit(value, unit)
    : t("percent", { value: Math.round(value * 100) });
}

/** `2 Mar`. */
export function weekText(monday: string): string {
  return new Intl.DateTimeFormat(currentLanguage() === "en" ? "en-GB" : currentLanguage(), {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  }).format(Date.parse(noonOf(monday)));
}

function pointText(week: Group | undefined, timed: Timed, unit: Unit): string {
  const { median, p90 } = figure(week?.[timed], unit);
  return t("pointLabel", {
    week: weekText(week?.key ?? ""),
    median: inUnit(median ?? 0, unit),
    p90: inUnit(p90 ?? 0, unit),
    count: week?.[timed]?.done ?? 0,
  });
}

function spoken(props: {
  weeks: readonly Group[];
  timed: Timed;
  unit: Unit;
  target: number | undefined;
}): string {
  const { weeks, timed, unit, target } = props;
  const medians = weeks.flatMap((week) => figure(week[timed], unit).median ?? []);
  const label = t("weekPlotLabel", {
    measure: t(timed),
    first: weekText(weeks[0]?.key ?? ""),
    last: weekText(weeks[weeks.length - 1]?.key ?? ""),
    low: inUnit(Math.min(...medians), unit),
    high: inUnit(Math.max(...medians), unit),
  });
  return target !== undefined && unit === "minutes"
    ? `${label} ${t("weekPlotTarget", { measure: t(timed), target: inUnit(target, unit) })}`
    : label;
}
