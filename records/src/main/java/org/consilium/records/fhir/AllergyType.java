package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Set;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;

/**
 * AllergyIntolerance, from the patient's list. That there are none, or that nobody could be asked,
 * is said too, by the codes of the International Patient Summary.
 */
final class AllergyType extends ResourceType {
  private static final String ABSENT =
      "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";

  private static final String CLINICAL =
      "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";

  private static final String SELECT =
      """
      SELECT p.id, p.id AS patient_id, k.version, k.allergy_state, a.text, a.n, v.revised_at,
             :consult
        FROM records.patient p
        :known
        CROSS JOIN LATERAL (
          SELECT text, n::int FROM unnest(k.allergies) WITH ORDINALITY AS listed (text, n)
          UNION ALL SELECT NULL, 1 WHERE k.allergy_state <> 'listed') a
        LEFT JOIN records.patient_version v
          ON v.organisation_id = p.organisation_id AND v.patient_id = p.id AND v.version = p.version
       WHERE true
      """
          .replace(":known", PatientType.KNOWN)
          .replace(":consult", PatientType.CONSULT);

  @Override
  String name() {
    return "AllergyIntolerance";
  }

  @Override
  Set<Role> readers() {
    return CARE;
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "p.id";
  }

  @Override
  String part() {
    return "a.n";
  }

  @Override
  String scope(Caller caller) {
    return PatientType.scopeOf(caller);
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        reference("patient", "Patient", "p.id = ANY(?::uuid[])"),
        date("_lastUpdated", "v.revised_at"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row ->
            Found.of(
                new ResourceId(row.getUUID("id"), row.getInteger("n")),
                row,
                row.getInteger("version").toString(),
                Rows.optionalInstant(row, "revised_at"),
                body(row)))
        .toList();
  }

  private static ObjectNode body(Row row) {
    var allergy = Fhir.resource("AllergyIntolerance");
    allergy.set("clinicalStatus", Fhir.concept(CLINICAL, "active", "Active"));
    allergy.set(
        "code",
        switch (row.getString("allergy_state")) {
          case "none" -> Fhir.concept(ABSENT, "no-known-allergies", "No known allergies");
          case "unknown" ->
              Fhir.concept(ABSENT, "no-allergy-info", "No information about allergies");
          default -> Fhir.text(row.getString("text"));
        });
    allergy.set("patient", Fhir.reference("Patient", row.getUUID("id")));
    return allergy;
  }
}
