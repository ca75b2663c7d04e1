package org.consilium.scheduling.availability;

import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * A time on the wall clock to the minute, from 00:00 up to and including 24:00, which is the first
 * moment of the next date.
 *
 * @param minutes since midnight, 0 to 1440
 */
public record ClockTime(int minutes) implements Comparable<ClockTime> {
  private static final int DAY_MINUTES = 24 * 60;

  public ClockTime {
    if (minutes < 0 || minutes > DAY_MINUTES) {
      throw new IllegalArgumentException("A clock time lies between 00:00 and 24:00.");
    }
  }

  /** Reads {@code HH:mm}; anything else is an {@link IllegalArgumentException}. */
  public static ClockTime parse(String text) {
    if (!text.matches("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")) {
      throw new IllegalArgumentException("Write a time as HH:mm, from 00:00 to 24:00.");
    }
    int hours = Integer.parseInt(text, 0, 2, 10);
    return new ClockTime(hours * 60 + Integer.parseInt(text, 3, 5, 10));
  }

  LocalDateTime on(LocalDate date) {
    return minutes == DAY_MINUTES
        ? date.plusDays(1).atStartOfDay()
        : date.atTime(minutes / 60, minutes % 60);
  }

  @Override
  public int compareTo(ClockTime other) {
    return Integer.compare(minutes, other.minutes);
  }

  @Override
  public String toString() {
    return "%02d:%02d".formatted(minutes / 60, minutes % 60);
  }
}
