package org.consilium.scheduling.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.Age;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.NewConsult;
import org.consilium.scheduling.consult.Status;
import org.consilium.scheduling.consult.UrgencyHistory;
import org.consilium.scheduling.consult.WaitingOn;
import org.consilium.scheduling.owner.Owner.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OwnerTest {
  private static final AccountId AMINA = AccountId.random();
  private static final AccountId ADA = AccountId.random();
  private static final AccountId JOSEPH = AccountId.random();

  @ParameterizedTest
  @EnumSource(Status.class)
  void there_is_an_owner_in_every_state_until_it_is_over(Status status) {
    for (var waitingOn : WaitingOn.values()) {
      for (var coordinator : java.util.List.of(Optional.of(JOSEPH), Optional.<AccountId>empty())) {
        var owner = Owner.of(consult(status, waitingOn), coordinator);
        assertThat(owner.kind() == Kind.NOBODY).isEqualTo(status.isOver());
        if (!status.isOver() && owner.kind() != Kind.DUTY_GROUP) {
          assertThat(owner.person()).isPresent();
        }
      }
    }
  }

  @Test
  void before_it_is_taken_it_is_the_coordinators_by_name_or_together() {
    for (var status : new Status[] {Status.SUBMITTED, Status.TRIAGED, Status.OFFERED}) {
      var consult = consult(status, WaitingOn.COORDINATOR);
      assertThat(Owner.of(consult, Optional.of(JOSEPH)).person()).contains(JOSEPH);
      assertThat(Owner.of(consult, Optional.empty()).kind()).isEqualTo(Kind.DUTY_GROUP);
    }
  }

  @Test
  void whoever_has_accepted_owns_it() {
    var owner = Owner.of(consult(Status.ACCEPTED, WaitingOn.SPECIALIST), Optional.of(JOSEPH));
    assertThat(owner).isEqualTo(new Owner(Kind.SPECIALIST, Optional.of(ADA)));
  }

  @Test
  void while_it_waits_for_the_clinic_the_clinician_who_asked_owns_it() {
    var owner = Owner.of(consult(Status.ADVISED, WaitingOn.CLINIC), Optional.of(JOSEPH));
    assertThat(owner).isEqualTo(new Owner(Kind.CLINIC, Optional.of(AMINA)));
  }

  private static Consult consult(Status status, WaitingOn waitingOn) {
    var request =
        new NewConsult(
            ConsultId.random(),
            OrganisationId.random(),
            SiteId.random(),
            PatientId.random(),
            AMINA,
            new Age(34, "years"),
            AgeGroup.ADULT,
            "female",
            "sw",
            "en",
            ConsultMode.CLINICIAN_ADVICE,
            Optional.empty(),
            "?",
            Urgency.GREEN,
            Urgency.GREEN,
            Optional.empty(),
            Instant.EPOCH);
    return new Consult(
        request,
        ConsultMode.CLINICIAN_ADVICE,
        Optional.empty(),
        new UrgencyHistory(Urgency.GREEN, Urgency.GREEN, Optional.empty()),
        status,
        waitingOn,
        Optional.empty(),
        status.isCarried() ? Optional.of(ADA) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
  }
}
