package org.consilium.records.request;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consilium.records.consent.NewConsent;
import org.consilium.records.triage.Urgency;

/**
 * What a clinician says when sending.
 *
 * @param revision the draft as they saw it
 * @param urgency what they ask for; less urgent than computed needs a reason
 */
public record Submission(
    int revision, Urgency urgency, Optional<String> urgencyReason, List<NewConsent> consents) {
  public Submission {
    Objects.requireNonNull(urgency, "urgency");
    consents = consents == null ? List.of() : List.copyOf(consents);
  }
}
