package org.consilium.scheduling.matching;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.Catalogue;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.volunteer.LanguageLevel;
import org.consilium.scheduling.volunteer.LicenceRules;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;

/** A question about a child in Kenya, and people who could answer it. */
final class Cases {
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  static final TimeSlot TODAY = TimeSlot.of(NOON.minusSeconds(3600), Duration.ofHours(4));
  static final AccountId REQUESTER = AccountId.random();
  static final Weights WEIGHTS =
      new Weights(
          "test",
          400,
          200,
          60,
          150,
          120,
          200,
          5,
          150,
          60,
          25,
          10,
          50,
          40,
          60,
          30,
          20,
          50,
          new Weights.ByUrgency(1_600, 1_000, 600, 300, 150),
          new Weights.ByUrgency(40, 15, 6, 2, 1),
          100);

  private Cases() {}

  static Case advice() {
    return question(Urgency.GREEN, ConsultMode.CLINICIAN_ADVICE);
  }

  static Case question(Urgency urgency, ConsultMode mode) {
    return new Case(
        REQUESTER,
        Optional.of("paediatric-neurology"),
        AgeGroup.CHILD,
        "sw",
        "en",
        "KE",
        Optional.empty(),
        mode,
        urgency,
        ZoneId.of("Africa/Nairobi"),
        CATALOGUE,
        Case.nearFields(CATALOGUE, Optional.of("paediatric-neurology")),
        Duration.ofHours(CATALOGUE.targets(urgency).reachHours()),
        List.of(),
        WEIGHTS,
        NOON.minus(Duration.ofHours(2)),
        NOON,
        LicenceRules.usual(mode));
  }

  private static final Catalogue CATALOGUE =
      new Catalogue(
          1,
          List.of(
              specialty("paediatrics", "Paediatrics", null),
              specialty("dermatology", "Dermatology", null),
              specialty("neurosurgery", "Neurosurgery", "paediatric-neurology"),
              specialty("paediatric-neurology", "Paediatric neurology", "paediatrics")),
          List.of(new Catalogue.Named("sw", "Swahili"), new Catalogue.Named("en", "English")),
          List.of(targets(Urgency.RED, 1), targets(Urgency.GREEN, 168)),
          List.of());

  private static Catalogue.Specialty specialty(String code, String label, String parent) {
    return new Catalogue.Specialty(
        code, label, Optional.ofNullable(parent), List.of(AgeGroup.CHILD));
  }

  private static Catalogue.UrgencyTargets targets(Urgency urgency, int reachHours) {
    return new Catalogue.UrgencyTargets(urgency, "", "", 1, 2, 3, 4, 1, reachHours);
  }

  static Volunteer.Licence licence(String country, LocalDate until) {
    return new Volunteer.Licence(country, "1", Optional.ofNullable(until));
  }

  static Builder helper() {
    return new Builder();
  }

  /** Somebody of the field, on duty in Lisbon, who speaks the clinician's language. */
  static final class Builder {
    private AccountId id = AccountId.random();
    private String name = "Ada";
    private VolunteerStatus status = VolunteerStatus.ACTIVE;
    private String field = "paediatric-neurology";
    private Volunteer.Spoken extra = new Volunteer.Spoken("pt", LanguageLevel.NATIVE);
    private List<Volunteer.Licence> licences = List.of(licence("PT", null));
    private List<TimeSlot> free = List.of(TODAY);
    private ZoneId zone = ZoneId.of("Europe/Lisbon");
    private boolean redCalls = true;
    private boolean onCall;
    private boolean conflicted;
    private boolean knows;
    private int week;
    private int open;
    private Optional<Helper.Asked> asked = Optional.empty();
    private boolean region;
    private Helper.Answers answers = Helper.Answers.NONE;
    private Helper.Limits limits = Helper.Limits.NONE;

    Builder id(AccountId value) {
      id = value;
      return this;
    }

    Builder name(String value) {
      name = value;
      return this;
    }

    Builder status(VolunteerStatus value) {
      status = value;
      return this;
    }

    Builder field(String value) {
      field = value;
      return this;
    }

    Builder speaks(String language, LanguageLevel level) {
      extra = new Volunteer.Spoken(language, level);
      return this;
    }

    Builder licences(Volunteer.Licence... values) {
      licences = List.of(values);
      return this;
    }

    Builder free(TimeSlot... values) {
      free = List.of(values);
      return this;
    }

    Builder zone(String value) {
      zone = ZoneId.of(value);
      return this;
    }

    Builder noRedCalls() {
      redCalls = false;
      return this;
    }

    Builder onCall() {
      onCall = true;
      return this;
    }

    Builder conflicted() {
      conflicted = true;
      return this;
    }

    Builder knows() {
      knows = true;
      return this;
    }

    Builder week(int value) {
      week = value;
      return this;
    }

    Builder open(int value) {
      open = value;
      return this;
    }

    Builder asked(Helper.Asked value) {
      asked = Optional.of(value);
      return this;
    }

    Builder knowsRegion() {
      region = true;
      return this;
    }

    Builder answered(int answered, int ended) {
      answers = new Helper.Answers(ended, answered);
      return this;
    }

    Builder limits(Helper.Limits value) {
      limits = value;
      return this;
    }

    Helper build() {
      var volunteer =
          new Volunteer(
              id,
              OrganisationId.random(),
              VolunteerKind.SPECIALIST,
              "PT",
              status,
              5,
              redCalls,
              List.of(new Volunteer.Spoken("en", LanguageLevel.FLUENT), extra),
              List.of(new Volunteer.Field(field, List.of(AgeGroup.CHILD))),
              licences);
      return new Helper(
          volunteer,
          name,
          zone,
          free,
          onCall,
          week,
          open,
          asked,
          conflicted,
          knows,
          region,
          answers,
          limits);
    }
  }
}
