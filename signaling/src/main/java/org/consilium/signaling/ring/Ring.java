package org.consilium.signaling.ring;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.id.RingId;
import org.consilium.platform.identity.PersonRef;

/**
 * One attempt to reach a person, as both sides read it. No patient data: which consult, how urgent,
 * what field.
 *
 * @param offer what it rings for when the kind is {@code offer}
 * @param caller who rings; absent when the server does, for an offer
 * @param urgency the consult's at the time of ringing
 * @param specialty the code of its field; absent before it was placed
 * @param reason said with {@code declined}
 * @param expiresAt when it becomes {@code missed}
 * @param answeredBy the sign-in of the device that answered; the server's own
 * @param seen whether the callee has seen that it was missed
 */
public record Ring(
    RingId id,
    RingKind kind,
    ConsultId consultId,
    Optional<OfferId> offerId,
    Optional<PersonRef> caller,
    PersonRef callee,
    Optional<String> urgency,
    Optional<String> specialty,
    RingState state,
    Optional<DeclineReason> reason,
    Instant rungAt,
    Instant expiresAt,
    Optional<Instant> endedAt,
    @JsonIgnore Optional<UUID> answeredBy,
    boolean seen) {

  boolean isRinging() {
    return state == RingState.RINGING;
  }
}
