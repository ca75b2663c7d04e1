package org.consilium.records.patient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.FieldError;
import org.consilium.records.patient.Allergies.State;
import org.consilium.records.patient.BirthDate.Precision;
import org.junit.jupiter.api.Test;

class PatientParticularsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
  private static final Allergies NONE = new Allergies(State.NONE, List.of());

  @Test
  void an_age_alone_is_enough() {
    assertThat(refused(Optional.of(Age.years(30)), Optional.empty(), NONE)).isEmpty();
  }

  @Test
  void neither_age_nor_birth_date_is_refused() {
    assertThat(refused(Optional.empty(), Optional.empty(), NONE)).containsExactly("/age");
  }

  @Test
  void an_impossible_age_is_refused_at_its_value() {
    assertThat(refused(Optional.of(Age.years(200)), Optional.empty(), NONE))
        .containsExactly("/age/value");
  }

  @Test
  void a_birth_date_to_come_or_too_long_ago_is_refused() {
    assertThat(refused(Optional.empty(), born(TODAY.plusDays(1)), NONE))
        .containsExactly("/birthDate/date");
    assertThat(refused(Optional.empty(), born(LocalDate.of(1890, 1, 1)), NONE))
        .containsExactly("/birthDate/date");
    assertThat(refused(Optional.empty(), born(TODAY), NONE)).isEmpty();
  }

  @Test
  void age_and_birth_date_must_tell_the_same_within_a_unit() {
    assertThat(refused(Optional.of(Age.years(5)), born(TODAY.minusYears(5)), NONE)).isEmpty();
    assertThat(refused(Optional.of(Age.years(5)), born(TODAY.minusYears(6)), NONE)).isEmpty();
    assertThat(refused(Optional.of(Age.years(5)), born(TODAY.minusYears(8)), NONE))
        .containsExactly("/age/value");
    assertThat(refused(Optional.of(Age.months(5)), born(TODAY.minusYears(5)), NONE))
        .containsExactly("/age/value");
  }

  @Test
  void listed_allergies_are_named_and_named_ones_are_listed() {
    var age = Optional.of(Age.years(5));
    assertThat(refused(age, Optional.empty(), new Allergies(State.LISTED, List.of())))
        .containsExactly("/allergies/list");
    assertThat(refused(age, Optional.empty(), new Allergies(State.NONE, List.of("penicillin"))))
        .containsExactly("/allergies/state");
    assertThat(refused(age, Optional.empty(), new Allergies(State.LISTED, List.of("a", " "))))
        .containsExactly("/allergies/list/1");
    assertThat(refused(age, Optional.empty(), new Allergies(State.UNKNOWN, List.of()))).isEmpty();
  }

  private static Optional<BirthDate> born(LocalDate date) {
    return Optional.of(new BirthDate(date, Precision.DAY));
  }

  private static List<String> refused(
      Optional<Age> age, Optional<BirthDate> born, Allergies allergies) {
    return new PatientParticulars(
            Optional.empty(),
            "KZ-1",
            Optional.of("Amina"),
            Optional.empty(),
            age,
            born,
            Sex.FEMALE,
            allergies,
            "sw",
            Optional.empty(),
            Optional.empty())
        .check(TODAY).stream().map(FieldError::pointer).toList();
  }
}
