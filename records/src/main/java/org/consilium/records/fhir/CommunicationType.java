package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;

/** Communication, from {@code records.message}: what was written in the thread of a consult. */
final class CommunicationType extends ResourceType {
  private static final String SELECT =
      """
      SELECT m.id, m.consult_id, r.patient_id, m.author_id, m.text, m.language, m.reply_to, m.sent_at
        FROM records.message m
        JOIN records.request r
          ON r.organisation_id = m.organisation_id AND r.consult_id = m.consult_id
       WHERE true
      """;

  @Override
  String name() {
    return "Communication";
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
    return "m.id";
  }

  @Override
  String scope(Caller caller) {
    return ofConsults(caller, "m");
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        reference("patient", "Patient", "r.patient_id = ANY(?::uuid[])"),
        reference("based-on", "ServiceRequest", "m.consult_id = ANY(?::uuid[])"),
        reference("sender", "Practitioner", "m.author_id = ANY(?::uuid[])"),
        date("sent", "m.sent_at"),
        date("_lastUpdated", "m.sent_at"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row ->
            new Found(
                new ResourceId(row.getUUID("id"), 0),
                Optional.of(new PatientId(row.getUUID("patient_id"))),
                Optional.of("1"),
                Rows.optionalInstant(row, "sent_at"),
                body(row)))
        .toList();
  }

  private static ObjectNode body(Row row) {
    var message = Fhir.resource("Communication").put("language", row.getString("language"));
    Fhir.putOne(message, "basedOn", Fhir.reference("ServiceRequest", row.getUUID("consult_id")));
    if (row.getUUID("reply_to") != null) {
      Fhir.putOne(
          message, "inResponseTo", Fhir.reference("Communication", row.getUUID("reply_to")));
    }
    message.put("status", "completed");
    message.set("subject", Fhir.reference("Patient", row.getUUID("patient_id")));
    message.put("sent", Rows.instant(row, "sent_at").toString());
    message.set("sender", Fhir.reference("Practitioner", row.getUUID("author_id")));
    message.putArray("payload").addObject().put("contentString", row.getString("text"));
    return message;
  }
}
