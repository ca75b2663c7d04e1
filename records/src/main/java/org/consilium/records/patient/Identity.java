package org.consilium.records.patient;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.FieldError;

/**
 * What more is known of who somebody is. Seen by the owning organisation alone.
 *
 * @param unidentified nobody knows who this is: no name is kept, above all no invented one
 * @param nativeName the name in the script of the person's own language
 * @param identifiers numbers that others gave
 * @param region where the address lies, in the organisation's own words
 * @param guardianRelation what the guardian is to the patient
 */
public record Identity(
    boolean unidentified,
    Optional<String> given,
    Optional<String> family,
    @JsonProperty("native") Optional<String> nativeName,
    List<Identifier> identifiers,
    List<String> otherPhones,
    Optional<String> address,
    Optional<String> region,
    Optional<String> guardianRelation,
    Optional<LocalDate> deceasedOn) {
  /** Nothing more is known. */
  public static final Identity NONE =
      new Identity(
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public Identity {
    identifiers = identifiers == null ? List.of() : List.copyOf(identifiers);
    otherPhones = otherPhones == null ? List.of() : List.copyOf(otherPhones);
  }

  /** Adds everything here that cannot be. */
  void check(
      Optional<String> name, Optional<BirthDate> born, LocalDate today, List<FieldError> errors) {
    if (unidentified) {
      checkNameless(name, errors);
    }
    deceasedOn
        .filter(day -> day.isAfter(today))
        .ifPresent(_ ->
            errors.add(
                new FieldError(
                    "/identity/deceasedOn", "A date of death cannot be in the future.")));
    if (deceasedOn.isPresent() && born.isPresent()) {
      var earliest = born.get().date().minusDays(born.get().doubtDays());
      if (deceasedOn.get().isBefore(earliest)) {
        errors.add(
            new FieldError(
                "/identity/deceasedOn", "Nobody dies before being born; check both dates."));
      }
    }
    for (int i = 0; i < identifiers.size(); i++) {
      checkIdentifier(i, errors);
    }
    for (int i = 0; i < otherPhones.size(); i++) {
      if (otherPhones.get(i).isBlank()) {
        errors.add(
            new FieldError("/identity/otherPhones/" + i, "Write the number, or remove the line."));
      }
    }
  }

  private void checkNameless(Optional<String> name, List<FieldError> errors) {
    var detail =
        "Somebody unidentified has no name yet. Remove it, or say that you know who it is.";
    name.ifPresent(_ -> errors.add(new FieldError("/name", detail)));
    given.ifPresent(_ -> errors.add(new FieldError("/identity/given", detail)));
    family.ifPresent(_ -> errors.add(new FieldError("/identity/family", detail)));
    nativeName.ifPresent(_ -> errors.add(new FieldError("/identity/native", detail)));
  }

  private void checkIdentifier(int at, List<FieldError> errors) {
    var pointer = "/identity/identifiers/" + at;
    var one = identifiers.get(at);
    if (one.systemKey().isEmpty()) {
      errors.add(new FieldError(pointer + "/system", "Say who gave this number."));
    }
    if (one.valueKey().isEmpty()) {
      errors.add(new FieldError(pointer + "/value", "Write the number, or remove the line."));
    }
    if (one.from().isPresent() && one.until().filter(one.from().get()::isAfter).isPresent()) {
      errors.add(new FieldError(pointer + "/until", "It ends before it begins."));
    }
    if (identifiers.subList(0, at).stream().anyMatch(one::isSameAs)) {
      errors.add(new FieldError(pointer + "/value", "This number stands here twice."));
    }
  }
}
