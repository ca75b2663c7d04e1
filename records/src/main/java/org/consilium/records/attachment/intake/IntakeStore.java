package org.consilium.records.attachment.intake;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;
import org.consilium.records.attachment.AttachmentState;
import org.consilium.records.attachment.Part;
import org.consilium.records.attachment.Reason;

/**
 * All SQL about files that have come and are looked at. Tables: {@code records.upload}, {@code
 * records.upload_piece}, {@code records.attachment}, {@code records.attachment_file}, from
 * V002__attachment.sql.
 */
final class IntakeStore {
  /** The small parts first: with them a case can be sent. Who died while looking is forgotten. */
  private static final String CLAIM =
      """
      UPDATE records.upload u SET claim = $1, claimed_until = $2, tries = u.tries + 1
        FROM records.request r
       WHERE (u.organisation_id, u.id) = (
               SELECT organisation_id, id FROM records.upload
                WHERE state = 'received' AND (claimed_until IS NULL OR claimed_until < $3)
                ORDER BY length, begun_at LIMIT 1 FOR UPDATE SKIP LOCKED)
         AND r.organisation_id = u.organisation_id AND r.consult_id = u.consult_id
      RETURNING u.organisation_id, u.id, u.consult_id, u.attachment_id, u.part, u.length, u.sha256,
                u.tries, r.site_id
      """;

  private static final String PIECE =
      """
      SELECT at, data FROM records.upload_piece
       WHERE organisation_id = $1 AND upload_id = $2 AND at <= $3 ORDER BY at DESC LIMIT 1
      """;

  private static final String JUDGED =
      """
      UPDATE records.upload SET state = $4, claim = NULL, expires_at = $5
       WHERE organisation_id = $1 AND id = $2 AND claim = $3
      """;

  private static final String REMOVE_PIECES =
      "DELETE FROM records.upload_piece WHERE organisation_id = $1 AND upload_id = $2";

  private static final String SET_STATE =
      """
      UPDATE records.attachment
         SET state = $3, reason = $4, type = $5, camera_taken_at = $6, dicom = $7,
             dicom_identity = $8
       WHERE organisation_id = $1 AND id = $2
      """;

  /** What the server made itself is not replaced by what a client made. */
  private static final String KEEP_FILE =
      """
      INSERT INTO records.attachment_file (organisation_id, attachment_id, part, consult_id, made_by,
          type, shown_inline, bytes, sha256, width, height, blob_id, made_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      ON CONFLICT (organisation_id, attachment_id, part) DO UPDATE
         SET made_by = EXCLUDED.made_by, type = EXCLUDED.type, shown_inline = EXCLUDED.shown_inline,
             bytes = EXCLUDED.bytes, sha256 = EXCLUDED.sha256, width = EXCLUDED.width,
             height = EXCLUDED.height, blob_id = EXCLUDED.blob_id, made_at = EXCLUDED.made_at
       WHERE EXCLUDED.made_by = 'server' OR attachment_file.made_by = 'client'
      """;

  private static final String SWEEP_UPLOADS =
      "DELETE FROM records.upload WHERE expires_at < $1 AND state <> 'received'";

  /** An upload that a worker looks at. */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  record Job(
      OrganisationId owner,
      UUID upload,
      UUID claim,
      ConsultId consult,
      AttachmentId attachment,
      Part part,
      long length,
      Optional<byte[]> sha256,
      int tries,
      SiteId site) {}

  /** What will be served as one part. */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  record NewFile(
      Part part,
      boolean byServer,
      String type,
      boolean shownInline,
      long bytes,
      byte[] sha256,
      Optional<Integer> width,
      Optional<Integer> height,
      UUID blob) {}

  Optional<Job> claim(Tx tx, Duration lease) {
    var claim = UUID.randomUUID();
    return tx.one(CLAIM, claim, tx.now().plus(lease), tx.now()).map(row -> job(row, claim));
  }

  private static Job job(Row row, UUID claim) {
    var sha256 = row.getBuffer("sha256");
    return new Job(
        new OrganisationId(row.getUUID("organisation_id")),
        row.getUUID("id"),
        claim,
        new ConsultId(row.getUUID("consult_id")),
        new AttachmentId(row.getUUID("attachment_id")),
        Wire.parse(Part.class, row.getString("part")),
        row.getLong("length"),
        sha256 == null ? Optional.empty() : Optional.of(sha256.getBytes()),
        row.getInteger("tries"),
        new SiteId(row.getUUID("site_id")));
  }

  /** The bytes of the piece that holds {@code at}, from there on. */
  byte[] piece(Tx tx, Job job, long at) {
    return tx.one(PIECE, job.owner(), job.upload(), at)
        .map(row -> {
          var data = row.getBuffer("data");
          int from = (int) (at - row.getLong("at"));
          return from >= data.length() ? new byte[0] : data.getBytes(from, data.length());
        })
        .orElseGet(() -> new byte[0]);
  }

  /** False when somebody else has taken the job over in the meantime. */
  boolean judged(Tx tx, Job job, boolean keptAside, Duration kept) {
    boolean mine =
        tx.run(
                JUDGED,
                job.owner(),
                job.upload(),
                job.claim(),
                keptAside ? "quarantined" : "judged",
                tx.now().plus(kept))
            == 1;
    if (mine && !keptAside) {
      tx.run(REMOVE_PIECES, job.owner(), job.upload());
    }
    return mine;
  }

  void setState(
      Tx tx,
      Job job,
      AttachmentState state,
      Optional<Reason> reason,
      Optional<String> type,
      Cleaned facts) {
    tx.run(
        SET_STATE,
        job.owner(),
        job.attachment(),
        state,
        reason,
        type,
        facts.takenAt(),
        facts.dicom().map(IntakeStore::json),
        facts.identity().map(IntakeStore::json));
  }

  void keep(Tx tx, Job job, NewFile file) {
    tx.run(
        KEEP_FILE,
        job.owner(),
        job.attachment(),
        file.part(),
        job.consult(),
        file.byServer() ? "server" : "client",
        file.type(),
        file.shownInline(),
        file.bytes(),
        file.sha256(),
        file.width(),
        file.height(),
        file.blob(),
        tx.now());
  }

  /** Throws away uploads that were not finished in time or have served; answers how many. */
  int sweep(Tx tx) {
    return tx.run(SWEEP_UPLOADS, tx.now());
  }

  private static JsonObject json(Object value) {
    return new JsonObject(Json.text(value));
  }
}
