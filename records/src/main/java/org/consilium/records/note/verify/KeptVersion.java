package org.consilium.records.note.verify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A signed version as the database has it, columns beside signed bytes. JSON as text.
 *
 * @param recommendations the rows, in their order, as JSON of their columns
 * @param warnings the rows, in their order, as JSON of their columns
 * @param coSignature the second signature, where there is one
 */
@SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
public record KeptVersion(
    UUID organisation,
    UUID consult,
    UUID id,
    int version,
    String kind,
    Optional<UUID> amends,
    Optional<String> reason,
    Optional<String> reasonText,
    UUID authorId,
    String author,
    String content,
    byte[] canonical,
    Optional<byte[]> shownSha256,
    Optional<byte[]> previousSha256,
    byte[] sha256,
    byte[] signature,
    String keyId,
    boolean needsCoSignature,
    Instant signedAt,
    List<String> recommendations,
    List<String> warnings,
    Optional<CoSignature> coSignature) {

  /** The row of a co-signature. */
  public record CoSignature(
      UUID signer,
      byte[] canonical,
      byte[] sha256,
      byte[] signature,
      String keyId,
      Instant signedAt) {}
}
