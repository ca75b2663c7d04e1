package org.consilium.platform.program;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.audit.Audit;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;

/**
 * Registers programs of an organisation and lets them in (SMART Backend Services; RFC 6749 §4.4,
 * RFC 7523). Table: {@code platform.program}.
 */
public final class Programs {
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final String COLUMNS =
      """
      SELECT p.id, p.organisation_id, p.name, p.jwk::text AS jwk, p.scopes, p.registered_at,
             p.expires_at, p.used_at, p.revoked_at, o.zone
        FROM platform.program p JOIN platform.organisation o ON o.id = p.organisation_id
      """;

  private static final String LIST =
      COLUMNS + " WHERE p.organisation_id = $1 ORDER BY p.registered_at DESC, p.id LIMIT 200";

  private static final String OWN = COLUMNS + " WHERE p.organisation_id = $1 AND p.id = $2";

  private static final String GOOD =
      COLUMNS + " WHERE p.id = $1 AND p.revoked_at IS NULL AND p.expires_at > $2";

  /** Its e-mail address leads nowhere and its password is none: nobody signs in as a program. */
  private static final String ACCOUNT =
      """
      INSERT INTO platform.account (id, name, email, zone, language, password_hash, created_at)
      SELECT $1, $2, $3, zone, 'en', '', $5 FROM platform.organisation WHERE id = $4
      """;

  private static final String MEMBERSHIP =
      """
      INSERT INTO platform.membership (id, account_id, organisation_id, role, created_at)
      VALUES ($1, $1, $2, 'program', $3)
      """;

  private static final String REGISTER =
      """
      INSERT INTO platform.program (organisation_id, id, name, jwk, scopes, registered_by,
                                    registered_at, expires_at)
      VALUES ($1, $2, $3, $4::text::jsonb, $5, $6, $7, $8)
      """;

  private static final String REVOKE =
      """
      UPDATE platform.program SET revoked_at = $3, revoked_by = $4
       WHERE organisation_id = $1 AND id = $2 AND revoked_at IS NULL
      """;

  private static final String ONCE =
      """
      INSERT INTO platform.program_assertion (program_id, jti, expires_at) VALUES ($1, $2, $3)
      ON CONFLICT DO NOTHING
      """;

  private static final String FORGET =
      "DELETE FROM platform.program_assertion WHERE program_id = $1 AND expires_at < $2";

  private static final String USED = "UPDATE platform.program SET used_at = $2 WHERE id = $1";

  private final AccessTokens tokens;
  private final Audit audit;

  public Programs(Signer signer, Audit audit, InstantSource clock) {
    this.tokens = new AccessTokens(signer, clock);
    this.audit = audit;
  }

  /** What an administrator asks for. */
  record NewProgram(
      AccountId id, String name, JsonObject publicKey, Scopes scopes, Instant expiresAt) {}

  /** A program as its administrators see it. */
  record Program(
      AccountId id,
      OrganisationId organisation,
      ZoneId zone,
      String name,
      String jwk,
      Scopes scopes,
      Instant registeredAt,
      Instant expiresAt,
      Optional<Instant> usedAt,
      Optional<Instant> revokedAt) {}

  /** A program that acts, and what it may do. */
  public record Acting(Caller caller, Scopes scopes) {}

  /** What a program gets for its assertion. */
  record Granted(String accessToken, Scopes scopes) {}

  /** Why a program gets no token, in the words of RFC 6749 §5.2. */
  static final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String error;

    Denied(String error, String description) {
      super(description, null, false, false);
      this.error = error;
    }

