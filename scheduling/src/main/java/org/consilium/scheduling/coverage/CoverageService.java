package org.consilium.scheduling.coverage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.consilium.platform.database.Tx;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.availability.TimeSlots;
import org.consilium.scheduling.catalogue.Catalogue;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.coverage.DemandStore.Pair;
import org.consilium.scheduling.roster.DutyBoard;
import org.consilium.scheduling.roster.Shift;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;
import org.consilium.scheduling.volunteer.VolunteerStore;

/** Who could be reached, beside what is likely to be asked. */
public final class CoverageService {
  /** What the forecast looks back on. */
  private static final Duration LOOK_BACK = Duration.ofDays(56);

  private static final double WEEK_HOURS = Forecast.HOURS;

  /** More rows than anybody reads, and a bound on what is answered. */
  private static final int ROWS_MAX = 60;

  /**
   * @param weeksCounted how long the forecast looks back, less when the network is younger
   * @param left fields and languages that are asked for least, and not shown
   */
  record Heat(Instant from, int hours, double weeksCounted, List<HeatRow> rows, int left) {}

  /** A language that was asked for and that nobody active speaks well enough. */
  record Unspoken(String language, String label, int consults) {}

  private final CatalogueStore catalogue;
  private final VolunteerStore volunteers;
  private final DutyBoard duties;
  private final DemandStore demand = new DemandStore();

  public CoverageService(CatalogueStore catalogue, VolunteerStore volunteers, DutyBoard duties) {
    this.catalogue = catalogue;
    this.volunteers = volunteers;
    this.duties = duties;
  }

  /** Counts over every organisation, and no more of any: so the server looks. */
  Heat heat(Tx tx, Instant from, int weeks, Optional<String> specialty, Optional<String> language) {
    return tx.asServer(() -> look(tx, from, weeks, specialty, language));
  }

  private Heat look(
      Tx tx, Instant from, int weeks, Optional<String> specialty, Optional<String> language) {
    var words = catalogue.newest(tx);
    double counted = weeksCounted(tx);
    var arrivals = demand.arrivals(tx, tx.now().minus(LOOK_BACK), tx.now());
    demand.rotas(tx).forEach(pair -> arrivals.putIfAbsent(pair, new int[Forecast.HOURS]));
    var forecasts = new HashMap<Pair, Forecast>();
    arrivals.forEach((pair, counts) -> {
      if (specialty.map(pair.specialty()::equals).orElse(true)
          && language.map(pair.language()::equals).orElse(true)) {
        forecasts.put(pair, Forecast.of(counts, counted));
      }
    });
    var shown =
        forecasts.entrySet().stream()
            .sorted(
                Comparator.comparingInt(
                        (Map.Entry<Pair, Forecast> entry) -> -entry.getValue().arrivals())
                    .thenComparing(entry -> entry.getKey().specialty())
                    .thenComparing(entry -> entry.getKey().language()))
            .limit(ROWS_MAX)
            .toList();
    var start = from.truncatedTo(ChronoUnit.HOURS);
    int hours = weeks * Forecast.HOURS;
    var reach = reach(tx, words, shown.stream().map(Map.Entry::getKey).toList(), start, hours);
    var rows =
        shown.stream()
            .map(entry ->
                row(words, entry.getKey(), entry.getValue(), start, reach.get(entry.getKey())))
            .toList();
    return new Heat(start, hours, counted, rows, forecasts.size() - shown.size());
  }

  private double weeksCounted(Tx tx) {
    var since = tx.now().minus(LOOK_BACK);
    var first = demand.first(tx, since).orElse(tx.now());
    double weeks = Duration.between(first, tx.now()).toHours() / WEEK_HOURS;
    return Math.max(1, weeks);
  }

  private Map<Pair, int[]> reach(
      Tx tx, Catalogue words, List<Pair> pairs, Instant start, int hours) {
    var specialists =
        volunteers.all(tx).stream()
            .filter(v -> v.kind() == VolunteerKind.SPECIALIST)
            .filter(v -> v.status() == VolunteerStatus.ACTIVE)
            .toList();
    var counts = new HashMap<Pair, Reach>();
    pairs.forEach(pair -> counts.put(pair, new Reach(start, hours)));
    var window = TimeSlot.of(start, Duration.ofHours(hours));
    var board = duties.of(tx, specialists.stream().map(v -> v.account().value()).toList(), window);
    for (var specialist : specialists) {
      List<TimeSlot> there = null;
      for (var pair : pairs) {
        if (canHelp(words, specialist, pair)) {
          there = there == null ? there(board, specialist.account().value()) : there;
          counts.get(pair).add(there);
        }
      }
    }
    var hourly = new HashMap<Pair, int[]>();
    counts.forEach((pair, count) -> hourly.put(pair, count.byHour()));
    return hourly;
  }

  private static List<TimeSlot> there(Map<UUID, DutyBoard.Duty> board, UUID account) {
    var duty = board.get(account);
    return TimeSlots.union(
        Stream.concat(duty.available().stream(), duty.onCall().stream().map(CoverageService::slot))
            .toList());
  }

  private static TimeSlot slot(Shift shift) {
    return new TimeSlot(shift.start(), shift.end());
  }

  /** Of the field itself or of the wider one that stands in for it, in the clinic's language. */
  private static boolean canHelp(Catalogue words, Volunteer volunteer, Pair pair) {
    var parent = words.specialty(pair.specialty()).flatMap(Catalogue.Specialty::parent);
    return volunteer.speaks(pair.language())
        && volunteer.fields().stream()
            .anyMatch(field ->
                field.specialty().equals(pair.specialty())
                    || parent.equals(Optional.of(field.specialty())));
  }

  private static HeatRow row(
      Catalogue words, Pair pair, Forecast forecast, Instant start, int[] reachable) {
    int first = hourOfWeek(start);
    var needed = new int[reachable.length];
    var expected = new double[reachable.length];
    for (int hour = 0; hour < reachable.length; hour++) {
      int of = (first + hour) % Forecast.HOURS;
      needed[hour] = forecast.needed(of);
      expected[hour] = forecast.expected(of);
    }
    return new HeatRow(
        pair.specialty(),
        words.specialtyLabel(pair.specialty()),
        pair.language(),
        words.languageLabel(pair.language()),
        forecast.arrivals(),
        forecast.ground(),
        reachable,
        needed,
        expected);
  }

  /** Monday 00:00 UTC is 0. */
  static int hourOfWeek(Instant moment) {
    long hours = Math.floorDiv(moment.getEpochSecond(), 3600L);
    return (int) Math.floorMod(hours - 96, (long) Forecast.HOURS);
  }

  List<Unspoken> unspoken(Tx tx) {
    var words = catalogue.newest(tx);
    return tx.asServer(() -> {
      var active =
          volunteers.all(tx).stream().filter(v -> v.status() == VolunteerStatus.ACTIVE).toList();
      var unspoken = new ArrayList<Unspoken>();
      for (var asked : demand.languages(tx, tx.now().minus(LOOK_BACK), tx.now())) {
        if (active.stream().noneMatch(v -> v.speaks(asked.language()))) {
          unspoken.add(
              new Unspoken(
                  asked.language(), words.languageLabel(asked.language()), asked.consults()));
        }
      }
      return unspoken;
    });
  }
}
