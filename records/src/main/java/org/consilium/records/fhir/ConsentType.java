package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;

/** Consent, from {@code records.consent}: one for each purpose, a refusal as a denial. */
final class ConsentType extends ConsultRecordType {
  private static final String SCOPES = "http://terminology.hl7.org/CodeSystem/consentscope";

  private static final String SELECT =
      """
      SELECT c.id, c.patient_id, c.purpose, c.decision, c.given_by, c.language, c.text_version, c.at
        FROM records.consent c WHERE true
      """;

  ConsentType() {
    super("c");
  }

  @Override
  String name() {
    return "Consent";
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "c.id";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        reference("patient", "Patient", "c.patient_id = ANY(?::uuid[])"),
        date("date", "c.at"),
        date("_lastUpdated", "c.at"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row -> Found.unchanging(new ResourceId(row.getUUID("id"), 0), row, "at", body(row)))
        .toList();
  }

  private static ObjectNode body(Row row) {
    var consent = Fhir.resource("Consent").put("status", "active");
    consent.set("scope", Fhir.concept(SCOPES, "treatment", "Treatment"));
    Fhir.putOne(consent, "category", Fhir.text(row.getString("purpose")));
    consent.set("patient", Fhir.reference("Patient", row.getUUID("patient_id")));
    consent.put("dateTime", Rows.instant(row, "at").toString());
    consent.set(
        "policyRule",
        Fhir.text(
            "Text of %s, version %s (%s); given by: %s"
                .formatted(
                    row.getString("purpose"),
                    row.getString("text_version"),
                    row.getString("language"),
                    row.getString("given_by"))));
    boolean granted = row.getString("decision").equals("granted");
    consent.putObject("provision").put("type", granted ? "permit" : "deny");
    return consent;
  }
}
