package org.consilium.signaling.guest;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.GuestId;
import org.consilium.platform.id.OrganisationId;

/**
 * All SQL about guests. Table: {@code signaling.guest}, from V001__call.sql and
 * V003__ticket_rights.sql.
 */
final class GuestStore {
  private static final String COLUMNS =
      """
      SELECT id, organisation_id, consult_id, name, role, language, expires_at, entered_at,
             revoked_at, cookie_sha256, entry_sha256
        FROM signaling.guest
      """;
  private static final String INSERT =
      """
      INSERT INTO signaling.guest (organisation_id, id, consult_id, name, role, language,
                                   token_sha256, invited_by, invited_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """;
  private static final String LIST = COLUMNS + " WHERE consult_id = $1 ORDER BY invited_at DESC";
  private static final String BY_TOKEN = COLUMNS + " WHERE token_sha256 = $1 FOR UPDATE";
  private static final String BY_COOKIE = COLUMNS + " WHERE cookie_sha256 = $1";
  private static final String BIND =
      """
      UPDATE signaling.guest
         SET cookie_sha256 = $2, entry_sha256 = $3, entered_at = coalesce(entered_at, $4)
       WHERE id = $1
      """;
  private static final String REVOKE =
      """
      UPDATE signaling.guest SET revoked_at = $3
       WHERE consult_id = $1 AND id = $2 AND revoked_at IS NULL
      """;

  private static final String REVOKE_EARLIER =
      """
      UPDATE signaling.guest SET revoked_at = $4
       WHERE consult_id = $1 AND lower(name) = lower($2) AND role = $3
         AND revoked_at IS NULL AND expires_at > $4
      RETURNING id
      """;

  record Guest(
      GuestId id,
      OrganisationId owner,
      ConsultId consult,
      String name,
      String role,
      String language,
      Instant expiresAt,
      Optional<Instant> enteredAt,
      Optional<Instant> revokedAt,
      Optional<byte[]> cookie,
      Optional<byte[]> entry) {

    /** What the list shows of it at {@code now}. */
    String status(Instant now) {
      if (revokedAt.isPresent()) {
        return "revoked";
      }
      if (!expiresAt.isAfter(now)) {
        return "expired";
      }
      return enteredAt.isPresent() ? "entered" : "unused";
    }

    boolean isGood(Instant now) {
      return revokedAt.isEmpty() && expiresAt.isAfter(now);
    }
  }

  void insert(Tx tx, Guest guest, byte[] token) {
    tx.run(
        INSERT,
        guest.owner(),
        guest.id(),
        guest.consult(),
        guest.name(),
        guest.role(),
        guest.language(),
        token,
        tx.caller().account(),
        tx.now(),
        guest.expiresAt());
  }

  List<Guest> list(Tx tx, ConsultId consult) {
    return tx.list(LIST, GuestStore::guest, consult);
  }

  Optional<Guest> byToken(Tx tx, byte[] token) {
    return tx.one(BY_TOKEN, token).map(GuestStore::guest);
  }

  Optional<Guest> byCookie(Tx tx, byte[] cookie) {
    return tx.one(BY_COOKIE, cookie).map(GuestStore::guest);
  }

  /** Gives the guest to one browser: by its cookie, and for a while by what it entered with. */
  void bind(Tx tx, GuestId guest, byte[] cookie, Optional<byte[]> entry) {
    tx.run(BIND, guest, cookie, entry, tx.now());
  }

  boolean revoke(Tx tx, ConsultId consult, GuestId guest) {
    return tx.run(REVOKE, consult, guest, tx.now()) == 1;
  }

  /** Takes back every link that this person was given before in this role; answers whose. */
  List<GuestId> revokeEarlier(Tx tx, ConsultId consult, String name, String role) {
    return tx.list(
        REVOKE_EARLIER, row -> new GuestId(row.getUUID("id")), consult, name, role, tx.now());
  }

  private static Guest guest(Row row) {
    return new Guest(
        new GuestId(row.getUUID("id")),
        new OrganisationId(row.getUUID("organisation_id")),
        new ConsultId(row.getUUID("consult_id")),
        row.getString("name"),
        row.getString("role"),
        row.getString("language"),
        Rows.instant(row, "expires_at"),
        Rows.optionalInstant(row, "entered_at"),
        Rows.optionalInstant(row, "revoked_at"),
        hash(row, "cookie_sha256"),
        hash(row, "entry_sha256"));
  }

  private static Optional<byte[]> hash(Row row, String column) {
    return Optional.ofNullable(row.getBuffer(column)).map(Buffer::getBytes);
  }
}
