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
 * all of it is there; 2: nothing of it is; 3: all but its public keys, which it says what to do
 * with.
 */
public final class ImportOrganisation {
  private ImportOrganisation() {}

  public static void main(String[] arguments) {
    try {
      if (arguments.length != 1) {
        throw new ArchiveFailed("Say which file to import.");
      }
      var settings = Settings.from(System.getenv());
      var limits = ArchiveLimits.from(System.getenv());
      try (var database = OwnDatabase.of(settings)) {
        Migrations.run(database.address(), Server.SCHEMAS);
        var counts =
            new Archives(database.address(), Server.SCHEMAS)
                .enter(
                    Path.of(arguments[0]),
                    limits,
                    settings.data().resolve("keys").resolve("public"),
                    Clock.systemUTC().instant());
        System.out.printf(
            "%s: %d rows and %d files entered and read back alike. Nobody has a password yet:"
                + " give one with deploy/set-password. Programs are shut out until an administrator"
                + " registers them anew.%n",
            counts.name(), counts.rows(), counts.files());
      }
    } catch (KeysLeftBeside e) {
      System.err.println(e.getMessage());
      System.exit(3);
    } catch (SQLException | IOException | RuntimeException e) {
      System.err.println("Nothing was imported. " + e.getMessage());
      System.exit(2);
    }
  }
}
