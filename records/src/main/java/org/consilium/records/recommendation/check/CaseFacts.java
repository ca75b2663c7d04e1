package org.consilium.records.recommendation.check;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Tx;
import org.consilium.records.capability.CapabilityProfile;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.Allergies;
import org.consilium.records.patient.Sex;
import org.consilium.records.triage.Pregnancy;

/** Finds what is known of a case that a dose depends on. */
public interface CaseFacts {
  /** For whoever has this standing in the consult. */
  Facts of(Tx tx, Standing standing);

  /**
   * What is known.
   *
   * @param weightKg as measured in the case form
   * @param medicines what the patient takes already, in the clinic's words
   * @param site what the site has; empty when it has never said
   */
  record Facts(
      Age age,
      Sex sex,
      Optional<BigDecimal> weightKg,
      Optional<Pregnancy.State> pregnancy,
      Allergies allergies,
      String medicines,
      Optional<CapabilityProfile> site,
      Instant now) {}
}
