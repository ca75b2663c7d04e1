import type { Schema } from "../../api/client";
import { dayKey, clockTime } from "../../time";

type HeatMap = Schema<"HeatMap">;
type Row = HeatMap["rows"][number];

const HOUR = 3_600_000;

export type Level = "nobody" | "few" | "enough" | "quiet";

export interface HeatCell {
  readonly start: number;
  readonly reachable: number;
  readonly needed: number;
  readonly level: Level;
}

/** How an hour stands; an hour that nobody asks for is quiet, also without anybody. */
export function levelOf(reachable: number, needed: number): Level {
  if (reachable >= needed) return needed === 0 && reachable === 0 ? "quiet" : "enough";
  return reachable === 0 ? "nobody" : "few";
}

/** One hour of the clock over several days. */
export interface ClockCell {
  readonly clock: string;
  /** The worst of the days. */
  readonly level: Level;
  /** On how many of the days somebody lacks. */
  readonly short: number;
}

const WORST_FIRST: readonly Level[] = ["nobody", "few", "enough", "quiet"];

/** A row by the hour of the clock, and in how many hours of these days somebody lacks. */
export function overDays(
  map: Pick<HeatMap, "from" | "hours">,
  row: Pick<Row, "reachable" | "needed">,
  days: readonly string[],
  zone: string,
): { cells: ClockCell[]; short: number } {
  const { clocks, cells } = gridOf(map, row, days, zone);
  const perClock = clocks.map((clock, index) => {
    const levels = (cells[index] ?? []).flatMap((cell) => (cell ? [cell.level] : []));
    return {
      clock,
      level: WORST_FIRST.find((level) => levels.includes(level)) ?? "quiet",
      short: levels.filter((level) => level === "nobody" || level === "few").length,
    };
  });
  return { cells: perClock, short: perClock.reduce((sum, { short }) => sum + short, 0) };
}

/** Hours of one row on the days of a zone's calendar: `cells[clock][day]`. */
export function gridOf(
  map: Pick<HeatMap, "from" | "hours">,
  row: Pick<Row, "reachable" | "needed">,
  days: readonly string[],
  zone: string,
): { clocks: string[]; cells: (HeatCell | undefined)[][] } {
  const from = Date.parse(map.from);
  const found = new Map<string, HeatCell>();
  const clocks = new Set<string>();
  for (let hour = 0; hour < map.hours; hour++) {
    const start = from + hour * HOUR;
    const date = dayKey(start, zone);
    if (!days.includes(date)) continue;
    const clock = clockTime(start, zone);
    const reachable = row.reachable[hour] ?? 0;
    const needed = row.needed[hour] ?? 0;
    clocks.add(clock);
    // An hour that comes twice in autumn shows its worse half.
    const before = found.get(`${date} ${clock}`);
    if (!before || reachable - needed < before.reachable - before.needed) {
      const cell = { start, reachable, needed, level: levelOf(reachable, needed) };
      found.set(`${date} ${clock}`, cell);
    }
  }
  const sorted = [...clocks].sort();
  return {
    clocks: sorted,
    cells: sorted.map((clock) => days.map((date) => found.get(`${date} ${clock}`))),
  };
}
