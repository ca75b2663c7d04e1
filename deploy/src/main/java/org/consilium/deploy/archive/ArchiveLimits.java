package org.consilium.deploy.archive;

import java.util.Map;

/**
 * How much of an archive is believed: one that was made to fill memory or disk is refused where it
 * passes them. Each is a setting, for whoever has more.
 *
 * @param lineBytes of one row
 * @param partBytes of one table, or one file
 * @param manifestBytes of the manifest, which has an entry of about 200 bytes for each file; it is
 *     held in memory
 */
public record ArchiveLimits(long lineBytes, long partBytes, long manifestBytes) {
  private static final String LINE = "CONSILIUM_ARCHIVE_LINE_MB";
  private static final String PART = "CONSILIUM_ARCHIVE_PART_MB";
  private static final String MANIFEST = "CONSILIUM_ARCHIVE_MANIFEST_MB";

  private static final long MEGABYTE = 1024 * 1024;

  /** An array is no longer. */
  private static final long HELD_MEGABYTES_MAX = 1024;

  private static final long MEGABYTES_MAX = 1L << 30;

  public static final ArchiveLimits USUAL = from(Map.of());

  /**
   * @throws ArchiveFailed naming the setting that is no number of megabytes
   */
  static ArchiveLimits from(Map<String, String> environment) {
    return new ArchiveLimits(
        bytes(environment, LINE, 8, HELD_MEGABYTES_MAX),
        bytes(environment, PART, 65_536, MEGABYTES_MAX),
        bytes(environment, MANIFEST, 64, HELD_MEGABYTES_MAX));
  }

  private static long bytes(Map<String, String> environment, String name, long usual, long most) {
    var value = environment.getOrDefault(name, "").strip();
    try {
      long megabytes = value.isEmpty() ? usual : Long.parseLong(value);
      if (megabytes >= 1 && megabytes <= most) {
        return megabytes * MEGABYTE;
      }
    } catch (NumberFormatException e) {
      // Said below, with what was given.
    }
    throw new ArchiveFailed(
        "%s must be a number of megabytes from 1 to %d, not \"%s\".".formatted(name, most, value));
  }

  ArchiveFailed lineTooLong(String part) {
    return tooLarge("A line of " + part, lineBytes, LINE);
  }

  ArchiveFailed partTooLarge(String part) {
    return tooLarge(part, partBytes, PART);
  }

  ArchiveFailed manifestTooLarge() {
    return tooLarge(Manifest.PATH, manifestBytes, MANIFEST);
  }

  private static ArchiveFailed tooLarge(String what, long most, String setting) {
    return new ArchiveFailed(
        "%s is larger than %d MB. If that is right, set %s to more."
            .formatted(what, most / MEGABYTE, setting));
  }
}
