package org.consilium.deploy;

import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import org.consilium.deploy.Settings.WrongSetting;
import org.consilium.deploy.backup.BackupSettings;
import org.consilium.deploy.backup.NightlyBackup;
import org.consilium.deploy.demo.DemoData;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Migrations.DatabaseUnusable;
import org.consilium.platform.database.embedded.Durability;
import org.consilium.platform.database.embedded.EmbeddedPostgres;
import org.consilium.platform.database.embedded.EmbeddedPostgresException;
import org.consilium.platform.time.ZoneEdition;
import org.slf4j.LoggerFactory;

/** Starts Consilium: the database, the server and, when asked, demonstration data. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    try {
      var zoneinfo = System.getenv("CONSILIUM_ZONEINFO");
      // Before anything asks for a zone, or the JDK's own would stay.
      var zones =
          ZoneEdition.install(Optional.ofNullable(zoneinfo).filter(name -> !name.isBlank()));
      LoggerFactory.getLogger(Main.class)
          .info("Time zones: {} of {}, {}", zones.version(), zones.released(), zones.source());
      var settings = Settings.from(System.getenv());
      run(settings, BackupSettings.from(System.getenv()).checkedFor(settings));
    } catch (WrongSetting
        | ZoneEdition.Unusable
        | DatabaseUnusable
        | EmbeddedPostgresException
        | DemoData.DemoFailed e) {
      System.err.println("Consilium cannot start. " + e.getMessage());
      System.exit(1);
    } catch (RuntimeException e) {
      if (isPortTaken(e)) {
        System.err.println(
            "Consilium cannot start. Its port is taken by another program; set CONSILIUM_PORT or"
                + " CONSILIUM_MANAGEMENT_PORT to a free one.");
      } else {
        e.printStackTrace();
      }
      System.exit(1);
    }
  }

  private static void run(Settings settings, BackupSettings backing) {
    var folder = settings.data().resolve("postgres");
    var embedded = settings.database().isPresent() ? null : embedded(folder, backing);
    var address = settings.database().orElseGet(() -> embedded.address());
    var signer = Signer.keptIn(settings.data().resolve("keys"));
    var backups =
        backing
            .folder()
            .map(into ->
                new NightlyBackup(
                    folder,
                    address,
                    into,
                    backing.keep(),
                    Clock.systemUTC(),
                    ZoneId.systemDefault()));
    Optional<String> invitation;
    Server server;
    try {
      invitation =
          settings.demo()
              ? DemoData.prepare(settings, address, Clock.systemUTC(), signer)
              : Optional.empty();
      server = Server.start(settings, address, Clock.systemUTC(), signer, backups);
    } catch (RuntimeException e) {
      if (embedded != null) {
        embedded.close();
      }
      throw e;
    }
    backups.ifPresent(NightlyBackup::start);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              backups.ifPresent(NightlyBackup::close);
              server.close();
              if (embedded != null) {
                embedded.close();
              }
            }));
    System.out.printf("Consilium is ready: http://localhost:%d%n", server.port());
    System.out.println(
        server
            .platform()
            .mail()
            .sender()
            .map(sender -> "Mail goes out as " + sender + ".")
            .orElse("No mail is sent: CONSILIUM_SMTP_URL is not set."));
    if (!server.platform().texts().sends()) {
      System.out.println("No short messages are sent: CONSILIUM_SMS_URL is not set.");
    }
    if (embedded != null) {
      System.out.println(
          backing
              .folder()
              .map(into -> "It is backed up to " + into + ".")
              .orElse("It is not backed up: CONSILIUM_BACKUP is not set."));
    }
    invitation.ifPresent(System.out::println);
  }

  private static EmbeddedPostgres embedded(Path folder, BackupSettings backing) {
    return backing
        .folder()
        .map(into -> EmbeddedPostgres.startArchiving(folder, into))
        .orElseGet(() -> EmbeddedPostgres.start(folder, Durability.DURABLE));
  }

  private static boolean isPortTaken(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      // The native transport has an exception of its own for it, with the system's words.
      if (cause instanceof BindException
          || String.valueOf(cause.getMessage()).contains("Address already in use")) {
        return true;
      }
    }
    return false;
  }
}
