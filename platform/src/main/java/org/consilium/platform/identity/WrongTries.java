package org.consilium.platform.identity;

import java.time.Duration;
import java.time.Instant;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Rows;
import org.consilium.platform.http.Refusal;

/**
 * Slows down who guesses: after some wrong tries each further one has to wait twice as long. Table:
 * {@code platform.sign_in_failure}, written in transactions of its own, because the refusal that
 * follows rolls the caller's back.
 */
final class WrongTries {
  /** So many wrong tries are free; people mistype. */
  private static final int FREE_TRIES = 5;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private static final String FAILURES =
      "SELECT failures, last_at FROM platform.sign_in_failure WHERE who_sha256 = $1";
  private static final String FAILED =
      """
      INSERT INTO platform.sign_in_failure AS f (who_sha256, failures, last_at) VALUES ($1, 1, $2)
      ON CONFLICT (who_sha256) DO UPDATE SET failures = f.failures + 1, last_at = $2
      """;
  private static final String FORGET = "DELETE FROM platform.sign_in_failure WHERE who_sha256 = $1";

  private final Database database;

  WrongTries(Database database) {
    this.database = database;
  }

  /** 429 while {@code who} has to wait; {@code what} begins the sentence. */
  void refuseIfTooSoon(Instant now, byte[] who, String what) {
    var failures = database.asWorker(own -> own.one(FAILURES, who));
    if (failures.isEmpty() || failures.get().getInteger("failures") < FREE_TRIES) {
      return;
    }
    int beyond = failures.get().getInteger("failures") - FREE_TRIES;
    var wait = Duration.ofSeconds(1L << Math.min(beyond, 20));
    var until =
        Rows.instant(failures.get(), "last_at")
            .plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    if (now.isBefore(until)) {
      long seconds = Math.max(1, Duration.between(now, until).toSeconds());
      throw new Refusal(
              429, "too-many-tries", "%s; try again in %d seconds.".formatted(what, seconds))
          .withHeader("Retry-After", Long.toString(seconds));
    }
  }

  void failed(byte[] who) {
    database.asWorker(own -> own.run(FAILED, who, own.now()));
  }

  void forget(byte[] who) {
    database.asWorker(own -> own.run(FORGET, who));
  }
}
