import type { Schema } from "../../api/client";
import { millis } from "../../time";

type Offer = Schema<"Offer">;
type Summary = Schema<"ConsultSummary">;

/** Offers that can be answered now, the one that runs out first in front; and the others. */
export function sorted(
  offers: readonly Offer[],
  now: number,
): { open: readonly Offer[]; earlier: readonly Offer[] } {
  const isOpen = (offer: Offer) => offer.status === "open" && millis(offer.expiresAt) > now;
  return {
    open: offers.filter(isOpen).sort((a, b) => millis(a.expiresAt) - millis(b.expiresAt)),
    earlier: offers
      .filter((offer) => !isOpen(offer))
      .sort((a, b) => millis(b.sentAt) - millis(a.sentAt)),
  };
}

/** The consults that wait for the specialist in front, by the time left; then the others. */
export function byMyTurn(consults: readonly Summary[]): Summary[] {
  const turn = ({ waitingOn }: Summary) => (waitingOn === "specialist" ? 0 : 1);
  const due = ({ dueAt }: Summary) => (dueAt ? millis(dueAt) : Number.MAX_SAFE_INTEGER);
  return [...consults].sort(
    (a, b) => turn(a) - turn(b) || due(a) - due(b) || millis(b.changedAt) - millis(a.changedAt),
  );
}
