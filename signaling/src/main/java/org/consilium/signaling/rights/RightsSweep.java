package org.consilium.signaling.rights;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.call.OpenConsults;
import org.consilium.signaling.relay.socket.SignalServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again whether those who sit in this node's calls may still be there: care team,
 * membership, account, sign-in, licence, guest link, and whether the consult goes on. What tells
 * sooner only makes it faster; this makes it certain.
 *
 * <p>While the database is away calls go on as they are.
 */
public final class RightsSweep implements AutoCloseable {
  /** With the statement's own time, a lost right is seen within five seconds. */
  static final Duration PERIOD = Duration.ofSeconds(3);

  private static final Duration AGE_OUT_PERIOD = Duration.ofMinutes(10);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(RightsSweep.class);

  private final Platform platform;
  private final SignalServer relay;
  private final OpenConsults consults;
  private final RightsStore store = new RightsStore();
  private final AtomicBoolean blind = new AtomicBoolean();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("rights-sweep").factory());

  /**
   * @param relay whose calls are looked at
   * @param consults says which consults go on
   */
  public RightsSweep(Platform platform, SignalServer relay, OpenConsults consults) {
    this.platform = platform;
    this.relay = relay;
    this.consults = consults;
  }

  /** Begins to look, every {@link #PERIOD}. */
  public void start() {
    repeat(this::lookGuarded, PERIOD);
    repeat(this::ageOutGuarded, AGE_OUT_PERIOD);
  }

  private void repeat(Runnable work, Duration period) {
    timer.scheduleWithFixedDelay(work, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A right that is over, and which. */
  private record Lost(CallId call, String person, String cause) {}

  private record Seen(List<Lost> lost, Set<ConsultId> going) {}

  /** Looks once, and takes out whoever may not be there any more. */
  public void look() {
    var open = relay.openCalls();
    if (open.isEmpty()) {
      return;
    }
    var seen =
        platform
            .database()
            .asWorker(tx ->
                new Seen(
                    lost(tx, open.keySet()), consults.openAmong(tx, new HashSet<>(open.values()))));
    open.forEach((call, consult) -> {
      if (!seen.going().contains(consult)) {
        relay.end(call);
      }
    });
    for (var lost : seen.lost()) {
      LOG.debug("{} may not be in call {}: {}", lost.person(), lost.call(), lost.cause());
      relay.expire(lost.call(), lost.person());
    }
  }

  private List<Lost> lost(Tx tx, Set<CallId> calls) {
    var seats = store.seats(tx, calls);
    var advising =
        seats.stream()
            .filter(seat -> seat.cause().isEmpty())
            .map(RightsStore.Seat::account)
            .collect(Collectors.toSet());
    var unfit = advising.isEmpty() ? Set.<AccountId>of() : consults.mayNotPractise(tx, advising);
    return seats.stream()
        .filter(seat -> seat.cause().isPresent() || unfit.contains(seat.account()))
        .map(seat -> new Lost(seat.call(), seat.person(), seat.cause().orElse("licence")))
        .toList();
  }

  private void lookGuarded() {
    try {
      look();
      if (blind.compareAndSet(true, false)) {
        LOG.info("Rights in running calls are looked at again");
      }
    } catch (RuntimeException e) {
      if (blind.compareAndSet(false, true)) {
        LOG.warn("Rights in running calls cannot be looked at; calls go on: {}", e.toString());
      }
    } catch (Error e) {
      LOG.error("The look at rights in running calls failed", e);
    }
  }

  private void ageOutGuarded() {
    try {
      ageOut();
    } catch (RuntimeException e) {
      LOG.debug("Old tickets could not be deleted just now", e);
    }
  }

  /** Deletes the tickets that nobody can need any more. */
  int ageOut() {
    return platform.database().asWorker(store::ageOut);
  }

  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("A look at rights in running calls did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
