package org.consilium.scheduling.bench;

import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.matching.HardRules;
import org.consilium.scheduling.matching.Pairing;
import org.consilium.scheduling.matching.SoftRules;
import org.consilium.scheduling.matching.Weights;

/**
 * A generated request beside a generated slot, judged by the product's own rules. One object looks
 * at one pair after the other.
 */
final class SlotPairing implements Pairing {
  private final GeneratedNetwork network;
  private final Weights weights;
  private final int[] zoneOffsetMinutes;
  private GeneratedNetwork.Request request;
  private GeneratedNetwork.Specialist specialist;
  private int specialistNumber;
  private int hour;

  SlotPairing(GeneratedNetwork network, Weights weights) {
    this.network = network;
    this.weights = weights;
    zoneOffsetMinutes =
        network.zones.stream()
            .mapToInt(z -> z.getRules().getOffset(GeneratedNetwork.START).getTotalSeconds() / 60)
            .toArray();
  }

  SlotPairing of(GeneratedNetwork.Request of, int with, int at) {
    request = of;
    specialistNumber = with;
    specialist = network.specialists.get(with);
    hour = at;
    return this;
  }

  boolean isAllowed() {
    return !HardRules.bar(this);
  }

  /** What the plan gains by it: that the request is met at all, and everything the rules say. */
  int points() {
    return weights.base().of(request.urgency()) + SoftRules.score(this);
  }

  boolean needsInterpreter() {
    return !speaksWithThePatient();
  }

  @Override
  public Weights weights() {
    return weights;
  }

  @Override
  public Urgency urgency() {
    return request.urgency();
  }

  @Override
  public boolean isActive() {
    return true;
  }

  @Override
  public boolean hasAValidLicence() {
    return true;
  }

  @Override
  public boolean isLicensedForTheMode() {
    return !request.seesThePatient() || specialist.isLicensedIn(request.region());
  }

  @Override
  public boolean canBeReached() {
    return hour >= request.firstHour() && hour <= request.lastHour();
  }

  @Override
  public int weeklyCap() {
    return specialist.weeklyCap();
  }

  /** The flow charges for load, and keeps the cap. */
  @Override
  public int takenInWeek() {
    return 0;
  }

  @Override
  public boolean isRested() {
    return true;
  }

  @Override
  public Asked asked() {
    return Asked.NEVER;
  }

  @Override
  public boolean askedItThemselves() {
    return false;
  }

  @Override
  public boolean conflicts() {
    return false;
  }

  @Override
  public Wish genderWish() {
    if (request.wishesFemale() == 0) {
      return Wish.NONE;
    }
    if (specialist.female()) {
      return Wish.MET;
    }
    return request.wishesFemale() == 2 ? Wish.REQUIRED_AND_NOT_MET : Wish.NOT_MET;
  }

  @Override
  public Fit fit() {
    if (specialist.specialty() != request.specialty()) {
      return Fit.NONE;
    }
    return request.subSpecialty() == -1 || request.subSpecialty() == specialist.subSpecialty()
        ? Fit.EXACT
        : Fit.NEAR;
  }

  @Override
  public boolean aFieldWasAskedFor() {
    return true;
  }

  @Override
  public boolean treatsTheAgeGroup() {
    return true;
  }

  @Override
  public boolean speaksWithTheClinician() {
    return specialist.speaks(request.clinicLanguage());
  }

  @Override
  public boolean speaksWithThePatient() {
    return specialist.speaks(request.patientLanguage());
  }

  @Override
  public boolean anInterpreterIsFree() {
    return false;
  }

  @Override
  public int hoursUntil() {
    return hour - request.firstHour();
  }

  @Override
  public int hoursWaited() {
    return hour - request.arrivesAtMinute() / 60;
  }

  @Override
  public int localMinute() {
    return Math.floorMod(hour * 60 + zoneOffsetMinutes[specialist.zone()], 1_440);
  }

  @Override
  public boolean knowsThePatient() {
    return request.knownSpecialist() == specialistNumber;
  }

  @Override
  public boolean knowsTheRegion() {
    return false;
  }

  @Override
  public int openConsults() {
    return specialist.openConsults();
  }

  @Override
  public int offersEnded() {
    return specialist.offersEnded();
  }

  @Override
  public int offersAnswered() {
    return specialist.offersAnswered();
  }

  /** The policies add it themselves. */
  @Override
  public int shadowPrice() {
    return 0;
  }
}
