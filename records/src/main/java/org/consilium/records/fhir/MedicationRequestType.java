package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.records.recommendation.Quantity;
import org.consilium.records.recommendation.RecommendationContent;
import org.consilium.records.recommendation.RecommendationContent.HowSoon;
import org.consilium.records.recommendation.RecommendationStore;

/**
 * MedicationRequest, from {@code records.recommendation}: a drug that a signed note advises. Always
 * a proposal: the clinic decides and prescribes. Other advice stands in the Composition alone.
 */
final class MedicationRequestType extends ConsultRecordType {
  private static final String STATUS =
      """
      CASE WHEN s.status = 'entered-in-error' THEN 'entered-in-error'
           WHEN s.superseded OR d.decision IN ('decline', 'cannot') THEN 'cancelled'
           WHEN s.status = 'preliminary' THEN 'draft'
           ELSE 'active' END\
      """;

  private static final String SELECT =
      """
      SELECT m.*, n.author_id, n.signed_at, r.patient_id, s.status AS note_status, s.superseded,
             :status AS status, d.decision, d.reason, d.text AS instead,
             1 + s.changes + d.decisions AS version,
             greatest(s.changed_at, d.decided_at) AS changed_at
        FROM records.recommendation m
        JOIN records.note_version n ON n.organisation_id = m.organisation_id AND n.id = m.note_id
        JOIN records.request r
          ON r.organisation_id = m.organisation_id AND r.consult_id = m.consult_id
        CROSS JOIN LATERAL records.note_standing(n.organisation_id, n.consult_id, n.id) s
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS decisions, max(e.decided_at) AS decided_at,
                 (array_agg(e.decision ORDER BY e.seq DESC))[1] AS decision,
                 (array_agg(e.reason ORDER BY e.seq DESC))[1] AS reason,
                 (array_agg(e.text ORDER BY e.seq DESC))[1] AS text
            FROM records.decision e
           WHERE e.organisation_id = m.organisation_id AND e.consult_id = m.consult_id
             AND e.recommendation_id = m.id) d
       WHERE m.drug IS NOT NULL
      """
          .replace(":status", STATUS);

  MedicationRequestType() {
    super("m", READERS_OF_NOTES);
  }

  @Override
  String name() {
    return "MedicationRequest";
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "m.id";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("r.patient_id"),
        token("status", STATUS + " = ANY(?)"),
        token("intent", "'proposal' = ANY(?)"),
        reference("requester", "Practitioner", "n.author_id = ANY(?::uuid[])"),
        date("authoredon", "n.signed_at"));
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
    boolean takenBack = row.getString("note_status").equals(NoteReading.TAKEN_BACK);
    var advice = RecommendationStore.content(row);
    var request = Fhir.resource("MedicationRequest").put("status", row.getString("status"));
    why(row).ifPresent(reason -> request.set("statusReason", Fhir.text(reason)));
    request.put("intent", "proposal");
    request.put("priority", priority(advice.urgency()));
    request.set(
        "medicationCodeableConcept",
        Fhir.text(takenBack ? "Taken back" : advice.drug().orElseThrow()));
    request.set("subject", Fhir.reference("Patient", row.getUUID("patient_id")));
    Fhir.putOne(
        request, "supportingInformation", Fhir.reference("Composition", row.getUUID("note_id")));
    request.put("authoredOn", Rows.instant(row, "signed_at").toString());
    request.set("requester", Fhir.reference("Practitioner", row.getUUID("author_id")));
    Fhir.putOne(request, "basedOn", Fhir.reference("ServiceRequest", row.getUUID("consult_id")));
    if (!takenBack) {
      var note = request.putArray("note").add(Fhir.text(advice.text()));
      advice
          .alternative()
          .ifPresent(other -> note.add(Fhir.text("If it is not available: " + other)));
      var dosage = dosage(advice);
      if (!dosage.isEmpty()) {
        Fhir.putOne(request, "dosageInstruction", dosage);
      }
    }
    return request;
  }

  /** Why it is not to be followed, as far as somebody has said so. */
  private static Optional<String> why(Row row) {
    if (row.getString("note_status").equals(NoteReading.TAKEN_BACK)) {
      return Optional.empty();
    }
    if (row.getBoolean("superseded")) {
      return Optional.of("A correction has replaced the note");
    }
    return Optional.ofNullable(row.getString("decision"))
        .map(decision ->
            Stream.of(decision, row.getString("reason"), row.getString("instead"))
                .filter(word -> word != null && !word.isBlank())
                .collect(Collectors.joining(", ", "The clinic decided: ", "")));
  }

  private static String priority(HowSoon urgency) {
    return switch (urgency) {
      case NOW -> "stat";
      case TODAY -> "asap";
      case THIS_WEEK -> "urgent";
      case ROUTINE -> "routine";
    };
  }

  /** How much and how often in one line. */
  static Optional<String> dose(RecommendationContent advice) {
    var line =
        Stream.of(
                advice.dose().or(() -> advice.amount().map(Quantity::toString)),
                advice.perKg().map(kg -> "(%s per kg, %s kg)".formatted(kg.value(), kg.weightKg())),
                advice.route(),
                advice.frequency().or(() -> advice.timesPerDay().map("%d times a day"::formatted)),
                advice.durationDays().map("for %d days"::formatted),
                advice.maxPerDay().map("at most %s a day"::formatted))
            .flatMap(Optional::stream)
            .filter(part -> !part.isBlank())
            .collect(Collectors.joining(", "));
    return Optional.of(line).filter(words -> !words.isEmpty());
  }

  private static ObjectNode dosage(RecommendationContent advice) {
    var dosage = Fhir.object();
    Fhir.put(dosage, "text", dose(advice));
    if (advice.timesPerDay().isPresent() || advice.durationDays().isPresent()) {
      var repeat = dosage.putObject("timing").putObject("repeat");
      advice.durationDays().ifPresent(days -> repeat.set("boundsDuration", days(days)));
      advice
          .timesPerDay()
          .ifPresent(
              times -> repeat.put("frequency", times).put("period", 1).put("periodUnit", "d"));
    }
    advice
        .route()
        .filter(route -> !route.isBlank())
        .ifPresent(route -> dosage.set("route", Fhir.text(route)));
    advice
        .amount()
        .ifPresent(amount ->
            dosage.putArray("doseAndRate").addObject().set("doseQuantity", quantity(amount)));
    advice
        .maxPerDay()
        .ifPresent(most -> {
          var ratio = dosage.putObject("maxDosePerPeriod");
          ratio.set("numerator", quantity(most));
          ratio.set("denominator", days(1));
        });
    return dosage;
  }

  private static ObjectNode days(int days) {
    return Fhir.object()
        .put("value", days)
        .put("unit", "d")
        .put("system", Fhir.UCUM)
        .put("code", "d");
  }

  private static ObjectNode quantity(Quantity amount) {
    var quantity = Fhir.object().put("value", amount.value()).put("unit", amount.unit().wire());
    ucum(amount.unit()).ifPresent(code -> quantity.put("system", Fhir.UCUM).put("code", code));
    return quantity;
  }

  /** What UCUM has no unit for is counted. */
  private static Optional<String> ucum(Quantity.Unit unit) {
    return switch (unit) {
      case MICROGRAM -> Optional.of("ug");
      case IU -> Optional.of("[IU]");
      case DROP -> Optional.of("[drp]");
      case MG, G, MMOL, ML -> Optional.of(unit.wire());
      case PUFF, TABLET -> Optional.empty();
    };
  }
}
