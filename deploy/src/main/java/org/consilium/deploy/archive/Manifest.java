package org.consilium.deploy.archive;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What an archive says it holds. It is the last entry: an archive whose writing was broken off has
 * none.
 *
 * @param format the version of the archive's own shape
 * @param schemas the version of each schema that the rows were taken from
 * @param parts every other entry, in the order in which they are entered
 * @param leftOut which tables stay behind, and why
 */
record Manifest(
    String product,
    int format,
    UUID organisation,
    String name,
    Instant madeAt,
    Map<String, String> schemas,
    List<Part> parts,
    Map<String, String> leftOut) {
  static final String PATH = "manifest.json";
  static final String PRODUCT = "Consilium";
  static final int FORMAT = 1;

  Manifest {
    parts = List.copyOf(parts);
  }

  /**
   * One entry.
   *
   * @param count its lines; 1 for a file or a key
   * @param sha256 of its bytes, in hexadecimal digits
   */
  record Part(String path, long count, long bytes, String sha256) {}
}
