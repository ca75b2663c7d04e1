package org.consilium.records.attachment;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.MessageId;
import org.consilium.platform.id.OrganisationId;

/**
 * All SQL about what attachments are. Tables: {@code records.attachment}, {@code
 * records.attachment_file}, {@code records.message_attachment}, from V002__attachment.sql.
 */
public final class AttachmentStore {
  private static final String COLUMNS =
      """
      SELECT a.id, a.consult_id, a.kind, a.title, a.body_site, a.laterality, a.caption, a.taken_at,
             a.state, a.reason, a.type, a.camera_taken_at, a.dicom, a.dicom_identity,
             a.original_asked_at, a.added_by, a.added_at, a.version
        FROM records.attachment a
      """;

  private static final String OF_CONSULT =
      COLUMNS + " WHERE a.organisation_id = $1 AND a.consult_id = $2 ORDER BY a.seq";

  private static final String FIND =
      COLUMNS + " WHERE a.organisation_id = $1 AND a.consult_id = $2 AND a.id = $3";

  private static final String LOCK = FIND + " FOR UPDATE";

  private static final String FILES =
      """
      SELECT attachment_id, part, type, shown_inline, bytes, sha256, width, height, blob_id
        FROM records.attachment_file WHERE organisation_id = $1 AND consult_id = $2
         AND ($3::uuid IS NULL OR attachment_id = $3) ORDER BY bytes
      """;

  private static final String UPLOADS =
      """
      SELECT attachment_id, id, part, length, received, state FROM records.upload
       WHERE organisation_id = $1 AND consult_id = $2
         AND ($3::uuid IS NULL OR attachment_id = $3) AND state <> 'judged' ORDER BY begun_at
      """;

  private static final String FULLEST =
      """
      SELECT DISTINCT ON (a.seq) a.id, encode(f.sha256, 'hex') AS sha256
        FROM records.attachment a
        JOIN records.attachment_file f
          ON f.organisation_id = a.organisation_id AND f.attachment_id = a.id
       WHERE a.organisation_id = $1 AND a.consult_id = $2 ORDER BY a.seq, f.bytes DESC
      """;

  private static final String COUNT =
      "SELECT count(*) FROM records.attachment WHERE organisation_id = $1 AND consult_id = $2";

  private static final String ADD =
      """
      INSERT INTO records.attachment (organisation_id, id, consult_id, patient_id, kind, title,
          body_site, laterality, caption, taken_at, added_by, added_at, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1) ON CONFLICT DO NOTHING
      """;

  private static final String REVISE =
      """
      UPDATE records.attachment
         SET kind = $3, title = $4, body_site = $5, laterality = $6, caption = $7, taken_at = $8,
             version = version + 1
       WHERE organisation_id = $1 AND id = $2
      """;

  private static final String REMOVE =
      "DELETE FROM records.attachment WHERE organisation_id = $1 AND id = $2";

  private static final String IS_NAMED =
      """
      SELECT FROM records.message_attachment
       WHERE organisation_id = $1 AND consult_id = $2 AND attachment_id = $3
      """;

  private static final String ASK_ORIGINAL =
      """
      UPDATE records.attachment SET original_asked_at = $3, original_asked_by = $4
       WHERE organisation_id = $1 AND id = $2 AND original_asked_at IS NULL
      """;

  private static final String BEGIN_AGAIN =
      """
      UPDATE records.attachment SET state = 'receiving', reason = NULL
       WHERE organisation_id = $1 AND id = $2 AND state IN ('damaged', 'refused', 'quarantined')
      """;

  private static final String REFUSE =
      """
      UPDATE records.attachment SET state = $3, reason = $4 WHERE organisation_id = $1 AND id = $2
      """;

  private static final String NAME =
      """
      INSERT INTO records.message_attachment (organisation_id, consult_id, message_id, position,
                                              attachment_id)
      VALUES ($1, $2, $3, $4, $5)
      """;

  private static final String NAMED =
      """
      SELECT message_id, attachment_id FROM records.message_attachment
       WHERE organisation_id = $1 AND consult_id = $2 ORDER BY message_id, position
      """;

  /** In the order of adding. */
  List<Attachment> of(Tx tx, Standing standing) {
    var files = files(tx, standing, Optional.empty());
    var uploads = uploads(tx, standing, Optional.empty());
    return tx.list(
        OF_CONSULT, row -> attachment(row, files, uploads), standing.owner(), standing.consult());
  }

  /** Each attachment with the SHA-256 (hex) of the fullest part that can be served, in order. */
  public <T> List<T> fullest(Tx tx, Standing standing, BiFunction<UUID, String, T> reader) {
    return tx.list(
        FULLEST,
        row -> reader.apply(row.getUUID("id"), row.getString("sha256")),
        standing.owner(),
        standing.consult());
  }

  public Optional<Attachment> find(Tx tx, Standing standing, AttachmentId id) {
    return one(tx, FIND, standing, id);
  }

  /** Locks the row until the transaction ends. */
  public Optional<Attachment> lock(Tx tx, Standing standing, AttachmentId id) {
    return one(tx, LOCK, standing, id);
  }

  private static Optional<Attachment> one(
      Tx tx, String statement, Standing standing, AttachmentId id) {
    return tx.one(statement, standing.owner(), standing.consult(), id)
        .map(row ->
            attachment(
                row, files(tx, standing, Optional.of(id)), uploads(tx, standing, Optional.of(id))));
  }

  long count(Tx tx, Standing standing) {
    return tx.one(COUNT, standing.owner(), standing.consult()).orElseThrow().getLong(0);
  }

