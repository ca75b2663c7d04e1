package org.consilium.scheduling.matching;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.volunteer.LicenceRules.Need;
import org.consilium.scheduling.volunteer.Volunteer.Field;

/** One consult beside one who could be asked, and the moment they would meet. */
public final class Candidacy implements Pairing {
  private static final int DAY_SECONDS = 86_400;

  private final Case consult;
  private final Helper helper;
  private final Optional<Instant> at;
  private final boolean isPlanned;
  private final int shadowPrice;
  private final long localSecond;
  private final LocalDate day;

  private Candidacy(
      Case consult, Helper helper, Optional<Instant> at, boolean isPlanned, int shadowPrice) {
    this.consult = consult;
    this.helper = helper;
    this.at = at;
    this.isPlanned = isPlanned;
    this.shadowPrice = shadowPrice;
    localSecond = localSecond(meeting());
    day = LocalDate.ofEpochDay(Math.floorDiv(localSecond, DAY_SECONDS));
  }

  /** As soon as can be: now for who is on duty or on call, else at their next free time. */
  public static Candidacy soonest(Case consult, Helper helper) {
    var at =
        helper.onCallNow()
            ? Optional.of(consult.now())
            : helper.nextFree(consult.now()).map(TimeSlot::start);
    return new Candidacy(consult, helper, at, false, 0);
  }

  /** At a moment that a plan gives. */
  public static Candidacy planned(Case consult, Helper helper, Instant at) {
    return new Candidacy(consult, helper, Optional.of(at), true, 0);
  }

  /** The same, when that hour is worth so many points to others ({@code planning.ShadowPrices}). */
  public Candidacy withShadowPrice(int points) {
    return new Candidacy(consult, helper, at, isPlanned, points);
  }

  public Case consult() {
    return consult;
  }

  public Helper helper() {
    return helper;
  }

  /** Empty when they are not free in the coming days. */
  public Optional<Instant> at() {
    return at;
  }

  /** Whether a plan gave the moment, and it was not found as the first free one. */
  boolean isPlanned() {
    return isPlanned;
  }

  /** Every rule that forbids it, in words. */
  public List<Term> bars() {
    return HardRules.bars(this);
  }

  /** Whether they cannot meet then: they agreed to the consult, only its time is in question. */
  public boolean isBarredThen() {
    return HardRules.barMeeting(this);
  }

  /** Why they cannot meet then, in words. */
  public List<Term> barsThen() {
    return HardRules.barsOfMeeting(this);
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
    return helper.volunteer().isActive();
  }

  @Override
  public boolean hasAValidLicence() {
    return consult.licenceRule().needs() == Need.NONE || helper.volunteer().hasLicenceOn(day);
  }

  @Override
  public boolean isLicensedForTheMode() {
    var licences = helper.volunteer().licences();
    return consult.licenceRule().allows(consult.patientCountry(), licences, day);
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

  /** Whoever is on call now took it on themselves: they are rung for red all the same. */
  @Override
  public boolean isRested() {
    boolean isRung = consult.urgency() == Urgency.RED && helper.onCallNow();
    return isRung || helper.restsUntil(meeting()).isEmpty();
  }

  @Override
  public boolean isAskedInQuietHours() {
    boolean isKept = helper.volunteer().keepsQuietHours(consult.urgency() == Urgency.RED);
    return !isPlanned && helper.limits().quietNow() && isKept;
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
    if (helper.volunteer().practises(consult.specialty().get())) {
      return Fit.EXACT;
    }
    for (Field field : helper.volunteer().fields()) {
      if (consult.nearFields().contains(field.specialty())) {
        return Fit.NEAR;
      }
    }
    return Fit.NONE;
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
    long seconds = meeting().getEpochSecond() - consult.now().getEpochSecond();
    return seconds <= 0 ? 0 : Math.toIntExact(seconds / 3_600 + 1);
  }

  @Override
  public int hoursWaited() {
    return (int) ((meeting().getEpochSecond() - consult.since().getEpochSecond()) / 3_600);
  }

  /** Live, what counts is whether they would be woken now. */
  @Override
  public int localMinute() {
    long second = isPlanned ? localSecond : localSecond(consult.now());
    return (int) Math.floorMod(second, DAY_SECONDS) / 60;
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

  private long localSecond(Instant moment) {
    int offset = helper.zone().getRules().getOffset(moment).getTotalSeconds();
    return moment.getEpochSecond() + offset;
  }

  @Override
  public int shadowPrice() {
    return shadowPrice;
  }
}
