package org.consilium.scheduling.plan;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.matching.Candidacy;
import org.consilium.scheduling.matching.Case;
import org.consilium.scheduling.matching.MatchingService;
import org.consilium.scheduling.planning.PricePolicy;
import org.consilium.scheduling.planning.PricePolicy.Fared;

/** All SQL about prices of hours, and what a candidacy pays of them. */
final class PriceStore implements MatchingService.Prices {
  private static final String SNAPSHOT =
      "INSERT INTO scheduling.price_snapshot (made_at, requests, still_to_come) VALUES ($1, $2, $3)";
  private static final String FORGET = "DELETE FROM scheduling.price_snapshot WHERE made_at < $1";
  private static final String PRICE =
      """
      INSERT INTO scheduling.hour_price (made_at, specialist_id, hour, price)
      SELECT $1, s, to_timestamp(h), p
        FROM unnest($2::uuid[], $3::bigint[], $4::integer[]) AS each (s, h, p)
      """;
  private static final String NEWEST =
      """
      SELECT made_at, still_to_come FROM scheduling.price_snapshot
       WHERE made_at > $1 ORDER BY made_at DESC LIMIT 1
      """;
  private static final String PRICES =
      "SELECT specialist_id, hour, price FROM scheduling.hour_price WHERE made_at = $1";
  private static final String FARED =
      """
      SELECT coalesce(urgency_confirmed, urgency_computed) AS urgency, count(*)::int AS ended,
             count(specialist_id)::int AS met
        FROM scheduling.consult
       WHERE submitted_at > $1 AND status NOT IN ('submitted', 'triaged', 'offered')
       GROUP BY 1
      """;

  /** Older prices are no prices: the planner has been away. */
  private static final int FRESH_HOURS = 6;

  private static final int FARED_DAYS = 14;
  private static final int KEPT_HOURS = 48;

  void keep(Tx tx, int requests, double[] stillToCome, Map<Forecast.Hour, Integer> prices) {
    tx.run(FORGET, tx.now().minus(KEPT_HOURS, ChronoUnit.HOURS));
    var share = Arrays.stream(stillToCome).boxed().toArray(Double[]::new);
    tx.run(SNAPSHOT, tx.now(), requests, share);
    var hours = List.copyOf(prices.keySet());
    tx.run(
        PRICE,
        tx.now(),
        hours.stream().map(Forecast.Hour::specialist).toArray(UUID[]::new),
        hours.stream().map(hour -> hour.start().getEpochSecond()).toArray(Long[]::new),
        hours.stream().map(prices::get).toArray(Integer[]::new));
  }

  @Override
  public List<Candidacy> on(Tx tx, Case consult, List<Candidacy> candidacies) {
    int percent = consult.weights().shadowPercent();
    var newest = tx.one(NEWEST, tx.now().minus(FRESH_HOURS, ChronoUnit.HOURS));
    if (percent == 0 || newest.isEmpty()) {
      return candidacies;
    }
    var stillToCome = newest.get().getArrayOfDoubles("still_to_come");
    var prices = new HashMap<Forecast.Hour, Integer>();
    for (Row row : tx.rows(PRICES, Rows.instant(newest.get(), "made_at"))) {
      prices.put(
          new Forecast.Hour(row.getUUID("specialist_id"), Rows.instant(row, "hour")),
          row.getInteger("price"));
    }
    double share = share(tx, consult) * 100 / percent;
    return candidacies.stream()
        .map(one -> one.withShadowPrice(pays(one, prices, stillToCome, share)))
        .toList();
  }

  /** What the price is above the charge for load, which is a rule of its own. */
  private static int pays(
      Candidacy one, Map<Forecast.Hour, Integer> prices, Double[] stillToCome, double share) {
    if (one.at().isEmpty()) {
      return 0;
    }
    Instant at = one.at().get();
    var hour = new Forecast.Hour(one.helper().id().value(), at.truncatedTo(ChronoUnit.HOURS));
    int ahead = Math.clamp(one.hoursUntil(), 0, stillToCome.length - 1);
    double price = prices.getOrDefault(hour, 0) * stillToCome[ahead];
    int charge = one.helper().acceptedThisWeek() * one.weights().furtherInWeek();
    return (int) (share * Math.max(0, price - charge));
  }

  private static double share(Tx tx, Case consult) {
    var fared = new HashMap<Urgency, Fared>();
    for (Row row : tx.rows(FARED, tx.now().minus(FARED_DAYS, ChronoUnit.DAYS))) {
      fared.put(
          Wire.parse(Urgency.class, row.getString("urgency")),
          new Fared(row.getInteger("ended"), row.getInteger("met")));
    }
    var none = new Fared(0, 0);
    var all =
        Stream.of(Urgency.values())
            .map(urgency -> fared.getOrDefault(urgency, none))
            .reduce(none, (a, b) -> new Fared(a.ended() + b.ended(), a.met() + b.met()));
    double waited =
        (double) (consult.now().getEpochSecond() - consult.since().getEpochSecond())
            / consult.reach().toSeconds();
    return PricePolicy.of(consult.weights().shadowPercent())
        .share(Math.max(0, waited), fared.getOrDefault(consult.urgency(), none), all);
  }
}
