package org.consilium.platform.identity;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.audit.Audit;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.crypto.OwnTokens;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.id.Uuid7;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bearer tokens for programs: a JWT (EdDSA, RFC 8037) of five minutes, and an opaque refresh token
 * that changes at each use. Both are good as long as their family: 30 days from the sign-in, until
 * somebody signs out everywhere, or until a refresh token is used twice (RFC 9700 §4.14).
 *
 * <p>Who lost the answer asks again: for ten seconds, and until the successor is used, that brings
 * the same successor. The database holds what it was made with and not the token itself.
 */
final class Tokens {
  private static final Duration ACCESS_LIFE = Duration.ofMinutes(5);

  /** Of the family, however often it is refreshed. */
  private static final Duration FAMILY_LIFE = Duration.ofDays(30);

  /** A lost answer is asked for again at once; who comes later has another reason. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final String AUDIENCE = "consilium-api";
  private static final String FAMILY = "family";
  private static final String MEMBERSHIP = "membership";

  private static final String INSERT =
      """
      INSERT INTO platform.refresh_token (token_sha256, family, account_id, membership_id,
                                          issued_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  // A token that was being made while its family was revoked does not bear the mark itself.
  private static final String FAMILY_HOLDS =
      """
       AND NOT EXISTS (SELECT FROM platform.refresh_token other
                        WHERE other.family = t.family AND other.revoked_at IS NOT NULL)
      """;

  private static final String USE =
      """
      UPDATE platform.refresh_token t SET used_at = $2, successor_salt = $3
       WHERE token_sha256 = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $2
      """
          + FAMILY_HOLDS
          + " RETURNING family, account_id, membership_id, expires_at";

  private static final String USED =
      """
      SELECT family, account_id, membership_id, expires_at, used_at, successor_salt
        FROM platform.refresh_token WHERE token_sha256 = $1 AND used_at IS NOT NULL
      """;

  private static final String UNUSED =
      """
      SELECT FROM platform.refresh_token t
       WHERE token_sha256 = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $2
      """
          + FAMILY_HOLDS;

  private static final String HOLDS =
      """
      SELECT FROM platform.refresh_token t
       WHERE family = $1 AND membership_id = $2 AND expires_at > $3
      """
          + FAMILY_HOLDS
          + " LIMIT 1";

  private static final String REVOKE_FAMILY =
      "UPDATE platform.refresh_token SET revoked_at = $2 WHERE family = $1 AND revoked_at IS NULL";

  private static final String REVOKE_ALL =
      "UPDATE platform.refresh_token SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL";

  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  private final Database database;
  private final Memberships memberships;
  private final Audit audit;
  private final OwnTokens access;

  Tokens(
      Signer signer, Database database, Memberships memberships, Audit audit, InstantSource clock) {
    this.database = database;
    this.memberships = memberships;
    this.audit = audit;
    this.access = new OwnTokens(signer, AUDIENCE, clock);
  }

  record Issued(String accessToken, String tokenType, long expiresInSeconds, String refreshToken) {}

  /** Whose tokens they are, and until when there can be others after them. */
  private record Family(UUID id, AccountId account, MembershipId membership, Instant end) {
    static Family of(Row row) {
      return new Family(
          row.getUUID("family"),
          new AccountId(row.getUUID("account_id")),
          new MembershipId(row.getUUID("membership_id")),
          Rows.instant(row, "expires_at"));
    }
  }

  /** The first tokens of a new family. */
  Issued issue(Tx tx, AccountId account, MembershipId membership) {
    var family = new Family(Uuid7.next(), account, membership, tx.now().plus(FAMILY_LIFE));
    var refresh = Secrets.token();
    keep(tx, family, refresh);
    return issued(tx, family, refresh);
  }

  /** Exchanges a refresh token; one that was used before ends its family. */
  Issued refresh(Tx tx, String refreshToken) {
    var hash = Secrets.sha256(refreshToken);
    var salt = Secrets.random();
    var used = tx.one(USE, hash, tx.now(), salt).map(Family::of);
    if (used.isPresent()) {
      var successor = successor(refreshToken, salt);
      keep(tx, used.get(), successor);
      return issued(tx, used.get(), successor);
    }
    var before = tx.one(USED, hash).orElseThrow(Tokens::refused);
    return again(tx, refreshToken, before)
        .orElseThrow(() -> {
          reused(Family.of(before), tx.caller().requestId());
          return refused();
        });
  }

  /** The answer was lost on the way: nobody has used what it brought. */
  private Optional<Issued> again(Tx tx, String refreshToken, Row used) {
    var salt = used.getBuffer("successor_salt");
    if (salt == null || Rows.instant(used, "used_at").plus(GRACE).isBefore(tx.now())) {
      return Optional.empty();
    }
    var successor = successor(refreshToken, salt.getBytes());
    return tx.one(UNUSED, Secrets.sha256(successor), tx.now())
        .map(_ -> issued(tx, Family.of(used), successor));
  }

  /** Nobody makes it without both: the salt is in the database alone, the token never is. */
  private static String successor(String refreshToken, byte[] salt) {
    return Secrets.text(Secrets.sha256("consilium-refresh." + refreshToken + Secrets.text(salt)));
  }

  /** The refusal rolls back the request's own transaction; this must stay. */
  private void reused(Family family, String requestId) {
    database.asWorker(own -> {
      if (own.run(REVOKE_FAMILY, family.id(), own.now()) > 0) {
        LOG.warn(
            "A refresh token of account {} was used twice; its family {} is ended",
            family.account(),
            family.id());
        memberships.caller(own, family.membership(), requestId).ifPresent(own::actAs);
        audit.append(own, "token.reuse", Subject.of("account", family.account()));
      }
      return family;
    });
  }

  /** Ends every family of an account. */
  void revokeAll(Tx tx, AccountId account) {
    tx.run(REVOKE_ALL, account, tx.now());
  }

  /** The family and the membership that a good access token names; the family may be over. */
  Optional<SignIn> signIn(String accessToken) {
    return access.read(
        accessToken,
        claim ->
            new SignIn(
                UUID.fromString(claim.apply(FAMILY)), MembershipId.parse(claim.apply(MEMBERSHIP))));
  }

  /** The membership that a good access token of a family that goes on names. */
  Optional<MembershipId> membership(Tx tx, String accessToken) {
    return signIn(accessToken)
        .filter(named -> tx.one(HOLDS, named.id(), named.membership(), tx.now()).isPresent())
        .map(SignIn::membership);
  }

  private static void keep(Tx tx, Family family, String refreshToken) {
    tx.run(
        INSERT,
        Secrets.sha256(refreshToken),
        family.id(),
        family.account(),
        family.membership(),
        tx.now(),
        family.end());
  }

  private Issued issued(Tx tx, Family family, String refreshToken) {
    var token =
        access.sign(
            family.account().toString(),
            Map.of(MEMBERSHIP, family.membership().toString(), FAMILY, family.id().toString()),
            tx.now().plus(ACCESS_LIFE));
    return new Issued(token, "Bearer", ACCESS_LIFE.toSeconds(), refreshToken);
  }

  private static Refusal refused() {
    return new Refusal(401, "token-refused", "This refresh token is not good; sign in again.");
  }
}
