package org.consilium.platform.text;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Row;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.Uuid7;
import org.consilium.platform.text.TextGateway.Sending;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Short messages through a gateway: each a row, claimed by one node, handed over with no
 * transaction open, and marked. Between handing over and marking a crash sends it twice, under the
 * same id. Without a gateway nothing is written down and nothing sent. Table: {@code
 * platform.text_message}, from V008__text.sql.
 */
public final class TextQueue implements TextMessages {
  private static final Logger LOG = LoggerFactory.getLogger(TextQueue.class);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final int DOUBLINGS_MAX = 6;

  /** More than that in one go and the next look takes the rest. */
  private static final int MESSAGES_MAX = 200;

  private static final String INSERT =
      """
      INSERT INTO platform.text_message (id, key, account_id, purpose, number, body, created_at,
                                         due_at, until_at, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting')
      ON CONFLICT (key, account_id) DO NOTHING
      """;
  private static final String LAPSE =
      """
      UPDATE platform.text_message SET state = 'lapsed', ended_at = $1, body = ''
       WHERE state = 'waiting' AND until_at <= $1
      """;
  // Counted as tried before it is: a server killed in between tries again after the pause.
  private static final String CLAIM =
      """
      WITH taken AS (
        UPDATE platform.text_message SET due_at = $2, attempts = attempts + 1
         WHERE id = (SELECT id FROM platform.text_message WHERE state = 'waiting' AND due_at <= $1
                      ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING *)
      SELECT t.id, t.body, t.attempts, coalesce(t.number, p.number) AS number
        FROM taken t JOIN platform.account a ON a.id = t.account_id
        LEFT JOIN platform.phone_number p ON p.account_id = t.account_id AND a.active
      """;
  private static final String END =
      """
      UPDATE platform.text_message SET state = $2, ended_at = $3, error = $4, body = ''
       WHERE id = $1 AND state = 'waiting'
      """;
  private static final String AGAIN =
      "UPDATE platform.text_message SET due_at = $2, error = $3 WHERE id = $1";
  private static final String COUNT =
      """
      SELECT count(*) FROM platform.text_message
       WHERE account_id = $1 AND purpose = $2 AND created_at > $3
      """;

  private enum State implements Wire {
    SENT,
    REFUSED,
    UNADDRESSED
  }

  private record Claimed(UUID id, String text, int attempts, Optional<String> number) {}

  private final Database database;
  private final Optional<TextGateway> gateway;
  private final MeterRegistry metrics;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param gateway who hands messages on; none and no message is sent
   */
  public TextQueue(Database database, Optional<TextGateway> gateway, MeterRegistry metrics) {
    this.database = database;
    this.gateway = gateway;
    this.metrics = metrics;
  }

  @Override
  public boolean sends() {
    return gateway.isPresent();
  }

  /** Who hands messages on, both ways. */
  public Optional<TextGateway> gateway() {
    return gateway;
  }

  @Override
  public void send(Tx tx, TextMessage message) {
    write(tx, message, Optional.empty());
  }

  /** The same to a number that is not the account's own yet. */
  void sendTo(Tx tx, TextMessage message, String number) {
    write(tx, message, Optional.of(number));
  }

  private void write(Tx tx, TextMessage message, Optional<String> number) {
    if (gateway.isEmpty() || !message.until().isAfter(tx.now())) {
      return;
    }
    tx.asServer(() ->
        tx.run(
            INSERT,
            Uuid7.next(),
            message.key(),
            message.to(),
            message.purpose(),
            number,
            message.text(),
            tx.now(),
            message.due(),
            message.until()));
  }

  /** How many of this purpose a person was sent since. */
  int countSince(Tx tx, AccountId account, String purpose, Instant since) {
    return tx.one(COUNT, account, purpose, since).orElseThrow().getInteger(0);
  }

  /** Hands over what is due, and says how many messages went out. Not on an event loop. */
  public int runDue() {
    if (gateway.isEmpty()) {
      return 0;
    }
    count("lapsed", database.asWorker(tx -> tx.run(LAPSE, tx.now())));
    int sent = 0;
    for (int tried = 0; tried < MESSAGES_MAX; tried++) {
      var claimed =
          database.asWorker(
              tx -> tx.one(CLAIM, tx.now(), tx.now().plus(FIRST_PAUSE)).map(TextQueue::claimed));
      if (claimed.isEmpty()) {
        break;
      }
      sent += deliver(claimed.get()) ? 1 : 0;
    }
    return sent;
  }

  private boolean deliver(Claimed message) {
    if (message.number().isEmpty()) {
      end(message, State.UNADDRESSED, Optional.empty());
      return false;
    }
    return switch (gateway
        .orElseThrow()
        .send(http, message.id(), message.number().get(), message.text())) {
      case Sending.Sent _ -> {
        end(message, State.SENT, Optional.empty());
        yield true;
      }
      case Sending.Refused(var reason) -> {
        LOG.warn("Text message {} was refused for good: {}", message.id(), reason);
        end(message, State.REFUSED, Optional.of(reason));
        yield false;
      }
      case Sending.Later(var reason) -> {
        LOG.warn("Text message {} is tried again: {}", message.id(), reason);
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(message.attempts() - 1, DOUBLINGS_MAX));
        database.asWorker(tx -> tx.run(AGAIN, message.id(), tx.now().plus(pause), reason));
        count("waiting", 1);
        yield false;
      }
    };
  }

  private void end(Claimed message, State state, Optional<String> error) {
    database.asWorker(tx -> tx.run(END, message.id(), state, tx.now(), error));
    count(state.wire(), 1);
  }

  private void count(String outcome, int messages) {
    metrics.counter("text.messages", "outcome", outcome).increment(messages);
  }

  private static Claimed claimed(Row row) {
    return new Claimed(
        row.getUUID("id"),
        row.getString("body"),
        row.getInteger("attempts"),
        Optional.ofNullable(row.getString("number")));
  }
}
