package org.consilium.records.attachment.serve;

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
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.identity.SignIn;
import org.consilium.records.attachment.Part;

/**
 * Addresses of one file for one reader's other programs, which have no session: a DICOM viewer, a
 * download manager. They hold for minutes, end with the sign-in that they were made in, and show no
 * more than that reader may see at the moment. Signed, not kept (JWT, RFC 7519, EdDSA).
 */
final class FileLinks {
  static final Duration LIFE = Duration.ofMinutes(5);

  private static final String AUDIENCE = "consilium-file";
  private static final String SIGN_IN = "signIn";
  private static final String MEMBERSHIP = "membership";
  private static final String CONSULT = "consult";
  private static final String PART = "part";

  private final Signer signer;
  private final JwtParser parser;

  FileLinks(Signer signer, InstantSource clock) {
    this.signer = signer;
    this.parser =
        Jwts.parser()
            .verifyWith(signer.publicKey())
            .sig()
            .clear()
            .add(Jwts.SIG.EdDSA)
            .and()
            .requireAudience(AUDIENCE)
            .clock(() -> Date.from(clock.instant()))
            .build();
  }

  /** A file, and who may read it by a link. */
  record Link(SignIn reader, ConsultId consult, AttachmentId attachment, Part part) {}

  String sign(Link link, Instant until) {
    return Jwts.builder()
        .audience()
        .add(AUDIENCE)
        .and()
        .subject(link.attachment().toString())
        .claim(SIGN_IN, link.reader().id().toString())
        .claim(MEMBERSHIP, link.reader().membership().toString())
        .claim(CONSULT, link.consult().toString())
        .claim(PART, link.part().wire())
        .expiration(Date.from(until))
        .signWith(signer.privateKey(), Jwts.SIG.EdDSA)
        .compact();
  }

  /** What a link names; empty when it is over or not ours. */
  Optional<Link> read(String token) {
    try {
      var claims = parser.parseSignedClaims(token).getPayload();
      return Part.of(claims.get(PART, String.class))
          .map(part ->
              new Link(
                  new SignIn(
                      UUID.fromString(claims.get(SIGN_IN, String.class)),
                      MembershipId.parse(claims.get(MEMBERSHIP, String.class))),
                  ConsultId.parse(claims.get(CONSULT, String.class)),
                  AttachmentId.parse(claims.getSubject()),
                  part));
    } catch (JwtException | IllegalArgumentException forged) {
      return Optional.empty();
    }
  }
}
