package org.consilium.records.attachment.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;
import org.consilium.platform.database.Database;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;

/** Keeps bytes as they come, a chunk in a transaction; what is never finished is swept away. */
public final class BlobWriter implements Sink {
  private final Database database;
  private final BlobStore blobs;
  private final OrganisationId owner;
  private final ConsultId consult;
  private final UUID blob;
  private final MessageDigest sha256;
  private final byte[] chunk = new byte[BlobStore.CHUNK_BYTES];
  private int filled;
  private int seq;
  private long length;

  public BlobWriter(
      Database database,
      BlobStore blobs,
      OrganisationId owner,
      ConsultId consult,
      AttachmentId attachment) {
    this.database = database;
    this.blobs = blobs;
    this.owner = owner;
    this.consult = consult;
    this.blob = database.asWorker(tx -> blobs.open(tx, owner, consult, attachment));
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void write(byte[] bytes, int from, int count) {
    sha256.update(bytes, from, count);
    length += count;
    for (int at = from; at < from + count; ) {
      int fits = Math.min(chunk.length - filled, from + count - at);
      System.arraycopy(bytes, at, chunk, filled, fits);
      filled += fits;
      at += fits;
      if (filled == chunk.length) {
        flush();
      }
    }
  }

  private void flush() {
    var full = Arrays.copyOf(chunk, filled);
    int number = seq++;
    filled = 0;
    database.asWorker(tx -> {
      blobs.append(tx, owner, consult, blob, number, full);
      return full;
    });
  }

  /** What was written, all of it kept. */
  public Kept finish() {
    if (filled > 0) {
      flush();
    }
    return new Kept(blob, length, sha256.digest());
  }

  /** Bytes that are kept. */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  public record Kept(UUID blob, long length, byte[] sha256) {}
}
