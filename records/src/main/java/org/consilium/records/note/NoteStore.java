package org.consilium.records.note;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.NoteId;

/**
 * All SQL about notes. Tables: {@code records.note_draft}, {@code note_version} and {@code
 * note_read} (insert only), from V001__records.sql.
 */
public final class NoteStore {
  private static final String DRAFT =
      """
      SELECT revision, content, saved_at FROM records.note_draft
       WHERE organisation_id = $1 AND consult_id = $2 AND author_id = $3
      """;

  private static final String LOCK_DRAFT = DRAFT + " FOR UPDATE";

  private static final String ADD_DRAFT =
      """
      INSERT INTO records.note_draft (organisation_id, consult_id, author_id, revision, content,
                                      saved_at)
      VALUES ($1, $2, $3, 1, $4, $5) ON CONFLICT DO NOTHING
      """;

  private static final String SAVE_DRAFT =
      """
      UPDATE records.note_draft SET revision = $4, content = $5, saved_at = $6
       WHERE organisation_id = $1 AND consult_id = $2 AND author_id = $3
      """;

  private static final String DROP_DRAFT =
      """
      DELETE FROM records.note_draft
       WHERE organisation_id = $1 AND consult_id = $2 AND author_id = $3
      """;

  /** Two specialists may sign at once; the chain takes them one after the other. */
  private static final String ONE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtextextended('note|' || $1, 0))";

  private static final String COLUMNS =
      """
      SELECT n.id, n.version, n.content, n.draft_revision, n.author, n.signed_at, n.canonical,
             n.previous_sha256, n.sha256, n.signature, n.key_id, r.read_at
        FROM records.note_version n
        LEFT JOIN records.note_read r ON r.organisation_id = n.organisation_id AND r.note_id = n.id
       WHERE n.organisation_id = $1 AND n.consult_id = $2
      """;

  private static final String SIGNED = COLUMNS + " ORDER BY n.version DESC";

  private static final String LAST = SIGNED + " LIMIT 1";

  private static final String SIGN =
      """
      INSERT INTO records.note_version (organisation_id, id, consult_id, version, author_id, author,
          content, draft_revision, canonical, previous_sha256, sha256, signature, key_id, signed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """;

  private static final String READ =
      """
      INSERT INTO records.note_read (organisation_id, consult_id, note_id, read_by, read_at)
      SELECT organisation_id, consult_id, id, $3, $4 FROM records.note_version n
       WHERE organisation_id = $1 AND consult_id = $2
         AND NOT EXISTS (SELECT FROM records.note_read r
                          WHERE r.organisation_id = n.organisation_id AND r.note_id = n.id)
      ON CONFLICT DO NOTHING
      """;

  /** The caller's own draft. */
  Optional<Note.Draft> draft(Tx tx, Standing standing) {
    return tx.one(DRAFT, standing.owner(), standing.consult(), tx.caller().account())
        .map(NoteStore::draft);
  }

  Optional<Note.Draft> lockDraft(Tx tx, Standing standing) {
    return tx.one(LOCK_DRAFT, standing.owner(), standing.consult(), tx.caller().account())
        .map(NoteStore::draft);
  }

  /** False when another device of the same author was first. */
  boolean addDraft(Tx tx, Standing standing, NoteContent content) {
    return tx.run(
            ADD_DRAFT,
            standing.owner(),
            standing.consult(),
            tx.caller().account(),
            json(content),
            tx.now())
        == 1;
  }

  void saveDraft(Tx tx, Standing standing, int revision, NoteContent content) {
    tx.run(
        SAVE_DRAFT,
        standing.owner(),
        standing.consult(),
        tx.caller().account(),
        revision,
        json(content),
        tx.now());
  }

  void dropDraft(Tx tx, Standing standing) {
    tx.run(DROP_DRAFT, standing.owner(), standing.consult(), tx.caller().account());
  }

  void lockChain(Tx tx, Standing standing) {
    tx.rows(ONE_AT_A_TIME, standing.consult().toString());
  }

  /** Signed notes, the newest first. */
  List<Note.Signed> signed(Tx tx, Standing standing) {
    return tx.list(SIGNED, NoteStore::signed, standing.owner(), standing.consult());
  }

  Optional<Note.Signed> last(Tx tx, Standing standing) {
    return tx.one(LAST, standing.owner(), standing.consult()).map(NoteStore::signed);
  }

  void sign(Tx tx, Standing standing, Note.Signed note) {
    tx.run(
        SIGN,
        standing.owner(),
        note.id(),
        standing.consult(),
        note.version(),
        note.author().id(),
        json(note.author()),
        json(note.content()),
        note.draftRevision(),
        note.canonical(),
        note.previousSha256(),
        note.sha256(),
        note.signature(),
        note.keyId(),
        note.signedAt());
  }

  /** Remembers the first time that the clinic opened each note. */
  void markRead(Tx tx, Standing standing) {
    tx.run(READ, standing.owner(), standing.consult(), tx.caller().account(), tx.now());
  }

  private static JsonObject json(Object value) {
    return new JsonObject(Json.text(value));
  }

  private static Note.Draft draft(Row row) {
    return new Note.Draft(
        row.getInteger("revision"),
        Rows.json(row, "content", NoteContent.class),
        Rows.instant(row, "saved_at"));
  }

  private static Note.Signed signed(Row row) {
    return new Note.Signed(
        new NoteId(row.getUUID("id")),
        row.getInteger("version"),
        Rows.json(row, "content", NoteContent.class),
        row.getInteger("draft_revision"),
        Rows.json(row, "author", Note.Author.class),
        Rows.instant(row, "signed_at"),
        row.getBuffer("canonical").getBytes(),
        Optional.ofNullable(row.getBuffer("previous_sha256")).map(Buffer::getBytes),
        row.getBuffer("sha256").getBytes(),
        row.getBuffer("signature").getBytes(),
        row.getString("key_id"),
        Rows.optionalInstant(row, "read_at"));
  }
}
