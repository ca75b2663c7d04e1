package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.records.consent.NewConsent.GivenBy;

/**
 * Consent, from {@code records.consent}: one for each decision on a purpose, a no and a yes taken
 * back as a denial. The newest decision on a purpose is active, those before it are not.
 */
final class ConsentType extends ConsultRecordType implements Creates {
  private static final String SELECT =
      """
      SELECT c.id, c.consult_id, c.patient_id, c.purpose, c.decision, c.given_by, c.relation, c.form, c.language,
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

  /** A decision that was made after sending, on the request that its data names. */
  @Override
  public ResourceId create(Write write, Given given) {
    var named = ConsentWriting.consult(given);
    var consult =
        write.reference(
            named, "ServiceRequest", "Say in provision.data which request this is about.");
    var patient = ConsentWriting.patient(write, given);
    var command = new Command();
    ConsentWriting.read(write, given, command, "");
    write.check();
    write.mustBeOf(consult.get(), patient, given.at("patient"));
    var kept =
        write.perform(
            "recordConsent",
            Map.of("consultId", consult.get().toString()),
            Optional.empty(),
            command);
    return new ResourceId(UUID.fromString(kept.path("id").asText()), 0);
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
    var consent = Fhir.resource("Consent");
    consent
        .putArray("extension")
        .addObject()
        .put("url", ConsentWriting.FORM)
        .put("valueCode", row.getString("form"));
    consent.put("status", overtaken ? "inactive" : "active");
    consent.set("scope", Fhir.concept(ConsentWriting.SCOPES, "treatment", "Treatment"));
    Fhir.putOne(
        consent,
        "category",
        Fhir.concept(ConsentWriting.PURPOSES, row.getString("purpose"), row.getString("purpose")));
    consent.set("patient", Fhir.reference("Patient", row.getUUID("patient_id")));
    consent.put("dateTime", Rows.instant(row, "at").toString());
    giver(consent, row);
    consent.set("policyRule", policy(row));
    provision(consent, row);
    return consent;
  }

  private static void giver(ObjectNode consent, Row row) {
    switch (Wire.parse(GivenBy.class, row.getString("given_by"))) {
      case PATIENT ->
          Fhir.putOne(consent, "performer", Fhir.reference("Patient", row.getUUID("patient_id")));
      case GUARDIAN ->
          Fhir.putOne(
              consent,
              "performer",
              Fhir.object().put("type", "RelatedPerson").put("display", row.getString("relation")));
      case EMERGENCY_WAIVER -> {
        // Nobody decided; the policy says so.
      }
    }
  }

  private static ObjectNode policy(Row row) {
    var policy = Fhir.object();
    policy
        .putArray("coding")
        .addObject()
        .put("system", ConsentWriting.TEXTS)
        .put("version", row.getString("text_version"))
        .put("code", row.getString("language"));
    return policy.put(
        "text",
        "Text of %s, version %s (%s); given by: %s"
            .formatted(
                row.getString("purpose"),
                row.getString("text_version"),
                row.getString("language"),
                row.getString("given_by")));
  }

  private static void provision(ObjectNode consent, Row row) {
    boolean granted = row.getString("decision").equals("granted");
    var provision = consent.putObject("provision").put("type", granted ? "permit" : "deny");
    var about = provision.putArray("data").addObject().put("meaning", "related");
    about.set("reference", Fhir.reference("ServiceRequest", row.getUUID("consult_id")));
  }
}
