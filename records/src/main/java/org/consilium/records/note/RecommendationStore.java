package org.consilium.records.note;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.id.RecommendationId;
import org.consilium.platform.id.Uuid7;

/**
 * All SQL about recommendations and the decisions on them. Tables: {@code records.recommendation},
 * {@code records.decision} (insert only), from V001__records.sql.
 */
public final class RecommendationStore {
  private static final String ADD =
      """
      INSERT INTO records.recommendation (organisation_id, id, consult_id, note_id, position, kind,
          text, urgency, drug, dose, route, frequency, duration_days, alternative)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """;

  private static final String OF_CONSULT =
      """
      SELECT id, note_id, kind, text, urgency, drug, dose, route, frequency, duration_days, alternative
        FROM records.recommendation
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
  public record Decided(Note.Named named, NoteId note, List<Note.Decision> decisions) {}

  void add(Tx tx, Standing standing, NoteId note, List<Note.Named> recommendations) {
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
          content.alternative());
    }
  }

  /** All of a consult, those of one note in its order. */
  List<Decided> of(Tx tx, Standing standing) {
    Map<RecommendationId, List<Note.Decision>> decisions = new LinkedHashMap<>();
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
              new Note.Named(id, content(row)),
              new NoteId(row.getUUID("note_id")),
              decisions.getOrDefault(id, List.of()));
        },
        standing.owner(),
        standing.consult());
  }

  void decide(Tx tx, Standing standing, RecommendationId id, Note.NewDecision decision) {
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

  private static RecommendationContent content(Row row) {
    return new RecommendationContent(
        Wire.parse(RecommendationContent.Kind.class, row.getString("kind")),
        row.getString("text"),
        Wire.parse(RecommendationContent.HowSoon.class, row.getString("urgency")),
        Optional.ofNullable(row.getString("drug")),
        Optional.ofNullable(row.getString("dose")),
        Optional.ofNullable(row.getString("route")),
        Optional.ofNullable(row.getString("frequency")),
        Optional.ofNullable(row.getInteger("duration_days")),
        Optional.ofNullable(row.getString("alternative")));
  }

  private static Note.Decision decision(Row row) {
    return new Note.Decision(
        new Note.NewDecision(
            Wire.parse(Note.Verdict.class, row.getString("decision")),
            Optional.ofNullable(row.getString("reason"))
                .map(name -> Wire.parse(Note.Reason.class, name)),
            Optional.ofNullable(row.getString("text"))),
        new AccountId(row.getUUID("decided_by")),
        Rows.instant(row, "decided_at"));
  }
}
