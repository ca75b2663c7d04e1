package org.consilium.scheduling.bench;

import java.util.Arrays;

/**
 * What a plan is worth to people, beside its points.
 *
 * @param met share of all requests
 * @param ownLanguage share of the met whose specialist speaks the patient's language
 * @param weightedWait mean hours until they meet, counted by what an hour costs at each urgency
 * @param continuity share of the met with a specialist they knew, of those who know one
 * @param gini of consults per specialist: 0 is all alike
 * @param metByUrgency share met of each urgency, red first
 */
record Quality(
    long value,
    double met,
    double ownLanguage,
    double weightedWait,
    double continuity,
    double gini,
    double[] metByUrgency) {

  static Quality of(Market market, int[] slotOf) {
    var network = market.network;
    var perSpecialist = new int[GeneratedNetwork.SPECIALISTS];
    var perWeek = new int[market.grid.weeks()];
    var asked = new double[5];
    var metBy = new double[5];
    long value = 0;
    int met = 0;
    int own = 0;
    int knew = 0;
    int known = 0;
    double wait = 0;
    double weight = 0;
    for (int r = 0; r < slotOf.length; r++) {
      var request = market.requests.get(r);
      int urgency = request.urgency().ordinal();
      asked[urgency]++;
      if (slotOf[r] < 0) {
        continue;
      }
      int specialist = network.slotSpecialist[slotOf[r]];
      int hour = network.slotHour[slotOf[r]];
      met++;
      metBy[urgency]++;
      value += market.pointsOf(r, slotOf[r]);
      perSpecialist[specialist]++;
      perWeek[GeneratedNetwork.week(specialist, hour)]++;
      own += network.specialists.get(specialist).speaks(request.patientLanguage()) ? 1 : 0;
      knew += request.knownSpecialist() >= 0 ? 1 : 0;
      known += request.knownSpecialist() == specialist ? 1 : 0;
      int cost = Market.WEIGHTS.waitPerHour().of(request.urgency());
      wait += cost * (hour - request.arrivesAtMinute() / 60.0);
      weight += cost;
    }
    for (int taken : perWeek) {
      value -= (long) Market.WEIGHTS.furtherInWeek() * taken * (taken - 1) / 2;
    }
    for (int u = 0; u < 5; u++) {
      metBy[u] = asked[u] == 0 ? Double.NaN : metBy[u] / asked[u];
    }
    return new Quality(
        value,
        (double) met / slotOf.length,
        (double) own / met,
        wait / weight,
        (double) known / knew,
        gini(perSpecialist),
        metBy);
  }

  private static double gini(int[] loads) {
    var sorted = loads.clone();
    Arrays.sort(sorted);
    double weighted = 0;
    double sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      weighted += (i + 1.0) * sorted[i];
      sum += sorted[i];
    }
    return 2 * weighted / (sorted.length * sum) - (sorted.length + 1.0) / sorted.length;
  }
}
