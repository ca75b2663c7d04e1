package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;

/**
 * Consent, from {@code records.consent}: one for each decision on a purpose, a no and a yes taken
 * back as a denial. The newest decision on a purpose is active, those before it are not.
 */
final class ConsentType extends ConsultRecordType {
  private static final String SCOPES = "http://terminology.hl7.org/CodeSystem/consentscope";

  private static final String SELECT =
      """
      SELECT c.id, c.consult_id, c.patient_id, c.purpose, c.decision, c.given_by, c.language,
             c.text_version, c.at, n.at AS overtaken_at
        FROM records.consent c
        LEFT JOIN LATERAL (
          SELECT o.at FROM records.consent o
           WHERE o.organisation_id = c.organisation_id AND o.consult_id = c.consult_id
             AND o.purpose = c.purpose AND (o.at, o.id) > (c.at, c.id)
           ORDER BY o.at, o.id LIMIT 1) n ON true
       WHERE true
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
        SearchParameter.patient("c.patient_id"),
        token("status", "CASE WHEN n.at IS NULL THEN 'active' ELSE 'inactive' END = ANY(?)"),
        token("category", "c.purpose = ANY(?)"),
        date("date", "c.at"),
        date("_lastUpdated", "coalesce(n.at, c.at)"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(ConsentType::consent).toList();
  }

  private static Found consent(Row row) {
    var overtaken = Rows.optionalInstant(row, "overtaken_at");
    return Found.of(
        new ResourceId(row.getUUID("id"), 0),
        row,
        overtaken.isPresent() ? "2" : "1",
        overtaken.or(() -> Rows.optionalInstant(row, "at")),
        body(row, overtaken.isPresent()));
  }

  private static ObjectNode body(Row row, boolean overtaken) {
    var consent = Fhir.resource("Consent").put("status", overtaken ? "inactive" : "active");
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
