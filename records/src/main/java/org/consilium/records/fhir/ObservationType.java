package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;
import org.consilium.records.triage.VitalSign;

/**
 * Observation: one for each measurement of a sent request. The two pressures that were taken
 * together are one, as the vital signs profile of FHIR has them.
 */
final class ObservationType extends ResourceType {
  private static final String CATEGORIES =
      "http://terminology.hl7.org/CodeSystem/observation-category";

  private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

  private static final String SELECT =
      """
      SELECT r.consult_id, r.patient_id, r.requester_id, r.submitted_at, v.sign, v.n, b.sign AS pair
        FROM records.request r
        CROSS JOIN LATERAL (
          SELECT listed.sign, listed.n::int, listed.sign ->> 'code' AS code,
                 coalesce((listed.sign ->> 'takenAt')::timestamptz, r.submitted_at) AS at
            FROM jsonb_array_elements(r.content #> '{assessment,vitals}') WITH ORDINALITY
                 AS listed (sign, n)) v
        LEFT JOIN LATERAL (
          SELECT other.sign, other.n::int FROM jsonb_array_elements(r.content #> '{assessment,vitals}')
                 WITH ORDINALITY AS other (sign, n)
           WHERE (v.code, other.sign ->> 'code')
                   IN (('systolic', 'diastolic'), ('diastolic', 'systolic'))
             AND other.sign ->> 'takenAt' IS NOT DISTINCT FROM v.sign ->> 'takenAt'
           ORDER BY other.n LIMIT 1) b ON true
       WHERE r.status = 'submitted' AND (b.n IS NULL OR v.code = 'systolic')
      """;

  private static final String CODE =
      """
      CASE WHEN v.code IN ('systolic', 'diastolic') THEN 'pressure' ELSE v.code END = ANY(?)\
      """;

  @Override
  String name() {
    return "Observation";
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
    return "r.consult_id";
  }

  @Override
  String part() {
    return "v.n";
  }

  @Override
  String scope(Caller caller) {
    return ofConsults(caller, "r");
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        reference("patient", "Patient", "r.patient_id = ANY(?::uuid[])"),
        reference("based-on", "ServiceRequest", "r.consult_id = ANY(?::uuid[])"),
        token("code", CODE, Vital::named),
        date("date", "v.at"),
        date("_lastUpdated", "r.submitted_at"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row ->
            new Found(
                new ResourceId(row.getUUID("consult_id"), row.getInteger("n")),
                Optional.of(new PatientId(row.getUUID("patient_id"))),
                Optional.of("1"),
                Rows.optionalInstant(row, "submitted_at"),
                body(row)))
        .toList();
  }

  private static ObjectNode body(Row row) {
    var sign = Rows.json(row, "sign", VitalSign.class);
    var vital = Vital.of(sign.code());
    var observation = Fhir.resource("Observation");
    Fhir.putOne(
        observation, "basedOn", Fhir.reference("ServiceRequest", row.getUUID("consult_id")));
    observation.put("status", "final");
    Fhir.putOne(
        observation,
        "category",
        Fhir.concept(CATEGORIES, vital.category().code(), vital.category().display()));
    observation.set("code", vital.isPressure() ? Vital.pressure() : vital.concept());
    observation.set("subject", Fhir.reference("Patient", row.getUUID("patient_id")));
    var taken = sign.takenAt().orElse(Rows.instant(row, "submitted_at"));
    observation.put("effectiveDateTime", taken.toString());
    Fhir.putOne(
        observation, "performer", Fhir.reference("Practitioner", row.getUUID("requester_id")));
    if (!vital.isPressure()) {
      observation.set("valueQuantity", quantity(sign, vital));
    }
    sign.method().ifPresent(method -> observation.set("method", Fhir.text(method)));
    if (vital.isPressure()) {
      pressures(observation, row, vital);
    }
    return observation;
  }

  private static void pressures(ObjectNode observation, Row row, Vital measured) {
    var components = observation.putArray("component");
    for (var pressure : List.of(Vital.SYSTOLIC, Vital.DIASTOLIC)) {
      var component = components.addObject();
      component.set("code", pressure.concept());
      var sign = Rows.json(row, pressure == measured ? "sign" : "pair", VitalSign.class);
      if (sign == null) {
        component.set("dataAbsentReason", Fhir.concept(ABSENT, "unknown", "Unknown"));
      } else {
        component.set("valueQuantity", quantity(sign, pressure));
      }
    }
  }

  private static ObjectNode quantity(VitalSign sign, Vital vital) {
    var value = BigDecimal.valueOf(sign.value()).stripTrailingZeros();
    return Fhir.object()
        .put("value", value.scale() < 0 ? value.setScale(0) : value)
        .put("unit", vital.unit())
        .put("system", Fhir.UCUM)
        .put("code", vital.unit());
  }
}
