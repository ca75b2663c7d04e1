package org.consilium.records.consent;

import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.http.Wire;

/** One decision of a patient, or for a patient, on one purpose. */
public record NewConsent(
    ConsentPurpose purpose,
    Decision decision,
    GivenBy givenBy,
    Optional<String> relation,
    Form form,
    String language,
    String textVersion,
    Optional<String> witness,
    Optional<String> waiverReason) {
  /** Yes or no, or a yes taken back: the newest of a purpose holds. */
  public enum Decision implements Wire {
    GRANTED,
    REFUSED,
    WITHDRAWN
  }

  /** Who decided. */
  public enum GivenBy implements Wire {
    PATIENT,
    GUARDIAN,
    /** Nobody could be asked and waiting would have harmed; reviewed afterwards. */
    EMERGENCY_WAIVER
  }

  /** How it was given. */
  public enum Form implements Wire {
    SPOKEN,
    THUMB,
    SIGNATURE,
    NONE
  }

  public NewConsent {
    Objects.requireNonNull(purpose, "purpose");
    Objects.requireNonNull(decision, "decision");
    Objects.requireNonNull(givenBy, "givenBy");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(textVersion, "textVersion");
  }

  boolean grants(ConsentPurpose wanted) {
    return purpose == wanted && decision == Decision.GRANTED;
  }
}
