package org.consilium.records.thread;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MessageId;
import org.consilium.platform.identity.Role;

/**
 * All SQL about messages. Tables: {@code records.message}, from V001__records.sql, and {@code
 * records.message_seen}, from V006__consent.sql; both insert only.
 */
public final class MessageStore {
  private static final String COLUMNS =
      """
      SELECT id, author_id, author_role, text, language, reply_to, sent_at FROM records.message
      """;

  private static final String THREAD =
      COLUMNS + " WHERE organisation_id = $1 AND consult_id = $2 ORDER BY seq";

  private static final String FIND =
      COLUMNS + " WHERE organisation_id = $1 AND consult_id = $2 AND id = $3";

  private static final String ADD =
      """
      INSERT INTO records.message (organisation_id, id, consult_id, author_id, author_role, relation,
                                   text, language, reply_to, written_at, sent_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING
      """;

  /** Everything by others up to and with that message that the caller had not seen. */
  private static final String SEE =
      """
      INSERT INTO records.message_seen (organisation_id, consult_id, message_id, account_id, seen_at)
      SELECT m.organisation_id, m.consult_id, m.id, $4, $5 FROM records.message m
       WHERE m.organisation_id = $1 AND m.consult_id = $2 AND m.author_id <> $4
         AND m.seq <= (SELECT seq FROM records.message WHERE organisation_id = $1 AND id = $3)
      ON CONFLICT DO NOTHING
      """;

  private static final String SEEN =
      """
      SELECT message_id, account_id, seen_at FROM records.message_seen
       WHERE organisation_id = $1 AND consult_id = $2 ORDER BY seen_at, account_id
      """;

  /** Answers how many the caller had not seen before. */
  int see(Tx tx, Standing standing, MessageId upTo) {
    return tx.run(SEE, standing.owner(), standing.consult(), upTo, tx.caller().account(), tx.now());
  }

  /** Who has seen which message of the consult. */
  Map<MessageId, List<Message.Seen>> seen(Tx tx, Standing standing) {
    return tx.list(SEEN, row -> row, standing.owner(), standing.consult()).stream()
        .collect(
            Collectors.groupingBy(
                row -> new MessageId(row.getUUID("message_id")),
                Collectors.mapping(
                    row ->
                        new Message.Seen(
                            new AccountId(row.getUUID("account_id")), Rows.instant(row, "seen_at")),
                    Collectors.toList())));
  }

  /** Oldest first. */
  List<Message> thread(Tx tx, Standing standing) {
    return tx.list(THREAD, MessageStore::message, standing.owner(), standing.consult());
  }

  Optional<Message> find(Tx tx, Standing standing, MessageId id) {
    return tx.one(FIND, standing.owner(), standing.consult(), id).map(MessageStore::message);
  }

  /** False when the owner's records hold this id already. */
  boolean add(
      Tx tx,
      Standing standing,
      NewMessage message,
      AccountId author,
      Role role,
      Relation relation) {
    return tx.run(
            ADD,
            standing.owner(),
            message.id(),
            standing.consult(),
            author,
            role,
            relation,
            message.text(),
            message.language(),
            message.replyTo(),
            message.writtenAt(),
            tx.now())
        == 1;
  }

  private static Message message(Row row) {
    return new Message(
        new MessageId(row.getUUID("id")),
        new AccountId(row.getUUID("author_id")),
        row.getString("author_role"),
        row.getString("text"),
        row.getString("language"),
        Optional.ofNullable(row.getUUID("reply_to")).map(MessageId::new),
        Rows.instant(row, "sent_at"),
        List.of(),
        List.of());
  }
}
