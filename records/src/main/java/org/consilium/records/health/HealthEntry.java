package org.consilium.records.health;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.id.ConsultId;

/**
 * What somebody says about one item. Dates are as they were typed, until {@link #check} has found
 * nothing.
 *
 * @param onset since when; of a vaccine, when it was given
 * @param dose of a medicine: how much, how often, how
 * @param doseNumber of a vaccine: which of its series
 * @param consult in which it was learned
 */
public record HealthEntry(
    String text,
    Optional<HealthItem.Code> code,
    Optional<HealthItem.Status> status,
    HealthItem.Verification verification,
    Optional<String> onset,
    Optional<String> ended,
    Optional<String> dose,
    Optional<Integer> doseNumber,
    Optional<String> lot,
    Optional<ConsultId> consultId) {
  /** Nobody who is treated was born before. */
  private static final int YEAR_MIN = 1890;

  public HealthEntry {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(verification, "verification");
  }

  boolean isEnded() {
    return status.equals(Optional.of(HealthItem.Status.ENDED));
  }

  /** What must be mended before this can be kept as such; pointers into the entry. */
  List<FieldError> check(HealthItem.Kind kind, LocalDate today) {
    var errors = new ArrayList<FieldError>();
    if (text.isBlank()) {
      errors.add(new FieldError("/text", "Say what it is."));
    }
    var since = date(errors, "/onset", onset, today);
    var until = date(errors, "/ended", ended, today);
    if (kind == HealthItem.Kind.IMMUNIZATION) {
      refuse(errors, "/status", isEnded(), "A vaccine was given; it does not end.");
      refuse(errors, "/ended", ended.isPresent(), "A vaccine was given; it does not end.");
    } else {
      refuse(
          errors,
          "/ended",
          ended.isPresent() && !isEnded(),
          "Say that it has ended, or leave the day out.");
      refuse(errors, "/doseNumber", doseNumber.isPresent(), "Only a vaccine has this.");
      refuse(errors, "/lot", lot.isPresent(), "Only a vaccine has this.");
    }
    refuse(
        errors,
        "/dose",
        kind != HealthItem.Kind.MEDICATION && dose.isPresent(),
        "Only a medicine has a dose.");
    if (since.isPresent() && until.isPresent()) {
      refuse(
          errors,
          "/ended",
          until.get().until().isBefore(since.get().from()),
          "It cannot have ended before it began.");
    }
    return errors;
  }

  private static void refuse(List<FieldError> errors, String pointer, boolean wrong, String why) {
    if (wrong) {
      errors.add(new FieldError(pointer, why));
    }
  }

  /** The date when it can be one; else it is said what is wrong with it. */
  static Optional<PartialDate> date(
      List<FieldError> errors, String pointer, Optional<String> typed, LocalDate today) {
    if (typed.isEmpty()) {
      return Optional.empty();
    }
    if (!PartialDate.isReadable(typed.get())) {
      errors.add(new FieldError(pointer, "There is no such day or month."));
      return Optional.empty();
    }
    var date = PartialDate.parse(typed.get());
    refuse(errors, pointer, date.from().isAfter(today), "This is in the future.");
    refuse(errors, pointer, date.from().getYear() < YEAR_MIN, "This is too long ago.");
    return Optional.of(date);
  }
}
