package org.consilium.deploy.archive;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.consilium.platform.http.Json;

/** An archive to be read: its manifest, and each part held against the hash that it states. */
final class ArchiveFile implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final ZipFile zip;
  private final Manifest manifest;
  private final ArchiveLimits limits;

  private ArchiveFile(ZipFile zip, Manifest manifest, ArchiveLimits limits) {
    this.zip = zip;
    this.manifest = manifest;
    this.limits = limits;
  }

  /** What tells an archive of ours of any format from anything else. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Kind(String product, int format) {}

  /**
   * @throws ArchiveFailed when it is torn, too large, of a newer format, or holds other entries
   *     than it says
   */
  static ArchiveFile open(Path file, ArchiveLimits limits) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException torn) {
      throw new ArchiveFailed(
          file + " is no whole archive: it was torn, or its copying was broken off.", torn);
    }
    try {
      return new ArchiveFile(zip, checked(file, zip, limits), limits);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static Manifest checked(Path file, ZipFile zip, ArchiveLimits limits) throws IOException {
    var kind = read(file, zip, Kind.class, limits);
    if (!Manifest.PRODUCT.equals(kind.product())) {
      throw new ArchiveFailed(file + " is no archive of " + Manifest.PRODUCT + ".");
    }
    if (kind.format() != Manifest.FORMAT) {
      throw new ArchiveFailed(
          "%s has format %d; this build reads format %d. Import it with a build as new as the one that made it."
              .formatted(file, kind.format(), Manifest.FORMAT));
    }
    var manifest = read(file, zip, Manifest.class, limits);
    var stated = new HashSet<String>();
    manifest.parts().forEach(part -> stated.add(part.path()));
    var kept = new HashSet<String>();
    zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> !name.equals(Manifest.PATH))
        .forEach(kept::add);
    if (!stated.equals(kept)) {
      var odd = new java.util.TreeSet<>(stated);
      odd.removeIf(kept::contains);
      kept.stream().filter(name -> !stated.contains(name)).forEach(odd::add);
      throw new ArchiveFailed(
          "%s does not hold what its manifest says: %s.".formatted(file, odd.first()));
    }
    for (var part : manifest.parts()) {
      if (part.bytes() > limits.partBytes()) {
        throw limits.partTooLarge(part.path());
      }
    }
    return manifest;
  }

  private static <T> T read(Path file, ZipFile zip, Class<T> type, ArchiveLimits limits)
      throws IOException {
    try (var in = new Counting(zip.getInputStream(manifest(file, zip)), limits.manifestBytes())) {
      try {
        return Json.MAPPER.readValue(in, type);
      } catch (JsonProcessingException | Counting.TooMany unreadable) {
        throw in.isOver()
            ? limits.manifestTooLarge()
            : new ArchiveFailed(file + " has a manifest that cannot be read.", unreadable);
      }
    }
  }

  private static ZipEntry manifest(Path file, ZipFile zip) {
    var entry = zip.getEntry(Manifest.PATH);
    if (entry == null) {
      throw new ArchiveFailed(file + " has no " + Manifest.PATH + ": it is no archive of ours.");
    }
    return entry;
  }

  Manifest manifest() {
    return manifest;
  }

  ArchiveLimits limits() {
    return limits;
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
      var within = new Counting(counted, part.bytes());
      count = reader.read(within);
      var rest = new byte[BUFFER];
      while (within.read(rest) >= 0) {
        // What the reader left; the hash is over everything.
      }
      bytes = within.bytes;
    } catch (Counting.TooMany longer) {
      throw new ArchiveFailed(part.path() + " is longer than the manifest says.", longer);
    } catch (BoundedLines.TooLong line) {
      throw limits.lineTooLong(part.path());
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

  /** Passes on as many bytes as a part should have: a small entry may swell without end. */
  private static final class Counting extends java.io.FilterInputStream {
    private final long most;
    private long bytes;

    Counting(InputStream in, long most) {
      super(in);
      this.most = most;
    }

    private static final class TooMany extends IOException {
      private static final long serialVersionUID = 1;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int read = super.read(into, at, length);
      count(Math.max(0, read));
      return read;
    }

    boolean isOver() {
      return bytes > most;
    }

    private void count(int more) throws TooMany {
      bytes += more;
      if (isOver()) {
        throw new TooMany();
      }
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
