package org.consilium.platform.program;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.Uuid7;

/**
 * The tokens that programs act with: a JWT (EdDSA) of five minutes. Its audience is another than
 * that of people's tokens, so that neither is good where the other is asked for.
 */
final class AccessTokens {
  static final Duration LIFE = Duration.ofMinutes(5);
  private static final String ISSUER = "consilium";
  private static final String AUDIENCE = "consilium-fhir";
  private static final String SCOPE = "scope";

  private final Signer signer;
  private final JwtParser parser;

  AccessTokens(Signer signer, InstantSource clock) {
    this.signer = signer;
    this.parser =
        Jwts.parser()
            .verifyWith(signer.publicKey())
            .sig()
            .clear()
            .add(Jwts.SIG.EdDSA)
            .and()
            .requireIssuer(ISSUER)
            .requireAudience(AUDIENCE)
            .clock(() -> Date.from(clock.instant()))
            .build();
  }

  record Named(AccountId program, Scopes scopes) {}

  String issue(AccountId program, Scopes scopes, Instant now) {
    return Jwts.builder()
        .header()
        .type("at+jwt")
        .keyId(signer.keyId())
        .and()
        .issuer(ISSUER)
        .audience()
        .add(AUDIENCE)
        .and()
        .subject(program.toString())
        .id(Uuid7.next().toString())
        .claim(SCOPE, scopes.text())
        .issuedAt(Date.from(now))
        .expiration(Date.from(now.plus(LIFE)))
        .signWith(signer.privateKey(), Jwts.SIG.EdDSA)
        .compact();
  }

  Optional<Named> read(String token) {
    try {
      var claims = parser.parseSignedClaims(token).getPayload();
      var scopes = claims.get(SCOPE, String.class);
      return scopes == null
          ? Optional.empty()
          : Optional.of(
              new Named(new AccountId(UUID.fromString(claims.getSubject())), Scopes.parse(scopes)));
    } catch (JwtException | IllegalArgumentException forged) {
      return Optional.empty();
    }
  }
}
