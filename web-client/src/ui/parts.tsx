import type { ComponentChildren, JSX, Key } from "preact";
import { useId, useState } from "preact/hooks";
import {
  bothZones,
  dayAndTime,
  dayWithTime,
  millis,
  type Moment,
  ownZone,
  timeLeft,
  useNow,
  zoneLabel,
} from "../time";
import { Icon, type IconName } from "./icon";
import { t } from "./words";

/** A surface for one thing. `tone` marks the one that needs the eye. */
export function Card(props: {
  title?: ComponentChildren;
  actions?: ComponentChildren;
  tone?: "plain" | "raised" | Tone;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <section class={`card card-${props.tone ?? "plain"}`}>
      {(props.title || props.actions) && (
        <div class="card-head">
          {props.title && <h2>{props.title}</h2>}
          {props.actions && <div class="card-actions">{props.actions}</div>}
        </div>
      )}
      {props.children}
    </section>
  );
}

export interface ListRow {
  readonly key: Key;
  readonly href?: string;
  readonly title: ComponentChildren;
  readonly detail?: ComponentChildren;
  /** Before the title: a badge. */
  readonly lead?: ComponentChildren;
  /** At the end: time left, state. */
  readonly aside?: ComponentChildren;
  readonly selected?: boolean;
}

/** Things to open, one below the other; the whole row is the target. */
export function List({ rows, label }: { rows: readonly ListRow[]; label: string }): JSX.Element {
  return (
    <ul class="list" aria-label={label}>
      {rows.map((row) => {
        const inside = (
          <>
            {row.lead && <span class="list-lead">{row.lead}</span>}
            <span class="list-words">
              <span class="list-title">{row.title}</span>
              {row.detail && <span class="list-detail">{row.detail}</span>}
            </span>
            {row.aside && <span class="list-aside">{row.aside}</span>}
            {row.href && <Icon name="next" />}
          </>
        );
        return (
          <li key={row.key}>
            {row.href ? (
              <a class="list-row" href={row.href} aria-current={row.selected ? "true" : undefined}>
                {inside}
              </a>
            ) : (
              <div class="list-row">{inside}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

export interface Column<T> {
  readonly label: string;
  readonly cell: (row: T) => ComponentChildren;
  /** Figures stand under each other at the end of the column. */
  readonly figures?: boolean;
}

/** A table on a wide screen; on a phone each row becomes a card with its labels. */
export function Table<T>(props: {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => Key;
}): JSX.Element {
  return (
    <div class="table-frame">
      <table class="table">
        <caption class="unseen">{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column.label} scope="col" class={column.figures ? "figures" : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.rowKey(row)}>
              {props.columns.map((column) => (
                <td
                  key={column.label}
                  data-label={column.label}
                  class={column.figures ? "figures" : undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Labels with their values: what is known of one thing. */
export function Facts(props: {
  facts: readonly { label: string; value: ComponentChildren }[];
}): JSX.Element {
  return (
    <dl class="facts">
      {props.facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export type Tone = "red" | "orange" | "yellow" | "green" | "blue" | "neutral";

/** A different outline for each tone, so that the colour is never the only sign. */
const SHAPES: Record<Tone, string> = {
  red: "M4.7 1h6.6L15 4.7v6.6L11.3 15H4.7L1 11.3V4.7z",
  orange: "M8 1.5L15.2 14.5H.8z",
  yellow: "M8 .8L15.2 8 8 15.2.8 8z",
  green: "M8 1.2a6.8 6.8 0 1 0 0 13.6A6.8 6.8 0 0 0 8 1.2z",
  blue: "M2 2h12v12H2z",
  neutral: "M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
};

/** A state in a word, a colour and a shape. */
export function Badge(props: { tone?: Tone; children: ComponentChildren }): JSX.Element {
  const tone = props.tone ?? "neutral";
  return (
    <span class={`badge badge-${tone}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={SHAPES[tone]} />
      </svg>
      {props.children}
    </span>
  );
}

/** Nothing here, why, and what to do about it. */
export function EmptyState(props: {
  icon?: IconName;
  title: string;
  children?: ComponentChildren;
  action?: ComponentChildren;
  /** Where it is all there is: its title is the page's. */
  page?: boolean;
}): JSX.Element {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={props.icon ?? "inbox"} />
      </span>
      {props.page ? <h1>{props.title}</h1> : <h2>{props.title}</h2>}
      {props.children && <div class="empty-words">{props.children}</div>}
      {props.action}
    </div>
  );
}

/** Stands where content will be, in its rough shape; appears only after a short while. */
export function Loading({ rows = 3 }: { rows?: number }): JSX.Element {
  return (
    <div class="loading" role="status">
      <span class="unseen">{t("loading")}</span>
      {Array.from({ length: rows }, (_, index) => (
        <span class="loading-row" key={index} aria-hidden="true" />
      ))}
    </div>
  );
}

/** Views of one thing. The chosen one usually lives in the address: `?tab=`. */
export function Tabs<V extends string>(props: {
  label: string;
  tabs: readonly { value: V; label: string; count?: number }[];
  chosen: V;
  onChoose: (value: V) => void;
  children: ComponentChildren;
}): JSX.Element {
  const id = useId();
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = props.tabs.findIndex(({ value }) => value === props.chosen);
    const towards = document.documentElement.dir === "rtl" && Number.isFinite(step) ? -step : step;
    const to = Math.min(Math.max(at + towards, 0), props.tabs.length - 1);
    const tab = props.tabs[to];
    if (!tab) return;
    props.onChoose(tab.value);
    document.getElementById(`${id}-${tab.value}`)?.focus();
  };
  return (
    <div class="tabs">
      <div class="tab-list" role="tablist" aria-label={props.label}>
        {props.tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            aria-selected={tab.value === props.chosen}
            aria-controls={`${id}-panel`}
            tabIndex={tab.value === props.chosen ? 0 : -1}
            onClick={() => props.onChoose(tab.value)}
            onKeyDown={move}
          >
            {tab.label}
            {tab.count !== undefined && tab.count > 0 && <span class="tab-count">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${props.chosen}`}>
        {props.children}
      </div>
    </div>
  );
}

/** More, for those who want it. */
export function Disclosure(props: {
  summary: ComponentChildren;
  open?: boolean;
  /** Called when it is unfolded, for what is loaded only then. */
  onOpen?: () => void;
  children: ComponentChildren;
}): JSX.Element {
  const [open, setOpen] = useState(props.open ?? false);
  return (
    <details
      class="disclosure"
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
        if (event.currentTarget.open) props.onOpen?.();
      }}
    >
      <summary>
        <Icon name="next" />
        <span>{props.summary}</span>
      </summary>
      <div class="disclosure-body">{props.children}</div>
    </details>
  );
}

/**
 * An instant in one's own zone and, when the clocks differ, at the other place. `dated`: with its day
 * also when that is today, for what lasts over midnight.
 */
export function When(props: { at: string; zone?: string; dated?: boolean }): JSX.Element {
  const now = useNow();
  const own = ownZone();
  const here = (props.dated ? dayWithTime : dayAndTime)(props.at, own, now);
  const text = props.zone
    ? bothZones(props.at, props.zone, own, here)
    : { own: here, other: undefined };
  return (
    <time dateTime={props.at} class="when" title={zoneLabel(own, props.at)}>
      <span>{text.own}</span>
      {text.other && <span class="when-other"> · {text.other}</span>}
    </time>
  );
}

/** Under this share of the time left, the eye should be drawn. */
const SOON_MILLISECONDS = 15 * 60_000;

/** What is left until something is due, counted down; past it, how far. */
export function TimeLeft(props: { until: Moment; soonMilliseconds?: number }): JSX.Element {
  const remaining = millis(props.until) - Date.now();
  const now = useNow(Math.abs(remaining) < 3_600_000 ? 10_000 : 30_000);
  const { text, over } = timeLeft(props.until, now);
  const soon = millis(props.until) - now < (props.soonMilliseconds ?? SOON_MILLISECONDS);
  return (
    <time
      class={`time-left ${over ? "time-over" : soon ? "time-soon" : ""}`}
      dateTime={new Date(millis(props.until)).toISOString()}
      title={dayAndTime(props.until)}
    >
      <Icon name={over ? "warning" : "clock"} />
      {text}
    </time>
  );
}
