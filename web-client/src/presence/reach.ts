import { useEffect } from "preact/hooks";
import { api, ok, type Schema } from "../api/client";
import { type Loaded, useResource } from "../resource";

/** Twice within the time after which the server takes a silent page for closed. */
const LOOK_MILLISECONDS = 20_000;

/** Whom the person at the screen may ring about a consult, and whether it would be heard. */
export function useCallPeople(consultId: string): Loaded<{ items: Schema<"Ringable">[] }> {
  const people = useResource(
    () => ok(api.GET("/consults/{consultId}/call/people", { params: { path: { consultId } } })),
    [consultId],
    { live: ["call", consultId] },
  );
  useLookAgain(people.reload);
  return people;
}

/** Which of these people have a page open now; undefined until that is known. */
export function useReachable(accounts: readonly string[]): ReadonlySet<string> | undefined {
  const asked = accounts.join(",");
  const reachable = useResource(
    () =>
      asked === ""
        ? Promise.resolve({ items: [] })
        : ok(api.GET("/presence", { params: { query: { accounts: asked } } })),
    [asked],
  );
  useLookAgain(reachable.reload);
  // What was true a while ago and cannot be asked again now is not said.
  return reachable.state.kind === "ready" ? new Set(reachable.state.value.items) : undefined;
}

/** While somebody looks at the page. */
function useLookAgain(reload: () => void): void {
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === "visible") reload();
    };
    const timer = setInterval(look, LOOK_MILLISECONDS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [reload]);
}
