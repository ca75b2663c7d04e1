import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { comma } from "../../i18n/comma";
import { day, dayKey, useNow } from "../../time";
import { DayBar } from "./DayBar";
import { daysFrom, noonOf, piecesOn, startOfDay } from "./days";
import { PREVIEW_DAYS } from "./preview";
import { t } from "./words";

/** Two weeks, a bar and its times for each day, on the clocks of `zone`. */
export function TwoWeeks(props: {
  intervals: readonly Schema<"Slot">[];
  onCall: readonly Schema<"Shift">[];
  zone: string;
}): JSX.Element {
  const { zone } = props;
  const now = useNow(60_000);
  const today = dayKey(now, zone);
  return (
    <ol class="day-list">
      {daysFrom(today, PREVIEW_DAYS).map((date) => {
        const available = piecesOn(props.intervals, date, zone);
        const onCall = piecesOn(props.onCall, date, zone);
        const length = startOfDay(daysFrom(date, 2)[1] ?? date, zone) - startOfDay(date, zone);
        return (
          <li key={date} class={date === today ? "day-today" : undefined}>
            <span class="day-name">{day(noonOf(date), "UTC", now)}</span>
            <DayBar
              layers={[
                { layer: "available", pieces: available },
                { layer: "on-call", pieces: onCall },
              ]}
              now={date === today ? (now - startOfDay(date, zone)) / length : undefined}
            />
            <span class="day-words">
              {available.length === 0
                ? t("free")
                : available.map(({ words }) => words).join(comma())}
              {onCall.length > 0 &&
                ` · ${t("onCall")} ${onCall.map(({ words }) => words).join(comma())}`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
