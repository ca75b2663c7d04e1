package org.consilium.records.note;

import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.http.Wire;

/**
 * One thing that a specialist advises.
 *
 * @param alternative what to do when this is not available here
 */
public record RecommendationContent(
    Kind kind,
    String text,
    HowSoon urgency,
    Optional<String> drug,
    Optional<String> dose,
    Optional<String> route,
    Optional<String> frequency,
    Optional<Integer> durationDays,
    Optional<String> alternative) {
  /** What kind of advice. */
  public enum Kind implements Wire {
    DIAGNOSIS,
    TEST,
    TREATMENT,
    PROCEDURE,
    TRANSFER,
    WATCH_FOR,
    TEACHING,
    /** Go on as before. */
    NO_CHANGE
  }

  /** By when. */
  public enum HowSoon implements Wire {
    NOW,
    TODAY,
    THIS_WEEK,
    ROUTINE
  }

  public RecommendationContent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(urgency, "urgency");
  }
}
