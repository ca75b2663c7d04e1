package org.consilium.deploy.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Passes bytes on, counting and hashing them; closing it leaves what is behind it open. */
final class PartDigest extends OutputStream {
  private final OutputStream behind;
  private final MessageDigest digest = sha256();
  private long bytes;

  PartDigest(OutputStream behind) {
    this.behind = behind;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void write(int one) throws IOException {
    behind.write(one);
    digest.update((byte) one);
    bytes++;
  }

  @Override
  public void write(byte[] from, int at, int length) throws IOException {
    behind.write(from, at, length);
    digest.update(from, at, length);
    bytes += length;
  }

  Manifest.Part part(String path, long count) {
    return new Manifest.Part(path, count, bytes, HexFormat.of().formatHex(digest.digest()));
  }
}
