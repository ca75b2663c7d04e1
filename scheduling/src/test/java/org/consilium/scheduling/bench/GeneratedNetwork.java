package org.consilium.scheduling.bench;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consilium.scheduling.availability.Expansion;
import org.consilium.scheduling.availability.Hours;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.availability.WeeklyHours;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.planning.SlotGrid;

/**
 * 2,000 specialists, their hours of two weeks, and any number of requests; the same seed gives the
 * same network. Hours are counted from the start of the plan.
 *
 * <p>Fields and languages follow Zipf's law with the exponents below: demand is more skewed than
 * supply, so that some fields are short of hours while others have hours to spare.
 */
final class GeneratedNetwork {
  static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
  static final int WEEKS = 2;
  static final int HOURS = WEEKS * 168;
  static final int SPECIALISTS = 2_000;

  private static final double ZIPF_SUPPLY = 0.6;
  private static final double ZIPF_DEMAND = 1.2;
  private static final int CLINICS = 200;

  /** Share of consults in which the patient is present, so that a licence is needed there. */
  private static final double SEES_THE_PATIENT = 0.7;

  /**
   * Share of each urgency, in per cent, red first; and within how many hours it must be met, as in
   * the catalogue. Nobody books red: it is rung at once.
   */
  private static final double[] URGENCIES = {0, 20, 35, 35, 10};

  static final int[] REACH_HOURS = {1, 12, 48, 168, 336};

  /** What a specialist brings. {@code subSpecialty} is of their field, or -1. */
  record Specialist(
      int specialty,
      int subSpecialty,
      int zone,
      long languages,
      int licences,
      boolean female,
      int weeklyCap,
      int openConsults,
      int offersEnded,
      int offersAnswered,
      Hours hours) {
    boolean speaks(int language) {
      return (languages >>> language & 1) != 0;
    }

    boolean isLicensedIn(int region) {
      return (licences >>> region & 1) != 0;
    }
  }

  /** What a request asks for. {@code wishesFemale}: 0 no wish, 1 wish, 2 must. */
  record Request(
      int specialty,
      int subSpecialty,
      int patientLanguage,
      int clinicLanguage,
      int region,
      boolean seesThePatient,
      int clinic,
      int patient,
      Urgency urgency,
      int arrivesAtMinute,
      int wishesFemale,
      int knownSpecialist) {
    int firstHour() {
      return Math.ceilDiv(arrivesAtMinute, 60);
    }

    int lastHour() {
      return Math.min(HOURS - 1, arrivesAtMinute / 60 + REACH_HOURS[urgency.ordinal()]);
    }
  }

  final List<ZoneId> zones = World.REGIONS.stream().flatMap(r -> zonesOf(r)).toList();
  final List<Specialist> specialists = new ArrayList<>();
  final int[][] bySpecialty;

  /** Slots: those of a specialist are consecutive and sorted by hour. */
  final int[] slotHour;

  final int[] slotSpecialist;
  final int[] firstSlot = new int[SPECIALISTS + 1];

