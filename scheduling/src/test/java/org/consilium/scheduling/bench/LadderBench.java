package org.consilium.scheduling.bench;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.consilium.platform.Platform;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Migrations;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.database.embedded.Durability;
import org.consilium.platform.database.embedded.EmbeddedPostgres;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Accounts;
import org.consilium.platform.identity.Organisation;
import org.consilium.platform.identity.Role;
import org.consilium.platform.identity.Site;
import org.consilium.scheduling.Scheduling;

/**
 * Fires timers of the ladder over several processes that are killed in between: 100,000 wait, some
 * of them fall due while it runs. Every one that is due must have fired once, with its effect once,
 * and none that is not due. Takes how many fall due and in how many seconds. The database is the
 * product's own, with every commit on the disk.
 */
public final class LadderBench {
  private static final int PENDING = 100_000;
  private static final int STEPS_EACH = 2;
  private static final int NODES = 3;
  private static final int KILLS = 20;
  private static final Duration FIRST_IN = Duration.ofSeconds(12);
  private static final Duration ALL_WITHIN = Duration.ofMinutes(3);

  private final DatabaseAddress address;
  private final int due;
  private final Duration window;
  private final List<Process> nodes = new ArrayList<>();

  private LadderBench(DatabaseAddress address, int due, Duration window) {
    this.address = address;
    this.due = due;
    this.window = window;
  }

  public static void main(String[] arguments) throws Exception {
    int due = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 120;
    var folder = Path.of("target", "ladder-bench-" + ProcessHandle.current().pid());
    int failed;
    try (var postgres = EmbeddedPostgres.start(folder, Durability.DURABLE)) {
      Migrations.run(postgres.address(), List.of(Platform.SCHEMA, Scheduling.SCHEMA));
      failed = new LadderBench(postgres.address(), due, Duration.ofSeconds(seconds)).run();
    }
    System.exit(failed);
  }

  private int run() throws Exception {
    try {
      for (int i = 0; i < NODES; i++) {
        nodes.add(start());
      }
      fill();
      kill();
      await();
      return report();
    } finally {
      nodes.forEach(Process::destroyForcibly);
    }
  }

