package org.consilium.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.booking.LanguageBridge.Need;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.volunteer.LanguageLevel;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;
import org.junit.jupiter.api.Test;

class LanguageBridgeTest {
  private static final Volunteer ADA = speaking(VolunteerKind.SPECIALIST, "en:native", "sw:basic");

  @Test
  void advice_is_between_the_clinic_and_the_specialist() {
    assertThat(LanguageBridge.need(ADA, ConsultMode.CLINICIAN_ADVICE, "en-GB", "tuv"))
        .isEqualTo(new Need.Shared("en-GB"));
    assertThat(LanguageBridge.need(ADA, ConsultMode.CLINICIAN_ADVICE, "fr", "en"))
        .isEqualTo(new Need.Needed("fr"));
  }

  @Test
  void a_patient_who_is_there_is_helped_and_one_alone_needs_it() {
    assertThat(LanguageBridge.need(ADA, ConsultMode.PATIENT_PRESENT, "en", "sw"))
        .as("a basic level does not carry a consult")
        .isEqualTo(new Need.ForThePatient("sw"));
    assertThat(LanguageBridge.need(ADA, ConsultMode.PATIENT_PRESENT, "fr", "sw"))
        .isEqualTo(new Need.Needed("fr"));
    assertThat(LanguageBridge.need(ADA, ConsultMode.DIRECT_TO_PATIENT, "en", "sw"))
        .isEqualTo(new Need.Needed("sw"));
    assertThat(LanguageBridge.need(ADA, ConsultMode.DIRECT_TO_PATIENT, "fr", "en"))
        .isEqualTo(new Need.Shared("en"));
  }

  @Test
  void an_interpreter_must_carry_both_sides() {
    var between = speaking(VolunteerKind.INTERPRETER, "en:fluent", "sw:native");
    var weak = speaking(VolunteerKind.INTERPRETER, "en:basic", "sw:native");
    var elsewhere = speaking(VolunteerKind.INTERPRETER, "fr:native", "sw:native");
    assertThat(LanguageBridge.bridges(between, ADA, "sw")).isTrue();
    assertThat(LanguageBridge.bridges(weak, ADA, "sw")).isFalse();
    assertThat(LanguageBridge.bridges(elsewhere, ADA, "sw")).isFalse();
    assertThat(LanguageBridge.bridges(between, ADA, "ti")).isFalse();
  }

  @Test
  void a_language_is_a_gap_when_nobody_speaks_or_carries_it() {
    var between = speaking(VolunteerKind.INTERPRETER, "en:fluent", "sw:native");
    var all = List.of(ADA, between);
    assertThat(LanguageGaps.judge("en", 3, all).gap()).isFalse();
    assertThat(LanguageGaps.judge("sw", 3, all).gap()).isFalse();
    assertThat(LanguageGaps.judge("sw", 3, List.of(ADA)).gap()).isTrue();
    assertThat(LanguageGaps.judge("ti", 1, all).sentence()).startsWith("Nobody speaks it");
  }

  private static Volunteer speaking(VolunteerKind kind, String... languages) {
    var spoken = new ArrayList<Volunteer.Spoken>();
    for (var language : languages) {
      var parts = language.split(":");
      spoken.add(
          new Volunteer.Spoken(
              parts[0], LanguageLevel.valueOf(parts[1].toUpperCase(java.util.Locale.ROOT))));
    }
    return new Volunteer(
        AccountId.random(),
        OrganisationId.random(),
        kind,
        "PT",
        VolunteerStatus.ACTIVE,
        10,
        false,
        spoken,
        List.of(),
        List.of(new Volunteer.Licence("PT", "1", Optional.empty())));
  }
}
