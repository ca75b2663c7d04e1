package org.consilium.records.attachment.store;

import java.time.Instant;
import java.util.UUID;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.Uuid7;

/**
 * Bytes as rows, so that a backup of the database is a whole backup. Tables: {@code records.blob},
 * {@code records.blob_chunk} (256 kB a row, uncompressed), from V002__attachment.sql.
 */
public final class DatabaseBlobs implements BlobStore {
  private static final String OPEN =
      """
      INSERT INTO records.blob (organisation_id, id, consult_id, attachment_id, made_at)
      VALUES ($1, $2, $3, $4, $5)
      """;

  private static final String APPEND =
      """
      INSERT INTO records.blob_chunk (organisation_id, blob_id, seq, consult_id, data)
      VALUES ($1, $2, $3, $4, $5)
      """;

  private static final String READ =
      """
      SELECT substring(data FROM $4 FOR $5) AS data FROM records.blob_chunk
       WHERE organisation_id = $1 AND blob_id = $2 AND seq = $3
      """;

  private static final String SWEEP =
      """
      DELETE FROM records.blob b
       WHERE b.made_at < $1
         AND NOT EXISTS (SELECT FROM records.attachment_file f
                          WHERE f.organisation_id = b.organisation_id AND f.blob_id = b.id)
      """;

  @Override
  public UUID open(Tx tx, OrganisationId owner, ConsultId consult, AttachmentId attachment) {
    var id = Uuid7.next();
    tx.run(OPEN, owner, id, consult, attachment, tx.now());
    return id;
  }

  @Override
  public void append(
      Tx tx, OrganisationId owner, ConsultId consult, UUID blob, int seq, byte[] chunk) {
    tx.run(APPEND, owner, blob, seq, consult, chunk);
  }

  @Override
  public byte[] read(Tx tx, OrganisationId owner, UUID blob, long at, int most) {
    int seq = (int) (at / CHUNK_BYTES);
    int from = (int) (at % CHUNK_BYTES);
    return tx.one(READ, owner, blob, seq, from + 1, Math.min(most, CHUNK_BYTES - from))
        .map(row -> row.getBuffer("data").getBytes())
        .orElseGet(() -> new byte[0]);
  }

  @Override
  public int sweep(Tx tx, Instant before) {
    return tx.run(SWEEP, before);
  }
}
