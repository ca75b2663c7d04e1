import { newKey, type Schema } from "../../api/client";
import type { Problem } from "../../api/problem";
import { contentOf, type NoteValues, valuesOf } from "./note";

type NoteDraft = Schema<"NoteDraft">;

/** What is being written: an answer of its own, or something about a signed note. */
export interface Subject {
  readonly kind: Schema<"DraftKind">;
  readonly amends?: string;
}

/** How the typed note stands to the one on the server. */
export type Saving =
  | { readonly kind: "saved"; readonly at: string | undefined }
  /** Typed and kept on this device; goes out in a moment. */
  | { readonly kind: "waiting" }
  | { readonly kind: "sending" }
  | { readonly kind: "failed"; readonly problem: Problem };

export interface DraftState {
  /** Names this line of typing; the server gives another when it had to keep it beside. */
  readonly id: string;
  readonly values: NoteValues;
  /** The server's revision that the values are based on; 0 before the first. */
  readonly revision: number;
  readonly saving: Saving;
  /** Counts edits, so that an answer is known to be about the latest of them. */
  readonly edits: number;
}

/** What is kept on the device until the server has it. */
export interface KeptNote {
  readonly id: string;
  readonly values: NoteValues;
  readonly revision: number;
}

/** The drafts of the same thing, the newest first. */
export function about(drafts: readonly NoteDraft[], subject: Subject): NoteDraft[] {
  return drafts.filter(
    ({ kind, amends }) => kind === subject.kind && (amends ?? "") === (subject.amends ?? ""),
  );
}

/**
 * Opens the newest draft of the server, or the text that this device still has to send. A text whose
 * draft has moved on elsewhere is sent as what it was based on: the server keeps both.
 */
export function opened(
  drafts: readonly NoteDraft[],
  kept: KeptNote | undefined,
  language: string,
): DraftState {
  const newest = drafts[0];
  const mine = kept && drafts.find(({ id }) => id === kept.id);
  if (kept && !(mine && sameText(kept.values, valuesOf(mine.content)))) {
    return { ...kept, saving: { kind: "waiting" }, edits: 1 };
  }
  const shown = mine ?? newest;
  return shown
    ? serverState(shown, 0)
    : {
        id: newKey(),
        values: valuesOf({ language }),
        revision: 0,
        saving: { kind: "saved", at: undefined },
        edits: 0,
      };
}

/** Goes on with another draft. */
export function serverState(draft: NoteDraft, edits: number): DraftState {
  return {
    id: draft.id,
    values: valuesOf(draft.content),
    revision: draft.revision,
    saving: { kind: "saved", at: draft.savedAt },
    edits,
  };
}

export function typed(before: DraftState, values: NoteValues): DraftState {
  const saving: Saving = before.saving.kind === "sending" ? before.saving : { kind: "waiting" };
  return { ...before, values, saving, edits: before.edits + 1 };
}

/** The server has what was typed up to `edits`; later typing waits for the next turn. */
export function kept(before: DraftState, draft: NoteDraft, edits: number): DraftState {
  return {
    ...before,
    id: draft.id,
    revision: draft.revision,
    saving: before.edits === edits ? { kind: "saved", at: draft.savedAt } : { kind: "waiting" },
  };
}

/** Saving did not work; what was typed stays as it is. */
export function notKept(before: DraftState, problem: Problem): DraftState {
  return { ...before, saving: { kind: "failed", problem } };
}

/**
 * Two texts in one, so that the author can strike what is double: nothing of either is left out.
 * Fields that say the same are not repeated.
 */
export function merged(mine: NoteValues, other: NoteValues): NoteValues {
  const both = (a: string, b: string) =>
    a.includes(b.trim()) ? a : b.includes(a.trim()) ? b : `${a}\n${b}`;
  const have = new Set(mine.recommendations.map((row) => JSON.stringify({ ...row, key: "" })));
  return {
    ...mine,
    answer: both(mine.answer, other.answer),
    impression: both(mine.impression, other.impression),
    certainty: mine.certainty || other.certainty,
    avoid: both(mine.avoid, other.avoid),
    watchFor: both(mine.watchFor, other.watchFor),
    limits: both(mine.limits, other.limits),
    learningPoint: both(mine.learningPoint, other.learningPoint),
    followUpInDays: mine.followUpInDays || other.followUpInDays,
    recommendations: [
      ...mine.recommendations,
      ...other.recommendations.filter((row) => !have.has(JSON.stringify({ ...row, key: "" }))),
    ],
  };
}

/** Whether two notes would be sent as the same, and nothing unfinished is on one of them only. */
function sameText(a: NoteValues, b: NoteValues): boolean {
  const unfinished = ({ recommendations }: NoteValues) =>
    recommendations.some(({ text, drug, alternative }) => !text.trim() && (drug || alternative));
  return (
    JSON.stringify(contentOf(a)) === JSON.stringify(contentOf(b)) &&
    !unfinished(a) &&
    !unfinished(b)
  );
}
