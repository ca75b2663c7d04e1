package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.Uuid7;
import org.consilium.records.request.ObservationStore;

/**
 * Observation, from {@code records.observation}: what was measured in a request, its forms and its
 * supplements. The two pressures that were taken together are one, as the vital signs profile of
 * FHIR has them. The number of the part is its place among those of its consult.
 */
final class ObservationType extends ConsultRecordType implements Creates {
  private static final String CATEGORIES =
      "http://terminology.hl7.org/CodeSystem/observation-category";

  private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

  private static final String SELECT =
      """
      SELECT v.consult_id, v.patient_id, v.code_system, v.code, v.value_num, v.value_unit,
             v.value_code, v.value_text, v.method, v.effective_at, v.recorded_by, v.recorded_at, i.n,
             b.value_num AS pair
        FROM records.observation v
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS n FROM records.observation o
           WHERE o.organisation_id = v.organisation_id AND o.consult_id = v.consult_id
             AND o.patient_id = v.patient_id AND o.seq <= v.seq) i
        LEFT JOIN LATERAL (
          SELECT o.value_num FROM records.observation o
           WHERE o.organisation_id = v.organisation_id AND o.consult_id = v.consult_id
             AND o.source = v.source AND o.effective_at = v.effective_at
             AND (v.code, o.code) IN (('8480-6', '8462-4'), ('8462-4', '8480-6'))
           ORDER BY o.seq LIMIT 1) b ON true
       WHERE (b.value_num IS NULL OR v.code = '8480-6')
      """;

  /** The two pressures go by the code of their panel, saturation by the one of its profile too. */
  private static final String CODE =
      """
      CASE WHEN v.code IN ('8480-6', '8462-4') THEN '85354-9'
           WHEN v.code = '59408-5' AND '2708-6' = ANY(?) THEN '2708-6'
           ELSE v.code END = ANY(?)\
      """;

  ObservationType() {
    super("v");
  }

  @Override
  String name() {
    return "Observation";
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "v.consult_id";
  }

  @Override
  String part() {
    return "i.n";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("v.patient_id"),
        reference("based-on", "ServiceRequest", "v.consult_id = ANY(?::uuid[])"),
        token("code", CODE),
        date("date", "v.effective_at"),
        date("_lastUpdated", "v.recorded_at"));
  }

  /** A measurement after sending: a supplement, which may change the urgency. */
  @Override
  public ResourceId create(Write write, Given given) {
    var consult =
        write.reference(
            given.at("basedOn"), "ServiceRequest", "Say which request this was measured for.");
    var patient = write.reference(given.at("subject"), "Patient", "");
    write.mustBeCaller(given.at("performer"));
    var command = new Command();
    command.body().put("id", Uuid7.next().toString());
    new Findings(write, command).add(given, "");
    given.all("note").findFirst().ifPresent(note -> command.put("/text", note.at("text")));
    write.check();
    write.mustBeOf(consult.get(), patient, given.at("subject"));
    write.perform(
        "supplementRequest",
        Map.of("consultId", consult.get().toString()),
        Optional.empty(),
        command);
    return newest(write.tx(), consult.get());
  }

  private ResourceId newest(Tx tx, UUID consult) {
    return statement(tx).and("v.consult_id = ?", consult).newest("i.n").rows(tx).stream()
        .map(row -> new ResourceId(consult, row.getInteger("n")))
        .findFirst()
        .orElseThrow();
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row ->
            Found.unchanging(
                new ResourceId(row.getUUID("consult_id"), row.getInteger("n")),
                row,
                "recorded_at",
                body(row)))
        .toList();
  }

  private static ObjectNode body(Row row) {
    var vital = Vital.kept(row.getString("code"));
    var observation = Fhir.resource("Observation");
    Fhir.putOne(
        observation, "basedOn", Fhir.reference("ServiceRequest", row.getUUID("consult_id")));
    observation.put("status", "final");
    var category = vital.map(Vital::category).orElse(Vital.Category.EXAM);
    Fhir.putOne(
        observation, "category", Fhir.concept(CATEGORIES, category.code(), category.display()));
    boolean pressure = vital.filter(Vital::isPressure).isPresent();
    observation.set(
        "code", pressure ? Vital.pressure() : vital.map(Vital::concept).orElseGet(() -> code(row)));
    observation.set("subject", Fhir.reference("Patient", row.getUUID("patient_id")));
    observation.put("effectiveDateTime", Rows.instant(row, "effective_at").toString());
    Fhir.putOne(
        observation, "performer", Fhir.reference("Practitioner", row.getUUID("recorded_by")));
    if (!pressure) {
      value(observation, row);
    }
    if (row.getString("method") != null) {
      observation.set("method", Fhir.text(row.getString("method")));
    }
    if (pressure) {
      pressures(observation, row, vital.orElseThrow());
    }
    return observation;
  }

  /** What a form of a specialty found, under the code that the form gives it. */
  private static ObjectNode code(Row row) {
    var code = Fhir.object();
    if (row.getString("code_system").matches("\\S+:\\S+")) {
      code.putArray("coding")
          .addObject()
          .put("system", row.getString("code_system"))
          .put("code", row.getString("code"));
    }
    return code.put("text", row.getString("code"));
  }

  private static void value(ObjectNode observation, Row row) {
    if (row.getDouble("value_num") != null) {
      observation.set(
          "valueQuantity", quantity(row.getDouble("value_num"), row.getString("value_unit")));
    } else if (row.getString("code_system").equals(ObservationStore.DANGER_SIGNS)) {
      observation.put("valueBoolean", Boolean.parseBoolean(row.getString("value_code")));
    } else if (row.getString("value_code") != null) {
      observation.set("valueCodeableConcept", Fhir.text(row.getString("value_code")));
    } else {
      observation.put("valueString", row.getString("value_text"));
    }
  }

  private static void pressures(ObjectNode observation, Row row, Vital measured) {
    var components = observation.putArray("component");
    for (var pressure : List.of(Vital.SYSTOLIC, Vital.DIASTOLIC)) {
      var component = components.addObject();
      component.set("code", pressure.concept());
      var value = row.getDouble(pressure == measured ? "value_num" : "pair");
      if (value == null) {
        component.set("dataAbsentReason", Fhir.concept(ABSENT, "unknown", "Unknown"));
      } else {
        component.set("valueQuantity", quantity(value, Vital.PRESSURE_UNIT));
      }
    }
  }

  /** The number as it was written: 38.4 must not become 38.40000000000001. */
  private static ObjectNode quantity(double number, String unit) {
    var value = BigDecimal.valueOf(number).stripTrailingZeros();
    var quantity = Fhir.object().put("value", value.scale() < 0 ? value.setScale(0) : value);
    return unit == null
        ? quantity
        : quantity.put("unit", unit).put("system", Fhir.UCUM).put("code", unit);
  }
}
