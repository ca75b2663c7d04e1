package org.consilium.scheduling.matching;

import org.consilium.scheduling.catalogue.Urgency;

/**
 * What each soft rule is worth, in whole points. Versioned data: table {@code
 * scheduling.matching_weights}. What a version does not name is worth nothing in it.
 *
 * @param parentField for somebody of the wider field
 * @param soonPerHour taken from {@code onDuty} for each hour until the next free time
 * @param openConsult taken for each consult that the person carries now
 * @param roomInWeek given for each place left under the weekly cap, up to five
 * @param interpreter given instead of {@code patientLanguage} when an interpreter is free
 * @param genderWish given when a wish that is no must is met
 * @param unanswered taken for offers that were left without an answer, all of it for all of them
 * @param region given for having advised this organisation's clinics before
 * @param furtherInWeek taken once for each consult that the person took this week
 * @param shadowPercent how much of an hour's worth to others counts, in per cent
 * @param base what it is worth that a request of this urgency is met at all
 * @param waitPerHour taken for each hour that the patient waits
 * @param keepPromise given for leaving a booking as it is when plans are made anew
 */
public record Weights(
    String version,
    int field,
    int parentField,
    int ageGroup,
    int clinicianLanguage,
    int patientLanguage,
    int onDuty,
    int soonPerHour,
    int continuity,
    int wakingHour,
    int openConsult,
    int roomInWeek,
    int interpreter,
    int genderWish,
    int unanswered,
    int region,
    int furtherInWeek,
    int shadowPercent,
    ByUrgency base,
    ByUrgency waitPerHour,
    int keepPromise) {
  public Weights {
    base = base == null ? ByUrgency.NOTHING : base;
    waitPerHour = waitPerHour == null ? ByUrgency.NOTHING : waitPerHour;
  }

  /** Points that differ by urgency. */
  public record ByUrgency(int red, int orange, int yellow, int green, int blue) {
    static final ByUrgency NOTHING = new ByUrgency(0, 0, 0, 0, 0);

    public int of(Urgency urgency) {
      return switch (urgency) {
        case RED -> red;
        case ORANGE -> orange;
        case YELLOW -> yellow;
        case GREEN -> green;
        case BLUE -> blue;
      };
    }
  }
}
