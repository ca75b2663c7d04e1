import type { Schema } from "../../api/client";
import type { Problem } from "../../api/problem";
import { contentOf, type NoteValues, valuesOf } from "./note";

type NoteDraft = Schema<"NoteDraft">;

/** How the typed note stands to the one on the server. */
export type Saving =
  | { readonly kind: "saved"; readonly at: string | undefined }
  /** Typed and kept on this device; goes out in a moment. */
  | { readonly kind: "waiting" }
  | { readonly kind: "sending" }
  | { readonly kind: "failed"; readonly problem: Problem }
  /** Another device saved something else meanwhile; both are kept until the person chooses. */
  | { readonly kind: "conflict"; readonly theirs: NoteDraft };

export interface DraftState {
  readonly values: NoteValues;
  /** The server's revision that the values are based on; 0 before the first. */
  readonly revision: number;
  readonly saving: Saving;
  /** Counts edits, so that an answer is known to be about the latest of them. */
  readonly edits: number;
}

/** What is kept on the device until the server has it. */
export interface KeptNote {
  readonly values: NoteValues;
  readonly revision: number;
}

/** Opens the server's draft, or the newer text that this device still has to send. */
export function opened(
  server: NoteDraft | undefined,
  kept: KeptNote | undefined,
  language: string,
): DraftState {
  const revision = server?.revision ?? 0;
  const values = server ? valuesOf(server.content) : valuesOf({ language });
  const saved: DraftState = {
    values,
    revision,
    saving: { kind: "saved", at: server?.savedAt },
    edits: 0,
  };
  if (!kept || sameText(kept.values, values)) return saved;
  const mine = { values: kept.values, revision: kept.revision, edits: 1 };
  return server && kept.revision < revision
    ? { ...mine, saving: { kind: "conflict", theirs: server } }
    : { ...mine, revision, saving: { kind: "waiting" } };
}

export function typed(before: DraftState, values: NoteValues): DraftState {
  const saving: Saving =
    before.saving.kind === "conflict" || before.saving.kind === "sending"
      ? before.saving
      : { kind: "waiting" };
  return { ...before, values, saving, edits: before.edits + 1 };
}

/** The server has what was typed up to `edits`; later typing waits for the next turn. */
export function kept(before: DraftState, draft: NoteDraft, edits: number): DraftState {
  return {
    ...before,
    revision: draft.revision,
    saving: before.edits === edits ? { kind: "saved", at: draft.savedAt } : { kind: "waiting" },
  };
}

/** Saving did not work; what was typed stays as it is. */
export function notKept(before: DraftState, problem: Problem): DraftState {
  return { ...before, saving: { kind: "failed", problem } };
}

/**
 * The server had a newer revision. When it holds just what was sent, an earlier try arrived although
 * its answer was lost: no conflict.
 */
export function overtaken(before: DraftState, theirs: NoteDraft, sent: NoteValues): DraftState {
  if (sameText(valuesOf(theirs.content), sent)) {
    return kept(before, theirs, sameText(before.values, sent) ? before.edits : -1);
  }
  return { ...before, saving: { kind: "conflict", theirs } };
}

/** The person chose what was typed here: it goes out over the other one. */
export function keepMine(before: DraftState): DraftState {
  if (before.saving.kind !== "conflict") return before;
  return { ...before, revision: before.saving.theirs.revision, saving: { kind: "waiting" } };
}

export function takeTheirs(before: DraftState): DraftState {
  if (before.saving.kind !== "conflict") return before;
  const { theirs } = before.saving;
  return {
    values: valuesOf(theirs.content),
    revision: theirs.revision,
    saving: { kind: "saved", at: theirs.savedAt },
    edits: before.edits + 1,
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
