package org.consilium.signaling.record;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.consilium.platform.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends attempts that nobody used, and forgets what the record need not keep. Every node may do it:
 * doing it twice changes nothing.
 */
public final class RecordKeeping implements AutoCloseable {
  /** Longer than a ticket lives. */
  static final Duration UNUSED_AFTER = Duration.ofMinutes(5);

  /**
   * How long single events and link figures are kept: long enough to look into a complaint. The
   * attempt, its outcome and who was there stay as long as the consult does.
   */
  static final Duration DETAILS_KEPT = Duration.ofDays(365);

  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(RecordKeeping.class);

  private final Platform platform;
  private final RecordStore store = new RecordStore();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("call-record-keeping").factory());

  public RecordKeeping(Platform platform) {
    this.platform = platform;
  }

  /** Begins to look, every minute. */
  public void start() {
    timer.scheduleWithFixedDelay(
        this::lookGuarded, PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
  }

  /** Looks once. */
  void look() {
    platform
        .database()
        .asWorker(tx ->
            store.endUnused(tx, tx.now().minus(UNUSED_AFTER))
                + store.forgetBefore(tx, tx.now().minus(DETAILS_KEPT)));
  }

  private void lookGuarded() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.warn("The record of calls could not be kept just now: {}", e.toString());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
