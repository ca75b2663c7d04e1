package org.consilium.platform.audit;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.PersonRef;

/** "Who looked at this patient?" for the organisation that owns the patient. */
public final class AuditRoutes {
  private static final int PAGE = 50;

  private static final String LIST =
      """
      SELECT id, at, actor_id, actor_name, role, action, consult_id, patient_id, subject, outcome,
             request_id
        FROM platform.audit_event
       WHERE organisation_id = $1 AND ($2::uuid IS NULL OR consult_id = $2)
         AND ($3::uuid IS NULL OR patient_id = $3) AND id < $4
       ORDER BY id DESC LIMIT $5
      """;

  private final Audit audit;

  public AuditRoutes(Audit audit) {
    this.audit = audit;
  }

  public Routes addTo(Routes routes) {
    return routes.operation("listAuditEvents", this::list);
  }

  private record Event(
      long id,
      Instant at,
      PersonRef actor,
      String role,
      String action,
      UUID consultId,
      UUID patientId,
      String subject,
      String outcome,
      String requestId) {}

  private record Page(List<Event> items, String nextCursor) {}

  private Answer list(Call call) {
    int limit = call.queryNumber("limit").orElse(PAGE);
    var items =
        call.tx()
            .list(
                LIST,
                AuditRoutes::event,
                call.caller().organisation(),
                call.queryId("consultId"),
                call.queryId("patientId"),
                call.query("cursor").map(AuditRoutes::cursor).orElse(Long.MAX_VALUE),
                limit);
    audit.append(call.tx(), "audit.read", Subject.none());
    boolean more = items.size() == limit;
    return Answer.ok(new Page(items, more ? Long.toString(items.getLast().id()) : null));
  }

  private static long cursor(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Refusal(400, "malformed", "This cursor was not given out by the server.");
    }
  }

  private static Event event(Row row) {
    var actor =
        Optional.ofNullable(row.getUUID("actor_id"))
            .map(id -> new PersonRef(new AccountId(id), row.getString("actor_name")));
    return new Event(
        row.getLong("id"),
        Rows.instant(row, "at"),
        actor.orElse(null),
        row.getString("role"),
        row.getString("action"),
        row.getUUID("consult_id"),
        row.getUUID("patient_id"),
        row.getString("subject"),
        row.getString("outcome"),
        row.getString("request_id"));
  }
}
