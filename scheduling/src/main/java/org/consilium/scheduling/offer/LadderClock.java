package org.consilium.scheduling.offer;

import java.util.concurrent.atomic.AtomicReference;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.scheduling.ladder.Timer;
import org.consilium.scheduling.ladder.TimerStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes happen what is due. Timers are rows: they outlive the program, and several nodes may run
 * this at once, because a timer is claimed, carried out and marked in one transaction. Must not be
 * called on an event loop.
 */
public final class LadderClock {
  private static final Logger LOG = LoggerFactory.getLogger(LadderClock.class);

  /** More than that in one go and the next second takes the rest. */
  private static final int TIMERS_MAX = 1_000;

  private final Database database;
  private final LadderService ladder;

  public LadderClock(Database database, LadderService ladder) {
    this.database = database;
    this.ladder = ladder;
  }

  /** Fires everything that is due now and says how many it were. */
  public int runDue() {
    int fired = 0;
    for (int i = 0; i < TIMERS_MAX; i++) {
      var claimed = new AtomicReference<Timer>();
      try {
        if (!database.asWorker(tx -> fireOne(tx, claimed))) {
          return fired;
        }
        fired += claimed.get() == null ? 0 : 1;
      } catch (RuntimeException failure) {
        if (claimed.get() == null) {
          throw failure;
        }
        postpone(claimed.get(), failure);
      }
    }
    return fired;
  }

  private boolean fireOne(Tx tx, AtomicReference<Timer> claimed) {
    var claim = ladder.timers().claim(tx);
    claim
        .flatMap(TimerStore.Claim::timer)
        .ifPresent(timer -> {
          claimed.set(timer);
          ladder.fire(tx, timer);
        });
    return claim.isPresent();
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
