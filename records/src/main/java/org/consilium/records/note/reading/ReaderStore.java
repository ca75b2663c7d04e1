package org.consilium.records.note.reading;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.id.Uuid7;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.RetractionReason;
import org.consilium.records.note.chain.NoteVersion;

/**
 * All SQL about who has read which note and what they are told. Tables: {@code records.note_read},
 * {@code note_reader} (insert only) and {@code note_notice}, from V001__records.sql and
 * V004__notes.sql.
 */
public final class ReaderStore {
  private static final String FIRST_AT_CLINIC =
      """
      INSERT INTO records.note_read (organisation_id, consult_id, note_id, read_by, read_at)
      SELECT organisation_id, consult_id, id, $3, $4 FROM records.note_version n
       WHERE organisation_id = $1 AND consult_id = $2
         AND NOT EXISTS (SELECT FROM records.note_read r
                          WHERE r.organisation_id = n.organisation_id AND r.note_id = n.id)
      ON CONFLICT DO NOTHING
      """;

  private static final String READ =
      """
      INSERT INTO records.note_reader (organisation_id, consult_id, note_id, account_id, read_at)
      SELECT organisation_id, consult_id, id, $3, $4 FROM records.note_version n
       WHERE organisation_id = $1 AND consult_id = $2 AND id = ANY($5::uuid[]) AND author_id <> $3
         AND NOT EXISTS (SELECT FROM records.note_reader r
                          WHERE r.organisation_id = n.organisation_id AND r.note_id = n.id
                            AND r.account_id = $3)
      ON CONFLICT DO NOTHING
      """;

  private static final String READ_ANYWHERE =
      """
      INSERT INTO records.note_reader (organisation_id, consult_id, note_id, account_id, read_at)
      SELECT organisation_id, consult_id, id, $1, $2 FROM records.note_version n
       WHERE id = ANY($3::uuid[]) AND author_id <> $1
         AND NOT EXISTS (SELECT FROM records.note_reader r
                          WHERE r.organisation_id = n.organisation_id AND r.note_id = n.id
                            AND r.account_id = $1)
      ON CONFLICT DO NOTHING
      """;

  /** Whoever has read the amended version or one that adds to it or that it had replaced. */
  private static final String READERS =
      """
      WITH RECURSIVE line AS (
        SELECT $3::uuid AS id
        UNION
        SELECT CASE WHEN v.id = line.id THEN v.amends ELSE v.id END
          FROM line JOIN records.note_version v
            ON v.organisation_id = $1 AND v.consult_id = $2 AND v.kind <> 'retraction'
           AND ((v.id = line.id AND v.kind = 'correction') OR (v.amends = line.id AND v.kind = 'addendum')))
      SELECT DISTINCT r.account_id FROM records.note_reader r JOIN line ON line.id = r.note_id
       WHERE r.organisation_id = $1 AND r.consult_id = $2 AND r.account_id <> $4
      """;

  private static final String TELL =
      """
      INSERT INTO records.note_notice (organisation_id, id, consult_id, note_id, account_id, made_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  private static final String OPEN =
      """
      SELECT t.id, t.consult_id, t.made_at, v.kind, v.reason, v.author->>'name' AS author
        FROM records.note_notice t
        JOIN records.note_version v
          ON v.organisation_id = t.organisation_id AND v.id = t.note_id
       WHERE t.account_id = $1 AND t.known_at IS NULL ORDER BY t.made_at DESC LIMIT 50
      """;

  private static final String KNOWN =
      """
      UPDATE records.note_notice SET known_at = coalesce(known_at, $3) WHERE id = $1 AND account_id = $2
      """;

  /** That something read was changed. */
  public record Notice(
      UUID id,
      ConsultId consultId,
      NoteKind kind,
      Optional<RetractionReason> reason,
      String author,
      Instant at) {}

  /** Remembers the first time that the clinic opened each note. */
  void readAtClinic(Tx tx, Standing standing) {
    tx.run(FIRST_AT_CLINIC, standing.owner(), standing.consult(), tx.caller().account(), tx.now());
  }

  /** Remembers that the caller has read these. */
  void read(Tx tx, Standing standing, Collection<NoteId> notes) {
    if (!notes.isEmpty()) {
      tx.run(READ, standing.owner(), standing.consult(), tx.caller().account(), tx.now(), notes);
    }
  }

  /** The same for notes of any consults that the caller sees. */
  public void read(Tx tx, Collection<NoteId> notes) {
    if (!notes.isEmpty()) {
      tx.run(READ_ANYWHERE, tx.caller().account(), tx.now(), notes);
    }
  }

  /** Leaves a notice for everybody who has read what {@code version} changes; answers whom. */
  public List<AccountId> tell(Tx tx, Standing standing, NoteVersion version) {
    if (version.amends().isEmpty()) {
      return List.of();
    }
    var readers =
        tx.list(
            READERS,
            row -> new AccountId(row.getUUID("account_id")),
            standing.owner(),
            standing.consult(),
            version.amends().get(),
            tx.caller().account());
    for (var reader : readers) {
      tx.run(
          TELL, standing.owner(), Uuid7.next(), standing.consult(), version.id(), reader, tx.now());
    }
    return readers;
  }

  /** What the caller has not yet said to know, the newest first. */
  List<Notice> open(Tx tx) {
    return tx.list(OPEN, ReaderStore::notice, tx.caller().account());
  }

  /** False when there is no such notice for the caller. */
  boolean known(Tx tx, UUID notice) {
    return tx.run(KNOWN, notice, tx.caller().account(), tx.now()) == 1;
  }

  private static Notice notice(Row row) {
    return new Notice(
        row.getUUID("id"),
        new ConsultId(row.getUUID("consult_id")),
        Wire.parse(NoteKind.class, row.getString("kind")),
        Optional.ofNullable(row.getString("reason"))
            .map(reason -> Wire.parse(RetractionReason.class, reason)),
        row.getString("author"),
        Rows.instant(row, "made_at"));
  }
}
