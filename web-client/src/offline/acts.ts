import type { Schema } from "../api/client";
import { store } from "../store";

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
    }
  | {
      readonly kind: "supplement";
      readonly consultId: string;
      readonly body: Schema<"NewSupplement">;
    }
  | {
      readonly kind: "decision";
      readonly consultId: string;
      readonly recommendationId: string;
      /** How many decisions on it were known: another since is shown, never passed over. */
      readonly seen: number;
      readonly body: Schema<"NewDecision">;
    }
  | {
      readonly kind: "consent";
      readonly consultId: string;
      /** How many answers on its purpose were known. */
      readonly seen: number;
      readonly body: Schema<"NewConsent">;
    }
  | {
      readonly kind: "consent-back";
      readonly consultId: string;
      readonly seen: number;
      readonly body: Schema<"NewConsentWithdrawal">;
    }
  | {
      readonly kind: "correction";
      readonly patientId: string;
      /** The version of the patient that was corrected. */
      readonly version: number;
      readonly body: Schema<"PatientParticulars">;
    };

/** Something a person did on this device that the server does not know yet. */
export interface Act {
  /** The idempotency key, made when the person acted. */
  readonly id: string;
  readonly doing: Doing;
  /** What the list calls it: a name, a question, the beginning of a message. */
  readonly title: string;
  readonly actedAt: number;
  /**
   * The act on this device that it goes on from. What it is based on is what the server had before
   * that one, until the server has taken that one.
   */
  readonly after?: string;
  /** The form it was typed in: where its words go back to when the server refuses them. */
  readonly form: {
    readonly draft: string;
    readonly values: unknown;
    readonly page: string;
  };
  /** Why the server will not take it as it is; `changed` when somebody changed the same. */
  readonly refused?: { readonly sentence: string; readonly changed: boolean };
}

/** An act of some kind. */
export type ActOf<K extends Doing["kind"]> = Act & { readonly doing: Extract<Doing, { kind: K }> };

/** What became of an act while its page waited for it. */
export type Handed =
  { readonly kind: "sent"; readonly answer: unknown } | { readonly kind: "kept" };

/** The account's acts on this device, in the order in which they were done. */
export const acts = store<readonly Act[]>([]);

/**
 * The key of the act whose form or button has gone last while it was under way: nobody hears there
 * what becomes of it.
 */
export const unheard = store("");
