package org.consilium.records.thread;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MessageId;

/** All SQL about messages. Table: {@code records.message} (insert only), V001__records.sql. */
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

  /** Oldest first. */
  List<Message> thread(Tx tx, Standing standing) {
    return tx.list(THREAD, MessageStore::message, standing.owner(), standing.consult());
  }

  Optional<Message> find(Tx tx, Standing standing, MessageId id) {
    return tx.one(FIND, standing.owner(), standing.consult(), id).map(MessageStore::message);
  }

  /** False when the owner's records hold this id already. */
  boolean add(Tx tx, Standing standing, NewMessage message, Relation relation) {
    return tx.run(
            ADD,
            standing.owner(),
            message.id(),
            standing.consult(),
            tx.caller().account(),
            tx.caller().role(),
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
        List.of());
  }
}
