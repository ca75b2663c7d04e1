package org.consilium.scheduling.offer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes happen what is due. Timers are rows: they outlive the program, and several nodes may run
 * this at once, because a timer is claimed, carried out and marked in one transaction. Must not be
 * called on an event loop.
 */
public final class LadderClock {
  private static final Logger LOG = LoggerFactory.getLogger(LadderClock.class);

  /** A timer that fails is tried again, and does not keep the others waiting. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  /** More than that in one go and the next second takes the rest. */
  private static final int TIMERS_MAX = 1_000;

  private final Database database;
  private final OfferService offers;

  public LadderClock(Database database, OfferService offers) {
    this.database = database;
    this.offers = offers;
  }

  /** Fires everything that is due now and says how many it were. */
  public int runDue() {
    int fired = 0;
    for (int i = 0; i < TIMERS_MAX; i++) {
      var claimed = new AtomicReference<OfferStore.Timer>();
      try {
        if (!database.asWorker(tx -> fireOne(tx, claimed))) {
          return fired;
        }
        fired++;
      } catch (RuntimeException failure) {
        if (claimed.get() == null) {
          throw failure;
        }
        postpone(claimed.get(), failure);
      }
    }
    return fired;
  }

  private boolean fireOne(Tx tx, AtomicReference<OfferStore.Timer> claimed) {
    var due = offers.store().claimTimer(tx);
    due.ifPresent(timer -> {
      claimed.set(timer);
      offers.expire(tx, timer.consult(), timer.offer());
      offers.store().fired(tx, timer);
    });
    return due.isPresent();
  }

  private void postpone(OfferStore.Timer timer, RuntimeException failure) {
    LOG.error("timer {} of consult {} failed", timer.id(), timer.consult(), failure);
    database.asWorker(tx -> {
      offers.store().postpone(tx, timer.id(), tx.now().plus(RETRY_AFTER));
      return timer;
    });
  }
}
