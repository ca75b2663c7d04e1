import type { JSX } from "preact";
import { barPlot, type WeekFigure } from "./plot";
import { t } from "./words";

export interface BarRow {
  readonly key: string;
  readonly label: string;
  readonly figure: WeekFigure;
  readonly target?: number | undefined;
  /** The figures in words, below the name. */
  readonly words: string;
  readonly strong?: boolean;
}

/** One bar for each row on a common scale: its length the middle, the thin line up to nine of ten. */
export function BarPlot(props: {
  rows: readonly BarRow[];
  label: string;
  /** The figure whose bar is full. */
  full?: number;
  /** Few words: they stand beside the bar where there is room. */
  brief?: boolean;
}): JSX.Element {
  const { rows, label, full, brief } = props;
  const { bars, targetAt } = barPlot(
    rows.map(({ figure }) => figure),
    rows.map(({ target }) => target),
    full,
  );
  return (
    <ul class={brief ? "bars bars-brief" : "bars"} aria-label={label}>
      {rows.map((row, index) => (
        <li key={row.key} class={row.strong ? "bar-row bar-strong" : "bar-row"}>
          <span class="bar-name">
            <bdi>{row.label}</bdi>
          </span>
          <Bar bar={bars[index]} targetAt={targetAt[index]} />
          <span class="bar-words muted small">{row.words}</span>
        </li>
      ))}
    </ul>
  );
}

function Bar(props: {
  bar: { width: number; reach: number; cut: boolean } | undefined;
  targetAt: number | undefined;
}): JSX.Element {
  const { bar, targetAt } = props;
  return (
    <svg class="bar" aria-hidden="true" width="100%" height="26">
      <rect class="bar-ground" x="0" y="5" width="100%" height="16" rx="3" />
      {bar && bar.reach > bar.width && (
        <>
          <line class="bar-reach" x1="0" x2={`${bar.reach}%`} y1="13" y2="13" />
          {!bar.cut && (
            <line class="bar-reach" x1={`${bar.reach}%`} x2={`${bar.reach}%`} y1="8" y2="18" />
          )}
        </>
      )}
      {bar && bar.width > 0 && (
        <rect class="bar-fill" x="0" y="5" width={`${bar.width}%`} height="16" rx="3" />
      )}
      {targetAt !== undefined && (
        <line class="bar-target" x1={`${targetAt}%`} x2={`${targetAt}%`} y1="0" y2="26">
          <title>{t("targetMark")}</title>
        </line>
      )}
    </svg>
  );
}
