package org.consilium.deploy.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.consilium.deploy.drill.Node;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.database.embedded.Durability;
import org.consilium.platform.database.embedded.EmbeddedPostgres;
import org.consilium.platform.database.embedded.WalArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged product and its database are killed and the data folder is lost: every row that was
 * committed comes back from the backups, up to the last or to any moment between, or it is said why
 * not.
 */
@Timeout(600)
class RestoreIT {
  private static final Path BINARIES = Path.of("target", "postgres", "binaries");
  private static final String KEY = "feedfacefeedface";

  @TempDir Path work;
  private Node node;

  @Test
  void a_lost_data_folder_comes_back_whole_and_to_any_moment() throws Exception {
    var jar = Path.of("target", "consilium.jar").toAbsolutePath();
    assertThat(Files.exists(jar)).as("the packaged product").isTrue();
    node = new Node(jar, freePort(), work.resolve("node.log"), settings());
    Set<String> earlier;
    Instant between;
    Set<String> later;
    try {
      node.start();
      node.awaitReady();
      var first = await("the first backup by itself", () -> newest(backups()));
      nobodyElseReads(first.path());
      said(0, "backup", backups().toString(), "--keys", work.resolve("kept-keys").toString());
      earlier = inDatabase(RestoreIT::write);
      between = inDatabase(RestoreIT::now);
      later = inDatabase(RestoreIT::write);
      inDatabase(RestoreIT::sign);
      inDatabase(RestoreIT::flush);
      killBoth();
    } finally {
      node.close();
    }
    BackupFolder.delete(data());

    everythingComesBack(earlier, later);
    theMomentBetweenComesBack(between, earlier, later);
    whatIsTornOrMissingIsRefused();
  }

  /** By the operator's command, into a folder where the keys lie already. */
  private void everythingComesBack(Set<String> earlier, Set<String> later) throws Exception {
    var place = work.resolve("newest");
    Files.createDirectory(place);
    Files.move(work.resolve("kept-keys"), place.resolve("keys"));

    var said = said(1, "restore", backups().toString(), place.toString());

    assertThat(said)
        .contains("row security is on and forced in ")
        .containsPattern("platform\\.organisation +0 +10\n")
        .contains("The public keys " + KEY + " are not in " + place.resolve("keys/public"));
    assertThat(organisations(place)).containsAll(earlier).containsAll(later);
    assertThatThrownBy(() -> Restoring.restore(backups(), Optional.empty(), place))
        .isInstanceOf(BackupFailed.class)
        .hasMessageContaining("is there already");
  }

  private void theMomentBetweenComesBack(Instant between, Set<String> earlier, Set<String> later)
      throws Exception {
    var place = work.resolve("between");

    var restored = Restoring.restore(backups(), Optional.of(between), place, BINARIES);

    assertThat(restored.newest().orElseThrow()).isBeforeOrEqualTo(between);
    assertThat(restored.proof().faults()).isEmpty();
    assertThat(restored.proof().lines())
        .contains("0 signed versions were checked, and the trail that names them");
    assertThat(organisations(place)).containsAll(earlier).doesNotContainAnyElementsOf(later);
  }

  private void whatIsTornOrMissingIsRefused() throws Exception {
    var backup = newest(backups()).orElseThrow();
    var manifest = backup.manifest();
    refused(Optional.of(manifest.endedAt().minusSeconds(3600)), "The earliest time");
    refused(Optional.of(Instant.now().plusSeconds(3600)), "no change as late as the time");

    var log = WalArchive.folder(backups(), manifest.line().orElseThrow());
    var next = log.resolve(LogPieces.after(manifest.stopSegment()) + ".gz");
    var bytes = Files.readAllBytes(next);
    Files.write(next, Arrays.copyOf(bytes, bytes.length / 2));
    refused(Optional.empty(), "Nothing was restored");
    Files.delete(next);
    Files.writeString(
        log.resolve(LogPieces.after(LogPieces.after(manifest.stopSegment())) + ".gz"), "");
    refused(Optional.empty(), "can go up to " + manifest.endedAt());

    var large =
        manifest.files().stream()
            .filter(file -> file.path().startsWith("data/base") && file.bytes() > 8192)
            .findFirst()
            .orElseThrow();
    try (var file = new RandomAccessFile(backup.path().resolve(large.path()).toFile(), "rw")) {
      file.seek(large.bytes() / 2);
      int changed = file.read() ^ 1;
      file.seek(large.bytes() / 2);
      file.write(changed);
    }
    refused(Optional.of(manifest.endedAt()), "torn or was changed: " + large.path());
    Files.writeString(backup.path().resolve("manifest.sha256"), "0".repeat(64));
    assertThatThrownBy(
            () -> Restoring.restore(backup.path(), Optional.empty(), work.resolve("refused")))
        .isInstanceOf(BackupFailed.class)
        .hasMessageContaining("torn or was changed: manifest.json");
  }

