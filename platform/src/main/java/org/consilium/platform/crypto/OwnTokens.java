package org.consilium.platform.crypto;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.consilium.platform.id.Uuid7;

/**
 * Bearer tokens that this server signs and alone reads: a JWT (RFC 9068) under EdDSA (RFC 8037) and
 * no other algorithm. Each use has its own audience, so that a token for one is good for no other.
 */
public final class OwnTokens {
  private static final String ISSUER = "consilium";

  private final Signer signer;
  private final String audience;
  private final InstantSource clock;
  private final JwtParser parser;

  public OwnTokens(Signer signer, String audience, InstantSource clock) {
    this.signer = signer;
    this.audience = audience;
    this.clock = clock;
    this.parser =
        Jwts.parser()
            .verifyWith(signer.publicKey())
            .sig()
            .clear()
            .add(Jwts.SIG.EdDSA)
            .and()
            .requireIssuer(ISSUER)
            .requireAudience(audience)
            .clock(() -> Date.from(clock.instant()))
            .build();
  }

  /** A token that is good from now until that moment. */
  public String sign(String subject, Map<String, String> claims, Instant until) {
    return Jwts.builder()
        .header()
        .type("at+jwt")
        .keyId(signer.keyId())
        .and()
        .issuer(ISSUER)
        .audience()
        .add(audience)
        .and()
        .subject(subject)
        .id(Uuid7.next().toString())
        .claims(claims)
        .issuedAt(Date.from(clock.instant()))
        .expiration(Date.from(until))
        .signWith(signer.privateKey(), Jwts.SIG.EdDSA)
        .compact();
  }

  /**
   * What a token says, from its claims by name ({@code sub} for the subject); empty when it is
   * over, not ours, for another use, or lacks a claim or has one that cannot be read.
   */
  public <T> Optional<T> read(String token, Function<UnaryOperator<String>, T> meaning) {
    try {
      var claims = parser.parseSignedClaims(token).getPayload();
      return Optional.of(meaning.apply(name -> required(claims, name)));
    } catch (JwtException | IllegalArgumentException forged) {
      return Optional.empty();
    }
  }

  private static String required(Claims claims, String name) {
    var value = claims.get(name, String.class);
    if (value == null) {
      throw new IllegalArgumentException("The claim " + name + " is missing.");
    }
    return value;
  }
}
