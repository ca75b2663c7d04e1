import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { api, basedOn, ok, sameIsHere, type Schema } from "../../api/client";
import { asProblem, type Problem, unreachable } from "../../api/problem";
import type { Form } from "../../form";
import { contentOf, type DraftValues, draftOf } from "./values";

type Request = Schema<"Request">;

/** How far the server has what is typed; this device always has it. */
export type SaveState =
  | { readonly kind: "here" }
  | { readonly kind: "saving" }
  | { readonly kind: "saved"; readonly at: string }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "conflict"; readonly theirs: Request }
  | { readonly kind: "submitted" };

export interface Saving {
  readonly state: SaveState;
  /** The request as the server has it, when that is what is typed. */
  readonly saved: Request | undefined;
  /** Saves what is typed; answers the revision. Throws a Problem when it could not. */
  readonly save: () => Promise<number>;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
}

/** After the last key; short enough that a lost phone loses a sentence and not a case. */
const IDLE_MILLISECONDS = 3_000;
const RETRY_MILLISECONDS = 20_000;

/** Saves the draft on the server as one goes; each save says which revision it goes on from. */
export function useSaving(
  consultId: string,
  form: Form<DraftValues>,
  rules: Schema<"TriageRules"> | undefined,
  theirsAtStart: Request | undefined,
): Saving {
  const [state, setState] = useState<SaveState>(
    theirsAtStart ? { kind: "conflict", theirs: theirsAtStart } : { kind: "here" },
  );
  const [saved, setSaved] = useState<{ request: Request; json: string }>();
  const [attempt, setAttempt] = useState(0);
  const content = contentOf(form.values, rules);
  const json = content && JSON.stringify(content);
  const latest = useRef({ form, content, json });
  latest.current = { form, content, json };
  const base = useRef({ revision: form.values.revision, json: form.values.savedContent });
  const running = useRef<Promise<number>>(Promise.resolve(0));

  const settle = useCallback((request: Request, sent: string) => {
    base.current = { revision: request.revision, json: sent };
    latest.current.form.change((values) => ({
      ...values,
      revision: request.revision,
      savedContent: sent,
    }));
    setSaved({ request, json: sent });
    setState({ kind: "saved", at: request.savedAt });
  }, []);

  const saveOnce = useCallback(async (): Promise<number> => {
    const { content: body, json: sent } = latest.current;
    if (!body || !sent) return base.current.revision;
    if (sent === base.current.json && base.current.revision > 0) return base.current.revision;
    setState({ kind: "saving" });
    try {
      const request = await ok(
        api.PUT("/consults/{consultId}/request", {
          params: { path: { consultId } },
          body,
          headers: basedOn(base.current.revision),
        }),
      );
      settle(request, sent);
      return request.revision;
    } catch (error) {
      setState(await failure(consultId, asProblem(error)));
      throw error;
    }
  }, [consultId]);

  /** One after the other: two saves at once would each think the other somebody else. */
  const save = useCallback((): Promise<number> => {
    const isTheirs = sameIsHere();
    const inTurn = async (): Promise<number> => {
      // What one has typed is not saved by another who has come while it waited.
      if (!isTheirs()) throw unreachable();
      return saveOnce();
    };
    running.current = running.current.then(inTurn, inTurn);
    return running.current;
  }, [saveOnce]);

  const blocked = state.kind === "conflict" || state.kind === "submitted";
  useEffect(() => {
    if (blocked || json === undefined || json === base.current.json) return;
    const wait = attempt > 0 ? RETRY_MILLISECONDS : IDLE_MILLISECONDS;
    const timer = setTimeout(() => {
      save().then(
        () => setAttempt(0),
        (error: unknown) => {
          if (asProblem(error).outcomeUnknown) setAttempt((count) => count + 1);
        },
      );
    }, wait);
    return () => clearTimeout(timer);
  }, [json, attempt, blocked]);

  return {
    state,
    saved: saved && saved.json === json ? saved.request : undefined,
    save,
    keepMine() {
      if (state.kind !== "conflict") return;
      base.current = { revision: state.theirs.revision, json: "" };
      setState({ kind: "here" });
      void save().catch(() => {});
    },
    takeTheirs() {
      if (state.kind !== "conflict") return;
      const taken = draftOf(state.theirs, form.values);
      base.current = { revision: taken.revision, json: taken.savedContent };
      form.change(() => taken);
      setState({ kind: "saved", at: state.theirs.savedAt });
    },
  };
}

/** A newer revision on the server is fetched, so that both can be shown. */
async function failure(consultId: string, problem: Problem): Promise<SaveState> {
  if (problem.code === "already-submitted") return { kind: "submitted" };
  if (problem.status !== 412) return { kind: "failed", problem };
  try {
    const theirs = await ok(
      api.GET("/consults/{consultId}/request", { params: { path: { consultId } } }),
    );
    return { kind: "conflict", theirs };
  } catch (error) {
    return { kind: "failed", problem: asProblem(error) };
  }
}
