import type { Schema } from "../api/client";
import type { FieldError } from "../api/problem";
import type { Act, ActOf } from "../offline/acts";
import { goingOn, unrefused } from "../offline/hand";
import { t } from "./words";

export type Consent = Schema<"Consent">;
export type Purpose = Schema<"ConsentPurpose">;

/** What everything else stands on comes first. */
export const PURPOSES: readonly Purpose[] = [
  "advice",
  "storage-abroad",
  "images",
  "live-video",
  "recording",
  "teaching",
  "counts",
];

/** The decision on a purpose that holds: the newest one, of a list that has the oldest first. */
export function holding(consents: readonly Consent[], purpose: Purpose): Consent | undefined {
  return consents.filter((consent) => consent.purpose === purpose).at(-1);
}

/** What waits on this device to be sent about a purpose. */
type WaitingConsent = ActOf<"consent" | "consent-back">;

/** What will hold on a purpose once all that still goes out by itself is sent. */
export function waitingFor(
  waiting: readonly WaitingConsent[],
  purpose: Purpose,
): { decision: Consent["decision"] } | undefined {
  const going = unrefused(waiting).filter(({ doing }) => doing.body.purpose === purpose);
  const newest = going.at(-1)?.doing;
  if (!newest) return undefined;
  return { decision: newest.kind === "consent" ? newest.body.decision : "withdrawn" };
}

/** Whether the server would not take an answer on a purpose: it holds nowhere. */
export function isNotTaken(waiting: readonly WaitingConsent[], purpose: Purpose): boolean {
  return waiting.some(({ doing, refused }) => refused && doing.body.purpose === purpose);
}

/** What an answer goes on from. */
export interface Known {
  /** How many answers on its purpose the server has. */
  readonly seen: number;
  readonly going: Pick<Act, "after">;
}

/** What is known here of a purpose when another answer is given. */
export function answersTo(
  consents: readonly Consent[],
  waiting: readonly WaitingConsent[],
  purpose: Purpose,
): Known {
  return {
    seen: consents.filter((one) => one.purpose === purpose).length,
    going: goingOn(waiting.filter(({ doing }) => doing.body.purpose === purpose)),
  };
}

/** The names under which unfinished answers are kept. */
export function askDraft(consultId: string, purpose: Purpose): string {
  return `consent ${consultId} ${purpose}`;
}

export function backDraft(consultId: string, purpose: Purpose): string {
  return `consent-back ${consultId} ${purpose}`;
}

export function purposeTitle(purpose: Purpose): string {
  const titles: Record<Purpose, string> = {
    advice: t("advice"),
    "storage-abroad": t("abroad"),
    images: t("images"),
    "live-video": t("video"),
    recording: t("recording"),
    teaching: t("teaching"),
    counts: t("counts"),
  };
  return titles[purpose];
}

/** What ends when it is taken back. */
export function effectOf(purpose: Purpose): string {
  switch (purpose) {
    case "advice":
    case "storage-abroad":
      return t("effectAdvice");
    case "images":
      return t("effectImages");
    case "live-video":
      return t("effectVideo");
    default:
      return t("effectOther");
  }
}

/** What the record itself knows cannot be undone, a sentence each; nothing of what is none. */
export function notUndone(gone: NonNullable<Consent["takenBack"]>): string[] {
  return [
    ...(gone.seenBy > 0 ? [t("seenBy", { count: gone.seenBy })] : []),
    ...(gone.filesRead > 0 ? [t("filesRead", { count: gone.filesRead })] : []),
    ...(gone.notesSigned > 0 ? [t("notesStay", { count: gone.notesSigned })] : []),
    ...(gone.notRecalled ? [gone.notRecalled] : []),
  ];
}

/** Who answers, and how: what both dialogs ask. */
export interface Giver {
  readonly givenBy: "patient" | "guardian" | "";
  readonly relation: string;
  readonly form: "spoken" | "thumb" | "signature" | "";
  readonly witness: string;
}

export const NOBODY: Giver = { givenBy: "", relation: "", form: "spoken", witness: "" };

/** What the giver's part still lacks. */
export function checkGiver(giver: Giver): FieldError[] {
  return [
    ...(giver.givenBy === "" ? [{ pointer: "/givenBy", detail: t("choose") }] : []),
    ...(giver.givenBy === "guardian" && giver.relation.trim() === ""
      ? [{ pointer: "/relation", detail: t("relationNeeded") }]
      : []),
    ...(giver.form === "" ? [{ pointer: "/form", detail: t("choose") }] : []),
  ];
}

/** The same as the contract wants it; only once {@link checkGiver} finds nothing. */
export function giverBody(giver: Giver): {
  givenBy: "patient" | "guardian";
  form: "spoken" | "thumb" | "signature";
  relation?: string;
  witness?: string;
} {
  const { givenBy, form } = giver;
  if (givenBy === "" || form === "") throw new Error("the giver was not checked");
  const witness = giver.witness.trim();
  return {
    givenBy,
    form,
    ...(givenBy === "guardian" && { relation: giver.relation.trim() }),
    ...(witness && { witness }),
  };
}
