package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;

/** Communication, from {@code records.message}: what was written in the thread of a consult. */
final class CommunicationType extends ConsultRecordType {
  private static final String SELECT =
      """
      SELECT m.id, m.consult_id, r.patient_id, m.author_id, m.text, m.language, m.reply_to, m.sent_at
        FROM records.message m
        JOIN records.request r
          ON r.organisation_id = m.organisation_id AND r.consult_id = m.consult_id
       WHERE true
      """;

  CommunicationType() {
    super("m");
  }

  @Override
  String name() {
    return "Communication";
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
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("r.patient_id"),
        reference("based-on", "ServiceRequest", "m.consult_id = ANY(?::uuid[])"),
        reference("sender", "Practitioner", "m.author_id = ANY(?::uuid[])"),
        date("sent", "m.sent_at"),
        date("_lastUpdated", "m.sent_at"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row ->
            Found.unchanging(new ResourceId(row.getUUID("id"), 0), row, "sent_at", body(row)))
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
