package org.consilium.deploy.backup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.database.embedded.WalArchive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running product's own backups: a whole one each night, and a watch over the log that is kept
 * in between. What fails is said, tried again, and never stops the product.
 */
public final class NightlyBackup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NightlyBackup.class);

  /** By the clock of the machine: people sleep, and so does most of the work. */
  private static final LocalTime AT = LocalTime.of(2, 0);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(15);

  /** After a failure; a disk that is full does not mend itself by the minute. */
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

  /** A failing archive is said once, and again this often. */
  private static final Duration SAY_EVERY = Duration.ofMinutes(10);

  private static final String ARCHIVER =
      """
      SELECT last_archived_time, last_failed_wal, last_failed_time,
             coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) AS failing
        FROM pg_stat_archiver
      """;

  private final Path database;
  private final DatabaseAddress address;
  private final BackupFolder backups;
  private final WalArchive archive;
  private final int keep;
  private final InstantSource clock;
  private final ZoneId zone;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("backups").factory());

  private volatile Optional<Instant> backedUpAt = Optional.empty();
  private volatile Optional<Instant> archivedAt = Optional.empty();
  private volatile Optional<String> lack = Optional.empty();
  private volatile long waitingBytes;
  private Instant notBefore = Instant.EPOCH;
  private Instant saidAt = Instant.EPOCH;

  /**
   * Of the embedded server in {@code database}, which was started to archive below {@code folder}.
   *
   * @param zone by which it is night
   */
  public NightlyBackup(
      Path database,
      DatabaseAddress address,
      Path folder,
      int keep,
      InstantSource clock,
      ZoneId zone) {
    this.database = database;
    this.address = address;
    this.backups = new BackupFolder(folder);
    this.archive = WalArchive.of(database, folder).orElseThrow();
    this.keep = keep;
    this.clock = clock;
    this.zone = zone;
  }

  /** Makes the first one at once when there is none of this data folder yet. */
  public void start() {
    worker.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  /** Ages in seconds, -1 before the first; see docs/operations.md. */
  public void count(MeterRegistry metrics) {
    Gauge.builder("backup.age", () -> age(backedUpAt)).baseUnit("seconds").register(metrics);
    Gauge.builder("backup.log.age", () -> age(archivedAt)).baseUnit("seconds").register(metrics);
    Gauge.builder("backup.log.waiting", () -> waitingBytes).baseUnit("bytes").register(metrics);
    Gauge.builder("backup.up", () -> lack.isEmpty() ? 1 : 0).register(metrics);
  }

  private double age(Optional<Instant> at) {
    return at.map(then -> Duration.between(then, clock.instant()).toMillis() / 1e3).orElse(-1.0);
  }

  /** What is wrong with the backups now, for whoever watches the server. */
  public Optional<String> lack() {
    return lack;
  }

  private void look() {
    try {
      var wrong = watchLog();
      if (!clock.instant().isBefore(notBefore) && isDue()) {
        backUp();
        wrong = watchLog();
      }
      lack = wrong;
    } catch (BackupFailed failure) {
      notBefore = clock.instant().plus(AGAIN_AFTER);
      lack = Optional.of("no backup is made: " + failure.getMessage());
      LOG.error(failure.getMessage());
    } catch (IOException | SQLException | RuntimeException failure) {
      var wrong = "the backups cannot be watched: " + failure;
      lack = Optional.of(wrong);
      say(wrong);
    }
  }

  private void backUp() {
    var made = BaseBackup.make(database, address, backups, keep);
    LOG.info("Backed up to {}", made.path());
  }

  private boolean isDue() throws IOException {
    var newest = backups.newest(archive.line());
    backedUpAt = newest.map(one -> one.manifest().endedAt());
    return newest.isEmpty()
        || isDue(newest.get().manifest().startedAt(), clock.instant(), zone)
        // What comes after a hole is of use only from the next whole backup on.
        || LogPieces.in(archive.folder())
            .gapAfter(newest.get().manifest().stopSegment())
            .isPresent();
  }

  /** Whether a night has begun since {@code last}. */
  static boolean isDue(Instant last, Instant now, ZoneId zone) {
    var today = now.atZone(zone).toLocalDate();
    var night = today.atTime(AT).atZone(zone).toInstant();
    if (night.isAfter(now)) {
      night = today.minusDays(1).atTime(AT).atZone(zone).toInstant();
    }
    return last.isBefore(night);
  }

  /** What is wrong with the log, if anything. */
  private Optional<String> watchLog() throws IOException, SQLException {
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement();
        var row = statement.executeQuery(ARCHIVER)) {
      row.next();
      archivedAt =
          Optional.ofNullable(row.getObject("last_archived_time", OffsetDateTime.class))
              .map(OffsetDateTime::toInstant);
      waitingBytes = waiting() * WalArchive.SEGMENT_BYTES;
      Optional<String> wrong = Optional.empty();
      if (!archive.givenUp().isEmpty()) {
        wrong =
            Optional.of(
                "log was given up because the disk of the data was nearly full: what was written since cannot be restored until the next whole backup");
      } else if (row.getBoolean("failing")) {
        wrong = Optional.of("the log cannot be kept in " + archive.folder() + room());
      }
      wrong.ifPresent(this::say);
      return wrong;
    }
  }

  private void say(String wrong) {
    var now = clock.instant();
    if (now.isAfter(saidAt.plus(SAY_EVERY))) {
      saidAt = now;
      LOG.error("Backups: {}; PostgreSQL's own words are in its log", wrong);
    }
  }

  private long waiting() throws IOException {
    try (var files = Files.list(database.resolve("data/pg_wal/archive_status"))) {
      return files.filter(file -> file.getFileName().toString().endsWith(".ready")).count();
    }
  }

  /** At the fastest that pieces are finished by their age; a busy hour may write more. */
  private String room() throws IOException {
    long free = Files.getFileStore(database).getUsableSpace() - WalArchive.FREE_BYTES_MIN;
    long pieces = Math.max(0, free) / WalArchive.SEGMENT_BYTES;
    return "; %d MB wait, and the disk of the data has room for about %d more hours"
        .formatted(waitingBytes >> 20, WalArchive.FINISHED_AFTER.multipliedBy(pieces).toHours());
  }

  /** A backup that is being made is broken off. */
  @Override
  public void close() {
    worker.shutdownNow();
  }
}
