package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;
import org.consilium.platform.program.Scopes.Act;
import org.consilium.records.text.SearchText;

/**
 * AllergyIntolerance, from the patient's list. That there are none, or that nobody could be asked,
 * is said too, by the codes of the International Patient Summary.
 */
final class AllergyType extends ResourceType implements Creates {
  private static final String ABSENT =
      "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";

  private static final String NONE = "no-known-allergies";

  private static final String VERIFICATION =
      "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";

  private static final Set<String> NOT_SO = Set.of("refuted", "entered-in-error");

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

  /** Adds to the patient's list, or says that there are none; the same again changes nothing. */
  @Override
  public ResourceId create(Write write, Given given) {
    var patient = write.reference(given.at("patient"), "Patient", "Say whose allergy this is.");
    requireActive(write, given);
    var code = given.at("code");
    boolean none = code.code(ABSENT).filter(NONE::equals).isPresent();
    var text = code.concept();
    if (text.isEmpty()) {
      write.fault(code, "Name what the patient does not tolerate.");
    }
    write.check();
    var path = Map.of("patientId", patient.get().toString());
    var before = write.perform("getPatient", path, Optional.empty(), null);
    var command = new Command(PatientWriting.particularsOf(before));
    var list = before.at("/allergies/list");
    int at = placeOf(list, text.get());
    if (none) {
      requireReading(write);
      requireUnlisted(write, list, code);
      command.put("/allergies", Fhir.object().put("state", "none"), code);
    } else if (at == list.size()) {
      command.put("/allergies/state", "listed", code);
      command.add("/allergies/list", new TextNode(text.get()), code);
    }
    if (!command.body().get("allergies").equals(before.get("allergies"))) {
      write.perform("revisePatient", path, Optional.of(before.get("version").asInt()), command);
    }
    return new ResourceId(patient.get(), none ? 1 : at + 1);
  }

  /** What is over, doubted away or wrong must not stand in the list of what is dangerous. */
  private static void requireActive(Write write, Given given) {
    var clinical = given.at("clinicalStatus");
    if (clinical.code(CLINICAL).filter(status -> !status.equals("active")).isPresent()) {
      write.fault(clinical, "Only an allergy that is active is kept.");
    }
    var verification = given.at("verificationStatus");
    if (verification.code(VERIFICATION).filter(NOT_SO::contains).isPresent()) {
      write.fault(verification, "What is refuted or entered in error is not kept.");
    }
    clinical.keep();
  }

  /** The answer to “none” tells whether some are known. */
  private static void requireReading(Write write) {
    if (!write.isAllowed("AllergyIntolerance", Act.READ)) {
      throw new Refusal(
          403,
          "scope-missing",
          "That a patient has no allergies is written by programs that may read allergies.");
    }
  }

  private static void requireUnlisted(Write write, JsonNode list, Given code) {
    if (!list.isEmpty()) {
      write.fault(code, "Allergies of this patient are known; take them back first.");
      write.check();
    }
  }

  private static int placeOf(JsonNode list, String text) {
    for (int i = 0; i < list.size(); i++) {
      if (SearchText.of(list.get(i).asText()).equals(SearchText.of(text))) {
        return i;
      }
    }
    return list.size();
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
          case "none" -> Fhir.concept(ABSENT, NONE, "No known allergies");
          case "unknown" ->
              Fhir.concept(ABSENT, "no-allergy-info", "No information about allergies");
          default -> Fhir.text(row.getString("text"));
        });
    allergy.set("patient", Fhir.reference("Patient", row.getUUID("id")));
    return allergy;
  }
}