  GeneratedNetwork(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < SPECIALISTS; i++) {
      specialists.add(specialist(random));
    }
    bySpecialty = new int[World.SPECIALTIES][];
    for (int specialty = 0; specialty < World.SPECIALTIES; specialty++) {
      int of = specialty;
      bySpecialty[specialty] =
          IntStream.range(0, SPECIALISTS)
              .filter(s -> specialists.get(s).specialty() == of)
              .toArray();
    }
    var hours = new int[SPECIALISTS][];
    int slots = 0;
    for (int i = 0; i < SPECIALISTS; i++) {
      hours[i] = hoursOf(specialists.get(i));
      firstSlot[i] = slots;
      slots += hours[i].length;
    }
    firstSlot[SPECIALISTS] = slots;
    slotHour = new int[slots];
    slotSpecialist = new int[slots];
    for (int i = 0; i < SPECIALISTS; i++) {
      System.arraycopy(hours[i], 0, slotHour, firstSlot[i], hours[i].length);
      Arrays.fill(slotSpecialist, firstSlot[i], firstSlot[i + 1], i);
    }
  }

  private static Stream<ZoneId> zonesOf(World.Region region) {
    return region.zones().stream().map(ZoneId::of);
  }

  int slots() {
    return slotHour.length;
  }

  /** The grid of all slots; the week of specialist s and week w has the number 2s + w. */
  SlotGrid grid(int chargePerFurther) {
    var start = new int[SPECIALISTS * WEEKS + 1];
    var room = new int[SPECIALISTS * WEEKS];
    for (int i = 0; i < SPECIALISTS; i++) {
      for (int week = 0; week < WEEKS; week++) {
        start[i * WEEKS + week] = slotFrom(i, week * 168);
        room[i * WEEKS + week] = specialists.get(i).weeklyCap();
      }
    }
    start[SPECIALISTS * WEEKS] = slots();
    return new SlotGrid(start, room, new int[room.length], chargePerFurther);
  }

  /** The first slot of a specialist at or after an hour. */
  int slotFrom(int specialist, int hour) {
    int slot = firstSlot[specialist];
    while (slot < firstSlot[specialist + 1] && slotHour[slot] < hour) {
      slot++;
    }
    return slot;
  }

  static int week(int specialist, int hour) {
    return specialist * WEEKS + hour / 168;
  }

  // ---- People

  private Specialist specialist(SplittableRandom random) {
    int region = pick(random, World.ANSWERING);
    var place = World.REGIONS.get(region);
    int zone = region * 4 + random.nextInt(4);
    long languages = 1L << World.language(place.clinicLanguage());
    for (String language : place.doctors()) {
      languages |= random.nextDouble() < 0.45 ? 1L << World.language(language) : 0;
    }
    for (String language : place.patients()) {
      languages |= random.nextDouble() < 0.3 ? 1L << World.language(language) : 0;
    }
    if (random.nextDouble() < 0.8) {
      languages |= 1L << World.language("en");
    }
    int ended = random.nextInt(20);
    int answered = (int) Math.round(ended * Math.min(1, 0.6 + random.nextDouble() * 0.6));
    return new Specialist(
        zipf(random, World.SPECIALTIES, ZIPF_SUPPLY),
        random.nextDouble() < 0.35 ? random.nextInt(3) : -1,
        zone,
        languages,
        licences(random, region),
        random.nextBoolean(),
        2 + random.nextInt(5),
        random.nextInt(4),
        ended,
        answered,
        hours(random, zones.get(zone)));
  }

  /** At home, and here and there abroad. */
  private static int licences(SplittableRandom random, int home) {
    int licences = 1 << home;
    for (int region = 0; region < World.REGIONS.size(); region++) {
      licences |= random.nextDouble() < 0.2 ? 1 << region : 0;
    }
    return licences;
  }

  /** One window a week of one to three hours, mostly in the evening. */
  private static Hours hours(SplittableRandom random, ZoneId zone) {
    // So that slots lie on whole hours of UTC also where the wall clock is half an hour off.
    int minute = Math.floorMod(zone.getRules().getOffset(START).getTotalSeconds() / 60, 60);
    var day = DayOfWeek.of(1 + random.nextInt(7));
    int first = random.nextDouble() < 0.55 ? 17 + random.nextInt(3) : 7 + random.nextInt(9);
    int length = 1 + random.nextInt(2) + (random.nextDouble() < 0.2 ? 1 : 0);
    var weekly =
        WeeklyHours.each(
            Set.of(day),
            "%02d:%02d".formatted(first, minute),
            "%02d:%02d".formatted(first + length, minute));
    return new Hours(zone, List.of(weekly), List.of(), List.of());
  }

  private static int[] hoursOf(Specialist specialist) {
    var plan = TimeSlot.of(START, Duration.ofHours(HOURS));
    return Expansion.expand(specialist.hours(), plan).stream()
        .flatMapToInt(slot -> {
          int from = (int) Math.ceilDiv(Duration.between(START, slot.start()).toMinutes(), 60L);
          int until = (int) (Duration.between(START, slot.end()).toMinutes() / 60);
          return IntStream.range(from, until);
        })
        .toArray();
  }

  // ---- Demand

  /** Requests of two weeks, in the order in which they come; {@code seed} is the demand's own. */
  List<Request> requests(int count, long seed) {
    var random = new SplittableRandom(seed);
    var requests = new ArrayList<Request>(count);
    for (int i = 0; i < count; i++) {
      requests.add(request(random));
    }
    requests.sort(Comparator.comparingInt(Request::arrivesAtMinute));
    return requests;
  }

  private Request request(SplittableRandom random) {
    int region = pick(random, World.ASKING);
    var place = World.REGIONS.get(region);
    int clinic = region * (CLINICS / 10) + zipf(random, CLINICS / 10, 0.8);
    int specialty = zipf(random, World.SPECIALTIES, ZIPF_DEMAND);
    int known = -1;
    if (random.nextDouble() < 0.1 && bySpecialty[specialty].length > 0) {
      known = bySpecialty[specialty][random.nextInt(bySpecialty[specialty].length)];
    }
    double wish = random.nextDouble();
    return new Request(
        specialty,
        random.nextDouble() < 0.25 ? random.nextInt(3) : -1,
        World.language(place.patients().get(zipf(random, place.patients().size(), 0.7))),
        World.language(place.clinicLanguage()),
        region,
        random.nextDouble() < SEES_THE_PATIENT,
        clinic,
        random.nextInt(1_000_000),
        Urgency.values()[pick(random, URGENCIES)],
        arrival(random, zones.get(region * 4 + random.nextInt(4))),
        wish < 0.02 ? 2 : wish < 0.08 ? 1 : 0,
        known);
  }

  /** Clinics ask mostly in their working hours, and half as often at the weekend. */
  private static int arrival(SplittableRandom random, ZoneId zone) {
    while (true) {
      int minute = random.nextInt(HOURS * 60);
      var there = START.plusSeconds(minute * 60L).atZone(zone);
      boolean working = there.getHour() >= 7 && there.getHour() < 19;
      double likely =
          (working ? 1 : 0.2) * (there.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0 ? 1 : 0.5);
      if (random.nextDouble() < likely) {
        return minute;
      }
    }
  }

  // ---- Chance

  static int zipf(SplittableRandom random, int count, double exponent) {
    var weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[i] = Math.pow(i + 1, -exponent);
    }
    return pick(random, weights);
  }

  static int pick(SplittableRandom random, double[] weights) {
    double at = random.nextDouble() * Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length - 1; i++) {
      at -= weights[i];
      if (at < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }
}
