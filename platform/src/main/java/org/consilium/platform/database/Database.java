package org.consilium.platform.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.identity.Caller;

/**
 * PostgreSQL: two pools on one login, one for requests (role {@code consilium_app}, row security
 * shows only what the caller may see) and one for the server's own work (role {@code
 * consilium_worker}). A call that cannot get a connection in time fails; nothing queues without
 * end.
 */
public final class Database implements AutoCloseable {
  /** Enough for two cores several times over; more only makes PostgreSQL slower. */
  private static final int REQUEST_CONNECTIONS_MAX = 16;

  private static final int WORKER_CONNECTIONS_MAX = 4;

  /** Past this many waiting requests the honest answer is "busy". */
  private static final int WAITING_REQUESTS_MAX = 256;

  /** A person waits that long for "busy"; the server's own work is patient. */
  private static final int REQUEST_WAIT_SECONDS = 5;

  private static final int WORKER_WAIT_SECONDS = 30;

  /** Longer than any statement may take: past it the database does not answer at all. */
  static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(8);

  private final InstantSource clock;
  private final Pool requests;
  private final Pool workers;

  public Database(Vertx vertx, DatabaseAddress address, InstantSource clock) {
    this.clock = clock;
    this.requests =
        pool(vertx, address, "consilium_app", REQUEST_CONNECTIONS_MAX, REQUEST_WAIT_SECONDS);
    this.workers =
        pool(vertx, address, "consilium_worker", WORKER_CONNECTIONS_MAX, WORKER_WAIT_SECONDS);
  }

  /** How to reach the database, for pools and for the listener of notices. */
  public static PgConnectOptions options(DatabaseAddress address) {
    return new PgConnectOptions()
        .setHost(address.host())
        .setPort(address.port())
        .setUser(address.user())
        .setPassword(address.password())
        .setDatabase(address.database())
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(512)
        .addProperty("application_name", "consilium");
  }

  private static Pool pool(
      Vertx vertx, DatabaseAddress address, String role, int size, int waitSeconds) {
    // The connection begins as that role, or does not begin: nobody ever borrows the login's own.
    // The time-outs bound what one statement or one forgotten transaction can hold up.
    var options =
        options(address)
            .addProperty("role", role)
            .addProperty("statement_timeout", "5s")
            .addProperty("lock_timeout", "2s")
            .addProperty("idle_in_transaction_session_timeout", "30s");
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setMaxSize(size)
                .setMaxWaitQueueSize(WAITING_REQUESTS_MAX)
                .setConnectionTimeout(waitSeconds)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(10)
                .setIdleTimeoutUnit(TimeUnit.MINUTES)
                .setName("consilium-" + role))
        .connectingTo(options)
        .using(vertx)
        .build();
  }

  /**
   * Runs {@code work} in one transaction as {@code caller}: all of it happens, or none. An
   * exception rolls back and is thrown on. Must not be called on an event loop.
   */
  public <T> T inTransaction(Caller caller, Function<Tx, T> work) {
    return transact(requests, caller, work);
  }

  /** Runs {@code work} in one transaction of the server's own: timers, listeners, demo data. */
  public <T> T asWorker(Function<Tx, T> work) {
    return transact(workers, Caller.worker(), work);
  }

  private <T> T transact(Pool pool, Caller caller, Function<Tx, T> work) {
    var connection = Await.on(pool.getConnection());
    try {
      var transaction = Await.within(ANSWER_TIME_MAX, connection.begin());
      try {
        var tx = new Tx(connection, caller, clock.instant().truncatedTo(ChronoUnit.MICROS));
        if (caller.isPerson()) {
          tx.actAs(caller);
        }
        T result = work.apply(tx);
        tx.settle();
        Await.within(ANSWER_TIME_MAX, transaction.commit());
        return result;
      } catch (Throwable failure) {
        var rollback = transaction.rollback();
        if (!(failure.getCause() instanceof TimeoutException)) {
          rollBack(rollback, failure);
        }
        throw failure;
      }
    } finally {
      close(connection);
    }
  }

  /**
   * The first failure is the one to tell; a broken connection rolls back by itself. One that does
   * not answer has the rollback before it in its queue, and is not waited for.
   */
  private static void rollBack(Future<Void> rollback, Throwable failure) {
    try {
      Await.on(rollback);
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  private static void close(SqlConnection connection) {
    connection.close();
  }

  /** Whether the database answers; never throws. */
  public boolean isReachable() {
    try {
      return asWorker(tx -> tx.one("SELECT 1").isPresent());
    } catch (RuntimeException away) {
      return false;
    }
  }

  @Override
  public void close() {
    Await.on(Future.all(requests.close(), workers.close()));
  }
}
