package org.consilium.deploy.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.consilium.deploy.Settings;
import org.consilium.platform.crypto.PasswordHash;
import org.consilium.platform.crypto.Secrets;

/**
 * Gives an account a new password, made here and printed once: {@code SetPassword <e-mail>}; its
 * sessions, tokens and PINs end. Exit status 0: it holds from now on; 2: nothing has changed.
 */
public final class SetPassword {
  private static final String SET =
      "UPDATE platform.account SET password_hash = ? WHERE lower(email) = lower(?)";

  /** Whoever got in by the old one is out, in every browser and program. */
  private static final List<String> END =
      List.of(
          "UPDATE platform.session SET ended_at = now() WHERE ended_at IS NULL AND account_id = ",
          "UPDATE platform.refresh_token SET revoked_at = now()"
              + " WHERE revoked_at IS NULL AND account_id = ",
          "UPDATE platform.device_vault SET proof_sha256 = NULL WHERE account_id = ",
          "DELETE FROM platform.known_device WHERE account_id = ");

  private static final String WHOSE =
      "(SELECT id FROM platform.account WHERE lower(email) = lower(?))";

  private SetPassword() {}

  public static void main(String[] arguments) {
    try {
      if (arguments.length != 1) {
        throw new ArchiveFailed("Say whose, by e-mail address.");
      }
      var password = Secrets.token().substring(0, 20);
      try (var database = OwnDatabase.of(Settings.from(System.getenv()));
          var connection = OwnDatabase.connect(database.address());
          var update = connection.prepareStatement(SET)) {
        update.setString(1, PasswordHash.of(password));
        update.setString(2, arguments[0]);
        if (update.executeUpdate() != 1) {
          throw new ArchiveFailed("There is no account " + arguments[0] + ".");
        }
        endSignIns(connection, arguments[0]);
        connection.commit();
      }
      System.out.println(password);
      System.exit(0);
    } catch (SQLException | RuntimeException e) {
      System.err.println("No password was set. " + e.getMessage());
      System.exit(2);
    }
  }

  private static void endSignIns(Connection connection, String email) throws SQLException {
    try (var role = connection.createStatement()) {
      role.execute("SET LOCAL ROLE consilium_worker");
    }
    for (var statement : END) {
      try (var end = connection.prepareStatement(statement + WHOSE)) {
        end.setString(1, email);
        end.executeUpdate();
      }
    }
  }
}
