package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.records.note.NoteContent;

/**
 * CarePlan, from a signed note and the clinic's decisions: what is advised to be done, as a
 * proposal. Its id is the note's; the signed words are the Composition's.
 */
final class CarePlanType extends ConsultRecordType {
  private static final String STATUS =
      """
      CASE WHEN s.status = 'entered-in-error' THEN 'entered-in-error'
           WHEN s.superseded THEN 'revoked'
           WHEN s.status = 'preliminary' THEN 'draft'
           ELSE 'active' END\
      """;

  private static final String SELECT =
      """
      SELECT n.id, n.id AS note_id, n.consult_id, r.patient_id, n.author_id, n.content, n.signed_at,
             s.status AS note_status, :status AS status, 1 + s.changes + d.decisions AS version,
             greatest(s.changed_at, d.decided_at) AS changed_at,
             ARRAY(SELECT coalesce((SELECT e.decision FROM records.decision e
                                     WHERE e.organisation_id = m.organisation_id
                                       AND e.recommendation_id = m.id
                                     ORDER BY e.seq DESC LIMIT 1), '')
                     FROM records.recommendation m
                    WHERE m.organisation_id = n.organisation_id AND m.note_id = n.id
                    ORDER BY m.position) AS decided
        FROM records.note_version n
        JOIN records.request r
          ON r.organisation_id = n.organisation_id AND r.consult_id = n.consult_id
        CROSS JOIN LATERAL records.note_standing(n.organisation_id, n.consult_id, n.id) s
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS decisions, max(e.decided_at) AS decided_at
            FROM records.decision e
            JOIN records.recommendation m
              ON m.organisation_id = e.organisation_id AND m.id = e.recommendation_id
           WHERE e.organisation_id = n.organisation_id AND e.consult_id = n.consult_id
             AND m.note_id = n.id) d
       WHERE n.kind <> 'retraction'
      """
          .replace(":status", STATUS);

  CarePlanType() {
    super("n", READERS_OF_NOTES);
  }

  @Override
  String name() {
    return "CarePlan";
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "n.id";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("r.patient_id"),
        token("status", STATUS + " = ANY(?)"),
        token("intent", "'proposal' = ANY(?)"),
        reference("performer", "Practitioner", "n.author_id = ANY(?::uuid[])"),
        date("date", "n.signed_at"));
  }

  @Override
  void remember(Tx tx, List<Row> rows) {
    NoteReading.of(tx, rows);
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(row -> Found.versioned(row, body(row))).toList();
  }

  private static ObjectNode body(Row row) {
    var content = Rows.json(row, "content", NoteContent.class);
    var plan = Fhir.resource("CarePlan").put("language", content.language());
    plan.put("status", row.getString("status")).put("intent", "proposal");
    plan.put("title", "Advice of a specialist");
    boolean takenBack = row.getString("note_status").equals(NoteReading.TAKEN_BACK);
    if (!takenBack) {
      Fhir.put(plan, "description", content.answer());
    }
    plan.set("subject", Fhir.reference("Patient", row.getUUID("patient_id")));
    plan.put("created", Rows.instant(row, "signed_at").toString());
    plan.set("author", Fhir.reference("Practitioner", row.getUUID("author_id")));
    Fhir.putOne(plan, "supportingInfo", Fhir.reference("Composition", row.getUUID("note_id")));
    if (!takenBack) {
      activities(plan, content, row.getArrayOfStrings("decided"));
      notes(plan, content);
    }
    return plan;
  }

  private static void activities(ObjectNode plan, NoteContent content, String[] decided) {
    var advice = content.recommendations();
    if (advice.isEmpty()) {
      return;
    }
    var activities = plan.putArray("activity");
    for (int i = 0; i < advice.size(); i++) {
      var decision = i < decided.length ? decided[i] : "";
      var detail = activities.addObject().putObject("detail");
      detail.put("status", status(decision));
      if (!decision.isEmpty()) {
        detail.set("statusReason", Fhir.text("The clinic decided: " + decision));
      }
      detail.put("description", NoteSections.sentence(advice.get(i)));
    }
  }

  /** What was decided says nothing yet of what was done. */
  private static String status(String decision) {
    return switch (decision) {
      case "accept", "adapt" -> "scheduled";
      case "decline", "cannot" -> "cancelled";
      default -> "not-started";
    };
  }

  private static void notes(ObjectNode plan, NoteContent content) {
    var notes = Fhir.array();
    for (var one :
        List.of(
            content.watchFor().map("Danger signs: "::concat),
            content.avoid().map("Not to be done: "::concat),
            content.followUpInDays().map("Follow-up in %d days."::formatted))) {
      one.map(Fhir::text).ifPresent(notes::add);
    }
    if (!notes.isEmpty()) {
      plan.set("note", notes);
    }
  }
}
