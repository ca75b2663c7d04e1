package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;

/** Appointment, from scheduling's: a booked time with everybody and everything it needs. */
final class AppointmentType extends ConsultRecordType {
  private static final String STATUS =
      """
      CASE e.status WHEN 'confirmed' THEN 'booked' WHEN 'in-call' THEN 'arrived'
           WHEN 'done' THEN 'fulfilled' WHEN 'partly' THEN 'fulfilled'
           WHEN 'rescheduled' THEN 'cancelled' WHEN 'no-show' THEN 'noshow' ELSE e.status END\
      """;

  private static final String ACTOR =
      """
      EXISTS (SELECT FROM jsonb_array_elements(e.parts) AS part
               WHERE (part ->> 'resource')::uuid = ANY(?::uuid[]))\
      """;

  private final String select;

  AppointmentType(String appointments) {
    super("e");
    this.select =
        "SELECT e.*, %s AS fhir_status FROM (%s) e WHERE true".formatted(STATUS, appointments);
  }

  @Override
  String name() {
    return "Appointment";
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
        reference("actor", "(Practitioner|Location)", ACTOR),
        reference("based-on", "ServiceRequest", "e.consult_id = ANY(?::uuid[])"),
        token("status", STATUS + " = ANY(?)"),
        date("date", "e.start_at"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(row -> Found.unversioned(row, body(row))).toList();
  }

  private static ObjectNode body(Row row) {
    var appointment = Fhir.resource("Appointment").put("status", row.getString("fhir_status"));
    var reason = row.getString("reason");
    boolean moved = row.getString("status").equals("rescheduled");
    if (moved || (row.getString("status").equals("cancelled") && reason != null)) {
      appointment.set("cancelationReason", Fhir.text(moved ? "Moved to another time" : reason));
    }
    appointment.put("start", Rows.instant(row, "start_at").toString());
    appointment.put("end", Rows.instant(row, "end_at").toString());
    appointment.put("created", Rows.instant(row, "booked_at").toString());
    Fhir.putOne(
        appointment, "basedOn", Fhir.reference("ServiceRequest", row.getUUID("consult_id")));
    var participants = appointment.putArray("participant");
    participants
        .addObject()
        .put("status", "accepted")
        .set("actor", Fhir.reference("Patient", row.getUUID("patient_id")));
    for (var part : Rows.json(row, "parts", JsonNode.class)) {
      boolean sure = part.path("confirmed").asBoolean() || part.path("arrived").asBoolean();
      var participant = participants.addObject();
      Fhir.putOne(participant, "type", Fhir.text(part.path("role").asText()));
      actor(part).ifPresent(actor -> participant.set("actor", actor));
      participant.put("status", sure ? "accepted" : "needs-action");
    }
    return appointment;
  }

  /** A room or a device is named by its type alone. */
  private static Optional<ObjectNode> actor(JsonNode part) {
    var id = part.path("resource").asText();
    return switch (part.path("role").asText()) {
      case "clinic" -> Optional.of(Fhir.reference("Location", id));
      case "device" -> Optional.empty();
      default -> Optional.of(Fhir.reference("Practitioner", id));
    };
  }
}
