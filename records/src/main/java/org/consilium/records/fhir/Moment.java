package org.consilium.records.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A moment as FHIR writes it. */
final class Moment {
  private Moment() {}

  /** The moment that an element says, which is kept then; empty for what is no more than a day. */
  static Optional<Instant> of(Given element) {
    try {
      var moment =
          Optional.of(element.peek().asText())
              .filter(text -> text.contains("T"))
              .map(text -> OffsetDateTime.parse(text).toInstant());
      moment.ifPresent(_ -> element.keep());
      return moment;
    } catch (DateTimeException leapSecond) {
      return Optional.empty();
    }
  }
}
