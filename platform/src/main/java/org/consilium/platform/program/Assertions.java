package org.consilium.platform.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.http.Json;

/** What a program signs to show who it is: a JWT by RFC 7523, good once and for five minutes. */
final class Assertions {
  static final Duration LIFE_MAX = Duration.ofMinutes(5);

  /** The clocks of two servers differ by some seconds. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private static final int JTI_CHARS_MAX = 200;

  record Good(String id, Instant until) {}

  private Assertions() {}

  /** Whose an assertion says it is; nothing of it is believed yet. */
  static Optional<UUID> issuer(String assertion) {
    var parts = assertion.split("\\.");
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var claims = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
      return Optional.of(UUID.fromString(claims.path("iss").asText()));
    } catch (JsonProcessingException | IllegalArgumentException unreadable) {
      return Optional.empty();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Holds an assertion against the key of the program that it names.
   *
   * @param audience the address of the token endpoint, as the program reaches it
   */
  static Optional<Good> check(
      String assertion, UUID program, ProgramKey key, String audience, Instant now) {
    try {
      var claims =
          Jwts.parser()
              .verifyWith(key.key())
              .sig()
              .clear()
              .add(key.algorithm())
              .and()
              .requireIssuer(program.toString())
              .requireSubject(program.toString())
              .requireAudience(audience)
              .clockSkewSeconds(SKEW.toSeconds())
              .clock(() -> Date.from(now))
              .build()
              .parseSignedClaims(assertion)
              .getPayload();
      return good(claims, now);
    } catch (JwtException | IllegalArgumentException forged) {
      return Optional.empty();
    }
  }

  private static Optional<Good> good(Claims claims, Instant now) {
    var id = claims.getId();
    var until = Optional.ofNullable(claims.getExpiration()).map(Date::toInstant);
    return until
        .filter(end -> !end.isAfter(now.plus(LIFE_MAX).plus(SKEW)))
        .filter(_ -> id != null && !id.isBlank() && id.length() <= JTI_CHARS_MAX)
        .map(end -> new Good(id, end.plus(SKEW)));
  }
}
