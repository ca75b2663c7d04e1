package org.consilium.scheduling.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.consilium.platform.http.Wire;
import org.consilium.platform.identity.PersonRef;

/** What the reports say. Counts and times only: nothing of a patient is in any of it. */
public sealed interface Report {
  /** Of what and of when it is. */
  record About(Scope scope, LocalDate from, LocalDate to, String zone) {
    static About of(Scope scope, Period period) {
      return new About(scope, period.from(), period.to(), period.zone().getId());
    }
  }

  /**
   * How one of the times turned out. Medians and 90th percentiles are of what is done.
   *
   * @param waiting neither done nor over
   * @param due done, or its target passed while it was still open
   * @param onTime of the due
   * @param medianOfTarget 1 is just on time
   * @param targetMinutes when it is the same for all of them
   */
  record Measure(
      Integer done,
      Integer waiting,
      Integer due,
      Integer onTime,
      Double onTimeShare,
      Double medianMinutes,
      Double p90Minutes,
      Double medianOfTarget,
      Double p90OfTarget,
      Integer targetMinutes) {
    /** What another organisation may be told; null when it is too little to tell. */
    Measure forOthers() {
      return done == 0 || SmallNumbers.isSmall(done)
          ? null
          : new Measure(
              done,
              SmallNumbers.unlessSmall(waiting),
              SmallNumbers.unlessSmall(due),
              SmallNumbers.unlessSmall(onTime),
              SmallNumbers.isSmall(due) ? null : onTimeShare,
              medianMinutes,
              p90Minutes,
              medianOfTarget,
              p90OfTarget,
              targetMinutes);
    }
  }

  /** Why a count is not told. */
  enum Hidden implements Wire {
    FEWER_THAN_FIVE,
    /** It would give a smaller one away. */
    BESIDE_FEW
  }

  /**
   * Some of the consults.
   *
   * @param consults absent when it is hidden
   */
  record Group(
      String key,
      String label,
      Integer consults,
      Hidden hidden,
      Measure allocated,
      Measure answered,
      Measure closed) {
    Group hide() {
      var why = SmallNumbers.isSmall(consults) ? Hidden.FEWER_THAN_FIVE : Hidden.BESIDE_FEW;
      return new Group(key, label, null, why, null, null, null);
    }

    Group forOthers() {
      return consults == 0
          ? this
          : new Group(
              key,
              label,
              consults,
              null,
              allocated.forOthers(),
              answered.forOthers(),
              closed.forOthers());
    }
  }

  record Times(About about, Grouping by, Group total, List<Group> groups, List<Group> weeks)
      implements Report {}

  /** How many without an answer wait on whom; absent when fewer than five of others'. */
  record WaitingCount(String waitingOn, Integer consults) {}

  /** One that has no answer in time. */
  record Late(
      UUID consultId,
      String urgency,
      String specialty,
      String site,
      String waitingOn,
      String status,
      Instant submittedAt,
      Instant answerBy) {}

  /**
   * @param open past their target without an answer at this moment, whenever they were submitted
   * @param due of the period, whose answer is there or should be
   * @param never of those, without any answer
   * @param items the longest waiting first; only an organisation's own
   */
  record Unanswered(
      About about,
      Integer open,
      Integer due,
      Integer never,
      Double neverShare,
      Instant oldestSubmittedAt,
      List<WaitingCount> waitingOn,
      List<Late> items)
      implements Report {}

  /**
   * One kind of request beside all the others.
   *
   * @param late answered after the target or not at all though it passed
   * @param behind more often late than chance makes of the others' share
   */
  record Reached(
      Grouping kind,
      String key,
      String label,
      int due,
      Integer late,
      Integer never,
      Double lateShare,
      Double othersLateShare,
      Double medianMinutes,
      boolean behind) {}

  record SilentSite(String site, Instant lastRequestAt) {}

  record Unasked(PersonRef specialist, String organisation, int offers, Instant lastOfferAt) {}

  /**
   * Offers sent in these hours of the specialist's own clock.
   *
   * @param fromHour 0 to 21, three hours each
   */
  record Hours(int fromHour, int offers, int expired, boolean behind) {}

  record Reach(
      About about,
      List<Reached> groups,
      List<SilentSite> silentSites,
      int specialistsUnasked,
      List<Unasked> unasked,
      List<Hours> hours)
      implements Report {}

  record Carried(
      PersonRef specialist,
      String organisation,
      int offers,
      int accepted,
      int refused,
      int expired,
      double share) {}

  /**
   * @param gini of accepted consults among {@code specialists}: 0 equal, towards 1 all on one
   * @param busiestTenthShare what the tenth of them with the most carries
   */
  record Load(
      About about,
      int accepted,
      int specialists,
      Double gini,
      Double busiestTenthShare,
      List<Carried> items)
      implements Report {}
}
