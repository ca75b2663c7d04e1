package org.consilium.platform.database;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Throws away what has served: nothing that anybody could still ask for. */
public final class Housekeeping {
  /** A device may be offline for three days and send again what it could not send. */
  private static final Duration ANSWERS_KEPT = Duration.ofHours(72);

  /** Long enough to see what was delivered last week; parked ones stay until somebody looks. */
  private static final Duration EVENTS_KEPT = Duration.ofDays(7);

  private static final Duration SIGN_IN_FAILURES_KEPT = Duration.ofDays(1);
  private static final Duration LETTERS_KEPT = Duration.ofDays(30);
  private static final Duration SESSIONS_KEPT = Duration.ofDays(30);

  /** What a device has kept unsent for so long nobody waits for. */
  private static final Duration VAULTS_KEPT = Duration.ofDays(400);

  /** Each takes the moment before which rows have served. */
  private static final Map<String, Duration> STATEMENTS = new LinkedHashMap<>();

  static {
    STATEMENTS.put("DELETE FROM platform.idempotent_answer WHERE answered_at < $1", ANSWERS_KEPT);
    STATEMENTS.put(
        """
        DELETE FROM platform.outbox_event e
         WHERE e.created_at < $1
           AND NOT EXISTS (SELECT FROM platform.outbox_delivery d
                            WHERE d.event_id = e.id AND d.done_at IS NULL)
        """,
        EVENTS_KEPT);
    STATEMENTS.put(
        "DELETE FROM platform.sign_in_failure WHERE last_at < $1", SIGN_IN_FAILURES_KEPT);
    STATEMENTS.put("DELETE FROM platform.letter WHERE ended_at < $1", LETTERS_KEPT);
    STATEMENTS.put("DELETE FROM platform.text_message WHERE ended_at < $1", LETTERS_KEPT);
    STATEMENTS.put("DELETE FROM platform.session WHERE expires_at < $1", SESSIONS_KEPT);
    STATEMENTS.put("DELETE FROM platform.refresh_token WHERE expires_at < $1", SESSIONS_KEPT);
    STATEMENTS.put("DELETE FROM platform.device_vault WHERE seen_at < $1", VAULTS_KEPT);
    STATEMENTS.put("DELETE FROM platform.known_device WHERE last_at < $1", VAULTS_KEPT);
  }

  private final Database database;

  public Housekeeping(Database database) {
    this.database = database;
  }

  /** Sweeps once, each kind in a transaction of its own; answers how many rows went. */
  public int sweep() {
    int gone = 0;
    for (var statement : STATEMENTS.entrySet()) {
      gone +=
          database.asWorker(tx -> tx.run(statement.getKey(), tx.now().minus(statement.getValue())));
    }
    return gone;
  }
}
