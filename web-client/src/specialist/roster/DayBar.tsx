import type { JSX } from "preact";
import type { Piece } from "./days";
import "./roster.css";

export type Layer = "available" | "on-call" | "booked";

/**
 * One day from midnight to midnight as a bar with a line at noon. A picture beside words: the times
 * themselves are written next to it.
 */
export function DayBar(props: {
  layers: readonly { readonly layer: Layer; readonly pieces: readonly Piece[] }[];
  /** Where now is, as a share of the day. */
  now?: number | undefined;
}): JSX.Element {
  return (
    <svg class="day-bar" viewBox="0 0 240 24" preserveAspectRatio="none" aria-hidden="true">
      <rect class="day-bar-ground" width="240" height="24" />
      {props.layers.map(({ layer, pieces }) =>
        pieces.map(({ from, to }) => (
          <rect
            key={`${layer} ${from}`}
            class={`day-bar-${layer}`}
            x={from * 240}
            y={layer === "available" ? 0 : layer === "on-call" ? 13 : 3}
            width={Math.max((to - from) * 240, 1)}
            height={layer === "available" ? 24 : layer === "on-call" ? 11 : 9}
          />
        )),
      )}
      {[60, 120, 180].map((x) => (
        <line key={x} class="day-bar-hour" x1={x} x2={x} y1={x === 120 ? 0 : 16} y2="24" />
      ))}
      {props.now !== undefined && (
        <line class="day-bar-now" x1={props.now * 240} x2={props.now * 240} y1="0" y2="24" />
      )}
    </svg>
  );
}
