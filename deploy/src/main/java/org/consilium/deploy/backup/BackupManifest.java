package org.consilium.deploy.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Json;

/**
 * What a whole backup says it holds. It is written last, with its own hash beside it.
 *
 * @param format the version of the backup's own shape
 * @param postgres the version of the server, such as {@code 18.6}
 * @param line names the log that goes on from here, when the server keeps it
 * @param startedAt by the database's clock
 * @param endedAt the earliest moment that can be restored
 * @param startSegment the first piece of the log that is needed
 * @param stopSegment the last piece of the log that the backup itself brings
 * @param tables how they were in a moment before {@code endedAt}
 * @param folders every folder of the data, also empty ones, parents first
 * @param files every file beside the manifest
 */
record BackupManifest(
    String product,
    int format,
    String postgres,
    Optional<String> line,
    Instant startedAt,
    Instant endedAt,
    String startSegment,
    String stopSegment,
    List<TableState> tables,
    List<String> folders,
    List<Entry> files) {
  static final String PRODUCT = "Consilium";
  static final int FORMAT = 1;

  private static final String NAME = "manifest.json";
  private static final String HASH = "manifest.sha256";

  BackupManifest {
    tables = List.copyOf(tables);
    folders = List.copyOf(folders);
    files = List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param path below the backup
   * @param sha256 of its bytes, in hexadecimal digits
   */
  record Entry(String path, long bytes, String sha256) {}

  long bytes() {
    return files.stream().mapToLong(Entry::bytes).sum();
  }

  void writeTo(Path backup) throws IOException {
    var json = Json.write(this);
    HashedCopy.write(json, backup.resolve(NAME));
    HashedCopy.write(
        (HashedCopy.sha256(json) + "\n").getBytes(StandardCharsets.US_ASCII), backup.resolve(HASH));
  }

  /** Whether {@code folder} is a whole backup, by the look of it. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(NAME));
  }

  static BackupManifest of(Path backup) throws IOException {
    BackupManifest manifest;
    try {
      var json = Files.readAllBytes(backup.resolve(NAME));
      var hash = Files.readString(backup.resolve(HASH), StandardCharsets.US_ASCII).strip();
      if (!hash.equals(HashedCopy.sha256(json))) {
        throw changed(backup, NAME);
      }
      manifest = Json.MAPPER.readValue(json, BackupManifest.class);
    } catch (NoSuchFileException | JsonProcessingException torn) {
      throw new BackupFailed(
          backup + " is no whole backup: its manifest is missing or torn. Take another.", torn);
    }
    if (!manifest.product().equals(PRODUCT) || manifest.format() != FORMAT) {
      throw new BackupFailed(
          backup + " was made by another release: restore it with the one that made it.");
    }
    return manifest;
  }

  static BackupFailed changed(Path backup, String path) {
    return new BackupFailed(
        "The backup %s is torn or was changed: %s is not what was written then. Take another."
            .formatted(backup, path));
  }
}
