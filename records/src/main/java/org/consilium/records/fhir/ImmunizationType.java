package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.records.health.HealthItem;

/** Immunization, from the vaccines of a health summary. */
final class ImmunizationType extends HealthItemType {
  private static final String STATUS =
      """
      CASE WHEN i.status = 'entered-in-error' THEN i.status WHEN i.none_known THEN 'not-done'
           ELSE 'completed' END = ANY(?)\
      """;

  ImmunizationType() {
    super(HealthItem.Kind.IMMUNIZATION, "no-known-immunizations", "No known immunizations");
  }

  @Override
  String name() {
    return "Immunization";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("i.patient_id"),
        code("vaccine-code"),
        token("status", STATUS),
        token("lot-number", "i.lot = ANY(?)"),
        date("date", "i.onset_on::timestamp AT TIME ZONE 'UTC'"),
        date("_lastUpdated", "i.asserted_at"));
  }

  @Override
  ObjectNode body(Row row) {
    var immunization = Fhir.resource("Immunization");
    immunization.put("status", status(row));
    immunization.set("vaccineCode", concept(row));
    immunization.set("patient", patient(row));
    dateOf(row, "onset")
        .ifPresentOrElse(
            given -> immunization.put("occurrenceDateTime", given),
            () -> immunization.set("_occurrenceDateTime", Fhir.absent("unknown")));
    immunization.put("recorded", Rows.instant(row, "asserted_at").toString());
    Fhir.put(immunization, "lotNumber", Optional.ofNullable(row.getString("lot")));
    notes(immunization, row, true);
    if (row.getInteger("dose_number") != null) {
      immunization
          .putArray("protocolApplied")
          .addObject()
          .put("doseNumberPositiveInt", row.getInteger("dose_number"));
    }
    return immunization;
  }

  private static String status(Row row) {
    if (row.getString("status").equals("entered-in-error")) {
      return "entered-in-error";
    }
    return row.getBoolean("none_known") ? "not-done" : "completed";
  }

  @Override
  Given whose(Given resource) {
    return resource.at("patient");
  }

  @Override
  Given named(Given resource) {
    return resource.at("vaccineCode");
  }

  @Override
  void entry(Write write, Given resource, Command command) {
    var status = resource.at("status");
    boolean none = !command.body().has("entry");
    if (!resource.says("status", none ? "not-done" : "completed")) {
      write.fault(status, "Only a vaccine that was given is kept: completed.");
    }
    verified(command, resource.says("primarySource", "true"), status);
    keepDate(command, "/entry/onset", resource.at("occurrenceDateTime"));
    command.put("/entry/lot", resource.at("lotNumber"));
    var number = resource.at("protocolApplied").at("doseNumberPositiveInt");
    if (number.isThere()) {
      command.put("/entry/doseNumber", number.json(), number);
    }
  }
}
