package org.consilium.records.followup.loop;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.records.triage.Urgency;

/**
 * One time at which the clinic is asked how the patient fares.
 *
 * @param urgency of the consult when it was set; it decides how often is asked
 */
public record Check(
    OrganisationId owner,
    UUID id,
    ConsultId consult,
    FollowUpRules.Kind kind,
    LocalDate dueOn,
    Instant dueAt,
    String rulesVersion,
    Urgency urgency,
    State state,
    Optional<Instant> endedAt) {
  /** How it stands. */
  public enum State implements Wire {
    WAITING,
    ANSWERED,
    /** Three reminders and a while later nobody had answered. */
    UNANSWERED,
    /** Another one took its place, or there is nothing to ask any more. */
    DROPPED
  }

  /** Whether the clinic is being asked at {@code now}. */
  boolean asks(Instant now) {
    return state == State.WAITING && !dueAt.isAfter(now);
  }
}
