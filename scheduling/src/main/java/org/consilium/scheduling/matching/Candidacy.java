package org.consilium.scheduling.matching;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.volunteer.Volunteer.Field;
import org.consilium.scheduling.volunteer.Volunteer.Licence;
import org.consilium.scheduling.volunteer.VolunteerStatus;

/**
 * One consult beside one who could be asked.
 *
 * @param at when they would meet; without it the consult is to be placed as soon as it can be
 * @param isPlanned {@code at} was given by a plan, and not found as the first free time
 * @param shadowPrice what that hour is worth to others, from {@code planning.ShadowPrices}
 */
public record Candidacy(
    Case consult, Helper helper, Optional<Instant> at, boolean isPlanned, int shadowPrice)
    implements Pairing {

  /** As soon as can be: now for who is on duty or on call, else at their next free time. */
  public static Candidacy soonest(Case consult, Helper helper) {
    var at =
        helper.onCallNow()
            ? Optional.of(consult.now())
            : helper.nextFree(consult.now()).map(slot -> slot.start());
    return new Candidacy(consult, helper, at, false, 0);
  }

  /** At a given moment. */
  public static Candidacy planned(Case consult, Helper helper, Instant at) {
    return new Candidacy(consult, helper, Optional.of(at), true, 0);
  }

  Candidacy withShadowPrice(int points) {
    return new Candidacy(consult, helper, at, isPlanned, points);
  }

  /** Every rule that forbids it, in words. */
  public List<Term> bars() {
    return HardRules.bars(this);
  }

  /** Every rule with its points, in words. */
  public List<Term> terms() {
    return SoftRules.terms(this);
  }

  @Override
  public Weights weights() {
    return consult.weights();
  }

  @Override
  public Urgency urgency() {
    return consult.urgency();
  }

  @Override
  public boolean isActive() {
    return helper.volunteer().status() == VolunteerStatus.ACTIVE;
  }

  @Override
  public boolean hasAValidLicence() {
    var day = day();
    for (Licence licence : helper.volunteer().licences()) {
      if (licence.isValidOn(day)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isLicensedForTheMode() {
    if (consult.mode() == ConsultMode.CLINICIAN_ADVICE) {
      return true;
    }
    var day = day();
    for (Licence licence : helper.volunteer().licences()) {
      if (licence.country().equals(consult.patientCountry()) && licence.isValidOn(day)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean credentialsHold() {
    var until = helper.limits().credentialsUntil();
    return until.isEmpty() || !day().isAfter(until.get());
  }

  @Override
  public boolean canBeReached() {
    if (isPlanned) {
      return helper.freeAt(meeting()).isPresent();
    }
    if (helper.freeAt(consult.now()).isPresent() || (helper.onCallNow() && mayBeRung())) {
      return true;
    }
    if (consult.urgency() == Urgency.RED) {
      return false;
    }
    var end = consult.now().plus(consult.reach());
    return helper.nextFree(consult.now()).filter(slot -> slot.start().isBefore(end)).isPresent();
  }

  private boolean mayBeRung() {
    return consult.urgency() != Urgency.RED || helper.volunteer().redCalls();
  }

  @Override
  public int weeklyCap() {
    return helper.volunteer().weeklyCap();
  }

  @Override
  public int takenInWeek() {
    return helper.acceptedThisWeek();
  }

  /** Only a booked hour can be too close; who is rung for red is asked all the same. */
  @Override
  public boolean isRested() {
    var rest = helper.limits().rest();
    if (rest.isEmpty() || at.isEmpty() || consult.urgency() == Urgency.RED) {
      return true;
    }
    var from = meeting().minus(rest.get());
    var until = meeting().plus(Case.LENGTH_USUAL).plus(rest.get());
    return helper.booked().stream()
        .noneMatch(work -> work.start().isBefore(until) && work.end().isAfter(from));
  }

  @Override
  public Asked asked() {
    if (helper.asked().isEmpty()) {
      return Asked.NEVER;
    }
    return switch (helper.asked().get()) {
      case Helper.Asked.StillOpen _ -> Asked.STILL_OPEN;
      case Helper.Asked.Silent _ -> Asked.SILENT;
      case Helper.Asked.Refused _ -> Asked.REFUSED;
    };
  }

  @Override
  public boolean askedItThemselves() {
    return helper.id().equals(consult.requester());
  }

  @Override
  public boolean conflicts() {
    return helper.conflicted();
  }

  @Override
  public Wish genderWish() {
    if (consult.genderWish().isEmpty()) {
      return Wish.NONE;
    }
    var wish = consult.genderWish().get();
    if (helper.limits().gender().filter(wish.gender()::equals).isPresent()) {
      return Wish.MET;
    }
    return wish.required() ? Wish.REQUIRED_AND_NOT_MET : Wish.NOT_MET;
  }

  @Override
  public Fit fit() {
    if (consult.specialty().isEmpty()) {
      return Fit.EXACT;
    }
    String wanted = consult.specialty().get();
    var fit = Fit.NONE;
    for (Field field : helper.volunteer().fields()) {
      if (field.specialty().equals(wanted)) {
        return Fit.EXACT;
      }
      if (consult.nearFields().contains(field.specialty())) {
        fit = Fit.NEAR;
      }
    }
    return fit;
  }

  @Override
  public boolean aFieldWasAskedFor() {
    return consult.specialty().isPresent();
  }

  @Override
  public boolean treatsTheAgeGroup() {
    for (Field field : helper.volunteer().fields()) {
      if (field.ageGroups().contains(consult.ageGroup())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean speaksWithTheClinician() {
    return helper.volunteer().speaks(consult.clinicLanguage());
  }

  @Override
  public boolean speaksWithThePatient() {
    return helper.volunteer().speaks(consult.patientLanguage());
  }

  @Override
  public boolean anInterpreterIsFree() {
    return at.isPresent()
        && consult.interpreters().stream()
            .anyMatch(interpreter -> interpreter.bridges(helper.volunteer(), meeting()));
  }

  @Override
  public int hoursUntil() {
    if (at.isEmpty()) {
      return -1;
    }
    long seconds = Duration.between(consult.now(), meeting()).toSeconds();
    return seconds <= 0 ? 0 : Math.toIntExact(seconds / 3_600 + 1);
  }

  @Override
  public int hoursWaited() {
    return Math.toIntExact(Duration.between(consult.since(), meeting()).toHours());
  }

  @Override
  public int localMinute() {
    var moment = isPlanned ? meeting() : consult.now();
    int offset = helper.zone().getRules().getOffset(moment).getTotalSeconds();
    return (int) Math.floorMod(moment.getEpochSecond() + offset, 86_400L) / 60;
  }

  @Override
  public boolean knowsThePatient() {
    return helper.knowsPatient();
  }

  @Override
  public boolean knowsTheRegion() {
    return helper.knowsRegion();
  }

  @Override
  public int openConsults() {
    return helper.openConsults();
  }

  @Override
  public int offersEnded() {
    return helper.answers().ended();
  }

  @Override
  public int offersAnswered() {
    return helper.answers().answered();
  }

  /** Without a free hour: as if now. */
  Instant meeting() {
    return at.orElse(consult.now());
  }

  private LocalDate day() {
    return LocalDate.ofInstant(meeting(), helper.zone());
  }
}
