package org.consilium.records.attachment.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.crypto.OwnTokens;
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

  private final OwnTokens tokens;

  FileLinks(Signer signer, InstantSource clock) {
    this.tokens = new OwnTokens(signer, AUDIENCE, clock);
  }

  /** A file, and who may read it by a link. */
  record Link(SignIn reader, ConsultId consult, AttachmentId attachment, Part part) {}

  String sign(Link link, Instant until) {
    return tokens.sign(
        link.attachment().toString(),
        Map.of(
            SIGN_IN, link.reader().id().toString(),
            MEMBERSHIP, link.reader().membership().toString(),
            CONSULT, link.consult().toString(),
            PART, link.part().wire()),
        until);
  }

  /** What a link names; empty when it is over or not ours. */
  Optional<Link> read(String token) {
    return tokens.read(
        token,
        claim ->
            new Link(
                new SignIn(
                    UUID.fromString(claim.apply(SIGN_IN)),
                    MembershipId.parse(claim.apply(MEMBERSHIP))),
                ConsultId.parse(claim.apply(CONSULT)),
                AttachmentId.parse(claim.apply("sub")),
                Part.of(claim.apply(PART)).orElseThrow(IllegalArgumentException::new)));
  }
}
