import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "./api/problem";
import { type Interest, useLive } from "./live";

/** Everything a page can know about something it loads: one value, so no impossible mixtures. */
export type Resource<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly value: T; readonly refreshing: boolean }
  | { readonly kind: "failed"; readonly problem: Problem; readonly value: T | undefined };

export interface Loaded<T> {
  readonly state: Resource<T>;
  /** Loads again and keeps showing the old value meanwhile. */
  readonly reload: () => void;
  /** Shows what an act answered without asking the server again. */
  readonly replace: (value: T) => void;
}

/**
 * Loads something when the page opens, when `inputs` change, and when a live hint concerns it.
 *
 *     const consults = useResource(() => ok(api.GET("/consults")), [], { live: "consult" });
 */
export function useResource<T>(
  load: () => Promise<T>,
  inputs: readonly unknown[],
  options: { live?: Interest | readonly Interest[] } = {},
): Loaded<T> {
  const [state, setState] = useState<Resource<T>>({ kind: "loading" });
  const turn = useRef(0);
  const latest = useRef(load);
  latest.current = load;

  const reload = useCallback(() => {
    const mine = ++turn.current;
    setState(refreshing);
    latest.current().then(
      (value) => {
        if (mine === turn.current) setState({ kind: "ready", value, refreshing: false });
      },
      (error: unknown) => {
        if (mine === turn.current) setState((before) => failed(before, asProblem(error)));
      },
    );
  }, []);

  useEffect(() => {
    setState({ kind: "loading" });
    reload();
    return () => {
      turn.current++;
    };
  }, inputs);

  useLive(options.live ?? [], reload);

  const replace = useCallback((value: T) => {
    turn.current++;
    setState({ kind: "ready", value, refreshing: false });
  }, []);

  return { state, reload, replace };
}

/** Loading again: what is shown stays. */
export function refreshing<T>(before: Resource<T>): Resource<T> {
  if (before.kind === "ready") return { ...before, refreshing: true };
  if (before.kind === "failed" && before.value !== undefined) {
    return { kind: "ready", value: before.value, refreshing: true };
  }
  return { kind: "loading" };
}

/**
 * A failure keeps the last good value: better old and said so than gone. But what is no longer the
 * reader's to see goes at once.
 */
export function failed<T>(before: Resource<T>, problem: Problem): Resource<T> {
  const closed = problem.status === 403 || problem.status === 404;
  const value = closed || before.kind === "loading" ? undefined : before.value;
  return { kind: "failed", problem, value };
}
