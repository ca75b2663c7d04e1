package org.consilium.signaling.ring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.RingId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the devices of this node how things stand in the database, on one thread and so in order:
 * who has just come gets {@code present} first. What is asked of it while it works is done together
 * in its next turn, so a crowd that comes back at once costs a few statements, not thousands.
 */
final class Teller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

  /** Rings to look up; more, and everybody is told everything instead. */
  private static final int RINGS_MAX = 10_000;

  /** How long a caller is told again how an earlier ring ended. */
  private static final Duration OUTGOING_FOR = Duration.ofMinutes(2);

  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

  private final Database database;
  private final UUID node;
  private final Function<AccountId, Collection<Device>> devicesOf;
  private final PresenceStore presence = new PresenceStore();
  private final RingStore rings = new RingStore();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Thread thread = Thread.ofVirtual().name("ring-teller").unstarted(this::run);
  private Turn next = new Turn();
  private boolean stopped;

  /** What one turn is about; bounded by the sockets of this node and {@link #RINGS_MAX}. */
  private static final class Turn {
    final Set<Device> toGreet = new LinkedHashSet<>();
    final Set<RingId> changed = new LinkedHashSet<>();
    final Set<AccountId> moved = new HashSet<>();

    boolean isEmpty() {
      return toGreet.isEmpty() && changed.isEmpty() && moved.isEmpty();
    }
  }

  Teller(Database database, UUID node, Function<AccountId, Collection<Device>> devicesOf) {
    this.database = database;
    this.node = node;
    this.devicesOf = devicesOf;
  }

  void start() {
    thread.start();
  }

  /** Tells these devices all that there is. */
  void greet(Collection<Device> devices) {
    add(turn -> turn.toGreet.addAll(devices));
  }

  /** A ring has changed; {@code everybody} is greeted should there be too many of them. */
  void changed(RingId ring, Collection<Device> everybody) {
    add(turn -> {
      if (turn.changed.size() < RINGS_MAX) {
        turn.changed.add(ring);
      } else {
        turn.toGreet.addAll(everybody);
      }
    });
  }

  /**
   * The first device of these people has come, the last has gone, or it is time to say so again.
   */
  void moved(Collection<AccountId> accounts) {
    add(turn -> turn.moved.addAll(accounts));
  }

  private void add(java.util.function.Consumer<Turn> what) {
    lock.lock();
    try {
      what.accept(next);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      var turn = take();
      if (turn == null) {
        return;
      }
      try {
        database.asWorker(tx -> look(tx, turn)).forEach(Runnable::run);
      } catch (RuntimeException e) {
        LOG.warn("Devices could not be told of rings just now: {}", e.toString());
        putBack(turn);
      }
    }
  }

  private Turn take() {
    lock.lock();
    try {
      while (next.isEmpty() && !stopped) {
        work.await();
      }
      var turn = next;
      next = new Turn();
      return stopped ? null : turn;
    } catch (InterruptedException e) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void putBack(Turn turn) {
    lock.lock();
    try {
      next.toGreet.addAll(turn.toGreet);
      next.changed.addAll(turn.changed);
      next.moved.addAll(turn.moved);
      long nanos = AGAIN_AFTER.toNanos();
      while (nanos > 0 && !stopped) {
        nanos = work.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Reads all that the turn needs; what it answers says it, after the transaction. */
  private List<Runnable> look(Tx tx, Turn turn) {
    var here =
        turn.moved.stream()
            .collect(Collectors.partitioningBy(account -> !devicesOf.apply(account).isEmpty()));
    presence.here(tx, node, here.get(true));
    presence.gone(tx, node, here.get(false));
    var words = new ArrayList<Runnable>();
    if (!turn.toGreet.isEmpty()) {
      greetings(tx, turn.toGreet, words);
    }
    if (!turn.changed.isEmpty()) {
      rings.byIds(tx, turn.changed).forEach(ring -> words.add(() -> tell(ring, tx.now())));
    }
    return words;
  }

  private void greetings(Tx tx, Set<Device> devices, List<Runnable> words) {
    var accounts = devices.stream().map(Device::account).collect(Collectors.toSet());
    var concerning = rings.concerning(tx, accounts, tx.now().minus(OUTGOING_FOR));
    Map<AccountId, Integer> missed = rings.countMissed(tx, accounts);
    for (var device : devices) {
      var account = device.account();
      var present =
          new PresenceMessage.Present(
              account,
              concerning.stream()
                  .filter(ring -> ring.isRinging() && ring.callee().id().equals(account))
                  .toList(),
              concerning.stream()
                  .filter(ring -> ring.caller().filter(by -> by.id().equals(account)).isPresent())
                  .toList(),
              missed.getOrDefault(account, 0),
              PresenceMessage.HEARTBEAT,
              tx.now());
      words.add(() -> device.greet(present));
    }
  }

  private void tell(Ring ring, Instant at) {
    devicesOf.apply(ring.callee().id()).forEach(device -> device.hear(ring, at));
    ring.caller()
        .ifPresent(by -> devicesOf.apply(by.id()).forEach(device -> device.hear(ring, at)));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      stopped = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(3));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
