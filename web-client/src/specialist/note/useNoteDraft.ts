import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { api, basedOn, newKey, ok, once, type Schema } from "../../api/client";
import { asProblem } from "../../api/problem";
import { readDraft, removeDraft, writeDraft } from "../../drafts";
import {
  type DraftState,
  keepMine,
  kept,
  type KeptNote,
  notKept,
  opened,
  overtaken,
  takeTheirs,
  typed,
} from "./draft";
import { contentOf, type NoteValues } from "./note";

type NoteDraft = Schema<"NoteDraft">;

/** A pause in typing after which the draft goes to the server. */
const PAUSE_MILLISECONDS = 1_500;
/** While there is no link the draft waits this long between two tries. */
const RETRY_MILLISECONDS = 10_000;

export interface NoteDraftInHand {
  readonly state: DraftState;
  readonly change: (update: (values: NoteValues) => NoteValues) => void;
  /** Saves what is typed now; the draft as the server holds it, undefined when that failed. */
  readonly saveNow: () => Promise<NoteDraft | undefined>;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  /** The note is signed: nothing of the draft stays on this device. */
  readonly forget: () => void;
}

/** The caller's draft note: kept on the device at once and on the server at each pause. */
export function useNoteDraft(
  consultId: string,
  server: NoteDraft | undefined,
  language: string,
): NoteDraftInHand {
  const name = `note-${consultId}`;
  const path = { params: { path: { consultId } } };
  const [state, setState] = useState(() => opened(server, undefined, language));
  const current = useRef(state);
  const stored = useRef<NoteDraft | undefined>(server);
  const running = useRef<Promise<NoteDraft | undefined> | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const gone = useRef(false);

  const apply = useCallback((update: (before: DraftState) => DraftState) => {
    current.current = update(current.current);
    setState(current.current);
  }, []);

  const later = useCallback((milliseconds: number) => {
    clearTimeout(timer.current);
    if (!gone.current) timer.current = setTimeout(() => void send(), milliseconds);
  }, []);

  const send = useCallback((): Promise<NoteDraft | undefined> => {
    clearTimeout(timer.current);
    running.current ??= put().finally(() => {
      running.current = undefined;
      if (current.current.saving.kind === "waiting") later(PAUSE_MILLISECONDS);
    });
    return running.current;
  }, []);

  async function put(): Promise<NoteDraft | undefined> {
    const { values, revision, edits } = current.current;
    apply((before) => ({ ...before, saving: { kind: "sending" } }));
    try {
      const draft = await ok(
        api.PUT("/consults/{consultId}/notes/draft", {
          ...path,
          body: contentOf(values),
          headers: { ...once(newKey()), ...basedOn(revision) },
        }),
      );
      stored.current = draft;
      apply((before) => kept(before, draft, edits));
      if (current.current.saving.kind === "saved") void removeKept(values);
      return draft;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 412) {
        const theirs = await ok(api.GET("/consults/{consultId}/notes", path)).catch(
          () => undefined,
        );
        if (theirs?.draft) {
          const { draft } = theirs;
          apply((before) => overtaken(before, draft, values));
          if (current.current.saving.kind !== "conflict") return draft;
          return undefined;
        }
      }
      apply((before) => notKept(before, problem));
      if (problem.outcomeUnknown) later(RETRY_MILLISECONDS);
      return undefined;
    }
  }

  /** A recommendation without its sentence is only on this device: then the copy stays. */
  async function removeKept(values: NoteValues): Promise<void> {
    if (values.recommendations.every(({ text }) => text.trim())) await removeDraft(name);
  }

  function keep(): void {
    const { values, revision } = current.current;
    const note: KeptNote = { values, revision };
    void writeDraft(name, { values: note, key: "", savedAt: Date.now() });
  }

  useEffect(() => {
    gone.current = false;
    void readDraft(name).then((found) => {
      if (gone.current || !found || current.current.edits > 0) return;
      apply(() => opened(server, found.values as KeptNote, language));
      if (current.current.saving.kind === "waiting") later(PAUSE_MILLISECONDS);
    });
    const online = () => {
      if (current.current.saving.kind === "failed") void send();
    };
    addEventListener("online", online);
    return () => {
      gone.current = true;
      removeEventListener("online", online);
      // Leaving the page is a pause too.
      if (current.current.saving.kind === "waiting") void send();
      clearTimeout(timer.current);
    };
  }, [name]);

  useEffect(() => {
    // Saved on another device while nothing was typed here.
    const { revision, saving } = current.current;
    if (server && server.revision > revision && saving.kind === "saved") {
      stored.current = server;
      apply(() => opened(server, undefined, language));
    }
  }, [server?.revision]);

  return {
    state,
    change(update) {
      apply((before) => typed(before, update(before.values)));
      keep();
      if (current.current.saving.kind === "waiting") later(PAUSE_MILLISECONDS);
    },
    async saveNow() {
      if (running.current) await running.current;
      const { saving } = current.current;
      if (saving.kind === "conflict") return undefined;
      return saving.kind === "saved" && stored.current ? stored.current : send();
    },
    keepMine() {
      apply(keepMine);
      void send();
    },
    takeTheirs() {
      apply(takeTheirs);
      void removeDraft(name);
    },
    forget() {
      clearTimeout(timer.current);
      void removeDraft(name);
    },
  };
}
