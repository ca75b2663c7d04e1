package org.consilium.platform.database.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Turns what PostgreSQL or the file system said into one sentence that a person can act on. */
final class StartFailure {
  private StartFailure() {}

  static boolean portTaken(String words) {
    return words.contains("Address already in use") || words.contains("could not bind");
  }

  static EmbeddedPostgresException explain(DatabaseFolder folder, String words) {
    return new EmbeddedPostgresException(sentence(folder.root(), words));
  }

  static EmbeddedPostgresException explain(DatabaseFolder folder, SQLException failure) {
    return new EmbeddedPostgresException(sentence(folder.root(), failure.getMessage()), failure);
  }

  static EmbeddedPostgresException explain(Path folder, IOException failure) {
    var words =
        failure instanceof AccessDeniedException
            ? "Permission denied: " + failure.getMessage()
            : String.valueOf(failure.getMessage());
    return new EmbeddedPostgresException(sentence(folder, words), failure);
  }

  private static String sentence(Path folder, String words) {
    if (words.contains("No space left on device") || words.contains("Disk quota exceeded")) {
      return "The disk that holds %s is full: free some space and start again.".formatted(folder);
    }
    if (words.contains("Permission denied") || words.contains("Operation not permitted")) {
      return "PostgreSQL may not use %s (%s): let the user that runs Consilium own the folder and enter all folders above it."
          .formatted(folder, heart(words));
    }
    if (words.contains("Read-only file system")) {
      return "The folder %s cannot be written: set CONSILIUM_DATA to one that can."
          .formatted(folder);
    }
    if (Recovery.endedTooEarly(words)) {
      return "The log of this backup has no change as late as the time that was asked for: leave the time out to get everything there is.";
    }
    if (words.contains("could not restore file")) {
      return "A piece of the kept log is damaged (%s): name a time before it, or take a later backup."
          .formatted(heart(words));
    }
    if (words.contains("pre-existing shared memory block") || words.contains("lock file")) {
      return "The data in %s are in use by another PostgreSQL server: stop it and start again."
          .formatted(folder);
    }
    if (words.contains("password authentication failed")) {
      return "The file %s does not hold the password of the data beside it: restore it from your backup."
          .formatted(folder.resolve("password"));
    }
    return "PostgreSQL did not start (%s): its log is %s."
        .formatted(heart(words), folder.resolve("server.log"));
  }

  /** The line that matters most: the last one that reports an error, else the last one. */
  private static String heart(String words) {
    var lines = words.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.reversed().stream()
        .filter(
            line -> line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:"))
        .findFirst()
        .or(() -> lines.reversed().stream().findFirst())
        .orElse("it said nothing");
  }
}
