package org.consilium.deploy.archive;

import java.sql.SQLException;
import org.consilium.deploy.Settings;
import org.consilium.platform.crypto.PasswordHash;
import org.consilium.platform.crypto.Secrets;

/**
 * Gives an account a new password, made here and printed once: {@code SetPassword <e-mail>}. Exit
 * status 0: it holds from now on; 2: nothing has changed.
 */
public final class SetPassword {
  private static final String SET =
      "UPDATE platform.account SET password_hash = ? WHERE lower(email) = lower(?)";

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
        connection.commit();
      }
      System.out.println(password);
      System.exit(0);
    } catch (SQLException | RuntimeException e) {
      System.err.println("No password was set. " + e.getMessage());
      System.exit(2);
    }
  }
}
