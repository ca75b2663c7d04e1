package org.consilium.platform.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.crypto.OwnTokens;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.id.Uuid7;

/**
 * Bearer tokens for programs: a JWT (EdDSA, RFC 8037) of five minutes, and an opaque refresh token
 * that changes at each use. A refresh token used twice ends its whole family (RFC 9700 §4.14).
 */
final class Tokens {
  private static final Duration ACCESS_LIFE = Duration.ofMinutes(5);
  private static final Duration REFRESH_LIFE = Duration.ofDays(30);
  private static final String AUDIENCE = "consilium-api";
  private static final String FAMILY = "family";
  private static final String MEMBERSHIP = "membership";

  private static final String INSERT =
      """
      INSERT INTO platform.refresh_token (token_sha256, family, account_id, membership_id,
                                          issued_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  private static final String USE =
      """
      UPDATE platform.refresh_token SET used_at = $2
       WHERE token_sha256 = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $2
      RETURNING family, account_id, membership_id
      """;

  private static final String FAMILY_OF_USED =
      """
      SELECT family FROM platform.refresh_token
       WHERE token_sha256 = $1 AND used_at IS NOT NULL
      """;

  private static final String REVOKE_FAMILY =
      "UPDATE platform.refresh_token SET revoked_at = $2 WHERE family = $1 AND revoked_at IS NULL";

  private static final String REVOKE_ALL =
      "UPDATE platform.refresh_token SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL";

  private final Database database;
  private final OwnTokens access;

  Tokens(Signer signer, Database database, InstantSource clock) {
    this.database = database;
    this.access = new OwnTokens(signer, AUDIENCE, clock);
  }

  record Issued(String accessToken, String tokenType, long expiresInSeconds, String refreshToken) {}

  Issued issue(Tx tx, AccountId account, MembershipId membership) {
    return issue(tx, account, membership, Uuid7.next());
  }

  /** Exchanges a refresh token; one that was used before ends its family. */
  Issued refresh(Tx tx, String refreshToken) {
    var hash = Secrets.sha256(refreshToken);
    var used = tx.one(USE, hash, tx.now());
    if (used.isEmpty()) {
      // The refusal rolls this transaction back; the revocation must stay.
      tx.one(FAMILY_OF_USED, hash)
          .ifPresent(row ->
              database.asWorker(own -> own.run(REVOKE_FAMILY, row.getUUID("family"), own.now())));
      throw refused();
    }
    var row = used.get();
    return issue(
        tx,
        new AccountId(row.getUUID("account_id")),
        new MembershipId(row.getUUID("membership_id")),
        row.getUUID("family"));
  }

  /** Ends every family of an account. */
  void revokeAll(Tx tx, AccountId account) {
    tx.run(REVOKE_ALL, account, tx.now());
  }

  /** The family and the membership that a good access token names. */
  Optional<SignIn> signIn(String accessToken) {
    return access.read(
        accessToken,
        claim ->
            new SignIn(
                UUID.fromString(claim.apply(FAMILY)), MembershipId.parse(claim.apply(MEMBERSHIP))));
  }

  private Issued issue(Tx tx, AccountId account, MembershipId membership, UUID family) {
    var refresh = Secrets.token();
    tx.run(
        INSERT,
        Secrets.sha256(refresh),
        family,
        account,
        membership,
        tx.now(),
        tx.now().plus(REFRESH_LIFE));
    var token =
        access.sign(
            account.toString(),
            Map.of(MEMBERSHIP, membership.toString(), FAMILY, family.toString()),
            tx.now().plus(ACCESS_LIFE));
    return new Issued(token, "Bearer", ACCESS_LIFE.toSeconds(), refresh);
  }

  private static Refusal refused() {
    return new Refusal(401, "token-refused", "This refresh token is not good; sign in again.");
  }
}