  private void refused(Optional<Instant> until, String words) throws IOException {
    var place = work.resolve("refused");
    assertThatThrownBy(() -> Restoring.restore(backups(), until, place, BINARIES))
        .isInstanceOf(BackupFailed.class)
        .hasMessageContaining(words);
    if (Files.exists(place)) {
      assertThat(place).as("nothing is left").isEmptyDirectory();
    }
  }

  // ---- the product that is lost ----------------------------------------------------------------

  private Map<String, String> settings() {
    return Map.of(
        "CONSILIUM_DATA",
        data().toString(),
        "CONSILIUM_DEMO",
        "false",
        "CONSILIUM_BACKUP",
        backups().toString());
  }

  private Path data() {
    return work.resolve("data");
  }

  private Path backups() {
    return work.resolve("o'perator's 100% backups");
  }

  /** Of those of any line. */
  private static Optional<BackupFolder.Kept> newest(Path backups) throws IOException {
    return new BackupFolder(backups).all().stream().reduce((_, later) -> later);
  }

  private static void nobodyElseReads(Path backup) throws IOException {
    try (var all = Files.walk(backup)) {
      assertThat(all)
          .allSatisfy(path ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                  .endsWith("------"));
    }
  }

  /** Some rows, each committed by itself. */
  private static Set<String> write(Connection connection) throws SQLException {
    var written = new HashSet<String>();
    for (int i = 0; i < 5; i++) {
      written.add(
          value(
              connection,
              """
              INSERT INTO platform.organisation (id, name, kind, zone, created_at)
              VALUES (gen_random_uuid(), 'Mara Valley Health', 'clinic-network', 'Africa/Nairobi', now())
              RETURNING id::text
              """,
              String.class));
    }
    return written;
  }

  /** By a key that nobody kept. */
  private static UUID sign(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      // Of the whole consult that a note belongs to nothing is needed here.
      statement.execute("SET session_replication_role = replica");
    }
    return value(
        connection,
        """
        INSERT INTO records.note_version (organisation_id, id, consult_id, version, author_id, author,
               content, draft_revision, canonical, sha256, signature, key_id, signed_at)
        VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), '{}',
               '{}', 1, decode('00', 'hex'), decode(repeat('00', 32), 'hex'), decode(repeat('00', 64), 'hex'), '%s', now())
        RETURNING id
        """
            .formatted(KEY),
        UUID.class);
  }

  /** The database first, or it would end in good order with the server that started it. */
  private void killBoth() throws Exception {
    var file = data().resolve("postgres/data/postmaster.pid");
    var postmaster =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst())).orElseThrow();
    var family = Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    postmaster.destroyForcibly();
    node.kill();
    for (var process : family) {
      process.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  // ---- the database ----------------------------------------------------------------------------

  private interface Question<T> {
    T ask(Connection connection) throws Exception;
  }

  private <T> T inDatabase(Question<T> question) throws Exception {
    var address = EmbeddedPostgres.running(data().resolve("postgres")).orElseThrow();
    try (var connection = connect(address)) {
      return question.ask(connection);
    }
  }

  private static Instant now(Connection connection) throws SQLException {
    return value(connection, "SELECT clock_timestamp()", OffsetDateTime.class).toInstant();
  }

  /** What is acknowledged waits for its archive no longer than {@code archive_timeout}. */
  private static String flush(Connection connection) throws Exception {
    assertThat(value(connection, "SHOW archive_timeout", String.class))
        .isEqualTo(WalArchive.FINISHED_AFTER.toSeconds() + "s");
    var last = value(connection, "SELECT pg_walfile_name(pg_switch_wal() - 1)", String.class);
    return await(
        "the archive of " + last,
        () ->
            Optional.ofNullable(
                    value(
                        connection,
                        "SELECT max(last_archived_wal) FROM pg_stat_archiver",
                        String.class))
                .filter(archived -> archived.compareTo(last) >= 0));
  }

  private static <T> T value(Connection connection, String sql, Class<T> type) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getObject(1, type);
    }
  }

  private static List<String> organisations(Path data) throws Exception {
    var ids = new ArrayList<String>();
    try (var server =
            EmbeddedPostgres.start(data.resolve("postgres"), Durability.DURABLE, BINARIES);
        var connection = connect(server.address());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT id::text FROM platform.organisation")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  private static Connection connect(DatabaseAddress address) throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  // ---- commands --------------------------------------------------------------------------------

  private String said(int status, String command, String... arguments) throws Exception {
    var words = new ArrayList<>(List.of(Path.of(command).toAbsolutePath().toString()));
    words.addAll(List.of(arguments));
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(settings());
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(status);
    return said;
  }

  private static <T> T await(String what, Callable<Optional<T>> look) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    for (var found = look.call(); ; found = look.call()) {
      if (found.isPresent()) {
        return found.get();
      }
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
