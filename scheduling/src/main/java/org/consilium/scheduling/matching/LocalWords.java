package org.consilium.scheduling.matching;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and places as a person says them, both ends' wall clocks side by side. */
final class LocalWords {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT);

  private LocalWords() {}

  static String clock(Instant moment, ZoneId zone) {
    return CLOCK.format(moment.atZone(zone));
  }

  /** With the weekday, for a moment that need not be today. */
  static String day(Instant moment, ZoneId zone) {
    return DAY.format(moment.atZone(zone));
  }

  /** For clients, which say it in their own way: what the clock on the wall shows there. */
  static String moment(Instant moment, ZoneId zone) {
    return MOMENT.format(moment.atZone(zone));
  }

  static String country(String code) {
    return Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
  }
}
