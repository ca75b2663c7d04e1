import { api, newKey, ok, type Schema } from "../../api/client";
import { asProblem } from "../../api/problem";
import { readDraft, removeDraft, writeDraft } from "../../drafts";
import { draftName } from "./draftName";
import { contentOf, type DraftValues, draftOf, emptyDraft, isUnsaved } from "./values";

type Request = Schema<"Request">;

/** Begun on this page, and so not on the server yet. */
const begun = new Set<string>();

/** A consult's id, made here so that sending it twice makes one. */
export function beginConsult(): string {
  const consultId = newKey();
  begun.add(consultId);
  return consultId;
}

/** What opening a draft found. */
export type Opening =
  | { readonly kind: "submitted" }
  | {
      readonly kind: "draft";
      readonly values: DraftValues;
      /** Newer on the server than what was typed here: the person chooses. */
      readonly theirs: Request | undefined;
    };

/** Opens a request from the server and from this device, whichever has it. */
export async function openDraft(
  consultId: string,
  start: { language: string; patientId: string | null; specialty: string | null },
): Promise<Opening> {
  const empty = emptyDraft(start.language);
  const found = await readDraft(draftName(consultId));
  const local = found && { ...empty, ...(found.values as Partial<DraftValues>) };
  const fresh = begun.delete(consultId) && !local;
  const onServer = fresh ? undefined : await requestOf(consultId, local !== undefined);
  if (onServer?.status === "submitted") {
    await removeDraft(draftName(consultId));
    return { kind: "submitted" };
  }
  const opening = chosen(local, onServer, empty);
  if (opening.kind === "draft" && !local && !onServer) {
    const patient = start.patientId ? await patientOf(start.patientId) : null;
    const specialty = start.specialty ?? "";
    return { ...opening, values: { ...opening.values, patient, specialty } };
  }
  if (local && opening.kind === "draft" && opening.values !== local) {
    // The form reads this device first; it must find what was chosen here.
    await writeDraft(draftName(consultId), {
      values: opening.values,
      key: found.key,
      savedAt: Date.now(),
    });
  }
  return opening;
}

/** Which of two versions to go on with; unsaved words on an older one are never given up silently. */
export function chosen(
  local: DraftValues | undefined,
  onServer: Request | undefined,
  empty: DraftValues,
): Opening {
  if (!onServer) return { kind: "draft", values: local ?? empty, theirs: undefined };
  if (!local) return { kind: "draft", values: draftOf(onServer, empty), theirs: undefined };
  if (local.revision >= onServer.revision) {
    return { kind: "draft", values: local, theirs: undefined };
  }
  const theirs = draftOf(onServer, local);
  // The answer to a save may have been lost on its way: then both say the same.
  const same = JSON.stringify(contentOf(local, undefined)) === theirs.savedContent;
  return same || !isUnsaved(local, undefined)
    ? { kind: "draft", values: theirs, theirs: undefined }
    : { kind: "draft", values: local, theirs: onServer };
}

/** The request on the server; none when there is none, or no link but a copy here. */
async function requestOf(consultId: string, haveCopy: boolean): Promise<Request | undefined> {
  try {
    return await ok(api.GET("/consults/{consultId}/request", { params: { path: { consultId } } }));
  } catch (error) {
    const problem = asProblem(error);
    if (problem.status === 404 || (haveCopy && problem.outcomeUnknown)) return undefined;
    throw error;
  }
}

async function patientOf(patientId: string): Promise<Schema<"Patient">> {
  return ok(api.GET("/patients/{patientId}", { params: { path: { patientId } } }));
}
