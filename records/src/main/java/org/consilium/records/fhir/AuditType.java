package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;

/**
 * AuditEvent, from {@code platform.audit_event}: the trail of an organisation, for its data
 * officers. Reading it leaves a line in it too.
 */
final class AuditType extends ResourceType {
  private static final String TYPES = "http://terminology.hl7.org/CodeSystem/audit-event-type";
  private static final String ACTIONS = "urn:consilium:action";

  /** Reads, and everything else that was done; finer words are the subtype's. */
  private static final String ACTION =
      "CASE WHEN e.action ~ '[.](read|list|search|print|read-retracted)$' THEN 'R' ELSE 'E' END";

  private static final String SELECT =
      """
      SELECT e.id, e.at, e.organisation_id, e.actor_id, e.actor_name, e.role, e.action, e.consult_id,
             e.patient_id, e.subject, e.request_id, :action AS kind
        FROM platform.audit_event e WHERE true
      """
          .replace(":action", ACTION);

  private final Platform platform;

  AuditType(Platform platform) {
    this.platform = platform;
  }

  @Override
  String name() {
    return "AuditEvent";
  }

  @Override
  Set<Role> readers() {
    return Set.of(Role.DATA_OFFICER);
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "e.id";
  }

  /** The rows are numbered. */
  @Override
  Object keyValue(UUID key) {
    return key.getLeastSignificantBits();
  }

  /** Nobody else's, by whichever door. */
  @Override
  String scope(Caller caller) {
    return readers().contains(caller.role())
        ? "e.organisation_id = platform.current_organisation()"
        : "false";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        reference("patient", "Patient", "e.patient_id = ANY(?::uuid[])"),
        reference("entity", "ServiceRequest", "e.consult_id = ANY(?::uuid[])"),
        reference("agent", "Practitioner", "e.actor_id = ANY(?::uuid[])"),
        token("action", ACTION + " = ANY(?)"),
        token("subtype", "e.action = ANY(?)"),
        date("date", "e.at"));
  }

  @Override
  void remember(Tx tx, List<Row> rows) {
    platform.audit().append(tx, "audit.read", Subject.none());
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row ->
            new Found(
                new ResourceId(new UUID(0, row.getLong("id")), 0),
                Optional.empty(),
                Optional.of("1"),
                Rows.optionalInstant(row, "at"),
                body(row)))
        .toList();
  }

  private static ObjectNode body(Row row) {
    var event = Fhir.resource("AuditEvent");
    event.set("type", Fhir.coding(TYPES, "rest", "RESTful Operation"));
    event
        .putArray("subtype")
        .addObject()
        .put("system", ACTIONS)
        .put("code", row.getString("action"));
    event.put("action", row.getString("kind"));
    event.put("recorded", Rows.instant(row, "at").toString());
    event.put("outcome", "0");
    var agent = event.putArray("agent").addObject();
    Fhir.putOne(agent, "role", Fhir.text(row.getString("role")));
    if (row.getUUID("actor_id") != null) {
      agent.set("who", Fhir.reference("Practitioner", row.getUUID("actor_id")));
    }
    Fhir.put(agent, "name", Optional.ofNullable(row.getString("actor_name")));
    agent.put("requestor", row.getUUID("actor_id") != null);
    var source = event.putObject("source");
    source.set("observer", Fhir.reference("Organization", row.getUUID("organisation_id")));
    var entities = entities(row);
    if (!entities.isEmpty()) {
      event.set("entity", entities);
    }
    return event;
  }

  private static ArrayNode entities(Row row) {
    var entities = Fhir.array();
    if (row.getUUID("patient_id") != null) {
      entities.addObject().set("what", Fhir.reference("Patient", row.getUUID("patient_id")));
    }
    if (row.getUUID("consult_id") != null) {
      entities.addObject().set("what", Fhir.reference("ServiceRequest", row.getUUID("consult_id")));
    }
    for (var name : new String[] {"subject", "request_id"}) {
      if (row.getString(name) != null) {
        entities.addObject().put("name", row.getString(name)).put("description", name);
      }
    }
    return entities;
  }
}
