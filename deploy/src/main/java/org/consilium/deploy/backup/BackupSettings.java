package org.consilium.deploy.backup;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.consilium.deploy.Settings;
import org.consilium.deploy.Settings.WrongSetting;

/**
 * What the operator decides about backups, read from the environment. A wrong value is a {@link
 * WrongSetting} that names the setting and the mend.
 *
 * @param folder where the running product keeps backups and its log; none and it makes none
 * @param keep how many whole backups stay, the newest ones
 */
public record BackupSettings(Optional<Path> folder, int keep) {
  private static final int KEEP_OTHERWISE = 7;
  private static final int KEEP_MAX = 1_000;

  public static BackupSettings from(Map<String, String> environment) {
    return new BackupSettings(
        text(environment, "CONSILIUM_BACKUP")
            .map(name -> Path.of(name).toAbsolutePath().normalize()),
        keep(text(environment, "CONSILIUM_BACKUP_KEEP")));
  }

  /** Refuses what cannot be backed up here. */
  public BackupSettings checkedFor(Settings settings) {
    if (folder.isEmpty()) {
      return this;
    }
    if (settings.database().isPresent()) {
      throw new WrongSetting(
          "CONSILIUM_BACKUP is for the embedded database: back up the server that"
              + " CONSILIUM_DATABASE_URL names with its own tools, such as pg_basebackup or"
              + " pgBackRest, and leave CONSILIUM_BACKUP out.");
    }
    if (folder.get().startsWith(settings.data())) {
      throw new WrongSetting(
          "CONSILIUM_BACKUP must lie outside of CONSILIUM_DATA, best on another disk: what takes the"
              + " one must not take the other.");
    }
    return this;
  }

  private static int keep(Optional<String> value) {
    try {
      int keep = value.map(Integer::parseInt).orElse(KEEP_OTHERWISE);
      if (keep >= 1 && keep <= KEEP_MAX) {
        return keep;
      }
    } catch (NumberFormatException e) {
      // Said below, with what was given.
    }
    throw new WrongSetting(
        "CONSILIUM_BACKUP_KEEP must be a number from 1 to %d, not \"%s\"."
            .formatted(KEEP_MAX, value.orElse("")));
  }

  private static Optional<String> text(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }
}
