package org.consilium.scheduling.matching;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and places as a person says them, both ends' wall clocks side by side. */
final class LocalWords {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

  private LocalWords() {}

  static String clock(Instant moment, ZoneId zone) {
    return CLOCK.format(moment.atZone(zone));
  }

  /** With the weekday, for a moment that need not be today. */
  static String day(Instant moment, ZoneId zone) {
    return DAY.format(moment.atZone(zone));
  }

  static String country(String code) {
    return Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
  }

  static String hours(Duration length) {
    long hours = length.toHours();
    if (hours <= 48) {
      return hours == 1 ? "hour" : hours + " hours";
    }
    return length.toDays() + " days";
  }
}
