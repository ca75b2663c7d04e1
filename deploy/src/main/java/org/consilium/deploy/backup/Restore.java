package org.consilium.deploy.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Makes a data folder from a backup: {@code Restore <backup> [until-time] <data-folder>}. Exit
 * status 0: it is there and proved; 1: it is there and something does not hold, each named in a
 * line; 2: nothing was restored.
 */
public final class Restore {
  private Restore() {}

  public static void main(String[] arguments) {
    try {
      System.exit(run(arguments) ? 0 : 1);
    } catch (RuntimeException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static boolean run(String[] arguments) {
    if (arguments.length != 2 && arguments.length != 3) {
      throw new BackupFailed(
          "Say from which backup, up to which time if not the newest, and into which folder.");
    }
    var until = arguments.length == 3 ? Optional.of(time(arguments[1])) : Optional.<Instant>empty();
    var data = Path.of(arguments[arguments.length - 1]).toAbsolutePath().normalize();
    var began = Instant.now();
    var restored = Restoring.restore(Path.of(arguments[0]), until, data);
    restored.proof().lines().forEach(System.out::println);
    System.out.printf(
        "Restored from %s%s in %d s. Start Consilium with CONSILIUM_DATA=%s%n",
        restored.backup().path(),
        restored.newest().map(at -> ", with every change up to " + at).orElse(""),
        Duration.between(began, Instant.now()).toSeconds(),
        data);
    restored.proof().faults().forEach(System.out::println);
    return restored.proof().faults().isEmpty();
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new BackupFailed(
          "The time must be like 2026-03-01T12:00:00Z, in UTC, not \"" + text + "\".", e);
    }
  }
}
