package org.consilium.platform.events;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events from the outbox to their listeners. Several may run at once, on one node or many:
 * a delivery is claimed by its row lock, so nobody does the same one at the same time.
 */
public final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** After this many failures a delivery is parked for a person to look at. */
  private static final int ATTEMPTS_MAX = 12;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private static final String CLAIM =
      """
      SELECT d.event_id, d.listener, d.attempts, e.body
        FROM platform.outbox_delivery d JOIN platform.outbox_event e ON e.id = d.event_id
       WHERE d.done_at IS NULL AND NOT d.parked AND d.due_at <= $1
       ORDER BY d.due_at, d.event_id LIMIT 1 FOR UPDATE OF d SKIP LOCKED
      """;

  private static final String DONE =
      "UPDATE platform.outbox_delivery SET done_at = $3 WHERE event_id = $1 AND listener = $2";

  private static final String FAILED =
      """
      UPDATE platform.outbox_delivery
         SET attempts = attempts + 1, due_at = $3, error = $4, parked = attempts + 1 >= $5
       WHERE event_id = $1 AND listener = $2 AND done_at IS NULL
      RETURNING parked
      """;

  private final Database database;
  private final Events events;
  private final InstantSource clock;

  public Delivery(Database database, Events events, InstantSource clock) {
    this.database = database;
    this.events = events;
    this.clock = clock;
  }

  private record Claim(UUID event, String listener, int attempts) {}

  private static final class ListenerFailed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Claim claim;

    ListenerFailed(Claim claim, Throwable cause) {
      super(cause);
      this.claim = claim;
    }
  }

  /** Delivers all that is due now; answers how many deliveries succeeded. */
  public int deliverDue() {
    int delivered = 0;
    while (true) {
      var claimed = new AtomicReference<Claim>();
      try {
        if (database.asWorker(tx -> deliverOne(tx, claimed)).isEmpty()) {
          return delivered;
        }
        delivered++;
      } catch (ListenerFailed failure) {
        postpone(failure);
      } catch (RuntimeException refused) {
        // A commit can fail too, at a deferred constraint: it must not come first for ever.
        if (claimed.get() == null) {
          throw refused;
        }
        postpone(new ListenerFailed(claimed.get(), refused));
      }
    }
  }

  private Optional<Claim> deliverOne(Tx tx, AtomicReference<Claim> claimed) {
    return tx.one(CLAIM, tx.now())
        .map(row -> {
          var claim =
              new Claim(
                  row.getUUID("event_id"), row.getString("listener"), row.getInteger("attempts"));
          claimed.set(claim);
          return deliver(tx, claim, row);
        });
  }

  private Claim deliver(Tx tx, Claim claim, Row row) {
    try {
      var listener = events.named(claim.listener());
      if (listener == null) {
        throw new IllegalStateException("no listener " + claim.listener() + " in this build");
      }
      listener.tell(tx, row.getJsonObject("body").encode());
      tx.run(DONE, claim.event(), claim.listener(), tx.now());
      return claim;
    } catch (RuntimeException | Error e) {
      throw new ListenerFailed(claim, e);
    }
  }

  private void postpone(ListenerFailed failure) {
    var claim = failure.claim;
    boolean parked =
        database.asWorker(tx ->
            tx.one(
                    FAILED,
                    claim.event(),
                    claim.listener(),
                    again(claim.attempts()),
                    String.valueOf(failure.getCause()),
                    ATTEMPTS_MAX)
                .map(row -> row.getBoolean("parked"))
                .orElse(false));
    LOG.atLevel(parked ? org.slf4j.event.Level.ERROR : org.slf4j.event.Level.WARN)
        .setCause(failure.getCause())
        .log("Event {} failed at {}{}", claim.event(), claim.listener(), parked ? ", parked" : "");
  }

  private Instant again(int attempts) {
    var wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts, 20));
    return clock.instant().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
  }
}
