package org.consilium.platform.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real server, really killed. */
@Timeout(120)
class EmbeddedPostgresIT {
  private static final Path BINARIES = Path.of("target", "postgres", "binaries");

  @TempDir Path temporary;

  @Test
  void the_first_start_makes_a_server_with_the_promised_settings() throws Exception {
    var folder = temporary.resolve("deep").resolve("database");

    try (var postgres = start(folder, Durability.DURABLE);
        var connection = connect(postgres.address())) {
      assertThat(value(connection, "SHOW server_version")).startsWith("18.");
      assertThat(value(connection, "SELECT current_database()")).isEqualTo("consilium");
      assertThat(value(connection, "SHOW fsync")).isEqualTo("on");
      assertThat(value(connection, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(value(connection, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(value(connection, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(value(connection, "SHOW log_timezone")).isEqualTo("UTC");
      assertThat(value(connection, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(
              value(
                  connection,
                  "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = 'consilium'"))
          .isEqualTo("b C.UTF-8");
    }
    assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void nobody_enters_without_the_password_and_no_log_shows_it() throws Exception {
    try (var postgres = start(temporary, Durability.FAST)) {
      var address = postgres.address();

      assertThatThrownBy(
              () -> DriverManager.getConnection(address.jdbcUrl(), address.user(), "guess").close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(address.toString()).doesNotContain(address.password());
    }
  }

  @Test
  void a_restart_keeps_rows_and_address() throws Exception {
    DatabaseAddress before;
    try (var postgres = start(temporary, Durability.DURABLE);
        var connection = connect(postgres.address())) {
      before = postgres.address();
      execute(connection, "CREATE TABLE kept AS SELECT 'still here' AS word");
    }

    try (var postgres = start(temporary, Durability.DURABLE);
        var connection = connect(postgres.address())) {
      assertThat(value(connection, "SELECT word FROM kept")).isEqualTo("still here");
      assertThat(postgres.address()).isEqualTo(before);
    }
  }

  @Test
  void another_port_is_taken_when_the_kept_one_is_in_use() throws Exception {
    int port;
    try (var postgres = start(temporary, Durability.FAST)) {
      port = postgres.address().port();
    }

    try (var stranger = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
        var postgres = start(temporary, Durability.FAST);
        var connection = connect(postgres.address())) {
      assertThat(stranger.isBound()).isTrue();
      assertThat(postgres.address().port()).isNotEqualTo(port);
      assertThat(value(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void killing_the_program_leaves_no_orphan_and_loses_no_committed_row() throws Exception {
    var child = child(temporary);
    long server = Long.parseLong(said(child, "server "));

    child.destroyForcibly().waitFor();

    try (var postgres = start(temporary, Durability.DURABLE);
        var connection = connect(postgres.address())) {
      assertThat(isPostgres(server)).isFalse();
      assertThat(value(connection, "SELECT string_agg(word, ', ') FROM kept"))
          .isEqualTo("committed");
    }
  }

  @Test
  void killing_the_program_ends_its_server_though_nobody_starts_again() throws Exception {
    var child = child(temporary);
    long server = Long.parseLong(said(child, "server "));

    child.destroyForcibly().waitFor();

    var handle = ProcessHandle.of(server);
    if (handle.isPresent()) {
      handle.get().onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(isPostgres(server)).isFalse();
  }

  @Test
  void killing_program_and_server_at_once_loses_no_committed_row() throws Exception {
    var child = child(temporary);
    long server = Long.parseLong(said(child, "server "));

    ProcessHandle.of(server).orElseThrow().destroyForcibly();
    child.destroyForcibly().waitFor();

    try (var postgres = start(temporary, Durability.DURABLE);
        var connection = connect(postgres.address())) {
      assertThat(value(connection, "SELECT string_agg(word, ', ') FROM kept"))
          .isEqualTo("committed");
    }
  }

  @Test
  void a_second_program_on_the_same_folder_is_refused() throws Exception {
    try (var postgres = start(temporary, Durability.FAST)) {
      var refused = said(child(temporary), "refused ");

      assertThat(refused)
          .contains(temporary.toString())
          .contains("in use by another Consilium (process " + ProcessHandle.current().pid() + ")");
      assertThatThrownBy(() -> start(temporary, Durability.FAST))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining("in use by another Consilium");
      try (var connection = connect(postgres.address())) {
        assertThat(value(connection, "SELECT 1")).isEqualTo("1");
      }
      // Being refused must not have taken the lock away from the first.
      assertThat(said(child(temporary), "refused ")).contains("in use by another Consilium");
    }
  }

  @Test
  void a_pid_file_that_a_crash_left_is_survived() throws Exception {
    start(temporary, Durability.FAST).close();
    var self = ProcessHandle.current().pid();
    var contents =
        List.of(
            // Reused by a stranger, dead, empty, nonsense.
            self + "\n" + temporary.resolve("data") + "\n1\n5432\n\n127.0.0.1\n  1 1\nready\n",
            "999999999\n" + temporary.resolve("data") + "\n1\n5432\n\n127.0.0.1\n  1 1\nready\n",
            "",
            "half a li");
    for (var content : contents) {
      Files.writeString(temporary.resolve("data").resolve("postmaster.pid"), content);

      try (var postgres = start(temporary, Durability.FAST);
          var connection = connect(postgres.address())) {
        assertThat(value(connection, "SELECT 1")).isEqualTo("1");
      }
    }
  }

  @Test
  void data_of_another_version_are_refused_and_left_alone() throws Exception {
    start(temporary, Durability.FAST).close();
    var version = temporary.resolve("data").resolve("PG_VERSION");
    Files.writeString(version, "17\n");

    assertThatThrownBy(() -> start(temporary, Durability.FAST))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("PostgreSQL 17")
        .hasMessageContaining("PostgreSQL 18");
    assertThat(version).hasContent("17\n");
  }

  @Test
  void a_first_start_that_was_cut_off_is_done_again() throws Exception {
    Files.createDirectories(temporary.resolve("data.unfinished").resolve("base"));
    Files.writeString(temporary.resolve("data.unfinished").resolve("PG_VERSION"), "18\n");

    try (var postgres = start(temporary, Durability.FAST);
        var connection = connect(postgres.address())) {
      assertThat(value(connection, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void a_server_that_dies_alone_comes_back_on_its_address() throws Exception {
    try (var postgres = start(temporary, Durability.DURABLE)) {
      try (var connection = connect(postgres.address())) {
        execute(connection, "CREATE TABLE kept AS SELECT 'still here' AS word");
      }
      long first = postgres.pid();

      ProcessHandle.of(first).orElseThrow().destroyForcibly();

      try (var connection = connectPatiently(postgres.address())) {
        assertThat(value(connection, "SELECT word FROM kept")).isEqualTo("still here");
      }
      assertThat(postgres.pid()).isNotEqualTo(first);
    }
  }

  @Test
  void the_programs_may_be_unpacked_by_several_at_once() throws Exception {
    try (var threads = Executors.newFixedThreadPool(3)) {
      var homes = new ArrayList<Path>();
      for (var result :
          threads.invokeAll(
              List.of(
                  () -> PostgresBinaries.unpack(temporary),
                  () -> PostgresBinaries.unpack(temporary),
                  () -> PostgresBinaries.unpack(temporary)))) {
        homes.add(((PostgresBinaries) result.get()).home());
      }

      assertThat(homes).containsOnly(homes.getFirst());
      try (var left = Files.list(temporary)) {
        assertThat(left).containsExactly(homes.getFirst());
      }
      assertThat(homes.getFirst().resolve("bin/postgres")).isExecutable();
    }
  }

  private static EmbeddedPostgres start(Path folder, Durability durability) {
    return EmbeddedPostgres.start(folder, durability, BINARIES);
  }

  private static Process child(Path folder) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            HoldsDatabase.class.getName(),
            folder.toString(),
            BINARIES.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** What the child printed after {@code prefix}, waiting for that line. */
  private static String said(Process child, String prefix) throws IOException {
    var lines = child.inputReader(StandardCharsets.UTF_8);
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(prefix)) {
        return line.substring(prefix.length());
      }
    }
    throw new AssertionError("The child ended without saying: " + prefix);
  }

  /** A dead process that its parent has not noticed yet has an empty command line. */
  private static boolean isPostgres(long pid) throws IOException {
    var commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
    return Files.exists(commandLine) && Files.readString(commandLine).contains("bin/postgres");
  }

  private static Connection connect(DatabaseAddress address) throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  private static Connection connectPatiently(DatabaseAddress address) throws Exception {
    // The test's own time limit ends this.
    while (true) {
      try {
        return connect(address);
      } catch (SQLException away) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private static String value(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
