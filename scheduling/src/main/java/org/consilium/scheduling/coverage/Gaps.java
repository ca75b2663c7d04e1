package org.consilium.scheduling.coverage;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** Hours in which fewer can be reached than are likely to be needed, in words, the worst first. */
public final class Gaps {
  private static final DateTimeFormatter WEEKDAY =
      DateTimeFormatter.ofPattern("EEEE HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM HH:mm", Locale.ENGLISH);

  /**
   * @param start the first time that it comes
   * @param times in how many weeks it comes at the same hours
   * @param unmet arrivals expected in all of them beyond whom could be reached
   */
  public record Gap(
      Instant start,
      Instant end,
      int times,
      String specialty,
      String language,
      int reachable,
      int needed,
      double unmet,
      String sentence) {}

  private record Run(HeatRow row, int first, int end, int reachable, int needed, double unmet) {}

  /** The same hours of the week, for the same people, with as few of them. */
  private record Recurring(HeatRow row, int hourOfWeek, int length, int reachable, int needed) {}

  private Gaps() {}

  public static List<Gap> in(Instant start, Collection<HeatRow> rows) {
    var runs = new LinkedHashMap<Recurring, List<Run>>();
    for (var row : rows) {
      for (var run : runs(row)) {
        var key =
            new Recurring(
                row, run.first % Forecast.HOURS, run.end - run.first, run.reachable, run.needed);
        runs.computeIfAbsent(key, _ -> new ArrayList<>()).add(run);
      }
    }
    return runs.values().stream()
        .map(same -> gap(start, same))
        .sorted(
            Comparator.comparing((Gap gap) -> gap.reachable() > 0)
                .thenComparing(Comparator.comparingDouble(Gap::unmet).reversed())
                .thenComparing(Gap::start))
        .toList();
  }

  private static List<Run> runs(HeatRow row) {
    var runs = new ArrayList<Run>();
    int hours = row.reachable().length;
    for (int hour = 0; hour < hours; ) {
      if (row.reachable()[hour] >= row.needed()[hour]) {
        hour++;
        continue;
      }
      boolean nobody = row.reachable()[hour] == 0;
      int first = hour;
      int reachable = Integer.MAX_VALUE;
      int needed = 0;
      double unmet = 0;
      while (hour < hours
          && row.reachable()[hour] < row.needed()[hour]
          && (row.reachable()[hour] == 0) == nobody) {
        reachable = Math.min(reachable, row.reachable()[hour]);
        needed = Math.max(needed, row.needed()[hour]);
        unmet +=
            row.expected()[hour]
                * (row.needed()[hour] - row.reachable()[hour])
                / row.needed()[hour];
        hour++;
      }
      runs.add(new Run(row, first, hour, reachable, needed, unmet));
    }
    return runs;
  }

  private static Gap gap(Instant start, List<Run> same) {
    var run = same.getFirst();
    var from = start.plus(Duration.ofHours(run.first));
    var until = start.plus(Duration.ofHours(run.end));
    boolean always = run.end - run.first == run.row.reachable().length;
    return new Gap(
        from,
        until,
        same.size(),
        run.row.specialty(),
        run.row.language(),
        run.reachable,
        run.needed,
        same.stream().mapToDouble(Run::unmet).sum(),
        "%s, %s in %s: %s"
            .formatted(
                always ? "At any hour" : hours(from, until),
                run.row.label(),
                run.row.languageLabel(),
                run.reachable == 0
                    ? "nobody"
                    : "%d of %d likely to be needed".formatted(run.reachable, run.needed)));
  }

  private static String hours(Instant from, Instant until) {
    ZonedDateTime start = from.atZone(ZoneOffset.UTC);
    ZonedDateTime end = until.atZone(ZoneOffset.UTC);
    if (Duration.between(from, until).compareTo(Duration.ofDays(7)) >= 0) {
      return DATE.format(start) + " – " + DATE.format(end) + " UTC";
    }
    boolean sameDay = start.toLocalDate().equals(end.minusSeconds(1).toLocalDate());
    var ends =
        sameDay
            ? (end.toLocalTime().toSecondOfDay() == 0 ? "24:00" : CLOCK.format(end))
            : WEEKDAY.format(end);
    return WEEKDAY.format(start) + (sameDay ? "–" : " – ") + ends + " UTC";
  }
}
