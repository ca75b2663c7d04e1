package org.consilium.platform.http;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.Set;
import java.util.function.Function;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a request's transaction, and says in plain words when the database cannot. */
final class Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  /** Two tries more: such a clash ends when the other one has finished. */
  private static final int CLASH_RETRIES = 2;

  private static final int RETRY_AFTER_SECONDS = 3;

  private static final Set<String> CLASHES = Set.of("40001", "40P01");

  /** Statement or lock time-out, too many connections, shutting down, starting up. */
  private static final Set<String> BUSY_OR_AWAY =
      Set.of("57014", "55P03", "53300", "57P01", "57P02", "57P03", "25P03");

  /** U+0000 in a text or in a jsonb. */
  private static final Set<String> UNFIT_TEXT = Set.of("22021", "22P05");

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
        if (UNFIT_TEXT.contains(e.getSqlState())) {
          throw new Refusal(400, "malformed", "The request has a character that cannot be kept.");
        }
        throw CLASHES.contains(e.getSqlState()) || BUSY_OR_AWAY.contains(e.getSqlState())
            ? away(e)
            : e;
      } catch (VertxException e) {
        // The driver's own: no connection in time, or the connection broke. It uses the same type
        // for a value that does not fit its column, which is a fault of ours.
        throw String.valueOf(e.getMessage()).contains("can not be coerced") ? e : away(e);
      } catch (java.util.concurrent.CompletionException e) {
        // A checked cause: connection refused, reset, unknown host, no connection in time.
        throw e.getCause() instanceof java.io.IOException
                || e.getCause() instanceof java.util.concurrent.TimeoutException
            ? away(e)
            : e;
      }
    }
  }

  private static Refusal away(Throwable cause) {
    LOG.warn("The database could not serve a request: {}", cause.toString());
    return Refusal.unavailable(
        "database-away",
        "The server cannot reach its records just now. Try again in a moment; nothing is done twice.",
        RETRY_AFTER_SECONDS,
        cause);
  }
}
