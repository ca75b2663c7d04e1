package org.consilium.signaling.relay.socket;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.CallLeases;
import org.consilium.signaling.relay.KeptSeat;
import org.consilium.signaling.relay.Lease;
import org.consilium.signaling.relay.SeatKeeper;

/** What several nodes know together, with the rules of the tables that keep it in the product. */
final class MemoryLeases {
  private final Map<CallId, Row> rows = new HashMap<>();
  private final Set<String> dead = ConcurrentHashMap.newKeySet();

  private static final class Row {
    String node;
    long term;
    long takenAt;
    int lastNumber;
    final Map<String, KeptSeat> seats = new TreeMap<>();

    void take(String by) {
      node = by;
      term++;
      takenAt = System.nanoTime();
    }
  }

  /** Writes nothing from now on. */
  void dies(String node) {
    dead.add(node);
  }

  /** Which node serves the call. */
  synchronized String owner(CallId call) {
    return rows.get(call).node;
  }

  private synchronized Optional<Lease> claim(CallId call, String node) {
    Row row = rows.computeIfAbsent(call, _ -> new Row());
    if (row.node == null) {
      row.take(node);
    }
    return lease(call, row);
  }

  private synchronized Optional<Lease> takeOver(CallId call, String node, long seen) {
    Row row = rows.get(call);
    if (row.term == seen) {
      row.take(node);
    }
    return lease(call, row);
  }

  private static Optional<Lease> lease(CallId call, Row row) {
    return Optional.of(
        new Lease(
            call,
            new ConsultId(call.value()),
            row.node,
            row.term,
            Duration.ofNanos(System.nanoTime() - row.takenAt),
            row.lastNumber,
            List.copyOf(row.seats.values())));
  }

  private synchronized void keep(CallId call, String node, KeptSeat seat) {
    Row row = rows.get(call);
    if (row.node.equals(node) && !dead.contains(node)) {
      row.seats.put(seat.admission().person(), seat);
      row.lastNumber = Math.max(row.lastNumber, seat.number());
    }
  }

  private synchronized void giveUp(CallId call, String node, String person) {
    Row row = rows.get(call);
    if (row.node.equals(node) && !dead.contains(node)) {
      row.seats.remove(person);
    }
  }

  CallLeases leases(String node) {
    return new CallLeases() {
      @Override
      public Future<Optional<Lease>> claim(CallId call, boolean anew) {
        return Future.succeededFuture(MemoryLeases.this.claim(call, node));
      }

      @Override
      public Future<Optional<Lease>> takeOver(CallId call, long seen) {
        return Future.succeededFuture(MemoryLeases.this.takeOver(call, node, seen));
      }
    };
  }

  SeatKeeper keeper(String node) {
    return new SeatKeeper() {
      @Override
      public void keep(CallId call, KeptSeat seat) {
        MemoryLeases.this.keep(call, node, seat);
      }

      @Override
      public void giveUp(CallId call, String person) {
        MemoryLeases.this.giveUp(call, node, person);
      }
    };
  }
}
