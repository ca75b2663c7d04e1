package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.Uuid7;
import org.consilium.platform.identity.Directory;

/** Communication, from {@code records.message}: what was written in the thread of a consult. */
final class CommunicationType extends ConsultRecordType implements Creates {
  private static final String SELECT =
      """
      SELECT m.id, m.consult_id, r.patient_id, m.author_id, m.text, m.language, m.reply_to, m.sent_at
        FROM records.message m
        JOIN records.request r
          ON r.organisation_id = m.organisation_id AND r.consult_id = m.consult_id
       WHERE true
      """;

  private final Directory directory;

  CommunicationType(Directory directory) {
    super("m");
    this.directory = directory;
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

  /** A message in the thread of the request that it is based on. */
  @Override
  public ResourceId create(Write write, Given given) {
    var consult =
        write.reference(
            given.at("basedOn"), "ServiceRequest", "Say which request this message is about.");
    var patient = write.reference(given.at("subject"), "Patient", "");
    write.mustBeCaller(given.at("sender"));
    if (!given.says("status", "completed")) {
      write.fault(given.at("status"), "Only what was sent is kept, as completed.");
    }
    var id = Uuid7.next();
    var command = new Command();
    command.body().put("id", id.toString());
    text(write, given, command);
    language(write, given, command);
    write
        .reference(given.at("inResponseTo"), "Communication", "")
        .ifPresent(to -> command.put("/replyTo", to.toString(), given.at("inResponseTo")));
    Moment.of(given.at("sent"))
        .ifPresent(at -> command.put("/writtenAt", at.toString(), given.at("sent")));
    write.check();
    write.mustBeOf(consult.get(), patient, given.at("subject"));
    var path = Map.of("consultId", consult.get().toString());
    write.perform("postMessage", path, Optional.empty(), command);
    return new ResourceId(id, 0);
  }

  /** The texts one below the other; files of the consult are named. */
  private static void text(Write write, Given given, Command command) {
    var texts = new ArrayList<String>();
    for (var payload : given.all("payload").toList()) {
      payload.text("contentString").ifPresent(texts::add);
      var file = payload.at("contentReference");
      if (file.isThere()) {
        write
            .reference(file, "DocumentReference", "")
            .ifPresent(id -> command.add("/attachments", new TextNode(id.toString()), file));
      }
    }
    command.expect("/text", "Communication.payload");
    command.body().put("text", String.join("\n", texts));
  }

  /** What the message is written in; without a word of it, what its author speaks. */
  private void language(Write write, Given given, Command command) {
    var language =
        given
            .text("language")
            .orElseGet(() -> directory.person(write.tx(), write.caller().account()).language());
    command.put("/language", language, given.at("language"));
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
