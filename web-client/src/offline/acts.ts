import type { Schema } from "../api/client";
import { store, useStore } from "../store";

/** A request as it was typed: saved as the clinic's words, then sent. */
export interface RequestBody {
  readonly content: Schema<"RequestContent">;
  /** The revision on the server that it goes on from. */
  readonly revision: number;
  /** Whether that revision is these very words. */
  readonly saved: boolean;
  /** Nothing: as the server computes it from the findings when it gets them. */
  readonly urgency: Schema<"Urgency"> | undefined;
  readonly urgencyReason: string | undefined;
  readonly findings: Schema<"TriageFindings"> | undefined;
  readonly consents: Schema<"NewConsent">[];
}

/** What is done when it reaches the server. */
export type Doing =
  | {
      readonly kind: "patient";
      readonly patientId: string;
      readonly body: Schema<"PatientParticulars">;
    }
  | {
      readonly kind: "request";
      readonly consultId: string;
      readonly patientId: string;
      readonly body: RequestBody;
    }
  | {
      readonly kind: "message";
      readonly consultId: string;
      readonly body: Schema<"NewMessage">;
    }
  | {
      readonly kind: "outcome";
      readonly consultId: string;
      readonly body: Schema<"NewOutcome">;
    };

/** Something a person did on this device that the server does not know yet. */
export interface Act {
  /** The idempotency key, made when the person acted. */
  readonly id: string;
  readonly doing: Doing;
  /** What the list calls it: a name, a question, the beginning of a message. */
  readonly title: string;
  readonly actedAt: number;
  /** The form it was typed in: where its words go back to when the server refuses them. */
  readonly form: {
    readonly draft: string;
    readonly values: unknown;
    readonly page: string;
  };
  /** Why the server will not take it as it is; `changed` when somebody changed the same. */
  readonly refused?: { readonly sentence: string; readonly changed: boolean };
}

/** What became of an act while its page waited for it. */
export type Handed =
  { readonly kind: "sent"; readonly answer: unknown } | { readonly kind: "kept" };

/** The account's acts on this device, in the order in which they were done. */
export const acts = store<readonly Act[]>([]);

/**
 * Keeps an act on this device and sends it: at once, or by itself when the server can be asked
 * again. Throws the Problem when the server refuses it at once; then the words are still in the form.
 */
export async function hand(act: Act): Promise<Handed> {
  const queue = await import("./queue");
  return queue.hand(act);
}

/** What waits on this device about one consult. */
export function useWaiting<K extends Doing["kind"]>(
  kind: K,
  consultId: string,
): (Act & { readonly doing: Extract<Doing, { kind: K }> })[] {
  return useStore(acts).filter(
    (act): act is Act & { readonly doing: Extract<Doing, { kind: K }> } =>
      act.doing.kind === kind && "consultId" in act.doing && act.doing.consultId === consultId,
  );
}
