package org.consilium.platform.program;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.SignatureAlgorithm;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import org.consilium.platform.http.Refusal;

/**
 * The public key of a program, told as a JWK (RFC 7517): Ed25519 (signs EdDSA) or P-384 (ES384).
 */
record ProgramKey(PublicKey key, SignatureAlgorithm algorithm) {
  private static final int P384_BITS = 384;

  /**
   * @throws Refusal 422 when it is none of the two, or holds a private key
   */
  static ProgramKey told(String jwk) {
    try {
      return of(jwk);
    } catch (JwtException | IllegalArgumentException | UnsupportedOperationException unreadable) {
      throw unfit("This is no public key that can be read: an Ed25519 or P-384 key as a JWK.");
    }
  }

  /** The same of a JWK that was looked at before. */
  static ProgramKey of(String jwk) {
    return switch (Jwks.parser().build().parse(jwk).toKey()) {
      case PrivateKey _ ->
          throw unfit(
              "This holds a private key. Keep that to the program alone, make a new pair, and give"
                  + " its public half.");
      case ECPublicKey key when key.getParams().getOrder().bitLength() == P384_BITS ->
          new ProgramKey(key, Jwts.SIG.ES384);
      // Ed448 calls itself EdDSA too.
      case EdECPublicKey key when key.getParams().getName().equals("Ed25519") ->
          new ProgramKey(key, Jwts.SIG.EdDSA);
      default -> throw unfit("Use a key of the kind Ed25519 or P-384.");
    };
  }

  private static Refusal unfit(String why) {
    return Refusal.invalid("/publicKey", why);
  }
}
