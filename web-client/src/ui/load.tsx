import type { ComponentChildren, ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../api/problem";
import { withWords } from "../i18n/languages";
import type { Loaded } from "../resource";
import { Button } from "./button";
import { Notice } from "./notice";
import { Loading } from "./parts";
import { t } from "./words";

/** Draws a resource in each of its states; the page says only what to do with the value. */
export function Load<T>(props: {
  from: Loaded<T>;
  rows?: number;
  children: (value: T) => ComponentChildren;
}): JSX.Element {
  const { state, reload } = props.from;
  switch (state.kind) {
    case "loading":
      return <Loading rows={props.rows ?? 3} />;
    case "ready":
      return <>{props.children(state.value)}</>;
    case "failed":
      return state.value === undefined ? (
        <ProblemNotice problem={state.problem} onRetry={reload} />
      ) : (
        <>
          <Notice tone="warning" action={<RetryButton onRetry={reload} />}>
            {t("stale", { reason: state.problem.sentence })}
          </Notice>
          {props.children(state.value)}
        </>
      );
  }
}

/** Why something did not work, and another try when that makes sense. */
export function ProblemNotice(props: { problem: Problem; onRetry?: () => void }): JSX.Element {
  const hopeless = props.problem.status === 403 || props.problem.status === 404;
  return (
    <Notice
      tone={hopeless ? "info" : "error"}
      action={props.onRetry && !hopeless && <RetryButton onRetry={props.onRetry} />}
    >
      {props.problem.sentence}
    </Notice>
  );
}

function RetryButton({ onRetry }: { onRetry: () => void }): JSX.Element {
  return (
    <Button small icon="refresh" onPress={onRetry}>
      {t("retry")}
    </Button>
  );
}

/**
 * A component whose code is fetched when it is first shown, with its words; a failed fetch can be
 * tried again. `packs` names words to fetch beside the code, not after it. What is seldom there keeps
 * no place meanwhile: `placeholder` false, or what stands below would jump.
 *
 *     const CallPage = lazy(() => import("../call/CallPage"), ["call"]);
 *     const DutyPage = lazy(() => import("./DutyPage").then((its) => its.DutyPage));
 */
export function lazy<P extends object>(
  load: () => Promise<ComponentType<P> | { default: ComponentType<P> }>,
  packs: readonly string[] = [],
  placeholder = true,
): (props: P) => JSX.Element | null {
  let loaded: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [, redraw] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (loaded || failed) return;
      withWords(load, packs).then(
        (found) => {
          loaded = "default" in found ? found.default : found;
          redraw((count) => count + 1);
        },
        () => setFailed(true),
      );
    }, [failed]);
    if (loaded) {
      const Component = loaded;
      return <Component {...props} />;
    }
    if (failed) {
      return (
        <Notice tone="error" action={<RetryButton onRetry={() => setFailed(false)} />}>
          {t("chunk")}
        </Notice>
      );
    }
    return placeholder ? <Loading /> : null;
  };
}
