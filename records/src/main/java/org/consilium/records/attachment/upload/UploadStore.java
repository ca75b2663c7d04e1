package org.consilium.records.attachment.upload;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.records.attachment.Part;

/**
 * All SQL about bytes on their way in. Tables: {@code records.upload}, {@code
 * records.upload_piece}, from V002__attachment.sql.
 */
final class UploadStore {
  private static final String FIND =
      """
      SELECT organisation_id, id, consult_id, attachment_id, part, uploader_id, length, received,
             sha256, state, expires_at
        FROM records.upload WHERE id = $1
      """;

  private static final String LOCK = FIND + " FOR UPDATE";

  private static final String CREATE =
      """
      INSERT INTO records.upload (organisation_id, id, consult_id, attachment_id, part, uploader_id,
                                  length, sha256, begun_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING
      """;

  /** One transfer a part: a newer one takes the place of those that do not go on. */
  private static final String REMOVE_OLDER =
      """
      DELETE FROM records.upload
       WHERE organisation_id = $1 AND attachment_id = $2 AND part = $3 AND id <> $4
         AND state IN ('receiving', 'quarantined')
      """;

  private static final String KEPT_OF_PATIENT =
      """
      SELECT coalesce((SELECT sum(f.bytes) FROM records.attachment a
                         JOIN records.attachment_file f
                           ON f.organisation_id = a.organisation_id AND f.attachment_id = a.id
                        WHERE a.organisation_id = $1 AND a.patient_id = $2), 0)
           + coalesce((SELECT sum(u.length) FROM records.attachment a
                         JOIN records.upload u
                           ON u.organisation_id = a.organisation_id AND u.attachment_id = a.id
                        WHERE a.organisation_id = $1 AND a.patient_id = $2
                          AND u.state IN ('receiving', 'received')), 0) AS bytes
      """;

  private static final String TAKE = "UPDATE records.upload SET writer = $2 WHERE id = $1";

  /** The row and the bytes in one statement: no offset is ever told whose bytes are not kept. */
  private static final String APPEND =
      """
      WITH moved AS (
        UPDATE records.upload SET received = received + length($4::bytea),
               state = CASE WHEN received + length($4::bytea) = length THEN 'received' ELSE state END
         WHERE id = $1 AND writer = $2 AND received = $3 AND state = 'receiving'
        RETURNING organisation_id, id, consult_id)
      INSERT INTO records.upload_piece (organisation_id, upload_id, at, consult_id, data)
      SELECT organisation_id, id, $3, consult_id, $4 FROM moved
      """;

  private static final String TAKE_BACK =
      """
      UPDATE records.upload SET received = $3, state = 'receiving'
       WHERE id = $1 AND writer = $2 AND state IN ('receiving', 'received')
      """;

  private static final String REMOVE_PIECES =
      "DELETE FROM records.upload_piece WHERE upload_id = $1 AND at >= $2";

  private static final String REMOVE = "DELETE FROM records.upload WHERE id = $1";

  Optional<Upload> find(Tx tx, UUID id) {
    return tx.one(FIND, id).map(UploadStore::upload);
  }

  /** Locks the row until the transaction ends: two connections may come with the same bytes. */
  Optional<Upload> lock(Tx tx, UUID id) {
    return tx.one(LOCK, id).map(UploadStore::upload);
  }

  /** False when the id is taken. */
  boolean create(Tx tx, Standing standing, NewUpload upload, Instant expiresAt) {
    return tx.run(
            CREATE,
            standing.owner(),
            upload.id(),
            standing.consult(),
            upload.attachment(),
            upload.part(),
            tx.caller().account(),
            upload.length(),
            upload.sha256(),
            tx.now(),
            expiresAt)
        == 1;
  }

  void removeOlder(Tx tx, Standing standing, NewUpload upload) {
    tx.run(REMOVE_OLDER, standing.owner(), upload.attachment(), upload.part(), upload.id());
  }

  /** Bytes kept or promised for the patient, in all consults. */
  long keptOfPatient(Tx tx, Standing standing) {
    return tx.asServer(() ->
        tx.one(KEPT_OF_PATIENT, standing.owner(), standing.patient())
            .orElseThrow()
            .getBigDecimal("bytes")
            .longValue());
  }

  /** From now on only {@code writer} may append. */
  void take(Tx tx, UUID id, UUID writer) {
    tx.run(TAKE, id, writer);
  }

  /** False when another connection has taken the upload over, or it is gone. */
  boolean append(Tx tx, UUID id, UUID writer, long at, byte[] bytes) {
    return tx.run(APPEND, id, writer, at, bytes) == 1;
  }

  /** Forgets what came from {@code offset} on. */
  void takeBack(Tx tx, UUID id, UUID writer, long offset) {
    if (tx.run(TAKE_BACK, id, writer, offset) == 1) {
      tx.run(REMOVE_PIECES, id, offset);
    }
  }

  void remove(Tx tx, UUID id) {
    tx.run(REMOVE, id);
  }

  private static Upload upload(Row row) {
    var sha256 = row.getBuffer("sha256");
    return new Upload(
        row.getUUID("id"),
        new OrganisationId(row.getUUID("organisation_id")),
        new ConsultId(row.getUUID("consult_id")),
        new AttachmentId(row.getUUID("attachment_id")),
        Wire.parse(Part.class, row.getString("part")),
        new AccountId(row.getUUID("uploader_id")),
        row.getLong("length"),
        row.getLong("received"),
        sha256 == null
            ? Optional.empty()
            : Optional.of(HexFormat.of().formatHex(sha256.getBytes())),
        !row.getString("state").equals("receiving"),
        Rows.instant(row, "expires_at"));
  }
}
