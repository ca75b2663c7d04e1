package org.consilium.platform.program;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.crypto.OwnTokens;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.id.AccountId;

/**
 * The tokens that programs act with: a JWT (EdDSA) of five minutes. Its audience is another than
 * that of people's tokens, so that neither is good where the other is asked for.
 */
final class AccessTokens {
  static final Duration LIFE = Duration.ofMinutes(5);
  private static final String AUDIENCE = "consilium-fhir";
  private static final String SCOPE = "scope";

  private final OwnTokens tokens;

  AccessTokens(Signer signer, InstantSource clock) {
    this.tokens = new OwnTokens(signer, AUDIENCE, clock);
  }

  record Named(AccountId program, Scopes scopes) {}

  String issue(AccountId program, Scopes scopes, Instant now) {
    return tokens.sign(program.toString(), Map.of(SCOPE, scopes.text()), now.plus(LIFE));
  }

  Optional<Named> read(String token) {
    return tokens.read(
        token,
        claim ->
            new Named(
                new AccountId(UUID.fromString(claim.apply("sub"))),
                Scopes.parse(claim.apply(SCOPE))));
  }
}
