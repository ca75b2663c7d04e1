package org.consilium.records.note.chain;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.records.note.NoteAuthor;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.RetractionReason;
import org.consilium.records.recommendation.check.AdviceChecks.Severity;
import org.consilium.records.recommendation.check.AdviceChecks.Warning;

/**
 * All SQL about what was signed. Tables: {@code records.note_version}, {@code note_warning} (insert
 * only), from V001__records.sql and V004__notes.sql.
 */
public final class VersionStore {
  /** Two specialists may sign at once; the chain takes them one after the other. */
  private static final String ONE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtextextended('note|' || $1, 0))";

  private static final String ALL =
      """
      SELECT n.id, n.version, n.kind, n.amends, n.reason, n.reason_text, n.content, n.draft_id,
             n.draft_revision, n.author, n.needs_co_signature, n.signed_at, n.canonical,
             n.shown_sha256, n.previous_sha256, n.sha256, n.signature, n.key_id, r.read_at
        FROM records.note_version n
        LEFT JOIN records.note_read r ON r.organisation_id = n.organisation_id AND r.note_id = n.id
       WHERE n.organisation_id = $1 AND n.consult_id = $2
      """;

  private static final String LIST = ALL + " ORDER BY n.version DESC";

  private static final String LAST = LIST + " LIMIT 1";

  private static final String OF_DRAFT =
      ALL + " AND n.draft_id = $3 ORDER BY n.version DESC LIMIT 1";

  private static final String ONE = ALL + " AND n.id = $3";

  private static final String LAST_NOTE_BY =
      ALL + " AND n.author_id = $3 AND n.kind = 'note' ORDER BY n.version DESC LIMIT 1";

  private static final String ADD =
      """
      INSERT INTO records.note_version (organisation_id, id, consult_id, version, kind, amends,
          reason, reason_text, author_id, author, content, draft_id, draft_revision,
          needs_co_signature, canonical, shown_sha256, previous_sha256, sha256, signature, key_id,
          signed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
              $20, $21)
      """;

  private static final String WARNINGS =
      """
      SELECT note_id, recommendation, code, severity, text, reason FROM records.note_warning
       WHERE organisation_id = $1 AND consult_id = $2 ORDER BY note_id, position
      """;

  private static final String WARN =
      """
      INSERT INTO records.note_warning (organisation_id, consult_id, note_id, position,
                                        recommendation, code, severity, text, reason)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  /** A warning with the version that it was kept with. */
  public record Kept(NoteId note, Warning warning) {}

  /** Until the transaction ends nobody else signs or saves in this consult. */
  public void lockChain(Tx tx, Standing standing) {
    tx.rows(ONE_AT_A_TIME, standing.consult().toString());
  }

  /** Everything signed in a consult, the newest first. */
  public List<NoteVersion> all(Tx tx, Standing standing) {
    return all(tx, standing.owner(), standing.consult());
  }

  /** The same for a reader without a place in the consult, in the server's own name. */
  public List<NoteVersion> all(Tx tx, OrganisationId owner, ConsultId consult) {
    return tx.list(LIST, VersionStore::version, owner, consult);
  }

  /** The end of the chain. */
  public Optional<NoteVersion> last(Tx tx, Standing standing) {
    return tx.one(LAST, standing.owner(), standing.consult()).map(VersionStore::version);
  }

  /** What was signed of a draft. */
  public Optional<NoteVersion> ofDraft(Tx tx, Standing standing, UUID draft) {
    return tx.one(OF_DRAFT, standing.owner(), standing.consult(), draft).map(VersionStore::version);
  }

  /** A version of this consult, or 404. */
  public NoteVersion require(Tx tx, Standing standing, NoteId note) {
    return tx.one(ONE, standing.owner(), standing.consult(), note)
        .map(VersionStore::version)
        .orElseThrow(
            () -> Refusal.notFound("note-not-found", "There is no such signed note here."));
  }

  /** The newest note of its own that somebody has signed here. */
  public Optional<NoteVersion> lastNoteBy(Tx tx, Standing standing, AccountId author) {
    return tx.one(LAST_NOTE_BY, standing.owner(), standing.consult(), author)
        .map(VersionStore::version);
  }

  /** Puts a version at the end of the chain. */
  public void add(Tx tx, Standing standing, NoteVersion note, List<Warning> warnings) {
    tx.run(
        ADD,
        standing.owner(),
        note.id(),
        standing.consult(),
        note.version(),
        note.kind(),
        note.amends(),
        note.reason(),
        note.reasonText(),
        note.author().id(),
        json(note.author()),
        json(note.content()),
        note.draft(),
        note.draftRevision(),
        note.needsCoSignature(),
        note.canonical(),
        note.shownSha256(),
        note.previousSha256(),
        note.sha256(),
        note.signature(),
        note.keyId(),
        note.signedAt());
    for (int i = 0; i < warnings.size(); i++) {
      var warning = warnings.get(i);
      tx.run(
          WARN,
          standing.owner(),
          standing.consult(),
          note.id(),
          i,
          warning.recommendation(),
          warning.code(),
          warning.severity(),
          warning.text(),
          warning.reason());
    }
  }

  /** What was warned of when the notes of a consult were signed. */
  public List<Kept> warnings(Tx tx, Standing standing) {
    return tx.list(
        WARNINGS,
        row ->
            new Kept(
                new NoteId(row.getUUID("note_id")),
                new Warning(
                    row.getInteger("recommendation"),
                    row.getString("code"),
                    Wire.parse(Severity.class, row.getString("severity")),
                    row.getString("text"),
                    Optional.ofNullable(row.getString("reason")))),
        standing.owner(),
        standing.consult());
  }

  private static JsonObject json(Object value) {
    return new JsonObject(Json.text(value));
  }

  private static NoteVersion version(Row row) {
    return new NoteVersion(
        new NoteId(row.getUUID("id")),
        row.getInteger("version"),
        Wire.parse(NoteKind.class, row.getString("kind")),
        Optional.ofNullable(row.getUUID("amends")).map(NoteId::new),
        Optional.ofNullable(row.getString("reason"))
            .map(reason -> Wire.parse(RetractionReason.class, reason)),
        Optional.ofNullable(row.getString("reason_text")),
        Rows.json(row, "content", NoteContent.class),
        Optional.ofNullable(row.getUUID("draft_id")),
        Optional.ofNullable(row.getInteger("draft_revision")),
        Rows.json(row, "author", NoteAuthor.class),
        row.getBoolean("needs_co_signature"),
        Rows.instant(row, "signed_at"),
        row.getBuffer("canonical").getBytes(),
        bytes(row, "shown_sha256"),
        bytes(row, "previous_sha256"),
        row.getBuffer("sha256").getBytes(),
        row.getBuffer("signature").getBytes(),
        row.getString("key_id"),
        Rows.optionalInstant(row, "read_at"));
  }

  private static Optional<byte[]> bytes(Row row, String column) {
    return Optional.ofNullable(row.getBuffer(column)).map(Buffer::getBytes);
  }
}
