package org.consilium.records.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.AccountId;

/**
 * A decision with all that is known of it, for the clinic's own people.
 *
 * @param text what was read aloud
 */
record KeptConsent(
    UUID id,
    ConsentPurpose purpose,
    NewConsent.Decision decision,
    NewConsent.GivenBy givenBy,
    Optional<String> relation,
    NewConsent.Form form,
    String language,
    String textVersion,
    Optional<String> text,
    Optional<String> witness,
    Optional<String> waiverReason,
    AccountId recordedBy,
    Instant at,
    Optional<TakenBack> takenBack) {

  /**
   * What taking back could not undo.
   *
   * @param seenBy people outside the clinic who had been let in
   * @param notesSigned notes that were signed by then, which stay
   * @param filesRead files that people outside the clinic had opened
   */
  record TakenBack(
      String reason, Optional<String> notRecalled, int seenBy, int notesSigned, int filesRead) {}
}
