package org.consilium.platform.events;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.Uuid7;

/** Publishes events in the transaction of the act: both happened, or neither. */
public final class Outbox {
  public static final String CHANNEL = "consilium_outbox";

  private static final String EVENT =
      "INSERT INTO platform.outbox_event (id, name, body, created_at) VALUES ($1, $2, $3, $4)";

  private static final String DELIVERIES =
      """
      INSERT INTO platform.outbox_delivery (event_id, listener, due_at)
      SELECT $1, listener, $3 FROM unnest($2::text[]) AS listener
      """;

  private static final String WAKE = "SELECT pg_notify('" + CHANNEL + "', '')";

  private final Events events;

  public Outbox(Events events) {
    this.events = events;
  }

  /** Tells every listener, at least once, soon after this transaction commits. */
  public void publish(Tx tx, DomainEvent event) {
    List<String> listeners = events.listeners(event.getClass());
    if (listeners.isEmpty()) {
      return;
    }
    var id = Uuid7.next();
    tx.send(
        EVENT, id, event.getClass().getSimpleName(), new JsonObject(Json.text(event)), tx.now());
    tx.send(DELIVERIES, id, listeners, tx.now());
    tx.send(WAKE);
  }
}
