package org.consilium.deploy.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.consilium.platform.http.Json;

/** An archive to be read: its manifest, and each part held against the hash that it states. */
final class ArchiveFile implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;
  private static final long MANIFEST_BYTES_MAX = 512L * 1024 * 1024;

  private final ZipFile zip;
  private final Manifest manifest;

  private ArchiveFile(ZipFile zip, Manifest manifest) {
    this.zip = zip;
    this.manifest = manifest;
  }

  /**
   * @throws ArchiveFailed when it is torn, of a newer format, or holds other entries than it says
   */
  static ArchiveFile open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException torn) {
      throw new ArchiveFailed(
          file + " is no whole archive: it was torn, or its copying was broken off.", torn);
    }
    try {
      return new ArchiveFile(zip, checked(file, zip));
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static Manifest checked(Path file, ZipFile zip) throws IOException {
    var entry = zip.getEntry(Manifest.PATH);
    if (entry == null || entry.getSize() > MANIFEST_BYTES_MAX) {
      throw new ArchiveFailed(file + " has no " + Manifest.PATH + ": it is no archive of ours.");
    }
    Manifest manifest;
    try (var in = zip.getInputStream(entry)) {
      var tree = Json.MAPPER.readTree(in.readAllBytes());
      if (!Manifest.PRODUCT.equals(tree.path("product").asText())) {
        throw new ArchiveFailed(file + " is no archive of " + Manifest.PRODUCT + ".");
      }
      if (tree.path("format").asInt() != Manifest.FORMAT) {
        throw new ArchiveFailed(
            "%s has format %s; this build reads format %d. Import it with a build as new as the one that made it."
                .formatted(file, tree.path("format").asText(), Manifest.FORMAT));
      }
      manifest = Json.MAPPER.treeToValue(tree, Manifest.class);
    } catch (com.fasterxml.jackson.core.JsonProcessingException unreadable) {
      throw new ArchiveFailed(file + " has a manifest that cannot be read.", unreadable);
    }
    var stated = new HashSet<String>();
    manifest.parts().forEach(part -> stated.add(part.path()));
    var kept = new HashSet<String>();
    zip.stream()
        .map(java.util.zip.ZipEntry::getName)
        .filter(name -> !name.equals(Manifest.PATH))
        .forEach(kept::add);
    if (!stated.equals(kept)) {
      var odd = new java.util.TreeSet<>(stated);
      odd.removeIf(kept::contains);
      kept.stream().filter(name -> !stated.contains(name)).forEach(odd::add);
      throw new ArchiveFailed(
          "%s does not hold what its manifest says: %s.".formatted(file, odd.first()));
    }
    return manifest;
  }

  Manifest manifest() {
    return manifest;
  }

  /** What is done with the bytes of a part while they are hashed. */
  interface Reader {
    /** Takes them all; answers how many lines, or things, they were. */
    long read(InputStream bytes) throws java.sql.SQLException, IOException;
  }

  /** Reads a part to its end; a wrong hash, length or count is refused. */
  void read(Manifest.Part part, Reader reader) throws java.sql.SQLException, IOException {
    var digest = PartDigest.sha256();
    long count;
    long bytes = 0;
    try (var in = zip.getInputStream(zip.getEntry(part.path()));
        var counted = new java.security.DigestInputStream(in, digest)) {
      var within = new Counting(counted);
      count = reader.read(within);
      var rest = new byte[BUFFER];
      while (within.read(rest) >= 0) {
        // What the reader left; the hash is over everything.
      }
      bytes = within.bytes;
    } catch (ZipException | java.io.EOFException damaged) {
      throw new ArchiveFailed(part.path() + " is damaged in the archive.", damaged);
    }
    if (bytes != part.bytes()
        || count != part.count()
        || !HexFormat.of().formatHex(digest.digest()).equals(part.sha256())) {
      throw new ArchiveFailed(
          part.path() + " is not what the manifest says: its hash or its length is another.");
    }
  }

  private static final class Counting extends java.io.FilterInputStream {
    private long bytes;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      bytes += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int read = super.read(into, at, length);
      bytes += Math.max(0, read);
      return read;
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
