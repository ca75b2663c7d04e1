package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;

/** Encounter, from signaling's calls: a virtual one, with the people who have an account here. */
final class EncounterType extends ConsultRecordType {
  private static final String CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  private static final String STATUS =
      """
      CASE WHEN e.ended_at IS NULL AND e.started_at IS NULL THEN 'arrived'
           WHEN e.ended_at IS NULL THEN 'in-progress'
           WHEN e.started_at IS NULL THEN 'cancelled' ELSE 'finished' END\
      """;

  private static final String PARTICIPANT =
      """
      EXISTS (SELECT FROM jsonb_array_elements(e.people) AS person
               WHERE (person ->> 'account')::uuid = ANY(?::uuid[]))\
      """;

  private final String select;

  EncounterType(String calls) {
    super("e");
    this.select = "SELECT e.*, %s AS status FROM (%s) e WHERE true".formatted(STATUS, calls);
  }

  @Override
  String name() {
    return "Encounter";
  }

  @Override
  String select() {
    return select;
  }

  @Override
  String key() {
    return "e.id";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("e.patient_id"),
        reference("based-on", "ServiceRequest", "e.consult_id = ANY(?::uuid[])"),
        reference("participant", "Practitioner", PARTICIPANT),
        token("status", STATUS + " = ANY(?)"),
        token("class", "'VR' = ANY(?)"),
        date("date", "e.opened_at"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(row -> Found.unversioned(row, body(row))).toList();
  }

  private static ObjectNode body(Row row) {
    var encounter = Fhir.resource("Encounter").put("status", row.getString("status"));
    encounter.set("class", Fhir.coding(CLASSES, "VR", "virtual"));
    encounter.set("subject", Fhir.reference("Patient", row.getUUID("patient_id")));
    Fhir.putOne(encounter, "basedOn", Fhir.reference("ServiceRequest", row.getUUID("consult_id")));
    var people = Rows.json(row, "people", JsonNode.class);
    if (!people.isEmpty()) {
      var participants = encounter.putArray("participant");
      for (var person : people) {
        var participant = participants.addObject();
        Fhir.putOne(participant, "type", Fhir.text(person.path("role").asText()));
        period(participant, person.path("came").asText(), person.path("left").asText());
        participant.set(
            "individual", Fhir.reference("Practitioner", person.path("account").asText()));
      }
    }
    var begun = Rows.optionalInstant(row, "started_at").orElse(Rows.instant(row, "opened_at"));
    var ended = Rows.optionalInstant(row, "ended_at").map(Object::toString);
    period(encounter, begun.toString(), ended.orElse(""));
    encounter.set(
        "serviceProvider", Fhir.reference("Organization", row.getUUID("organisation_id")));
    return encounter;
  }

  private static void period(ObjectNode into, String from, String until) {
    var period = into.putObject("period").put("start", from);
    if (!until.isEmpty() && !until.equals("null")) {
      period.put("end", until);
    }
  }
}
