package org.consilium.platform.database.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own on this machine, reached over loopback only. Its data stay in a
 * folder between starts; the server never outlives this JVM, not even one that is killed.
 *
 * <p>Should the server die while the JVM lives, it is started again on the same address. Methods
 * may be called from any thread and block.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** The database that the product uses; made on the first start. */
  public static final String DATABASE = "consilium";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private static final String HOST = "127.0.0.1";

  /** Every attempt takes a port that was free a moment before, so two are nearly always enough. */
  private static final int PORT_ATTEMPTS = 5;

  /** Long enough for memory to be freed, short enough that a waiting request may still succeed. */
  private static final Duration BEFORE_RESTART = Duration.ofSeconds(1);

  /** Days of log may have to be replayed. */
  private static final Duration RECOVERED_WITHIN = Duration.ofHours(24);

  private final DatabaseFolder folder;
  private final FolderLock lock;
  private final ServerCommand command;
  private final Duration readyWithin;

  /** The thread whose end would end the server: it lives as long as this object is open. */
  private final ExecutorService keeper =
      Executors.newFixedThreadPool(
          1, Thread.ofPlatform().daemon().name("embedded-postgres").factory());

  private volatile boolean closing;
  private volatile ServerProcess server;
  private volatile DatabaseAddress address;

  private EmbeddedPostgres(
      DatabaseFolder folder, FolderLock lock, ServerCommand command, Duration readyWithin) {
    this.folder = folder;
    this.lock = lock;
    this.command = command;
    this.readyWithin = readyWithin;
  }

  /** Where the server of this folder answers now, when one runs. */
  public static Optional<DatabaseAddress> running(Path folder) {
    try {
      var kept = DatabaseFolder.at(folder);
      var process = PostmasterFile.read(kept.data());
      return process.isPresent() && process.get().inUse() && kept.port().isPresent()
          ? Optional.of(
              new DatabaseAddress(
                  HOST, kept.port().getAsInt(), DATABASE, kept.password(), DATABASE))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be read.", e);
    }
  }

  /**
   * Starts the server on {@code folder}, making folder, server files and the database {@link
   * #DATABASE} when missing. The first start takes seconds, a later one well under one.
   *
   * @throws EmbeddedPostgresException when it cannot start, in one sentence that says what to do
   */
  public static EmbeddedPostgres start(Path folder, Durability durability) {
    return start(folder, durability, folder.resolve("binaries"));
  }

  /**
   * As {@link #start(Path, Durability)}, with the unpacked PostgreSQL programs in {@code binaries},
   * which any number of servers may share.
   */
  public static EmbeddedPostgres start(Path folder, Durability durability, Path binaries) {
    return start(folder, durability, binaries, ServerProcess.READY_WITHIN, (_, _) -> List.of());
  }

  /**
   * Starts the server durably, and has it keep its log below {@code backups} as {@link WalArchive}
   * describes.
   */
  public static EmbeddedPostgres startArchiving(Path folder, Path backups) {
    return startArchiving(folder, backups, folder.resolve("binaries"));
  }

  /** As {@link #startArchiving(Path, Path)}, with the programs in {@code binaries}. */
  public static EmbeddedPostgres startArchiving(Path folder, Path backups, Path binaries) {
    return start(
        folder,
        Durability.DURABLE,
        binaries,
        ServerProcess.READY_WITHIN,
        (files, user) -> WalArchive.prepare(files, backups, user).settings());
  }

  /**
   * Starts the server on data that were restored from a backup, with {@code recovery.signal} beside
   * them, and answers when all of {@code recovery} is replayed and the server takes writes.
   *
   * @throws EmbeddedPostgresException when it cannot, also when the log ends before the time asked
   */
  public static EmbeddedPostgres recover(Path folder, Path binaries, Recovery recovery) {
    return start(
        folder, Durability.DURABLE, binaries, RECOVERED_WITHIN, (_, _) -> recovery.settings());
  }

  /** Settings that need to know the folder and the user of the server. */
  private interface Further {
    List<String> of(DatabaseFolder folder, ServerUser user) throws IOException;
  }

  private static EmbeddedPostgres start(
      Path folder, Durability durability, Path binaries, Duration readyWithin, Further further) {
    try {
      var files = DatabaseFolder.at(folder);
      var lock = FolderLock.take(files.root());
      EmbeddedPostgres postgres = null;
      try {
        var programs = PostgresBinaries.unpack(binaries.toAbsolutePath().normalize());
        var user = ServerUser.find();
        var command = new ServerCommand(programs, user, durability, further.of(files, user));
        postgres = new EmbeddedPostgres(files, lock, command, readyWithin);
        postgres.startOnKeeper();
        return postgres;
      } catch (Throwable failure) {
        if (postgres == null) {
          lock.close();
        } else {
          postgres.close();
        }
        throw failure;
      }
    } catch (IOException failure) {
      throw StartFailure.explain(folder, failure);
    }
  }

  /** Where it answers; the same for the whole life of this object. */
  public DatabaseAddress address() {
    return address;
  }

  /** The process id of the server, for whoever watches or hurts it. */
  public long pid() {
    return server.pid();
  }

  /** Stops the server in good order: open transactions are rolled back, clients are cut off. */
  @Override
  public void close() {
    closing = true;
    keeper.shutdownNow();
    if (server != null) {
      server.stop();
    }
    try {
      lock.close();
    } catch (IOException failure) {
      LOG.warn("The lock of the database folder was not given back", failure);
    }
  }

  private void startOnKeeper() throws IOException {
    try {
      keeper
          .submit(() -> {
            startFirst();
            return null;
          })
          .get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while PostgreSQL started", interrupted);
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case IOException cause -> throw cause;
        case EmbeddedPostgresException cause -> throw cause;
        case Throwable cause -> throw new IllegalStateException(cause);
      }
    }
  }

  private void startFirst() throws IOException, InterruptedException {
    var password = folder.password();
    if (!folder.hasData()) {
      command.initialise(folder, password);
    }
    command.user().mayEnter(folder.root());
    command.user().owns(folder.data());
    int port = folder.port().orElseGet(EmbeddedPostgres::freePort);
    for (int attempt = 1; ; attempt++) {
      switch (launch(port)) {
        case ServerProcess.Start.Ready _ -> {
          folder.keepPort(port);
          address = new DatabaseAddress(HOST, port, DATABASE, password, DATABASE);
          createDatabase();
          return;
        }
        case ServerProcess.Start.Failed(var words) -> {
          if (!StartFailure.portTaken(words) || attempt == PORT_ATTEMPTS) {
            throw StartFailure.explain(folder, words);
          }
          port = freePort();
        }
      }
    }
  }

  /** Runs on the keeper, for the server lives only as long as the thread that started it. */
  private ServerProcess.Start launch(int port) throws IOException, InterruptedException {
    folder.awaitUnused();
    var started = ServerProcess.launch(command.server(folder, port), folder);
    server = started;
    var start = started.awaitReady(readyWithin);
    if (start instanceof ServerProcess.Start.Ready) {
      started.onEnd(status -> ended(port, status));
    }
    return start;
  }

  private void ended(int port, int status) {
    if (!closing) {
      LOG.error("PostgreSQL ended by itself with status {}; starting it again", status);
      keeper.execute(() -> startAgain(port));
    }
  }

  private void startAgain(int port) {
    while (!closing) {
      try {
        Thread.sleep(BEFORE_RESTART);
        switch (launch(port)) {
          case ServerProcess.Start.Ready _ -> {
            LOG.info("PostgreSQL is back");
            return;
          }
          case ServerProcess.Start.Failed(var words) ->
              LOG.error(StartFailure.explain(folder, words).getMessage());
        }
      } catch (InterruptedException stopped) {
        return;
      } catch (IOException | EmbeddedPostgresException failure) {
        LOG.error("PostgreSQL did not start again; trying on", failure);
      }
    }
  }

  private void createDatabase() {
    var main = address.withDatabase("postgres");
    try (var connection =
            DriverManager.getConnection(main.jdbcUrl(), main.user(), main.password());
        var statement = connection.createStatement()) {
      try (var found =
          statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("CREATE DATABASE " + DATABASE);
    } catch (SQLException failure) {
      throw StartFailure.explain(folder, failure);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new EmbeddedPostgresException(
          "No free TCP port was found on %s for the embedded PostgreSQL.".formatted(HOST), failure);
    }
  }
}
