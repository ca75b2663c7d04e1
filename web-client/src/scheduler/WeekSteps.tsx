import type { JSX } from "preact";
import { daysFrom, mondayOf, noonOf } from "../specialist/roster/days";
import { setQuery, useAddress } from "../router";
import { day, dayKey, useNow } from "../time";
import { Button, IconButton } from "../ui";
import "./week.css";

/** Which weeks a page shows. */
export interface Weeks {
  readonly monday: string;
  readonly isNow: boolean;
  /** `Mon 2 Mar` of the first and the last day. */
  readonly first: string;
  readonly last: string;
  /** Goes on or back by as many weeks as are shown, or to now. */
  readonly go: (to: 1 | -1 | "now") => void;
}

/** The weeks from `?week=2026-03-02` on, else from the running one on the zone's calendar. */
export function useWeeks(zone: string, count = 1): Weeks {
  const now = useNow(60_000);
  const asked = useAddress().query.get("week");
  const running = mondayOf(dayKey(now, zone));
  const monday = asked && /^\d{4}-\d\d-\d\d$/.test(asked) ? mondayOf(asked) : running;
  const name = (date: string) => day(noonOf(date), "UTC", now);
  return {
    monday,
    isNow: monday === running,
    first: name(monday),
    last: name(daysFrom(monday, count * 7).at(-1) ?? monday),
    go: (to) => {
      const start = to === "now" ? running : weeksAfter(monday, to * count);
      setQuery({ week: start === running ? undefined : start });
    },
  };
}

/** The arrows around the name of a week, and the way back to now. */
export function WeekSteps(props: {
  weeks: Weeks;
  name: string;
  words: { earlier: string; later: string; now: string };
}): JSX.Element {
  const { weeks, words } = props;
  return (
    <div class="week-steps">
      <IconButton icon="back" label={words.earlier} onPress={() => weeks.go(-1)} />
      <strong class="week-name" aria-live="polite">
        {props.name}
      </strong>
      <IconButton icon="next" label={words.later} onPress={() => weeks.go(1)} />
      {!weeks.isNow && (
        <Button small kind="quiet" onPress={() => weeks.go("now")}>
          {words.now}
        </Button>
      )}
    </div>
  );
}

function weeksAfter(monday: string, weeks: number): string {
  return new Date(Date.parse(noonOf(monday)) + weeks * 7 * 86_400_000).toISOString().slice(0, 10);
}
