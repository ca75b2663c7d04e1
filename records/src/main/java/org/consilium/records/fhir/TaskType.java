package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;

/** Task, from scheduling's consults: how far a consult is and whom it waits on. */
final class TaskType extends ConsultRecordType {
  private static final String STATUS =
      """
      CASE e.status WHEN 'submitted' THEN 'requested' WHEN 'triaged' THEN 'received'
           WHEN 'offered' THEN 'received' WHEN 'accepted' THEN 'accepted'
           WHEN 'closed' THEN 'completed' WHEN 'withdrawn' THEN 'cancelled'
           ELSE 'in-progress' END\
      """;

  private final String select;

  TaskType(String consults) {
    super("e");
    this.select =
        "SELECT e.*, %s AS task_status FROM (%s) e WHERE true".formatted(STATUS, consults);
  }

  @Override
  String name() {
    return "Task";
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
        reference("focus", "ServiceRequest", "e.consult_id = ANY(?::uuid[])"),
        reference("owner", "Practitioner", "e.specialist_id = ANY(?::uuid[])"),
        reference("requester", "Practitioner", "e.requester_id = ANY(?::uuid[])"),
        token("status", STATUS + " = ANY(?)"),
        token("business-status", "e.status = ANY(?)"),
        date("authored-on", "e.submitted_at"),
        date("modified", "e.changed_at"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream().map(row -> Found.versioned(row, body(row))).toList();
  }

  private static ObjectNode body(Row row) {
    var request = Fhir.reference("ServiceRequest", row.getUUID("consult_id"));
    var task = Fhir.resource("Task");
    Fhir.putOne(task, "basedOn", request);
    task.put("status", row.getString("task_status"));
    if (!row.getString("waiting_on").equals("nobody")) {
      var due = row.getString("due_for");
      task.set(
          "statusReason",
          Fhir.text(
              "Waits on the "
                  + row.getString("waiting_on")
                  + (due == null ? "" : ", for " + due.replace('-', ' '))));
    }
    task.set("businessStatus", Fhir.text(row.getString("status")));
    task.put("intent", "order");
    task.put("description", row.getString("question"));
    task.set("focus", request.deepCopy());
    task.set("for", Fhir.reference("Patient", row.getUUID("patient_id")));
    task.put("authoredOn", Rows.instant(row, "submitted_at").toString());
    task.put("lastModified", Rows.instant(row, "changed_at").toString());
    task.set("requester", Fhir.reference("Practitioner", row.getUUID("requester_id")));
    if (row.getUUID("specialist_id") != null) {
      task.set("owner", Fhir.reference("Practitioner", row.getUUID("specialist_id")));
    }
    task.set("location", Fhir.reference("Location", row.getUUID("site_id")));
    Rows.optionalInstant(row, "due_at")
        .ifPresent(
            at -> task.putObject("restriction").putObject("period").put("end", at.toString()));
    return task;
  }
}
