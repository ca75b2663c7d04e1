package org.consilium.records.patient;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Sentence;
import org.consilium.platform.id.SiteId;

/** What a clinician writes down about who somebody is. */
public record PatientParticulars(
    Optional<SiteId> siteId,
    String localNumber,
    Optional<String> name,
    Optional<String> phone,
    Optional<Age> age,
    Optional<BirthDate> birthDate,
    Sex sex,
    Allergies allergies,
    String language,
    Optional<String> guardian,
    Optional<Identity> identity) {
  public PatientParticulars {
    Objects.requireNonNull(localNumber, "localNumber");
    Objects.requireNonNull(sex, "sex");
    Objects.requireNonNull(allergies, "allergies");
    Objects.requireNonNull(language, "language");
  }

  /** Everything here that cannot be, seen on {@code today}; empty when all is well. */
  List<FieldError> check(LocalDate today) {
    var errors = new ArrayList<FieldError>();
    if (localNumber.isBlank()) {
      errors.add(new FieldError("/localNumber", "Write the number that the patient has here."));
    }
    checkBirth(today, errors);
    checkAllergies(errors);
    identity.ifPresent(known -> known.check(name, born(today, errors), today, errors));
    return errors;
  }

  /** What more is known; nothing when nobody wrote any. */
  Identity known() {
    return identity.orElse(Identity.NONE);
  }

  /** Every name that this person goes by here, as written. */
  Stream<String> names() {
    var whole = Stream.of(known().given(), known().family()).flatMap(Optional::stream);
    return Stream.concat(
            Stream.of(name, known().nativeName()).flatMap(Optional::stream),
            Stream.of(whole.collect(Collectors.joining(" "))))
        .filter(text -> !text.isBlank());
  }

  /** Every phone number, the first one first. */
  Stream<String> phones() {
    return Stream.concat(phone.stream(), known().otherPhones().stream());
  }

  /** The date of birth as kept: what was given, else reckoned from the age told today. */
  BirthDate born(LocalDate today) {
    return birthDate.orElseGet(() -> BirthDate.estimated(age.orElseThrow(), today));
  }

  private Optional<BirthDate> born(LocalDate today, List<FieldError> errors) {
    return errors.isEmpty() ? Optional.of(born(today)) : birthDate;
  }

  private void checkBirth(LocalDate today, List<FieldError> errors) {
    if (age.isEmpty() && birthDate.isEmpty()) {
      errors.add(new FieldError("/age", "Give the age or the date of birth; a guess will do."));
    }
    age.filter(Age::isImpossible)
        .ifPresent(impossible ->
            errors.add(
                new FieldError(
                    "/age/value",
                    Sentence.of(
                            "field.age-unit", "Nobody is {age} old; check the number and its unit.")
                        .with("age", impossible))));
    birthDate.ifPresent(born -> checkBirthDate(born, today, errors));
    if (errors.isEmpty() && age.isPresent() && birthDate.isPresent()) {
      checkAgreement(age.get(), birthDate.get(), today, errors);
    }
  }

  private static void checkBirthDate(BirthDate born, LocalDate today, List<FieldError> errors) {
    if (born.date().isAfter(today)) {
      errors.add(new FieldError("/birthDate/date", "A date of birth cannot be in the future."));
    } else if (born.date().isBefore(today.minusYears(Age.YEARS_MAX))) {
      errors.add(
          new FieldError(
              "/birthDate/date",
              Sentence.of(
                      "field.birth-year", "That is more than {years} years ago; check the year.")
                  .with("years", Age.YEARS_MAX)));
    }
  }

  /** One unit of the age and the doubt of the date are allowed between the two. */
  private static void checkAgreement(
      Age age, BirthDate born, LocalDate today, List<FieldError> errors) {
    long lived = Math.max(0, ChronoUnit.DAYS.between(born.date(), today));
    long allowed = age.unit().days(1) + born.doubtDays();
    if (Math.abs(lived - age.inDays()) > allowed) {
      errors.add(
          new FieldError("/age/value", "The age and the date of birth say different things."));
    }
  }

  private void checkAllergies(List<FieldError> errors) {
    boolean listed = allergies.state() == Allergies.State.LISTED;
    if (listed && allergies.list().isEmpty()) {
      errors.add(new FieldError("/allergies/list", "Name at least one allergy."));
    }
    if (!listed && !allergies.list().isEmpty()) {
      errors.add(
          new FieldError(
              "/allergies/state", "Allergies are named, so choose that they are listed."));
    }
    for (int i = 0; i < allergies.list().size(); i++) {
      if (allergies.list().get(i).isBlank()) {
        errors.add(new FieldError("/allergies/list/" + i, "Name the allergy, or remove the line."));
      }
    }
  }
}
