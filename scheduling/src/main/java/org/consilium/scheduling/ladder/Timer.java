package org.consilium.scheduling.ladder;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.scheduling.catalogue.Urgency;

/**
 * Something that is to happen by itself.
 *
 * @param offer empty for a step of the consult itself
 * @param position which step of the ladder; 0 for the end of an offer
 * @param plannedAt when the ladder would act
 * @param dueAt when it will; later while a coordinator holds it back
 * @param outcome empty until it has fired
 */
public record Timer(
    UUID id,
    ConsultId consult,
    Optional<OfferId> offer,
    Kind kind,
    int ladderVersion,
    Optional<Urgency> urgency,
    int position,
    Instant plannedAt,
    Instant dueAt,
    Optional<Instant> firedAt,
    Optional<Outcome> outcome) {

  /** What it belongs to. */
  public enum Kind implements Wire {
    OFFER_EXPIRY,
    OFFER_STEP,
    STEP
  }

  /** How it ended. */
  public enum Outcome implements Wire {
    /** It happened. */
    DONE,
    /** There was nothing left to do: answered, nobody left, or too late. */
    MOOT,
    /** The coordinator did not wait for it. */
    BROUGHT_FORWARD,
    /** The coordinator did not want it. */
    LEFT_OUT
  }
}
