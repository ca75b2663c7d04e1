package org.consilium.scheduling.matching;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.catalogue.RefusalReason;
import org.consilium.scheduling.consult.Consult;

/** The SQL by which matching looks back; it sees every organisation's consults, as the server. */
final class MatchingStore {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration ANSWERS_COUNTED = Duration.ofDays(91);

  private static final String WEIGHTS =
      """
      SELECT weights || jsonb_build_object('version', version) AS weights
        FROM scheduling.matching_weights WHERE active_from <= $1
       ORDER BY active_from DESC, version DESC LIMIT 1
      """;
  private static final String OPEN_CONSULTS =
      """
      SELECT specialist_id, count(*)::int AS n FROM scheduling.consult
       WHERE specialist_id IS NOT NULL
         AND status IN ('accepted', 'in-discussion', 'booked', 'advised')
       GROUP BY specialist_id
      """;
  private static final String ACCEPTED_SINCE =
      """
      SELECT specialist_id, count(*)::int AS n FROM scheduling.offer
       WHERE status = 'accepted' AND answered_at > $1 GROUP BY specialist_id
      """;
  private static final String ASKED =
      """
      SELECT DISTINCT ON (specialist_id) specialist_id, status, refusal_reason
        FROM scheduling.offer
       WHERE consult_id = $1 AND status IN ('open', 'refused', 'expired')
       ORDER BY specialist_id, sent_at DESC
      """;
  private static final String CONFLICTED =
      """
      SELECT DISTINCT o.specialist_id
        FROM scheduling.offer o JOIN scheduling.consult c ON c.id = o.consult_id
       WHERE c.organisation_id = $1 AND c.patient_id = $2 AND o.refusal_reason = 'conflict'
      """;
  private static final String KNOW_PATIENT =
      """
      SELECT DISTINCT specialist_id FROM scheduling.consult
       WHERE organisation_id = $1 AND patient_id = $2 AND id <> $3 AND specialist_id IS NOT NULL
      """;

  private static final String KNOW_ORGANISATION =
      """
      SELECT DISTINCT specialist_id FROM scheduling.consult
       WHERE organisation_id = $1 AND id <> $2 AND specialist_id IS NOT NULL
      """;
  private static final String ANSWERS =
      """
      SELECT specialist_id, count(*)::int AS ended,
             count(*) FILTER (WHERE status IN ('accepted', 'refused'))::int AS answered
        FROM scheduling.offer
       WHERE sent_at > $1 AND status IN ('accepted', 'refused', 'expired')
       GROUP BY specialist_id
      """;

  Weights weights(Tx tx) {
    return Rows.json(tx.one(WEIGHTS, tx.now()).orElseThrow(), "weights", Weights.class);
  }

  Map<UUID, Integer> openConsults(Tx tx) {
    return counts(tx, OPEN_CONSULTS);
  }

  Map<UUID, Integer> acceptedThisWeek(Tx tx) {
    return counts(tx, ACCEPTED_SINCE, tx.now().minus(WEEK));
  }

  Map<UUID, Helper.Asked> asked(Tx tx, ConsultId consult) {
    var asked = new HashMap<UUID, Helper.Asked>();
    for (Row row : tx.rows(ASKED, consult)) {
      asked.put(row.getUUID("specialist_id"), asked(row));
    }
    return asked;
  }

  Set<UUID> conflicted(Tx tx, Consult consult) {
    return people(tx, CONFLICTED, consult.organisation(), consult.patient());
  }

  Set<UUID> knowPatient(Tx tx, Consult consult) {
    return people(tx, KNOW_PATIENT, consult.organisation(), consult.patient(), consult.id());
  }

  Set<UUID> knowOrganisation(Tx tx, Consult consult) {
    return people(tx, KNOW_ORGANISATION, consult.organisation(), consult.id());
  }

  Map<UUID, Helper.Answers> answers(Tx tx) {
    var answers = new HashMap<UUID, Helper.Answers>();
    for (Row row : tx.rows(ANSWERS, tx.now().minus(ANSWERS_COUNTED))) {
      answers.put(
          row.getUUID("specialist_id"),
          new Helper.Answers(row.getInteger("ended"), row.getInteger("answered")));
    }
    return answers;
  }

  private static Helper.Asked asked(Row row) {
    return switch (row.getString("status")) {
      case "open" -> new Helper.Asked.StillOpen();
      case "expired" -> new Helper.Asked.Silent();
      default ->
          new Helper.Asked.Refused(
              Optional.ofNullable(row.getString("refusal_reason"))
                  .map(code -> Wire.parse(RefusalReason.class, code)));
    };
  }

  private static Map<UUID, Integer> counts(Tx tx, String sql, Object... parameters) {
    var counts = new HashMap<UUID, Integer>();
    for (Row row : tx.rows(sql, parameters)) {
      counts.put(row.getUUID("specialist_id"), row.getInteger("n"));
    }
    return counts;
  }

  private static Set<UUID> people(Tx tx, String sql, Object... parameters) {
    return new HashSet<>(tx.list(sql, row -> row.getUUID("specialist_id"), parameters));
  }
}
