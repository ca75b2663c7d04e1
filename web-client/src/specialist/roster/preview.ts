import { useEffect, useRef, useState } from "preact/hooks";
import { api, ok, type Schema } from "../../api/client";
import { asProblem, type Problem } from "../../api/problem";
import { dayKey } from "../../time";
import { daysFrom, startOfDay } from "./days";

/** Long enough that a time being typed is not asked for digit by digit. */
const TYPING_MILLISECONDS = 400;
export const PREVIEW_DAYS = 14;

export interface Preview {
  readonly intervals: readonly Schema<"Slot">[] | undefined;
  readonly problem: Problem | undefined;
}

/** What hours mean in the coming two weeks, as the server lays them out while they are typed. */
export function usePreview(hours: Schema<"Hours"> | undefined, zone: string): Preview {
  const [preview, setPreview] = useState<Preview>({ intervals: undefined, problem: undefined });
  const turn = useRef(0);
  const asked = hours && JSON.stringify(hours);
  useEffect(() => {
    const mine = ++turn.current;
    if (asked === undefined) return;
    const today = dayKey(Date.now(), zone);
    const [end = today] = daysFrom(today, PREVIEW_DAYS + 1).slice(-1);
    const timer = setTimeout(() => {
      const body = {
        hours: JSON.parse(asked) as Schema<"Hours">,
        from: iso(startOfDay(today, zone)),
        to: iso(startOfDay(end, zone)),
      };
      ok(api.POST("/availability/expansions", { body })).then(
        ({ intervals }) => {
          if (mine === turn.current) setPreview({ intervals, problem: undefined });
        },
        (error: unknown) => {
          if (mine === turn.current) {
            setPreview((before) => ({ ...before, problem: asProblem(error) }));
          }
        },
      );
    }, TYPING_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [asked, zone]);
  return preview;
}

function iso(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}
