package org.consilium.platform.database.embedded;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a restored data folder goes on from its backup.
 *
 * @param archive pieces of the log as {@link WalArchive} keeps them; none and only the backup's own
 *     are replayed
 * @param until what was committed later stays out; none and everything there is comes back
 */
public record Recovery(Optional<Path> archive, Optional<Instant> until) {
  /** Where PostgreSQL reads this setting it knows zones by their distance only. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

  /** What PostgreSQL says when nothing in the log is as late as {@link #until}. */
  private static final String NOT_THAT_LATE =
      "recovery ended before configured recovery target was reached";

  /** Whether a start failed because the log has no change as late as was asked for. */
  static boolean endedTooEarly(String words) {
    return words.contains(NOT_THAT_LATE);
  }

  List<String> settings() {
    var settings =
        new ArrayList<>(
            List.of(
                "hot_standby=off",
                "recovery_target_timeline=current",
                "recovery_target_action=promote",
                "restore_command=" + archive.map(Recovery::fetching).orElse("false")));
    until.ifPresent(time -> settings.add("recovery_target_time=" + TIME.format(time)));
    return settings;
  }

  /** What is not there is the end; what is there and damaged must not look like the end. */
  private static String fetching(Path folder) {
    var kept = WalArchive.quoted(folder) + "/%f.gz";
    return "[ -e " + kept + " ] || exit 1; gzip -dc " + kept + " > %p || exit 255";
  }
}
