package org.consilium.deploy.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.consilium.deploy.Server;
import org.consilium.platform.database.Migrations;
import org.consilium.platform.database.embedded.EmbeddedPostgres;

/**
 * Fills a database of its own, backs it up, writes a quarter as much again, loses it, and measures
 * until all is back and proved. Prints one table; exit status 1 when it took longer than 3 minutes
 * for each 500 MB, or anything is missing. Started by {@code deploy/drill restore}.
 *
 * <p>Arguments: MB to fill.
 */
public final class RestoreDrill {
  private static final double SECONDS_MAX_PER_MB = 180.0 / 500;

  /** Random, so that nothing packs it; a row is as large as a page. */
  private static final String FILL =
      """
      INSERT INTO public.fill (bytes)
      SELECT (SELECT string_agg(uuid_send(gen_random_uuid()), '') FROM generate_series(1, 448 + n * 0))
        FROM generate_series(1, ?) n
      """;

  private static final int ROWS_PER_MB = 128;

  private RestoreDrill() {}

  public static void main(String[] arguments) throws Exception {
    System.exit(run(Integer.parseInt(arguments[0])) ? 0 : 1);
  }

  private static boolean run(int megabytes) throws Exception {
    var work = Files.createTempDirectory("consilium-drill");
    try {
      return run(megabytes, work);
    } finally {
      BackupFolder.delete(work);
    }
  }

  private static boolean run(int megabytes, Path work) throws Exception {
    var database = work.resolve("data").resolve("postgres");
    var folder = new BackupFolder(work.resolve("backups"));
    long later = Math.max(1, megabytes / 4);
    BackupFolder.Kept backup;
    long backedUp;
    long handedOver;
    try (var server = EmbeddedPostgres.startArchiving(database, folder.root())) {
      Migrations.run(server.address(), Server.SCHEMAS);
      try (var connection =
          DriverManager.getConnection(
              server.address().jdbcUrl(), server.address().user(), server.address().password())) {
        execute(
            connection,
            "CREATE TABLE public.fill (id bigint GENERATED ALWAYS AS IDENTITY, bytes bytea)");
        execute(connection, "ALTER TABLE public.fill ALTER bytes SET STORAGE PLAIN");
        fill(connection, megabytes);
        long began = System.nanoTime();
        backup = BaseBackup.make(database, server.address(), folder, 1);
        backedUp = System.nanoTime() - began;
        fill(connection, later);
        began = System.nanoTime();
        flush(connection);
        handedOver = System.nanoTime() - began;
      }
      long postmaster = server.pid();
      ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
    }
    BackupFolder.delete(work.resolve("data"));

    long began = System.nanoTime();
    var restored = Restoring.restore(folder.root(), Optional.empty(), work.resolve("again"));
    long back = System.nanoTime() - began;
    long size = backup.manifest().bytes() >> 20;
    var all =
        "%-56s %12d %12d"
            .formatted("public.fill", megabytes * ROWS_PER_MB, (megabytes + later) * ROWS_PER_MB);
    boolean whole = restored.proof().faults().isEmpty() && restored.proof().lines().contains(all);

    System.out.println("the data folder is lost");
    line("backup, MB", size);
    line("written after it, MB", later);
    line("making the backup, s", seconds(backedUp));
    line("handing over what waited of the log at the end, s", seconds(handedOver));
    line("restoring and proving, s", seconds(back));
    line("rows missing", whole ? "none" : "some: " + restored.proof());
    return whole && seconds(back) <= SECONDS_MAX_PER_MB * Math.max(50, size);
  }

  private static void line(String what, Object value) {
    System.out.printf("%-60s %12s%n", what, value);
  }

  private static double seconds(long nanos) {
    return Math.round(nanos / 1e8) / 10.0;
  }

  private static void fill(Connection connection, long megabytes) throws SQLException {
    try (var insert = connection.prepareStatement(FILL)) {
      insert.setLong(1, megabytes * ROWS_PER_MB);
      insert.executeUpdate();
    }
  }

  private static void flush(Connection connection)
      throws SQLException, IOException, InterruptedException {
    var last = text(connection, "SELECT pg_walfile_name(pg_switch_wal() - 1)");
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (text(connection, "SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver")
            .compareTo(last)
        < 0) {
      if (System.nanoTime() > end) {
        throw new IOException("the log was not handed over");
      }
      Thread.sleep(50);
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