    String error() {
      return error;
    }
  }

  Program register(Tx tx, NewProgram asked) {
    var caller = tx.caller();
    var key = asked.publicKey().encode();
    ProgramKey.told(key);
    tx.asServer(() -> {
      tx.run(
          ACCOUNT,
          asked.id(),
          asked.name(),
          asked.id() + "@programs.invalid",
          caller.organisation(),
          tx.now());
      tx.run(MEMBERSHIP, asked.id(), caller.organisation(), tx.now());
    });
    tx.run(
        REGISTER,
        caller.organisation(),
        asked.id(),
        asked.name(),
        key,
        asked.scopes().sorted(),
        caller.account(),
        tx.now(),
        asked.expiresAt());
    audit.append(tx, "program.register", Subject.of("program", asked.id()));
    return own(tx, asked.id());
  }

  List<Program> list(Tx tx) {
    return tx.list(LIST, Programs::program, tx.caller().organisation());
  }

  /** Takes a program's rights away, those of tokens that it holds too. Once more does nothing. */
  Program revoke(Tx tx, AccountId id) {
    own(tx, id);
    var caller = tx.caller();
    if (tx.run(REVOKE, caller.organisation(), id, tx.now(), caller.account()) == 1) {
      audit.append(tx, "program.revoke", Subject.of("program", id));
    }
    return own(tx, id);
  }

  private static Program own(Tx tx, AccountId id) {
    return tx.one(OWN, tx.caller().organisation(), id)
        .map(Programs::program)
        .orElseThrow(() -> Refusal.notFound("program-not-found", "There is no such program."));
  }

  /**
   * A token for a program that shows its assertion.
   *
   * @param form the fields of the request
   * @param audience the address that it was sent to
   * @throws Denied when it gets none
   */
  Granted grant(Tx tx, Map<String, String> form, String audience) {
    if (!"client_credentials".equals(form.get("grant_type"))) {
      throw new Denied("unsupported_grant_type", "Send grant_type=client_credentials.");
    }
    var assertion = form.get("client_assertion");
    if (!ASSERTION_TYPE.equals(form.get("client_assertion_type")) || assertion == null) {
      throw new Denied(
          "invalid_request", "Send client_assertion_type=" + ASSERTION_TYPE + " with the JWT.");
    }
    var program =
        Assertions.issuer(assertion)
            .flatMap(
                issuer -> tx.asServer(() -> tx.one(GOOD, issuer, tx.now()).map(Programs::program)))
            .orElseThrow(Programs::unknown);
    var good =
        Assertions.check(
                assertion, program.id().value(), ProgramKey.of(program.jwk()), audience, tx.now())
            .orElseThrow(Programs::unknown);
    var scopes =
        Optional.ofNullable(form.get("scope"))
            .filter(text -> !text.isBlank())
            .map(Scopes::parse)
            .orElse(program.scopes());
    if (!program.scopes().cover(scopes)) {
      throw new Denied("invalid_scope", "This program may have: " + program.scopes().text() + ".");
    }
    tx.asServer(() -> {
      tx.run(FORGET, program.id(), tx.now());
      if (tx.run(ONCE, program.id(), good.id(), good.until()) == 0) {
        throw new Denied("invalid_client", "This assertion was used before; sign a new one.");
      }
      tx.run(USED, program.id(), tx.now());
    });
    tx.actAs(caller(program, tx.caller().requestId()));
    audit.append(tx, "program.token", Subject.of("program", program.id()));
    return new Granted(tokens.issue(program.id(), scopes, tx.now()), scopes);
  }

  /** Says the same of all that is wrong: who guesses learns nothing. */
  private static Denied unknown() {
    return new Denied(
        "invalid_client",
        "The assertion is not good: check iss and sub (the client id), aud (this address), exp (at"
            + " most five minutes ahead), jti and the key; or the program was revoked or has"
            + " expired.");
  }

  /** The program that a bearer token names, while it is registered. */
  public Optional<Acting> acting(Tx tx, String token, String requestId) {
    return tokens
        .read(token)
        .flatMap(named ->
            tx.asServer(() -> tx.one(GOOD, named.program(), tx.now()).map(Programs::program))
                .filter(program -> program.scopes().cover(named.scopes()))
                .map(program -> new Acting(caller(program, requestId), named.scopes())));
  }

  private static Caller caller(Program program, String requestId) {
    return new Caller(
        program.id(),
        program.organisation(),
        Role.PROGRAM,
        program.name(),
        Optional.empty(),
        program.zone(),
        requestId);
  }

  private static Program program(Row row) {
    return new Program(
        new AccountId(row.getUUID("id")),
        new OrganisationId(row.getUUID("organisation_id")),
        ZoneId.of(row.getString("zone")),
        row.getString("name"),
        row.getString("jwk"),
        Scopes.of(Arrays.asList(row.getArrayOfStrings("scopes"))),
        Rows.instant(row, "registered_at"),
        Rows.instant(row, "expires_at"),
        Rows.optionalInstant(row, "used_at"),
        Rows.optionalInstant(row, "revoked_at"));
  }
}
