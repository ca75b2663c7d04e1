package org.consilium.deploy.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import org.consilium.deploy.Server;
import org.consilium.deploy.Settings;
import org.consilium.platform.database.Migrations;

/**
 * Enters an organisation into an empty server: {@code ImportOrganisation <file>}. Exit status 0:
 * all of it is there; 2: nothing of it is.
 */
public final class ImportOrganisation {
  private ImportOrganisation() {}

  public static void main(String[] arguments) {
    try {
      if (arguments.length != 1) {
        throw new ArchiveFailed("Say which file to import.");
      }
      var settings = Settings.from(System.getenv());
      try (var database = OwnDatabase.of(settings)) {
        Migrations.run(database.address(), Server.SCHEMAS);
        var counts =
            new Archives(database.address(), Server.SCHEMAS)
                .enter(
                    Path.of(arguments[0]),
                    settings.data().resolve("keys").resolve("public"),
                    Clock.systemUTC().instant());
        System.out.printf(
            "%s: %d rows and %d files entered and read back alike. Nobody has a password yet:"
                + " give one with deploy/set-password.%n",
            counts.name(), counts.rows(), counts.files());
      }
    } catch (SQLException | IOException | RuntimeException e) {
      System.err.println("Nothing was imported. " + e.getMessage());
      System.exit(2);
    }
  }
}
