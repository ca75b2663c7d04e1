package org.consilium.records.consent;

import java.util.Objects;
import java.util.Optional;

/**
 * A yes taken back.
 *
 * @param givenBy who took it back: the patient or a guardian
 * @param notRecalled what the clinic knows cannot be undone, in its own words
 */
record Withdrawal(
    ConsentPurpose purpose,
    NewConsent.GivenBy givenBy,
    Optional<String> relation,
    NewConsent.Form form,
    Optional<String> witness,
    String reason,
    Optional<String> notRecalled) {
  Withdrawal {
    Objects.requireNonNull(purpose, "purpose");
    Objects.requireNonNull(givenBy, "givenBy");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(reason, "reason");
  }
}
