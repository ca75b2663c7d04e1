package org.consilium.scheduling.ladder;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.scheduling.catalogue.Urgency;

/**
 * One step of a ladder.
 *
 * @param after thousandths of the time that an offer waits, or else seconds
 * @param asks how many are asked more by it; 0 where it asks nobody
 * @param asksLife the same when life is in danger
 * @param every after so long again; empty when it happens once
 */
public record LadderStep(
    Urgency urgency,
    int position,
    Phase phase,
    From from,
    int after,
    Act act,
    int asks,
    int asksLife,
    Optional<Duration> every) {

  /** Until when it can happen. */
  public enum Phase implements Wire {
    /** Nobody has confirmed what it is. */
    TRIAGE,
    /** Confirmed, and nobody has taken it. */
    PLACING
  }

  /** What its time is counted from. */
  public enum From implements Wire {
    OFFER,
    SUBMISSION,
    TRIAGE
  }

  /** When it is due within an offer that waits from {@code sentAt} to {@code expiresAt}. */
  public Instant within(Instant sentAt, Instant expiresAt) {
    long waits = Duration.between(sentAt, expiresAt).toMillis();
    return sentAt.plusMillis(waits * after / 1_000);
  }

  /** When it is due for a consult. */
  public Instant due(Instant submittedAt, Instant triagedAt) {
    return (from == From.TRIAGE ? triagedAt : submittedAt).plusSeconds(after);
  }

  public int asks(boolean lifeThreatening) {
    return lifeThreatening ? asksLife : asks;
  }
}
