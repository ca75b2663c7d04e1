package org.consilium.scheduling.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.matching.Term;

/**
 * What would be better at another time, for a person to approve.
 *
 * @param before what all coming appointments of the organisation are worth, in points
 * @param after what they would be worth
 */
record Plan(
    PlanId id,
    OrganisationId organisation,
    Cause cause,
    Status status,
    Instant madeAt,
    String weightsVersion,
    long before,
    long after,
    Optional<AccountId> decidedBy,
    Optional<Instant> decidedAt,
    Optional<String> reason,
    List<Move> moves) {

  enum Cause implements Wire {
    HOURLY,
    /** Somebody cannot keep what is booked with them. */
    DROP_OUT
  }

  enum Status implements Wire {
    OPEN,
    APPLIED,
    REJECTED,
    /** A newer one took its place. */
    SUPERSEDED,
    /** Something was booked or cancelled meanwhile, so that it no longer fits. */
    OVERTAKEN
  }

  /**
   * One appointment at another time.
   *
   * @param start empty when no other time can be found: the coordinator has to place it
   * @param before the reasons for the time that it has
   * @param after the reasons for the new time
   */
  record Move(
      AppointmentId appointment,
      ConsultId consult,
      AccountId specialist,
      Optional<AccountId> interpreter,
      Instant was,
      Optional<Instant> start,
      int minutes,
      int pointsBefore,
      int pointsAfter,
      List<Term> before,
      List<Term> after) {
    Duration length() {
      return Duration.ofMinutes(minutes);
    }

    TimeSlot wasSlot() {
      return TimeSlot.of(was, length());
    }

    Optional<TimeSlot> slot() {
      return start.map(from -> TimeSlot.of(from, length()));
    }
  }
}
