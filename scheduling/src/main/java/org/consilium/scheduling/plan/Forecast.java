package org.consilium.scheduling.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.matching.Candidacy;
import org.consilium.scheduling.matching.Case;
import org.consilium.scheduling.matching.HardRules;
import org.consilium.scheduling.matching.Helper;
import org.consilium.scheduling.matching.Pairing.Fit;
import org.consilium.scheduling.matching.SoftRules;
import org.consilium.scheduling.planning.AssignmentFlow;
import org.consilium.scheduling.planning.ShadowPrices;
import org.consilium.scheduling.planning.SlotGrid;

/**
 * Prices for the free hours of the coming two weeks: what was asked in the last four weeks is asked
 * again, some of it, at the same hours of the week or near them; several such streams are planned.
 * Pure: the same input and seed, the same prices.
 */
final class Forecast {
  static final Duration LOOK_BACK = Duration.ofDays(28);
  static final Duration LOOK_AHEAD = Duration.ofDays(14);

  private static final int WEEKS_BACK = 4;
  private static final int WEEKS_AHEAD = 2;
  private static final int STREAMS = 4;
  private static final int JITTER_MINUTES = 90;
  private static final long HOUR_SECONDS = 3_600;

  /** One free hour of somebody. */
  record Hour(UUID specialist, Instant start) {}

  private final List<Helper> helpers;
  private final Instant now;
  private final List<Hour> hours = new ArrayList<>();
  private final int[] firstOf;
  private final SlotGrid grid;
  private final List<Helper> unloaded;

  Forecast(List<Helper> helpers, Instant now, int chargePerFurther) {
    this.helpers = helpers;
    this.now = now;
    firstOf = new int[helpers.size() + 1];
    var weekStart = new int[helpers.size() * WEEKS_AHEAD + 1];
    var room = new int[helpers.size() * WEEKS_AHEAD];
    for (int i = 0; i < helpers.size(); i++) {
      var helper = helpers.get(i);
      firstOf[i] = hours.size();
      for (int week = 0; week < WEEKS_AHEAD; week++) {
        weekStart[i * WEEKS_AHEAD + week] = hours.size();
        int taken = week == 0 ? helper.acceptedThisWeek() : 0;
        room[i * WEEKS_AHEAD + week] = Math.max(0, helper.volunteer().weeklyCap() - taken);
        addHours(helper, week);
      }
    }
    firstOf[helpers.size()] = hours.size();
    weekStart[weekStart.length - 1] = hours.size();
    grid = new SlotGrid(weekStart, room, new int[room.length], chargePerFurther);
    // The flow keeps caps and charges for load itself.
    unloaded = helpers.stream().map(Helper::withoutLoad).toList();
  }

  private void addHours(Helper helper, int week) {
    var from = now.plus(Duration.ofDays(7L * week));
    var bounds = TimeSlot.of(from, Duration.ofDays(7));
    for (TimeSlot free : helper.free()) {
      free.within(bounds)
          .ifPresent(part -> {
            long first = Math.ceilDiv(part.start().getEpochSecond(), HOUR_SECONDS);
            long last = part.end().getEpochSecond() / HOUR_SECONDS;
            for (long hour = first; hour < last; hour++) {
              hours.add(new Hour(helper.id().value(), Instant.ofEpochSecond(hour * HOUR_SECONDS)));
            }
          });
    }
  }

  List<Hour> hours() {
    return hours;
  }

  /** By the number of each hour in {@link #hours}. */
  ShadowPrices prices(List<Case> recent, long seed) {
    var random = new SplittableRandom(seed);
    var streams =
        IntStream.range(0, STREAMS).mapToObj(_ -> stream(recent, random.split())).toList();
    return ShadowPrices.average(hours.size(), streams);
  }

  private ShadowPrices.Stream stream(List<Case> recent, SplittableRandom random) {
    var slots = new ArrayList<int[]>();
    var points = new ArrayList<int[]>();
    var asked = new ArrayList<Instant>();
    var fitting = new HashMap<Case, int[]>();
    for (Case one : recent) {
      for (int week = 1; week <= WEEKS_BACK + WEEKS_AHEAD; week++) {
        int jitter = random.nextInt(2 * JITTER_MINUTES + 1) - JITTER_MINUTES;
        var at = one.since().plus(Duration.ofDays(7L * week)).plusSeconds(60L * jitter);
        boolean isAhead = !at.isBefore(now) && at.isBefore(now.plus(LOOK_AHEAD));
        if (isAhead && random.nextInt(WEEKS_BACK) == 0) {
          var again = one.askedAt(at);
          choices(again, fitting.computeIfAbsent(one, this::fitting), slots, points);
          asked.add(at);
        }
      }
    }
    var flow = new AssignmentFlow(grid);
    flow.addAll(slots.toArray(int[][]::new), points.toArray(int[][]::new));
    var ahead = new int[flow.requests()];
    for (int r = 0; r < ahead.length; r++) {
      int slot = flow.slotOf(r);
      ahead[r] =
          slot == AssignmentFlow.NOBODY
              ? 0
              : (int) Duration.between(asked.get(r), hours.get(slot).start()).toHours();
    }
    return new ShadowPrices.Stream(flow, ahead);
  }

  /** Who is of the field at all: the others are not asked by themselves. */
  private int[] fitting(Case one) {
    return IntStream.range(0, helpers.size())
        .filter(i -> Candidacy.planned(one, helpers.get(i), now).fit() != Fit.NONE)
        .toArray();
  }

  private void choices(Case one, int[] fitting, List<int[]> slots, List<int[]> points) {
    var last = one.now().plus(one.reach());
    var slot = new ArrayList<Integer>();
    var worth = new ArrayList<Integer>();
    for (int i : fitting) {
      for (int hour = firstOf[i]; hour < firstOf[i + 1]; hour++) {
        var start = hours.get(hour).start();
        if (!start.isBefore(one.now()) && !start.isAfter(last)) {
          var candidacy = Candidacy.planned(one, unloaded.get(i), start);
          int value = one.weights().base().of(one.urgency()) + SoftRules.score(candidacy);
          if (value > 0 && !HardRules.bar(candidacy)) {
            slot.add(hour);
            worth.add(value);
          }
        }
      }
    }
    slots.add(slot.stream().mapToInt(Integer::intValue).toArray());
    points.add(worth.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Of what each hour costs, what is worth keeping. */
  Map<Hour, Integer> kept(ShadowPrices prices) {
    var kept = new HashMap<Hour, Integer>();
    for (int i = 0; i < hours.size(); i++) {
      if (prices.of(i) > 0) {
        kept.put(hours.get(i), prices.of(i));
      }
    }
    return kept;
  }
}