  /** An organisation with half as many orange consults as timers; two steps of the ladder each. */
  private void fill() throws SQLException {
    var organisation = OrganisationId.random();
    var site = SiteId.random();
    var clinician = AccountId.random();
    try (var platform =
        new Platform(Vertx.vertx(), address, InstantSource.system(), Signer.ephemeral())) {
      platform
          .database()
          .asWorker(tx -> {
            var zone = ZoneId.of("Africa/Nairobi");
            platform
                .accounts()
                .organisation(tx, new Organisation(organisation, "Bench", zone, "clinic-network"));
            platform.accounts().site(tx, new Site(site, organisation, "Far", zone, "KE", ""));
            platform
                .accounts()
                .account(
                    tx,
                    new Accounts.NewAccount(
                        clinician, "A. Nurse", "a@bench", zone, "en", "", "R-1", "KE"),
                    "-");
            return platform
                .accounts()
                .membership(tx, clinician, organisation, Role.CLINICIAN, Optional.of(site));
          });
    }
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("SET ROLE consilium_worker");
      statement.execute(
          """
          INSERT INTO platform.consult (id, organisation_id, patient_id, site_id, opened_at)
          SELECT gen_random_uuid(), '%s', gen_random_uuid(), '%s', now() FROM generate_series(1, %d)
          """
              .formatted(organisation, site, PENDING / STEPS_EACH));
      statement.execute(
          """
          INSERT INTO scheduling.consult (id, organisation_id, site_id, patient_id, requester_id,
            age_value, age_unit, age_group, sex, patient_language, clinic_language, question,
            mode_asked, specialty_asked, mode, specialty, urgency_computed, urgency_requested,
            urgency_confirmed, status, waiting_on, due_at, due_for, submitted_at, targets_version,
            changed_at, version)
          SELECT id, organisation_id, site_id, patient_id, '%s', 34, 'years', 'adult', 'female',
            'sw', 'en', 'Bench', 'clinician-advice', 'dermatology', 'clinician-advice',
            'dermatology', 'orange', 'orange', 'orange', 'triaged', 'coordinator', now(),
            'acceptance', now(), 1, now(), 1
            FROM platform.consult
          """
              .formatted(clinician));
      // The n-th timer falls due after n parts of the window; those beyond it in the coming days.
      var first = Instant.now().plus(FIRST_IN);
      double gap = (double) window.toMillis() / due;
      statement.execute(
          """
          INSERT INTO scheduling.timer (id, consult_id, step, due_at, planned_at, targets_version,
                                        ladder_version, urgency, position)
          SELECT gen_random_uuid(), id, 'step', at, at, 1, 1, 'orange', position
            FROM (SELECT id, position, CASE WHEN n <= %d
                    THEN '%s'::timestamptz + (n * %s) * interval '1 millisecond'
                    ELSE '%s'::timestamptz + interval '1 day' + n * interval '1 second' END AS at
                    FROM (SELECT c.id, 5 + s AS position,
                                 row_number() OVER (ORDER BY s, c.id) AS n
                            FROM scheduling.consult c, generate_series(1, %d) s) numbered) timed
          """
              .formatted(due, first, gap, first, STEPS_EACH));
      statement.execute("RESET ROLE");
      statement.execute("ANALYZE");
    }
  }

  /** One node after the other is killed, and another one started in its place. */
  private void kill() throws Exception {
    var random = new Random(1);
    var started = Instant.now();
    for (int i = 0; i < KILLS; i++) {
      var at = started.plus(FIRST_IN).plus(window.multipliedBy(i + 1).dividedBy(KILLS + 1));
      sleepUntil(at.plusMillis(random.nextInt(400)));
      var victim = nodes.remove(0);
      victim.destroyForcibly().waitFor();
      nodes.add(start());
    }
  }

  private void await() throws Exception {
    var until = Instant.now().plus(ALL_WITHIN);
    sleepUntil(Instant.now().plusSeconds(3));
    while (count("fired_at IS NULL AND due_at <= now()") > 0 && Instant.now().isBefore(until)) {
      sleepUntil(Instant.now().plusSeconds(1));
    }
    nodes.forEach(Process::destroyForcibly);
  }

  private int report() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("SET ROLE consilium_worker");
      long lost =
          number(
              statement,
              "SELECT count(*) FROM scheduling.timer WHERE fired_at IS NULL AND due_at <= now()");
      long early =
          number(statement, "SELECT count(*) FROM scheduling.timer WHERE fired_at < due_at");
      long fired =
          number(
              statement,
              "SELECT count(*) FROM scheduling.timer WHERE fired_at IS NOT NULL AND outcome = 'done'");
      long effects =
          number(
              statement,
              "SELECT count(*) FROM scheduling.consult_event WHERE kind IN ('overdue', 'supervisor-needed')");
      long doubled =
          number(
              statement,
              """
              SELECT count(*) FROM (SELECT consult_id, kind FROM scheduling.consult_event
               GROUP BY consult_id, kind HAVING count(*) > 1) twice
              """);
      long retried = number(statement, "SELECT count(*) FROM scheduling.timer WHERE failures > 0");
      System.out.printf(
          Locale.ROOT,
          "%nThe ladder's timers: %,d pending, %,d fall due in %d s, %d nodes, %d kills%n%n",
          PENDING,
          due,
          window.toSeconds(),
          NODES,
          KILLS);
      System.out.println(
          "| late by, median | 95 % | 99 % | most | fired | effects | lost | doubled | too early | tried again |");
      System.out.println("|---|---|---|---|---|---|---|---|---|---|");
      System.out.printf(
          Locale.ROOT,
          "| %.2f s | %.2f s | %.2f s | %.2f s | %,d | %,d | %d | %d | %d | %d |%n",
          late(statement, 0.5),
          late(statement, 0.95),
          late(statement, 0.99),
          late(statement, 1),
          fired,
          effects,
          lost,
          doubled,
          early,
          retried);
      return lost + doubled + early == 0 && fired == due && effects == due ? 0 : 1;
    }
  }

  private static double late(java.sql.Statement statement, double share) throws SQLException {
    try (var rows =
        statement.executeQuery(
            """
            SELECT percentile_disc(%s) WITHIN GROUP (
                     ORDER BY extract(epoch FROM fired_at - planned_at))
              FROM scheduling.timer WHERE fired_at IS NOT NULL
            """
                .formatted(share))) {
      rows.next();
      return rows.getDouble(1);
    }
  }

  private long count(String condition) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      return number(statement, "SELECT count(*) FROM scheduling.timer WHERE " + condition);
    }
  }

  private static long number(java.sql.Statement statement, String sql) throws SQLException {
    try (var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  private Process start() throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LadderWorker.class.getName(),
                address.host(),
                "" + address.port(),
                address.user(),
                address.password(),
                address.database())
            .redirectErrorStream(true)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Thread.ofVirtual().start(() -> drain(lines));
    return process;
  }

  private static void drain(BufferedReader lines) {
    try {
      for (String line; (line = lines.readLine()) != null; ) {
        if (!line.equals("ready")) {
          System.err.println(line);
        }
      }
    } catch (IOException killed) {
      // Its pipe ends with it.
    }
  }

  private static void sleepUntil(Instant moment) throws InterruptedException {
    long millis = Duration.between(Instant.now(), moment).toMillis();
    if (millis > 0) {
      Thread.sleep(millis);
    }
  }
}
