package org.consilium.records.letter;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;

/** What is known of a hash that somebody reads from a letter; no patient is named. */
final class LetterStore {
  /** What the letter carries. */
  enum Kind implements Wire {
    NOTE,
    REFERRAL
  }

  /** Whether the letter may still be acted upon. */
  enum State implements Wire {
    STANDS,
    REPLACED,
    WITHDRAWN
  }

  /**
   * What was signed with the hash.
   *
   * @param withdrawn of a referral; how a note stands is for {@code NoteStates} to say
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  record Known(
      Kind kind,
      OrganisationId organisation,
      ConsultId consult,
      UUID id,
      String signedBy,
      Optional<String> registration,
      Instant signedAt,
      byte[] signature,
      String keyId,
      boolean withdrawn) {}

  private static final String FIND =
      """
      SELECT 'note' AS kind, organisation_id, consult_id, id, author->>'name' AS signed_by,
             author->>'registration' AS registration, signed_at, signature, key_id,
             false AS withdrawn
        FROM records.note_version WHERE sha256 = $1 AND kind <> 'retraction'
      UNION ALL
      SELECT 'referral', organisation_id, consult_id, id, author->>'name', author->>'registration', signed_at,
             signature, key_id,
             EXISTS (SELECT FROM records.referral_news n
                      WHERE n.organisation_id = r.organisation_id
                        AND n.referral_id = r.id AND n.status = 'withdrawn')
        FROM records.referral r WHERE sha256 = $1
      """;

  /** Read in the server's own name: who scans a letter has no account. */
  Optional<Known> find(Tx tx, byte[] sha256) {
    return tx.asServer(() -> tx.one(FIND, (Object) sha256)).map(LetterStore::known);
  }

  private static Known known(Row row) {
    return new Known(
        Wire.parse(Kind.class, row.getString("kind")),
        new OrganisationId(row.getUUID("organisation_id")),
        new ConsultId(row.getUUID("consult_id")),
        row.getUUID("id"),
        row.getString("signed_by"),
        Optional.ofNullable(row.getString("registration")),
        Rows.instant(row, "signed_at"),
        row.getBuffer("signature").getBytes(),
        row.getString("key_id"),
        row.getBoolean("withdrawn"));
  }
}
