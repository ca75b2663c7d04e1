package org.consilium.deploy.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.UUID;
import org.consilium.deploy.Server;
import org.consilium.deploy.Settings;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.embedded.DatabaseAddress;

/**
 * Takes a whole organisation out: {@code ExportOrganisation <name or id> <file>}. Exit status 0: it
 * is whole; 2: it could not be made, and there is no file.
 */
public final class ExportOrganisation {
  private static final String FIND =
      "SELECT id, name FROM platform.organisation WHERE id::text = ? OR name = ? ORDER BY id";

  private static final String ALL = "SELECT id, name FROM platform.organisation ORDER BY name";

  private ExportOrganisation() {}

  public static void main(String[] arguments) {
    try {
      if (arguments.length != 2) {
        throw new ArchiveFailed("Say which organisation, by name or id, and into which file.");
      }
      var settings = Settings.from(System.getenv());
      try (var database = OwnDatabase.of(settings)) {
        var counts =
            run(settings, database.address(), arguments[0], Path.of(arguments[1]).toAbsolutePath());
        System.out.printf(
            "%s: %d rows, %d files, %d resources of FHIR in %s.%n",
            counts.name(), counts.rows(), counts.files(), counts.resources(), arguments[1]);
      }
    } catch (SQLException | IOException | RuntimeException e) {
      System.err.println("The organisation could not be exported. " + e.getMessage());
      System.exit(2);
    }
  }

  private static Archives.Counts run(
      Settings settings, DatabaseAddress address, String named, Path file)
      throws SQLException, IOException {
    var organisation = find(address, named);
    var keys = Signer.publicKeys(settings.data().resolve("keys").resolve("public"));
    if (Files.exists(file)) {
      throw new ArchiveFailed(file + " is there already; name another.");
    }
    var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (var fhir = FhirOfRecords.open(address, Clock.systemUTC())) {
      Archives.Counts counts;
      try (var channel = ownersOnly(unfinished);
          var out = new BufferedOutputStream(Channels.newOutputStream(channel), 64 * 1024)) {
        counts =
            new Archives(address, Server.SCHEMAS)
                .write(organisation, keys, fhir, Clock.systemUTC().instant(), out);
        out.flush();
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return counts;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** It holds everything about everybody: nobody but the operator may read it. */
  private static FileChannel ownersOnly(Path file) {
    try {
      Files.deleteIfExists(file);
      return FileChannel.open(
          file,
          EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static UUID find(DatabaseAddress address, String named) throws SQLException {
    try (var connection = OwnDatabase.connect(address);
        var query = connection.prepareStatement(FIND)) {
      query.setString(1, named);
      query.setString(2, named);
      try (var rows = query.executeQuery()) {
        if (rows.next()) {
          var found = rows.getObject("id", UUID.class);
          if (rows.next()) {
            throw new ArchiveFailed("More than one is called " + named + "; name it by its id.");
          }
          return found;
        }
      }
      var known = new StringBuilder();
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery(ALL)) {
        while (rows.next()) {
          known.append("\n  ").append(rows.getString("id")).append("  ").append(rows.getString(2));
        }
      }
      throw new ArchiveFailed("There is no organisation " + named + ". There are:" + known);
    }
  }
}
