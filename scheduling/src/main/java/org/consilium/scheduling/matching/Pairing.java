package org.consilium.scheduling.matching;

import org.consilium.scheduling.catalogue.Urgency;

/**
 * One request beside one specialist and the moment they would meet: all that the rules look at.
 * Live matching and the planner each have their own, light, form of it, so that both are judged by
 * one definition ({@link HardRules}, {@link SoftRules}).
 */
public interface Pairing {
  /** How well the field wanted is held. */
  enum Fit {
    EXACT,
    /** The wider field of the one wanted, or one that the one wanted is the wider field of. */
    NEAR,
    NONE
  }

  /** How an earlier offer of this very consult ended. */
  enum Asked {
    NEVER,
    STILL_OPEN,
    SILENT,
    REFUSED
  }

  /** What a wish about the specialist's gender comes to. */
  enum Wish {
    NONE,
    MET,
    /** It is not met, or it is not known whether it is. */
    NOT_MET,
    REQUIRED_AND_NOT_MET
  }

  Weights weights();

  Urgency urgency();

  // ---- Whether they may

  boolean isActive();

  /** On the local day on which they would meet. */
  boolean hasAValidLicence();

  /** Also true where the mode of the consult asks for none there. */
  boolean isLicensedForTheMode();

  /** On duty, or on call and willing, at the moment they would meet. */
  boolean canBeReached();

  int weeklyCap();

  /** Consults taken in the week in question. */
  int takenInWeek();

  boolean isRested();

  /** A plan sends no offer at that moment, so that it can disturb nobody. */
  default boolean isAskedInQuietHours() {
    return false;
  }

  Asked asked();

  boolean askedItThemselves();

  boolean conflicts();

  Wish genderWish();

  // ---- What speaks for it

  Fit fit();

  /** False when no specialty was asked for, so that none can fit better than another. */
  boolean aFieldWasAskedFor();

  boolean treatsTheAgeGroup();

  boolean speaksWithTheClinician();

  boolean speaksWithThePatient();

  boolean anInterpreterIsFree();

  /** Whole hours, rounded up, from now until they would meet; 0 is now, -1 is never. */
  int hoursUntil();

  /** Whole hours from the request until they would meet. */
  int hoursWaited();

  /** On the specialist's wall clock, at the moment they would meet: 0 to 1439. */
  int localMinute();

  boolean knowsThePatient();

  boolean knowsTheRegion();

  int openConsults();

  /** Offers of the last months that ended, and how many of them were answered. */
  int offersEnded();

  int offersAnswered();

  /** What that hour will be worth to somebody else, beyond the charge for load; in points. */
  int shadowPrice();
}
