/** Geometry of the plots: figures in, places on the paper out. No words, no colours, no document. */

export interface WeekFigure {
  /** Undefined when nothing was done in that week. */
  readonly median: number | undefined;
  readonly p90: number | undefined;
}

export interface Paper {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Mark {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly top: number;
}

export interface WeekPlotShape {
  /** One for each run of weeks without a hole. */
  readonly bands: readonly string[];
  readonly lines: readonly string[];
  readonly marks: readonly Mark[];
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  readonly targetY: number | undefined;
  readonly top: number;
}

/** Round steps that a person counts in. */
const STEPS = [1, 2, 2.5, 5, 10];

/** Steps of clock time, in minutes: 1 min to 4 weeks. */
const MINUTES = [
  1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 4320, 10080, 20160, 40320,
];

/** Ticks from nothing to at least `top`, about `wanted` of them. */
export function ticksTo(top: number, wanted: number, unit: "minutes" | "share"): number[] {
  const step = unit === "minutes" ? minuteStep(top / wanted) : roundStep(top / wanted);
  const count = Math.max(1, Math.ceil(top / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

function minuteStep(least: number): number {
  return MINUTES.find((step) => step >= least) ?? roundStep(least);
}

function roundStep(least: number): number {
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = STEPS.find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return step * power;
}

/**
 * Up to where the paper reaches: the target is always on it; a single wild week is cut off at
 * three times the larger of the target and the highest middle, so that the others can be read.
 */
export function reachOf(weeks: readonly WeekFigure[], target: number | undefined): number {
  const medians = weeks.flatMap(({ median }) => (median === undefined ? [] : [median]));
  const highest = weeks.flatMap(({ p90 }) => (p90 === undefined ? [] : [p90]));
  const middle = Math.max(target ?? 0, ...medians);
  const top = Math.max(middle * 1.08, Math.min(Math.max(0, ...highest), middle * 3));
  return top > 0 ? top : 1;
}

export function weekPlot(
  weeks: readonly WeekFigure[],
  target: number | undefined,
  paper: Paper,
  unit: "minutes" | "share",
): WeekPlotShape {
  const values = ticksTo(reachOf(weeks, target), 4, unit);
  const top = values[values.length - 1] ?? 1;
  const inner = paper.width - paper.left - paper.right;
  const x = (index: number) => round(paper.left + (inner * (index + 0.5)) / weeks.length);
  const y = (value: number) => {
    const high = paper.height - paper.top - paper.bottom;
    return round(paper.top + high * (1 - Math.min(value, top) / top));
  };
  const marks = weeks.flatMap(({ median, p90 }, index) =>
    median === undefined ? [] : [{ index, x: x(index), y: y(median), top: y(p90 ?? median) }],
  );
  const runs = runsOf(marks);
  return {
    bands: runs.map(bandOf),
    lines: runs.map((run) => run.map((mark) => `${mark.x},${mark.y}`).join(" ")),
    marks,
    ticks: values.map((value) => ({ value, y: y(value) })),
    targetY: target === undefined ? undefined : y(target),
    top,
  };
}

function runsOf(marks: readonly Mark[]): Mark[][] {
  const runs: Mark[][] = [];
  for (const mark of marks) {
    const run = runs[runs.length - 1];
    if (run && run[run.length - 1]?.index === mark.index - 1) run.push(mark);
    else runs.push([mark]);
  }
  return runs;
}

/** A week alone gets a narrow band of its own. */
function bandOf(run: readonly Mark[]): string {
  const [only] = run;
  const edge =
    run.length === 1 && only
      ? [
          { ...only, x: only.x - 4 },
          { ...only, x: only.x + 4 },
        ]
      : run;
  const above = edge.map(({ x, top }) => `${x},${top}`);
  const below = edge.map(({ x, y }) => `${x},${y}`).reverse();
  return `M${[...above, ...below].join("L")}Z`;
}

/** Which weeks get their date below the paper: the last one always, then as many as fit. */
export function labelledWeeks(count: number, fit: number): number[] {
  const step = Math.max(1, Math.ceil(count / Math.max(1, fit)));
  const labelled: number[] = [];
  for (let index = count - 1; index >= 0; index -= step) labelled.unshift(index);
  return labelled;
}

export interface Bar {
  /** Percent of the paper's width. */
  readonly width: number;
  readonly reach: number;
  /** The figure lies beyond the paper. */
  readonly cut: boolean;
}

/**
 * Bars of one plot share a scale; the target mark is at `targetAt` percent.
 * @param full the figure whose bar fills the paper, where that is known
 */
export function barPlot(
  rows: readonly WeekFigure[],
  targets: readonly (number | undefined)[],
  full?: number,
): { bars: (Bar | undefined)[]; targetAt: (number | undefined)[] } {
  const known = targets.flatMap((target) => (target === undefined ? [] : [target]));
  const top = full ?? reachOf(rows, known.length === 0 ? undefined : Math.max(...known));
  const percent = (value: number) => round((100 * Math.min(value, top)) / top);
  return {
    bars: rows.map(({ median, p90 }) =>
      median === undefined
        ? undefined
        : {
            width: percent(median),
            reach: percent(p90 ?? median),
            cut: (p90 ?? median) > top,
          },
    ),
    targetAt: targets.map((target) => (target === undefined ? undefined : percent(target))),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
