package org.consilium.signaling.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Wire;

/** What became of one attempt to call. */
public enum CallOutcome implements Wire {
  /** Somebody asked for a way in, and nobody used one. */
  NOBODY_CAME,
  /** Somebody waited, and nobody was there to let them in. */
  NOT_LET_IN,
  /** There were never two in the call at once. */
  ONLY_ONE_CAME,
  /** Two or more were in the call at the same time. */
  CONNECTED;

  /**
   * One person's time in a call.
   *
   * @param joined empty for one who only waited
   * @param left empty for one who is still there
   */
  public record Sitting(String person, Optional<Instant> joined, Optional<Instant> left) {
    private boolean meets(Sitting other) {
      return !person.equals(other.person)
          && joined.isPresent()
          && other.joined.isPresent()
          && left.map(end -> other.joined.get().isBefore(end)).orElse(true)
          && other.left.map(end -> joined.get().isBefore(end)).orElse(true);
    }
  }

  /** What these sittings amount to. */
  public static CallOutcome of(List<Sitting> sittings) {
    if (sittings.isEmpty()) {
      return NOBODY_CAME;
    }
    if (sittings.stream().allMatch(sitting -> sitting.joined().isEmpty())) {
      return NOT_LET_IN;
    }
    return sittings.stream().anyMatch(one -> sittings.stream().anyMatch(one::meets))
        ? CONNECTED
        : ONLY_ONE_CAME;
  }
}
