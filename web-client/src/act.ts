import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { newKey } from "./api/client";
import { asProblem, type Problem } from "./api/problem";
import { unheard } from "./offline/acts";

export interface Act<A extends readonly unknown[]> {
  readonly busy: boolean;
  /** Why it did not work; gone when it is tried again. */
  readonly problem: Problem | undefined;
  readonly run: (...args: A) => void;
}

/**
 * Something one button does. Pressing it again while nobody knows the outcome is the same act:
 *
 *     const accept = useAct((key) => ok(api.POST("…", { headers: once(key) })), offers.reload);
 *     <Button busy={accept.busy} onPress={() => accept.run()}>…</Button>
 *     {accept.problem && <ProblemNotice problem={accept.problem} />}
 */
export function useAct<A extends readonly unknown[], R>(
  act: (key: string, ...args: A) => Promise<R>,
  onDone: (result: R) => void = () => {},
): Act<A> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const latest = useRef({ act, onDone });
  latest.current = { act, onDone };
  /** The act whose outcome is unknown, with what it was about. */
  const open = useRef<{ key: string; about: string } | undefined>(undefined);
  const running = useRef(false);

  useEffect(() => () => void (running.current && unheard.set(open.current?.key ?? "")), []);

  const run = useCallback((...args: A) => {
    if (running.current) return;
    const about = JSON.stringify(args);
    const key = open.current?.about === about ? open.current.key : newKey();
    open.current = { key, about };
    running.current = true;
    setBusy(true);
    setProblem(undefined);
    const finish = () => {
      running.current = false;
      setBusy(false);
    };
    latest.current.act(key, ...args).then(
      (result) => {
        open.current = undefined;
        finish();
        latest.current.onDone(result);
      },
      (error: unknown) => {
        const why = asProblem(error);
        if (!why.outcomeUnknown) open.current = undefined;
        setProblem(why);
        finish();
      },
    );
  }, []);

  return { busy, problem, run };
}
