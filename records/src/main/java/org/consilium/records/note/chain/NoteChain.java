package org.consilium.records.note.chain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The chain of a consult's signed notes: each hash is SHA-256 over the hash before it (none for the
 * first) and the note's canonical bytes, so a note cannot be changed, taken out or slipped in
 * without every later hash disagreeing. The signature is over the hash.
 */
public final class NoteChain {
  private NoteChain() {}

  /** One kept link. */
  public record Link(byte[] canonical, Optional<byte[]> previousSha256, byte[] sha256) {}

  /** The hash of a note after the one with the hash {@code previous}. */
  public static byte[] hash(Optional<byte[]> previous, byte[] canonical) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      previous.ifPresent(digest::update);
      return digest.digest(canonical);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The index of the first link that is not what was signed, or empty when all hold. */
  public static Optional<Integer> firstBroken(List<Link> links) {
    Optional<byte[]> previous = Optional.empty();
    for (int i = 0; i < links.size(); i++) {
      var link = links.get(i);
      boolean follows = Arrays.equals(link.previousSha256().orElse(null), previous.orElse(null));
      if (!follows || !Arrays.equals(link.sha256(), hash(previous, link.canonical()))) {
        return Optional.of(i);
      }
      previous = Optional.of(link.sha256());
    }
    return Optional.empty();
  }
}
