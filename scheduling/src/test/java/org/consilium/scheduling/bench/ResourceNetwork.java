package org.consilium.scheduling.bench;

import java.util.SplittableRandom;
import org.consilium.scheduling.planning.ResourceMarket;

/**
 * Rooms and interpreters for a generated network. A clinic has one or two rooms with a connection;
 * each language has five interpreters, who work six hours a day on five days of the week. Whoever
 * does not speak with the patient needs one.
 */
final class ResourceNetwork {
  private static final int INTERPRETERS_PER_LANGUAGE = 5;
  private static final int CLINICS = 200;
  private static final int HOURS = GeneratedNetwork.HOURS;

  private ResourceNetwork() {}

  static ResourceMarket of(Market market, long seed) {
    var random = new SplittableRandom(seed);
    int languages = World.LANGUAGES.size();
    var capacity = new int[(CLINICS + languages) * HOURS];
    for (int clinic = 0; clinic < CLINICS; clinic++) {
      int rooms = random.nextDouble() < 0.6 ? 1 : 2;
      for (int hour = 0; hour < HOURS; hour++) {
        capacity[clinic * HOURS + hour] = rooms;
      }
    }
    for (int language = 0; language < languages; language++) {
      for (int i = 0; i < INTERPRETERS_PER_LANGUAGE; i++) {
        work(capacity, (CLINICS + language) * HOURS, random);
      }
    }
    return market(market, capacity);
  }

  private static void work(int[] capacity, int firstCell, SplittableRandom random) {
    int start = random.nextInt(24);
    int freeDay = random.nextInt(7);
    for (int hour = 0; hour < HOURS; hour++) {
      int day = hour / 24 % 7;
      boolean works = day != freeDay && day != (freeDay + 1) % 7;
      if (works && Math.floorMod(hour - start, 24) < 6) {
        capacity[firstCell + hour]++;
      }
    }
  }

  private static ResourceMarket market(Market market, int[] capacity) {
    int requests = market.slots.length;
    var room = new int[requests][];
    var interpreter = new int[requests][];
    var points = new int[requests][];
    for (int r = 0; r < requests; r++) {
      var request = market.requests.get(r);
      int count = market.slots[r].length;
      room[r] = new int[count];
      interpreter[r] = new int[count];
      points[r] = market.points[r].clone();
      for (int i = 0; i < count; i++) {
        int slot = market.slots[r][i];
        int hour = market.network.slotHour[slot];
        var specialist = market.network.specialists.get(market.network.slotSpecialist[slot]);
        room[r][i] = request.clinic() * HOURS + hour;
        if (specialist.speaks(request.patientLanguage())) {
          interpreter[r][i] = ResourceMarket.NONE;
        } else {
          interpreter[r][i] = (CLINICS + request.patientLanguage()) * HOURS + hour;
          points[r][i] += Market.WEIGHTS.interpreter();
        }
      }
    }
    return new ResourceMarket(market.grid, market.slots, points, room, interpreter, capacity);
  }
}
