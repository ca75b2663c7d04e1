package org.consilium.scheduling.coverage;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;

/** All SQL about what was asked for in the last weeks: counts only, of every organisation. */
final class DemandStore {
  // Hours since Monday 5 January 1970, so that hour 0 of a week is Monday 00:00 UTC.
  private static final String ARRIVALS =
      """
      SELECT coalesce(specialty, specialty_asked) AS specialty, clinic_language AS language,
             mod(floor(extract(epoch FROM submitted_at) / 3600)::bigint - 96, 168)::int AS hour,
             count(*)::int AS arrivals
        FROM scheduling.consult
       WHERE submitted_at >= $1 AND submitted_at <= $2
         AND coalesce(specialty, specialty_asked) IS NOT NULL
       GROUP BY 1, 2, 3
      """;
  private static final String FIRST =
      "SELECT min(submitted_at) AS first_at FROM scheduling.consult WHERE submitted_at >= $1";
  private static final String LANGUAGES =
      """
      SELECT language, count(*)::int AS consults
        FROM (SELECT id, clinic_language AS language FROM scheduling.consult
               WHERE submitted_at >= $1 AND submitted_at <= $2
              UNION
              SELECT id, patient_language FROM scheduling.consult
               WHERE submitted_at >= $1 AND submitted_at <= $2) AS asked
       GROUP BY language ORDER BY consults DESC, language
      """;
  private static final String ROTAS = "SELECT DISTINCT specialty, language FROM scheduling.rota";

  record Pair(String specialty, String language) {}

  record Spoken(String language, int consults) {}

  Map<Pair, int[]> arrivals(Tx tx, Instant from, Instant until) {
    var arrivals = new HashMap<Pair, int[]>();
    for (var row : tx.rows(ARRIVALS, from, until)) {
      arrivals
              .computeIfAbsent(
                  new Pair(row.getString("specialty"), row.getString("language")),
                  _ -> new int[Forecast.HOURS])[row.getInteger("hour")] =
          row.getInteger("arrivals");
    }
    return arrivals;
  }

  Optional<Instant> first(Tx tx, Instant from) {
    return tx.one(FIRST, from).flatMap(row -> Rows.optionalInstant(row, "first_at"));
  }

  /** Of clinics and of patients, the most frequent first. */
  List<Spoken> languages(Tx tx, Instant from, Instant until) {
    return tx.list(
        LANGUAGES,
        row -> new Spoken(row.getString("language"), row.getInteger("consults")),
        from,
        until);
  }

  /** What somebody means to have on call. */
  List<Pair> rotas(Tx tx) {
    return tx.list(ROTAS, row -> new Pair(row.getString("specialty"), row.getString("language")));
  }
}
