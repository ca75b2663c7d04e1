package org.consilium.signaling.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.consilium.platform.database.Database;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.room.LiveRoom;
import org.consilium.signaling.relay.socket.SignalServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether this node still holds the calls that it serves, and ends the calls that no node
 * serves and nobody came back to. While the database is away calls go on as they are.
 */
public final class CallWatch implements AutoCloseable {
  private static final Duration HELD_PERIOD = Duration.ofSeconds(3);
  private static final Duration ORPHANS_PERIOD = Duration.ofSeconds(15);
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(CallWatch.class);

  private final String node;
  private final Database database;
  private final SignalServer relay;
  private final CallRecord record;
  private final LeaseStore leases = new LeaseStore();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("call-watch").factory());

  public CallWatch(String node, Database database, SignalServer relay, CallRecord record) {
    this.node = node;
    this.database = database;
    this.relay = relay;
    this.record = record;
  }

  /** Begins to look, by itself from now on. */
  public void start() {
    repeat(this::loseWhatIsNotHeld, HELD_PERIOD);
    repeat(this::endOrphans, ORPHANS_PERIOD);
  }

  private void repeat(Runnable work, Duration period) {
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.debug("calls could not be looked at just now", e);
          } catch (Error e) {
            LOG.error("the look at calls failed", e);
          }
        },
        period.toMillis(),
        period.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Sends away the sockets of rooms that another node has taken over. */
  public void loseWhatIsNotHeld() {
    var live = relay.live();
    if (live.isEmpty()) {
      return;
    }
    var calls = live.stream().map(LiveRoom::call).collect(Collectors.toSet());
    var held = new HashSet<>(database.asWorker(tx -> leases.held(tx, node, calls)));
    for (LiveRoom room : live) {
      // One without seats is just being opened, or closed.
      if (!room.seats().isEmpty()
          && !held.contains(new LeaseStore.Held(room.call(), room.term()))) {
        LOG.warn("Another node serves call {} now; its clients are sent there", room.call());
        relay.lose(room.call(), room.term());
      }
    }
  }

  /** Ends the calls that no living node has served for as long as a seat is kept. */
  public void endOrphans() {
    for (Optional<String> other : database.asWorker(tx -> leases.otherNodes(tx, node))) {
      boolean lives = other.isPresent() && lives(other.get());
      database.asWorker(tx -> {
        if (lives) {
          leases.noOrphan(tx, other.get());
        } else {
          leases.orphan(tx, other);
        }
        return null;
      });
    }
    Duration kept = SignalLimits.DEFAULT.seatKept();
    var rooms = relay.live().stream().map(LiveRoom::call).collect(Collectors.toSet());
    int ended =
        database.asWorker(tx -> {
          var left = new ArrayList<>(leases.leftBehind(tx, tx.now().minus(kept)));
          left.addAll(leases.idle(tx, node, rooms, kept));
          left.forEach(one -> record.endLeftBehind(tx, one.call(), one.consult()));
          return left.size();
        });
    if (ended > 0) {
      LOG.info("Ended {} calls that nobody came back to", ended);
    }
  }

  /** In doubt it does. */
  private boolean lives(String other) {
    try {
      return relay
          .lives(other)
          .toCompletionStage()
          .toCompletableFuture()
          .get(ANSWER_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
