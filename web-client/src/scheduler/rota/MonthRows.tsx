import type { JSX } from "preact";
import type { Schema } from "../../api/client";
import { noonOf } from "../../specialist/roster/days";
import { day, dayKey, millis, useNow } from "../../time";
import { ShiftBar } from "./ShiftBar";
import { inWindow, LAYERS, type Shift, windowOfDays } from "./timeline";
import { t } from "./words";

/** Several weeks at a glance, a row for each week and layer. A shift is chosen here and not dragged. */
export function MonthRows(props: {
  weeks: readonly (readonly string[])[];
  shifts: readonly Shift[];
  people: readonly Schema<"RotaPerson">[];
  zone: string;
  caption: string;
  onOpen: (shift: Shift) => void;
}): JSX.Element {
  const { shifts, zone } = props;
  const now = useNow(60_000);
  const today = dayKey(now, zone);
  const layers = LAYERS.filter((layer) => shifts.some((shift) => shift.layer === layer));
  return (
    <div class="rota-frame rota-months" role="group" aria-label={props.caption}>
      {props.weeks.map((days) => {
        const window = windowOfDays(days[0] ?? "", days.length, zone);
        return (
          <section class="rota-week" key={days[0]}>
            <div class="rota-days" aria-hidden="true">
              {days.map((date) => (
                <span key={date} class={date === today ? "rota-today" : undefined}>
                  {day(noonOf(date), "UTC", now)}
                </span>
              ))}
            </div>
            {layers.map((layer) => (
              <div class="rota-lane" key={layer}>
                <span class="rota-who small muted">{t(layer)}</span>
                <ol class="rota-row" aria-label={t(layer)}>
                  {shifts
                    .filter((shift) => shift.layer === layer && inWindow(shift, window))
                    .map((shift) => (
                      <ShiftBar
                        key={shift.id}
                        shift={shift}
                        people={props.people}
                        window={window}
                        zone={zone}
                        first="name"
                        onOpen={() => millis(shift.end) > now && props.onOpen(shift)}
                      />
                    ))}
                </ol>
              </div>
            ))}
          </section>
        );
      })}
    </div>
  );
}
