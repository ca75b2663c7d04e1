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

/** Condition, from the problems of a health summary. */
final class ConditionType extends HealthItemType {
  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

  private static final Set<String> OVER = Set.of("inactive", "remission", "resolved");
  private static final Set<String> NOT_SO = Set.of("refuted", "entered-in-error");
  private static final Optional<String> LISTED = Optional.of("problem-list-item");

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

  @Override
  Given whose(Given resource) {
    return resource.at("subject");
  }

  @Override
  Given named(Given resource) {
    return resource.at("code");
  }

  @Override
  void entry(Write write, Given resource, Command command) {
    write.mustBeCaller(resource.at("recorder"));
    var clinical = resource.at("clinicalStatus");
    var abated = resource.at("abatementDateTime");
    var over = clinical.code(TERMINOLOGY + "condition-clinical").filter(OVER::contains);
    if (over.isPresent() || abated.isThere()) {
      command.put("/entry/status", "ended", over.isPresent() ? clinical : abated);
    }
    clinical.text("text");
    verified(write, resource.at("verificationStatus"), command);
    resource
        .all("category")
        .filter(one -> one.code(TERMINOLOGY + "condition-category").equals(LISTED))
        .forEach(Given::keep);
    keepDate(command, "/entry/onset", resource.at("onsetDateTime"));
    keepDate(command, "/entry/ended", abated);
  }

  /** What is refuted or wrong must not stand in the list; without a word it was only told. */
  private static void verified(Write write, Given verification, Command command) {
    var code = verification.code(TERMINOLOGY + "condition-ver-status");
    if (code.filter(NOT_SO::contains).isPresent()) {
      write.fault(verification, "What is refuted or entered in error is not kept.");
    }
    verified(command, code.equals(Optional.of("confirmed")), verification);
    verification.text("text");
  }
}
