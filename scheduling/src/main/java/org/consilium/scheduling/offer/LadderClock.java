package org.consilium.scheduling.offer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.scheduling.ladder.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes happen what is due. Timers are rows: they outlive the program, and several nodes may run
 * this at once, because a timer is claimed, carried out and marked in one transaction. Several
 * share one while that does not take long; when it fails, each of them has one of its own. Must not
 * be called on an event loop.
 */
public final class LadderClock {
  private static final Logger LOG = LoggerFactory.getLogger(LadderClock.class);

  /** More than that in one go and the next second takes the rest. */
  private static final int TIMERS_MAX = 1_000;

  private static final int SHARING_MAX = 20;

  /** Whoever opens one of their consults waits no longer than that, and the last one of them. */
  private static final Duration SHARED_TIME_MAX = Duration.ofMillis(100);

  private final Database database;
  private final LadderService ladder;

  public LadderClock(Database database, LadderService ladder) {
    this.database = database;
    this.ladder = ladder;
  }

  /** Fires everything that is due now and says how many it were. */
  public int runDue() {
    int fired = 0;
    int alone = 0;
    for (int looks = 0; looks < TIMERS_MAX && fired < TIMERS_MAX; looks++) {
      var begun = new ArrayList<Timer>();
      int most = alone > 0 ? 1 : SHARING_MAX;
      try {
        if (!database.asWorker(tx -> fire(tx, most, begun))) {
          return fired;
        }
        fired += begun.size();
        alone = Math.max(0, alone - 1);
      } catch (RuntimeException failure) {
        if (begun.isEmpty()) {
          throw failure;
        }
        if (most == 1) {
          postpone(begun.getFirst(), failure);
        }
        alone = most == 1 ? alone - 1 : begun.size();
      }
    }
    return fired;
  }

  /** False when nothing is due. What is not begun in time is claimed again. */
  private boolean fire(Tx tx, int most, List<Timer> begun) {
    long began = System.nanoTime();
    var claim = ladder.timers().claim(tx, most);
    for (Timer timer : claim.timers()) {
      if (begun.isEmpty() || System.nanoTime() - began < SHARED_TIME_MAX.toNanos()) {
        begun.add(timer);
        ladder.fire(tx, timer);
      }
    }
    return !claim.nothingDue();
  }

  /** A timer that fails is tried again, and does not keep the others waiting. */
  private void postpone(Timer timer, RuntimeException failure) {
    LOG.error("timer {} of consult {} failed", timer.id(), timer.consult(), failure);
    database.asWorker(tx -> {
      ladder.timers().postpone(tx, timer.id());
      return timer;
    });
  }
}
