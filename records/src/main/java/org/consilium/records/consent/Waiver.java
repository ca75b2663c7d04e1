package org.consilium.records.consent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;

/** A consult that was sent without asking anybody, and what the supervisor found about that. */
record Waiver(
    ConsultId consult,
    List<ConsentPurpose> purposes,
    String reason,
    AccountId recordedBy,
    Instant at,
    Optional<Review> review) {

  /** Whether nobody could really be asked. */
  enum Finding implements Wire {
    JUSTIFIED,
    NOT_JUSTIFIED
  }

  record Review(Finding finding, Optional<String> text, AccountId by, Instant at) {}
}
