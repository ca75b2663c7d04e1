package org.consilium.platform.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;

/**
 * Slows down who guesses: after some wrong tries each further one has to wait twice as long. Table:
 * {@code platform.sign_in_failure}, written in transactions of its own, because the refusal that
 * follows rolls the caller's back.
 */
final class WrongTries {
  /**
   * What wrong tries are counted by.
   *
   * @param who known to the database by its hash only
   * @param free so many may be wrong without a wait; people mistype
   * @param forgottenAfter one wrong try is forgotten each time that so long has passed
   * @param longestWait no wait is longer
   * @param ofMany whether a right try says nothing about the others that are counted here
   */
  record Counter(
      String who, int free, Duration forgottenAfter, Duration longestWait, boolean ofMany) {
    private byte[] hash() {
      return Secrets.sha256(who);
    }
  }

  /** A try that counts as wrong until it is found to be right. */
  final class Try {
    private final List<Counter> counters;

    private Try(List<Counter> counters) {
      this.counters = counters;
    }

    void right() {
      database.asWorker(own -> {
        counters.forEach(each -> own.run(each.ofMany() ? ONE_LESS : FORGET, (Object) each.hash()));
        return counters;
      });
    }

    /** It was not judged: nobody is blamed for a server that was busy. */
    void unjudged() {
      database.asWorker(own -> {
        counters.forEach(each -> own.run(ONE_LESS, (Object) each.hash()));
        return counters;
      });
    }
  }

  /** So that there is a row to lock: of tries at the same moment each waits for the one before. */
  private static final String BEGIN =
      """
      INSERT INTO platform.sign_in_failure (who_sha256, failures, last_at, forgotten_until)
      VALUES ($1, 0, $2, $2) ON CONFLICT (who_sha256) DO NOTHING
      """;

  private static final String LOCK =
      """
      SELECT failures, last_at, coalesce(forgotten_until, last_at) AS forgotten_until
        FROM platform.sign_in_failure WHERE who_sha256 = $1 FOR UPDATE
      """;

  private static final String COUNT =
      """
      INSERT INTO platform.sign_in_failure (who_sha256, failures, last_at, forgotten_until)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (who_sha256)
      DO UPDATE SET failures = $2, last_at = $3, forgotten_until = $4
      """;

  private static final String ONE_LESS =
      """
      UPDATE platform.sign_in_failure SET failures = greatest(0, failures - 1)
       WHERE who_sha256 = $1
      """;

  private static final String FORGET = "DELETE FROM platform.sign_in_failure WHERE who_sha256 = $1";

  private final Database database;

  WrongTries(Database database) {
    this.database = database;
  }

  /**
   * Takes one try, counted before anybody knows how it ends, so that tries at the same moment count
   * each.
   *
   * @param what begins the sentence of the 429 that is thrown while one of the counters has to wait
   */
  Try take(Instant now, String what, Counter... counters) {
    // In one order, so that two tries never wait for each other.
    var asked = Stream.of(counters).sorted(Comparator.comparing(Counter::who)).toList();
    database.asWorker(own -> {
      for (var counter : asked) {
        count(own, now, what, counter);
      }
      return asked;
    });
    return new Try(asked);
  }

  private static void count(Tx own, Instant now, String what, Counter counter) {
    own.run(BEGIN, counter.hash(), now);
    // It may have been forgotten in between.
    var before = own.one(LOCK, (Object) counter.hash());
    var reckoned = before.map(row -> Rows.instant(row, "forgotten_until")).orElse(now);
    long forgotten =
        Math.max(0, Duration.between(reckoned, now).dividedBy(counter.forgottenAfter()));
    int wrong =
        (int) Math.max(0, before.map(row -> row.getInteger("failures")).orElse(0) - forgotten);
    if (wrong >= counter.free()) {
      var last = Rows.instant(before.orElseThrow(), "last_at");
      refuseUntil(last.plus(waitAfter(wrong - counter.free(), counter)), now, what);
    }
    var until = reckoned.plus(counter.forgottenAfter().multipliedBy(forgotten));
    own.run(COUNT, counter.hash(), wrong + 1, now, wrong == 0 ? now : until);
  }

  private static Duration waitAfter(int beyond, Counter counter) {
    var doubled = Duration.ofSeconds(1L << Math.min(beyond, 20));
    return doubled.compareTo(counter.longestWait()) < 0 ? doubled : counter.longestWait();
  }

  private static void refuseUntil(Instant until, Instant now, String what) {
    if (now.isBefore(until)) {
      long seconds = Math.max(1, Duration.between(now, until).toSeconds());
      throw new Refusal(
              429, "too-many-tries", "%s; try again in %d seconds.".formatted(what, seconds))
          .withHeader("Retry-After", Long.toString(seconds));
    }
  }
}
