package org.consilium.platform.http;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.Set;
import java.util.function.Function;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;

/** Runs a request's transaction, and says in plain words when the database cannot. */
final class Transactions {
  /** Two tries more: such a clash ends when the other one has finished. */
  private static final int CLASH_RETRIES = 2;

  private static final int RETRY_AFTER_SECONDS = 3;

  private static final Set<String> CLASHES = Set.of("40001", "40P01");

  /** Statement or lock time-out, too many connections, shutting down, starting up. */
  private static final Set<String> BUSY_OR_AWAY =
      Set.of("57014", "55P03", "53300", "57P01", "57P02", "57P03", "25P03");

  private final Database database;

  Transactions(Database database) {
    this.database = database;
  }

  <T> T run(Caller caller, Function<Tx, T> work) {
    for (int attempt = 0; ; attempt++) {
      try {
        return database.inTransaction(caller, work);
      } catch (PgException e) {
        if (CLASHES.contains(e.getSqlState()) && attempt < CLASH_RETRIES) {
          continue;
        }
        throw CLASHES.contains(e.getSqlState()) || BUSY_OR_AWAY.contains(e.getSqlState())
            ? away(e)
            : e;
      } catch (VertxException e) {
        // The driver's own: no connection in time, or the connection broke.
        throw away(e);
      } catch (java.util.concurrent.CompletionException e) {
        // A checked cause: connection refused, reset, unknown host.
        throw e.getCause() instanceof java.io.IOException ? away(e) : e;
      }
    }
  }

  private static Refusal away(Throwable cause) {
    return Refusal.unavailable(
        "database-away",
        "The server cannot reach its records just now. Nothing was changed; try again in a moment.",
        RETRY_AFTER_SECONDS,
        cause);
  }
}