  /** False when the owner's records hold this id already. */
  boolean add(Tx tx, Standing standing, AttachmentId id, AttachmentDetails details) {
    return tx.run(
            ADD,
            standing.owner(),
            id,
            standing.consult(),
            standing.patient(),
            details.kind(),
            details.title(),
            details.bodySite(),
            details.laterality(),
            details.caption(),
            details.takenAt(),
            tx.caller().account(),
            tx.now())
        == 1;
  }

  void revise(Tx tx, Standing standing, AttachmentId id, AttachmentDetails details) {
    tx.run(
        REVISE,
        standing.owner(),
        id,
        details.kind(),
        details.title(),
        details.bodySite(),
        details.laterality(),
        details.caption(),
        details.takenAt());
  }

  /** With everything that came of it. */
  void remove(Tx tx, Standing standing, AttachmentId id) {
    tx.run(REMOVE, standing.owner(), id);
  }

  /** Whether a message of the thread names it. */
  boolean isNamed(Tx tx, Standing standing, AttachmentId id) {
    return tx.one(IS_NAMED, standing.owner(), standing.consult(), id).isPresent();
  }

  /** False when it was asked for before. */
  boolean askOriginal(Tx tx, Standing standing, AttachmentId id) {
    return tx.run(ASK_ORIGINAL, standing.owner(), id, tx.now(), tx.caller().account()) == 1;
  }

  /** What could not be used is sent anew. */
  public void beginAgain(Tx tx, OrganisationId owner, AttachmentId id) {
    tx.run(BEGIN_AGAIN, owner, id);
  }

  public void refuse(Tx tx, OrganisationId owner, AttachmentId id, Reason reason) {
    tx.run(REFUSE, owner, id, reason.state(), reason);
  }

  /** A message names these, in this order. */
  public void name(Tx tx, Standing standing, MessageId message, List<AttachmentId> attachments) {
    for (int i = 0; i < attachments.size(); i++) {
      tx.run(NAME, standing.owner(), standing.consult(), message, i, attachments.get(i));
    }
  }

  /** What each message of the consult names. */
  public Map<MessageId, List<AttachmentId>> named(Tx tx, Standing standing) {
    return tx.rows(NAMED, standing.owner(), standing.consult()).stream()
        .collect(
            Collectors.groupingBy(
                row -> new MessageId(row.getUUID("message_id")),
                Collectors.mapping(
                    row -> new AttachmentId(row.getUUID("attachment_id")), Collectors.toList())));
  }

  /** Which of these the consult has. */
  public boolean hasAll(Tx tx, Standing standing, Collection<AttachmentId> ids) {
    return ids.stream().allMatch(id -> find(tx, standing, id).isPresent());
  }

  private static Map<UUID, List<Attachment.File>> files(
      Tx tx, Standing standing, Optional<AttachmentId> only) {
    var found = new HashMap<UUID, List<Attachment.File>>();
    for (var row : tx.rows(FILES, standing.owner(), standing.consult(), only)) {
      found
          .computeIfAbsent(row.getUUID("attachment_id"), _ -> new java.util.ArrayList<>())
          .add(file(row));
    }
    return found;
  }

  private static Attachment.File file(Row row) {
    return new Attachment.File(
        Wire.parse(Part.class, row.getString("part")),
        row.getString("type"),
        row.getBoolean("shown_inline"),
        row.getLong("bytes"),
        HexFormat.of().formatHex(row.getBuffer("sha256").getBytes()),
        Optional.ofNullable(row.getInteger("width")),
        Optional.ofNullable(row.getInteger("height")),
        row.getUUID("blob_id"));
  }

  private static Map<UUID, List<Attachment.Upload>> uploads(
      Tx tx, Standing standing, Optional<AttachmentId> only) {
    var found = new HashMap<UUID, List<Attachment.Upload>>();
    for (var row : tx.rows(UPLOADS, standing.owner(), standing.consult(), only)) {
      found
          .computeIfAbsent(row.getUUID("attachment_id"), _ -> new java.util.ArrayList<>())
          .add(
              new Attachment.Upload(
                  row.getUUID("id"),
                  Wire.parse(Part.class, row.getString("part")),
                  row.getLong("length"),
                  row.getLong("received"),
                  row.getString("state")));
    }
    return found;
  }

  private static Attachment attachment(
      Row row, Map<UUID, List<Attachment.File>> files, Map<UUID, List<Attachment.Upload>> uploads) {
    var id = row.getUUID("id");
    return new Attachment(
        new AttachmentId(id),
        new ConsultId(row.getUUID("consult_id")),
        new AttachmentDetails(
            Wire.parse(AttachmentDetails.Kind.class, row.getString("kind")),
            row.getString("title"),
            Optional.ofNullable(row.getString("body_site")),
            Optional.ofNullable(row.getString("laterality"))
                .map(side -> Wire.parse(AttachmentDetails.Laterality.class, side)),
            Optional.ofNullable(row.getString("caption")),
            Rows.optionalInstant(row, "taken_at")),
        Wire.parse(AttachmentState.class, row.getString("state")),
        Optional.ofNullable(row.getString("reason")).map(name -> Wire.parse(Reason.class, name)),
        Optional.ofNullable(row.getString("type")),
        Rows.optionalInstant(row, "camera_taken_at"),
        files.getOrDefault(id, List.of()),
        uploads.getOrDefault(id, List.of()),
        Optional.ofNullable(Rows.json(row, "dicom", DicomHeader.class)),
        Optional.ofNullable(Rows.json(row, "dicom_identity", DicomIdentity.class)),
        Rows.optionalInstant(row, "original_asked_at"),
        new AccountId(row.getUUID("added_by")),
        Rows.instant(row, "added_at"),
        row.getInteger("version"));
  }

  static JsonObject json(Object value) {
    return new JsonObject(Json.text(value));
  }
}
