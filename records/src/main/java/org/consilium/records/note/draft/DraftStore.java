package org.consilium.records.note.draft;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.NoteId;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;

/**
 * All SQL about drafts of notes; each author's own alone. Table: {@code records.note_draft}, from
 * V001__records.sql and V004__notes.sql.
 */
public final class DraftStore {
  private static final String OWN =
      """
      SELECT id, device_id, kind, amends, late, revision, content, saved_at FROM records.note_draft
       WHERE organisation_id = $1 AND consult_id = $2 AND author_id = $3
      """;

  private static final String LIST = OWN + " ORDER BY saved_at DESC, id";

  private static final String LOCK = OWN + " AND id = $4 FOR UPDATE";

  private static final String ADD =
      """
      INSERT INTO records.note_draft (organisation_id, consult_id, author_id, id, device_id, kind,
                                      amends, late, revision, content, saved_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10)
      """;

  private static final String SAVE =
      """
      UPDATE records.note_draft SET device_id = $5, revision = $6, content = $7, saved_at = $8
       WHERE organisation_id = $1 AND consult_id = $2 AND author_id = $3 AND id = $4
      """;

  private static final String DROP =
      """
      DELETE FROM records.note_draft
       WHERE organisation_id = $1 AND consult_id = $2 AND author_id = $3 AND id = $4
      """;

  private static final String PROPOSE =
      """
      UPDATE records.note_draft SET kind = 'addendum', amends = $4, late = true
       WHERE organisation_id = $1 AND consult_id = $2 AND author_id = $3 AND kind = 'note'
      """;

  /** The caller's own drafts, the newest first. */
  public List<Draft> own(Tx tx, Standing standing) {
    return tx.list(
        LIST, DraftStore::draft, standing.owner(), standing.consult(), tx.caller().account());
  }

  /** The caller's own draft, locked until the transaction ends. */
  public Optional<Draft> lock(Tx tx, Standing standing, UUID id) {
    return tx.one(LOCK, standing.owner(), standing.consult(), tx.caller().account(), id)
        .map(DraftStore::draft);
  }

  void add(Tx tx, Standing standing, UUID id, Draft.Typed typed, boolean late) {
    tx.run(
        ADD,
        standing.owner(),
        standing.consult(),
        tx.caller().account(),
        id,
        typed.deviceId(),
        typed.kind(),
        typed.amends(),
        late,
        json(typed.content()),
        tx.now());
  }

  void save(Tx tx, Standing standing, UUID id, int revision, Draft.Typed typed) {
    tx.run(
        SAVE,
        standing.owner(),
        standing.consult(),
        tx.caller().account(),
        id,
        typed.deviceId(),
        revision,
        json(typed.content()),
        tx.now());
  }

  /** It was signed, or its author has thrown it away. */
  public void drop(Tx tx, Standing standing, UUID id) {
    tx.run(DROP, standing.owner(), standing.consult(), tx.caller().account(), id);
  }

  /** What else the caller had typed for the note just signed becomes a proposal for an addendum. */
  public void proposeAsAddenda(Tx tx, Standing standing, NoteId signed) {
    tx.run(PROPOSE, standing.owner(), standing.consult(), tx.caller().account(), signed);
  }

  private static JsonObject json(NoteContent content) {
    return new JsonObject(Json.text(content));
  }

  private static Draft draft(Row row) {
    return new Draft(
        row.getUUID("id"),
        row.getUUID("device_id"),
        Wire.parse(NoteKind.class, row.getString("kind")),
        Optional.ofNullable(row.getUUID("amends")).map(NoteId::new),
        row.getBoolean("late"),
        row.getInteger("revision"),
        Rows.json(row, "content", NoteContent.class),
        Rows.instant(row, "saved_at"));
  }
}
