import type { Schema } from "../api/client";
import type { Tone } from "../ui";
import { LACKING } from "../i18n/messages";
import { t } from "./words";

type AuditEvent = Schema<"AuditEvent">;

/** What the trail is narrowed to; both live in the address. */
export type About =
  | { readonly kind: "everything" }
  | { readonly kind: "consult"; readonly id: string }
  | { readonly kind: "patient"; readonly id: string };

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** The first id in what was typed: also a pasted address of a page will do. */
export function idIn(text: string): string | undefined {
  return ID.exec(text)?.[0].toLowerCase();
}

export function aboutIn(query: URLSearchParams): About {
  const consult = idIn(query.get("consult") ?? "");
  if (consult) return { kind: "consult", id: consult };
  const patient = idIn(query.get("patient") ?? "");
  return patient ? { kind: "patient", id: patient } : { kind: "everything" };
}

/** The end of an id tells two apart better than its beginning, which is a time. */
export function shortId(id: string): string {
  return id.slice(-6);
}

/** `roster:0193…4b5c` is shown as `roster 3a4b5c`. */
export function subjectText(subject: string): string {
  const id = idIn(subject);
  return id
    ? `${subject.slice(0, subject.search(ID)).replace(/[:\s]+$/, "")} ${shortId(id)}`
    : subject;
}

/** An act in words; its code where there are none yet. */
export function actName(action: string): string {
  const words = t(action as "consult.read");
  return words === LACKING ? action : words;
}

export function outcomeTone({ outcome }: AuditEvent): Tone {
  return outcome === "done" || outcome === "ok" ? "green" : "orange";
}

/** The pages together; an entry that moved from one page to the next meanwhile is shown once. */
export function joined(pages: readonly (readonly AuditEvent[])[]): AuditEvent[] {
  const seen = new Set<number>();
  return pages.flat().filter(({ id }) => !seen.has(id) && seen.add(id));
}
