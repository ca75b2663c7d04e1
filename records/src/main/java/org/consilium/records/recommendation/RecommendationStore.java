package org.consilium.records.recommendation;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.id.RecommendationId;
import org.consilium.platform.id.Uuid7;

/**
 * All SQL about recommendations and the decisions on them. Tables: {@code records.recommendation},
 * {@code records.decision} (insert only), from V001__records.sql and V004__notes.sql.
 */
public final class RecommendationStore {
  private static final String ADD =
      """
      INSERT INTO records.recommendation (organisation_id, id, consult_id, note_id, position, kind,
          text, urgency, drug, dose, route, frequency, duration_days, alternative, amount_value,
          amount_unit, per_kg_value, weight_kg, times_per_day, max_per_day_value, max_per_day_unit,
          test, overrides)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
              $20, $21, $22, $23)
      """;

  private static final String COLUMNS =
      """
      kind, text, urgency, drug, dose, route, frequency, duration_days, alternative, amount_value,
      amount_unit, per_kg_value, weight_kg, times_per_day, max_per_day_value, max_per_day_unit, test,
      overrides
      """;

  private static final String OF_CONSULT =
      "SELECT id, note_id, "
          + COLUMNS
          + """
              , EXISTS (SELECT FROM records.note_version v
                         WHERE v.organisation_id = r.organisation_id AND v.consult_id = r.consult_id
                           AND v.amends = r.note_id AND v.kind <> 'addendum') AS superseded
            FROM records.recommendation r
           WHERE organisation_id = $1 AND consult_id = $2 ORDER BY note_id, position
          """;

  private static final String DECISIONS =
      """
      SELECT recommendation_id, decision, reason, text, decided_by, decided_at
        FROM records.decision
       WHERE organisation_id = $1 AND consult_id = $2 ORDER BY seq DESC
      """;

  private static final String DECIDE =
      """
      INSERT INTO records.decision (organisation_id, id, consult_id, recommendation_id, decision,
                                    reason, text, decided_by, decided_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  /** A recommendation with what was decided on it, the newest decision first. */
  public record Decided(Named named, NoteId note, boolean isSuperseded, List<Decision> decisions) {}

  /** Keeps what a signed note recommends, in its order. */
  public void add(Tx tx, Standing standing, NoteId note, List<Named> recommendations) {
    for (int i = 0; i < recommendations.size(); i++) {
      var content = recommendations.get(i).content();
      tx.run(
          ADD,
          standing.owner(),
          recommendations.get(i).id(),
          standing.consult(),
          note,
          i,
          content.kind(),
          content.text(),
          content.urgency(),
          content.drug(),
          content.dose(),
          content.route(),
          content.frequency(),
          content.durationDays(),
          content.alternative(),
          content.amount().map(Quantity::value),
          content.amount().map(Quantity::unit),
          content.perKg().map(RecommendationContent.PerKg::value),
          content.perKg().map(RecommendationContent.PerKg::weightKg),
          content.timesPerDay(),
          content.maxPerDay().map(Quantity::value),
          content.maxPerDay().map(Quantity::unit),
          content.test(),
          new JsonArray(Json.text(content.overrides())));
    }
  }

  /** All of a consult, those of one note in its order. */
  public List<Decided> of(Tx tx, Standing standing) {
    Map<RecommendationId, List<Decision>> decisions = new LinkedHashMap<>();
    for (var row : tx.rows(DECISIONS, standing.owner(), standing.consult())) {
      decisions
          .computeIfAbsent(
              new RecommendationId(row.getUUID("recommendation_id")), _ -> new ArrayList<>())
          .add(decision(row));
    }
    return tx.list(
        OF_CONSULT,
        row -> {
          var id = new RecommendationId(row.getUUID("id"));
          return new Decided(
              new Named(id, content(row)),
              new NoteId(row.getUUID("note_id")),
              row.getBoolean("superseded"),
              decisions.getOrDefault(id, List.of()));
        },
        standing.owner(),
        standing.consult());
  }

  void decide(Tx tx, Standing standing, RecommendationId id, Decision.Made decision) {
    tx.run(
        DECIDE,
        standing.owner(),
        Uuid7.next(),
        standing.consult(),
        id,
        decision.decision(),
        decision.reason(),
        decision.text(),
        tx.caller().account(),
        tx.now());
  }

  /** What a row of {@code records.recommendation} advises. */
  public static RecommendationContent content(Row row) {
    return new RecommendationContent(
        Wire.parse(RecommendationContent.Kind.class, row.getString("kind")),
        row.getString("text"),
        Wire.parse(RecommendationContent.HowSoon.class, row.getString("urgency")),
        Optional.ofNullable(row.getString("drug")),
        Optional.ofNullable(row.getString("dose")),
        quantity(row, "amount"),
        Optional.ofNullable(number(row, "per_kg_value"))
            .map(value -> new RecommendationContent.PerKg(value, number(row, "weight_kg"))),
        Optional.ofNullable(row.getString("route")),
        Optional.ofNullable(row.getString("frequency")),
        Optional.ofNullable(row.getInteger("times_per_day")),
        Optional.ofNullable(row.getInteger("duration_days")),
        quantity(row, "max_per_day"),
        Optional.ofNullable(row.getString("test")),
        Optional.ofNullable(row.getString("alternative")),
        List.of(Rows.json(row, "overrides", RecommendationContent.WarningOverride[].class)));
  }

  private static Optional<Quantity> quantity(Row row, String name) {
    return Optional.ofNullable(number(row, name + "_value"))
        .map(value -> new Quantity(value, Quantity.Unit.of(row.getString(name + "_unit"))));
  }

  private static BigDecimal number(Row row, String column) {
    return row.getBigDecimal(column);
  }

  private static Decision decision(Row row) {
    return new Decision(
        new Decision.Made(
            Wire.parse(Decision.Verdict.class, row.getString("decision")),
            Optional.ofNullable(row.getString("reason"))
                .map(name -> Wire.parse(Decision.Reason.class, name)),
            Optional.ofNullable(row.getString("text"))),
        new AccountId(row.getUUID("decided_by")),
        Rows.instant(row, "decided_at"));
  }
}
