package org.consilium.records.request;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.records.patient.Age;
import org.consilium.records.triage.Triage;
import org.consilium.records.triage.Urgency;

/**
 * A case form as kept.
 *
 * @param sent what was fixed when it was sent; empty while a draft
 */
public record Request(
    ConsultId consult,
    PatientId patient,
    SiteId site,
    AccountId requester,
    int revision,
    RequestContent content,
    Instant savedAt,
    Optional<Sent> sent) {

  /** What sending fixed. */
  public record Sent(
      Age age,
      Triage triage,
      Urgency urgencyRequested,
      Optional<String> urgencyReason,
      Instant submittedAt) {}

  /** Where a request stands. */
  public enum Status implements Wire {
    DRAFT,
    SUBMITTED
  }

  Status status() {
    return sent.isPresent() ? Status.SUBMITTED : Status.DRAFT;
  }
}
