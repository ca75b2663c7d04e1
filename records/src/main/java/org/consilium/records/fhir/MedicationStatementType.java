package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.database.Rows;
import org.consilium.records.health.HealthItem;

/** MedicationStatement, from the medicines of a health summary. */
final class MedicationStatementType extends HealthItemType {
  private static final Set<String> OVER = Set.of("completed", "stopped");
  private static final String EFFECTIVE = "effectiveDateTime";

  MedicationStatementType() {
    super(HealthItem.Kind.MEDICATION, "no-known-medications", "No known medications");
  }

  @Override
  String name() {
    return "MedicationStatement";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("i.patient_id"),
        code("code"),
        token(
            "status",
            "CASE WHEN i.none_known THEN 'unknown' ELSE i.status END = ANY(?)",
            status -> status.equals("completed") ? "ended" : status),
        date("effective", "i.onset_on::timestamp AT TIME ZONE 'UTC'"),
        date("_lastUpdated", "i.asserted_at"));
  }

  @Override
  ObjectNode body(Row row) {
    var statement = Fhir.resource("MedicationStatement");
    statement.put("status", status(row));
    statement.set("medicationCodeableConcept", concept(row));
    statement.set("subject", patient(row));
    effective(statement, dateOf(row, "onset"), dateOf(row, "ended"));
    statement.put("dateAsserted", Rows.instant(row, "asserted_at").toString());
    statement.set("informationSource", Fhir.reference("Practitioner", row.getUUID("asserted_by")));
    notes(statement, row, true);
    if (row.getString("dose") != null) {
      Fhir.putOne(statement, "dosage", Fhir.text(row.getString("dose")));
    }
    return statement;
  }

  private static String status(Row row) {
    return switch (row.getString("status")) {
      case "active" -> row.getBoolean("none_known") ? "unknown" : "active";
      case "ended" -> "completed";
      default -> "entered-in-error";
    };
  }

  /** Since when and until when; that nobody could tell is said too. */
  private static void effective(
      ObjectNode statement, Optional<String> onset, Optional<String> ended) {
    if (onset.isEmpty() && ended.isEmpty()) {
      statement.set("_effectiveDateTime", Fhir.absent("unknown"));
      return;
    }
    var period = statement.putObject("effectivePeriod");
    Fhir.put(period, "start", onset);
    Fhir.put(period, "end", ended);
  }

  @Override
  Given whose(Given resource) {
    return resource.at("subject");
  }

  @Override
  Given named(Given resource) {
    return resource.at("medicationCodeableConcept");
  }

  @Override
  void entry(Write write, Given resource, Command command) {
    var status = resource.at("status");
    var said = status.text().orElse("");
    boolean none = !command.body().has("entry");
    if (OVER.contains(said)) {
      command.put("/entry/status", "ended", status);
    } else if (!said.equals("active") && !none) {
      write.fault(status, "Only what is taken, or was, is kept: active, completed or stopped.");
    }
    // FHIR has no word for how sure it is.
    verified(command, false, status);
    var period = resource.at("effectivePeriod");
    keepDate(
        command, "/entry/onset", period.isThere() ? period.at("start") : resource.at(EFFECTIVE));
    keepDate(command, "/entry/ended", period.at("end"));
    if (period.at("end").isThere() && !OVER.contains(said)) {
      command.put("/entry/status", "ended", period);
    }
    command.put("/entry/dose", resource.at("dosage").at("text"));
  }
}
