package org.consilium.records.note.signing;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.NoteId;
import org.consilium.records.note.NoteAuthor;
import org.consilium.records.note.chain.NoteDocument;

/** All SQL about co-signatures. Table: {@code records.note_signature} (insert only), V004. */
public final class CoSignatureStore {
  private static final String ADD =
      """
      INSERT INTO records.note_signature (organisation_id, consult_id, note_id, role, signer_id,
                                          canonical, sha256, signature, key_id, signed_at)
      VALUES ($1, $2, $3, 'co-signer', $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
      """;

  private static final String OF_CONSULT =
      """
      SELECT note_id, canonical, signed_at FROM records.note_signature
       WHERE organisation_id = $1 AND consult_id = $2
      """;

  /** Who has co-signed, as known then. */
  public record CoSignature(NoteAuthor signer, Instant at) {}

  void add(
      Tx tx,
      Standing standing,
      NoteDocument.CoSigned document,
      byte[] canonical,
      byte[] sha256,
      byte[] signature) {
    tx.run(
        ADD,
        standing.owner(),
        standing.consult(),
        document.note(),
        document.signer().id(),
        canonical,
        sha256,
        signature,
        document.keyId(),
        document.signedAt());
  }

  /** By the version that was co-signed. */
  public Map<NoteId, CoSignature> of(Tx tx, Standing standing) {
    var found = new HashMap<NoteId, CoSignature>();
    for (var row : tx.rows(OF_CONSULT, standing.owner(), standing.consult())) {
      found.put(new NoteId(row.getUUID("note_id")), signature(row));
    }
    return found;
  }

  /** The signer's name is read from the signed bytes themselves. */
  private static CoSignature signature(Row row) {
    var document = Json.read(row.getBuffer("canonical").getBytes(), NoteDocument.CoSigned.class);
    return new CoSignature(document.signer(), Rows.instant(row, "signed_at"));
  }
}
