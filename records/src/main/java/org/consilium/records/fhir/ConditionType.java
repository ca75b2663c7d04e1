package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.database.Rows;
import org.consilium.records.health.HealthItem;

/** Condition, from the problems of a health summary. */
final class ConditionType extends HealthItemType {
  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

  ConditionType() {
    super(HealthItem.Kind.PROBLEM, "no-known-problems", "No known problems");
  }

  @Override
  String name() {
    return "Condition";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("i.patient_id"),
        code("code"),
        token(
            "clinical-status",
            "i.status = ANY(?)",
            status -> status.equals("resolved") ? "ended" : status),
        token("category", "'problem-list-item' = ANY(?)"),
        date("onset-date", "i.onset_on::timestamp AT TIME ZONE 'UTC'"),
        date("_lastUpdated", "i.asserted_at"));
  }

  @Override
  ObjectNode body(Row row) {
    var status = row.getString("status");
    boolean wrong = status.equals("entered-in-error");
    var condition = Fhir.resource("Condition");
    if (!wrong) {
      condition.set(
          "clinicalStatus",
          status.equals("active")
              ? concept("condition-clinical", "active", "Active")
              : concept("condition-clinical", "resolved", "Resolved"));
    }
    if (wrong) {
      condition.set(
          "verificationStatus",
          concept("condition-ver-status", "entered-in-error", "Entered in Error"));
    } else if (!row.getBoolean("none_known")) {
      condition.set(
          "verificationStatus",
          isConfirmed(row)
              ? concept("condition-ver-status", "confirmed", "Confirmed")
              : concept("condition-ver-status", "unconfirmed", "Unconfirmed"));
    }
    Fhir.putOne(
        condition,
        "category",
        concept("condition-category", "problem-list-item", "Problem List Item"));
    condition.set("code", concept(row));
    condition.set("subject", patient(row));
    Fhir.put(condition, "onsetDateTime", dateOf(row, "onset"));
    Fhir.put(condition, "abatementDateTime", dateOf(row, "ended"));
    condition.put("recordedDate", Rows.instant(row, "asserted_at").toString());
    condition.set("recorder", Fhir.reference("Practitioner", row.getUUID("asserted_by")));
    notes(condition, row, false);
    return condition;
  }

  private static ObjectNode concept(String system, String code, String display) {
    return Fhir.concept(TERMINOLOGY + system, code, display);
  }
}
