package org.consilium.platform.time;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;

/**
 * One edition of the tz database, compiled: the rules of every zone on earth.
 *
 * @param version IANA's name of the edition, for example {@code 2026f}
 * @param released the day it was made, as far as known
 * @param source where it was read, for an operator
 * @param files a TZif file for each zone's name
 */
public record ZoneData(
    String version, LocalDate released, String source, Map<String, byte[]> files) {
  /** A folder to read instead of choosing: {@code -Dconsilium.zoneinfo=…}, for the operator. */
  static final String FOLDER_PROPERTY = "consilium.zoneinfo";

  /** Where systems keep theirs; packages of the system bring it up to date. */
  private static final Path SYSTEM = Path.of("/usr/share/zoneinfo");

  private static final String BUNDLED = "zoneinfo.zip";

  /** The text of all rules; begins with {@code # version 2026f}. */
  private static final String TEXT = "tzdata.zi";

  private static final String VERSION_LINE = "# version ";
  private static final int FILE_BYTES_MAX = 64 * 1024;

  public ZoneData {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** The folder that the operator names, else the newer of the system's and the bundled one. */
  static ZoneData newest() {
    var named = System.getProperty(FOLDER_PROPERTY);
    if (named != null && !named.isBlank()) {
      return inFolder(Path.of(named))
          .orElseThrow(() ->
              new ZoneEdition.Unusable(
                  "CONSILIUM_ZONEINFO: \"%s\" holds no compiled tz database with its %s."
                      .formatted(named, TEXT)));
    }
    ZoneData bundled = bundled();
    return versionIn(SYSTEM).filter(version -> version.compareTo(bundled.version) > 0).isPresent()
        ? inFolder(SYSTEM).orElse(bundled)
        : bundled;
  }

  /** What this build carries. */
  static ZoneData bundled() {
    var files = new TreeMap<String, byte[]>();
    String text = "";
    LocalDate released = LocalDate.EPOCH;
    try (InputStream resource = ZoneData.class.getResourceAsStream(BUNDLED);
        var zip = new ZipInputStream(resource)) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        var bytes = zip.readAllBytes();
        if (entry.getName().equals(TEXT)) {
          text = firstLine(bytes);
          released = LocalDate.ofInstant(entry.getLastModifiedTime().toInstant(), ZoneOffset.UTC);
        } else if (!entry.isDirectory()) {
          files.put(entry.getName(), bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled zone data cannot be read", e);
    }
    String version =
        version(text).orElseThrow(() -> new IllegalStateException(BUNDLED + " has no version"));
    return new ZoneData(version, released, "bundled", files);
  }

  /** What a folder holds; empty when it is no tz database that tells its version. */
  static Optional<ZoneData> inFolder(Path folder) {
    return versionIn(folder)
        .map(version -> {
          var files = new TreeMap<String, byte[]>();
          try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
              read(folder, file).ifPresent(bytes -> files.put(name(folder, file), bytes));
            }
            var changed = Files.getLastModifiedTime(folder.resolve(TEXT)).toInstant();
            return new ZoneData(
                version, LocalDate.ofInstant(changed, ZoneOffset.UTC), folder.toString(), files);
          } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
          }
        });
  }

  private static Optional<String> versionIn(Path folder) {
    Path text = folder.resolve(TEXT);
    if (!Files.isReadable(text)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(text, StandardCharsets.US_ASCII)) {
      return lines.findFirst().flatMap(ZoneData::version);
    } catch (IOException e) {
      throw new UncheckedIOException(text + " cannot be read", e);
    }
  }

  private static Optional<String> version(String firstLine) {
    return firstLine.startsWith(VERSION_LINE)
        ? Optional.of(firstLine.substring(VERSION_LINE.length()).strip())
        : Optional.empty();
  }

  private static String firstLine(byte[] text) {
    return new String(text, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
  }

  /** Beside zones, a system's folder holds tables, and the zones twice more. */
  private static Optional<byte[]> read(Path folder, Path file) throws IOException {
    String first = folder.relativize(file).getName(0).toString();
    if (first.equals("right") || first.equals("posix") || Files.size(file) > FILE_BYTES_MAX) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    boolean compiled =
        bytes.length > 4
            && bytes[0] == 'T'
            && bytes[1] == 'Z'
            && bytes[2] == 'i'
            && bytes[3] == 'f';
    return compiled ? Optional.of(bytes) : Optional.empty();
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** The zones in it, for messages. */
  @Override
  public String toString() {
    return "ZoneData[%s of %s, %s, %d zones]".formatted(version, released, source, files.size());
  }
}
