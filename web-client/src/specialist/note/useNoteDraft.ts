import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { api, basedOn, newKey, ok, once, type Schema } from "../../api/client";
import { asProblem } from "../../api/problem";
import { deviceId } from "../../device";
import { readDraft, removeDraft, writeDraft } from "../../drafts";
import {
  about,
  type DraftState,
  kept,
  type KeptNote,
  merged,
  notKept,
  opened,
  serverState,
  type Subject,
  typed,
} from "./draft";
import { contentOf, type NoteValues, valuesOf } from "./note";

type NoteDraft = Schema<"NoteDraft">;
type Template = NonNullable<Schema<"NoteContent">["template"]>;

/** A pause in typing after which the draft goes to the server. */
const PAUSE_MILLISECONDS = 1_500;
/** While there is no link the draft waits this long between two tries. */
const RETRY_MILLISECONDS = 10_000;

export interface NoteDraftInHand {
  readonly state: DraftState;
  /** Other drafts of the same, typed elsewhere: both are kept until the author merges them. */
  readonly others: readonly NoteDraft[];
  readonly change: (update: (values: NoteValues) => NoteValues) => void;
  /** Saves what is typed now; the draft as the server holds it, undefined when that failed. */
  readonly saveNow: () => Promise<NoteDraft | undefined>;
  /** Puts the other text in here, field by field, and then throws the other draft away. */
  readonly merge: (other: NoteDraft) => Promise<void>;
  /** Goes on with the other one; this one stays beside it. */
  readonly switchTo: (other: NoteDraft) => void;
  readonly discard: (other: NoteDraft) => Promise<void>;
  /** The note is signed: nothing of the draft stays on this device. */
  readonly forget: () => void;
}

/**
 * The caller's draft: kept on the device at once and on the server at each pause. `onMoved` is
 * called when the server has kept it as something else, because the note was signed meanwhile.
 */
export function useNoteDraft(options: {
  consultId: string;
  subject: Subject;
  drafts: readonly NoteDraft[];
  seenVersion: number;
  language: string;
  template: Template | undefined;
  onMoved: () => void;
}): NoteDraftInHand {
  const { consultId, subject, language } = options;
  const name = `note-${consultId}${subject.amends ? `-${subject.kind}-${subject.amends}` : ""}`;
  const drafts = about(options.drafts, subject);
  const latest = useRef(options);
  latest.current = options;
  const [state, setState] = useState(() => opened(drafts, undefined, language));
  const [gone, setGone] = useState<readonly string[]>([]);
  const current = useRef(state);
  const stored = useRef<NoteDraft | undefined>(drafts[0]);
  const running = useRef<Promise<NoteDraft | undefined> | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const left = useRef(false);

  const apply = useCallback((update: (before: DraftState) => DraftState) => {
    current.current = update(current.current);
    setState(current.current);
  }, []);

  const later = useCallback((milliseconds: number) => {
    clearTimeout(timer.current);
    if (!left.current) timer.current = setTimeout(() => void send(), milliseconds);
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
    const { id, values, revision, edits } = current.current;
    const { template, seenVersion } = latest.current;
    apply((before) => ({ ...before, saving: { kind: "sending" } }));
    try {
      const draft = await ok(
        api.PUT("/consults/{consultId}/notes/drafts/{draftId}", {
          params: { path: { consultId, draftId: id } },
          body: {
            deviceId: deviceId(),
            kind: subject.kind,
            ...(subject.amends ? { amends: subject.amends } : {}),
            seenVersion,
            content: contentOf(values, template),
          },
          headers: { ...once(newKey()), ...basedOn(revision) },
        }),
      );
      stored.current = draft;
      apply((before) => kept(before, draft, edits));
      if (current.current.saving.kind === "saved") await removeKept(values);
      else keep();
      if (draft.id !== id || draft.kind !== subject.kind) latest.current.onMoved();
      return draft;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === "already-signed") {
        await removeDraft(name);
        latest.current.onMoved();
        return undefined;
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
    const { id, values, revision } = current.current;
    const note: KeptNote = { id, values, revision };
    void writeDraft(name, { values: note, key: "", savedAt: Date.now() });
  }

  useEffect(() => {
    left.current = false;
    void readDraft(name).then((found) => {
      if (left.current || !found || current.current.edits > 0) return;
      const note = found.values as KeptNote;
      // Kept before drafts had names: a line of its own.
      apply(() => opened(drafts, { ...note, id: note.id ?? newKey() }, language));
      if (current.current.saving.kind === "waiting") later(PAUSE_MILLISECONDS);
    });
    const online = () => {
      if (current.current.saving.kind === "failed") void send();
    };
    addEventListener("online", online);
    return () => {
      left.current = true;
      removeEventListener("online", online);
      // Leaving the page is a pause too.
      if (current.current.saving.kind === "waiting") void send();
      clearTimeout(timer.current);
    };
  }, [name]);

  const newest =
    drafts.find(({ id }) => id === state.id) ?? (state.revision === 0 ? drafts[0] : undefined);
  useEffect(() => {
    // Saved on another device while nothing was typed here.
    const { revision, saving, id, edits } = current.current;
    const isNewer = newest && (newest.id !== id || newest.revision > revision);
    if (isNewer && saving.kind === "saved" && (newest.id === id || edits === 0)) {
      stored.current = newest;
      apply(() => serverState(newest, edits));
    }
  }, [newest?.id, newest?.revision]);

  async function discard(other: NoteDraft): Promise<void> {
    await ok(
      api.DELETE("/consults/{consultId}/notes/drafts/{draftId}", {
        params: { path: { consultId, draftId: other.id }, query: { revision: other.revision } },
        headers: once(newKey()),
      }),
    );
    setGone((before) => [...before, `${other.id} ${other.revision}`]);
    latest.current.onMoved();
  }

  return {
    state,
    others: drafts.filter(
      ({ id, revision }) => id !== state.id && !gone.includes(`${id} ${revision}`),
    ),
    change(update) {
      apply((before) => typed(before, update(before.values)));
      keep();
      if (current.current.saving.kind === "waiting") later(PAUSE_MILLISECONDS);
    },
    async saveNow() {
      if (running.current) await running.current;
      return current.current.saving.kind === "saved" && stored.current ? stored.current : send();
    },
    async merge(other) {
      apply((before) => typed(before, merged(before.values, valuesOf(other.content))));
      keep();
      // Only once the server has both in one may the other go.
      if (running.current) await running.current;
      if (await send()) await discard(other);
    },
    switchTo(other) {
      if (current.current.saving.kind !== "saved") return;
      stored.current = other;
      apply((before) => serverState(other, before.edits + 1));
      void removeDraft(name);
    },
    discard,
    forget() {
      clearTimeout(timer.current);
      void removeDraft(name);
    },
  };
}
