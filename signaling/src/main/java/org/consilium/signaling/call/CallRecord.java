package org.consilium.signaling.call;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.consilium.platform.Platform;
import org.consilium.platform.access.TeamMember;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.record.CallEvent;
import org.consilium.signaling.record.CallEvent.Kind;
import org.consilium.signaling.record.CallMedia;
import org.consilium.signaling.record.LinkSamples;
import org.consilium.signaling.record.RecordStore;
import org.consilium.signaling.relay.CallJournal;
import org.consilium.signaling.relay.CallRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what happens in calls, in order, away from the event loop. While the database is away
 * it keeps trying; the call itself never waits for it.
 */
public final class CallRecord implements CallJournal, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CallRecord.class);

  /** A minute of the busiest server; past it entries are dropped and that is logged. */
  private static final int ENTRIES_MAX = 10_000;

  /** A clash with another writer ends sooner. */
  private static final int REFUSALS_MAX = 5;

  private static final long RETRY_MILLIS = 1_000;

  private final Platform platform;
  private final String node;
  private final CallStore calls = new CallStore();
  private final RecordStore record = new RecordStore();

  /** Touched by the writer only. */
  private final CallMedia media = new CallMedia();

  private final LeaseStore leases = new LeaseStore();
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(ENTRIES_MAX),
          Thread.ofVirtual().name("call-record").factory(),
          (_, pool) -> {
            if (!pool.isShutdown()) {
              LOG.error("The record of calls is {} entries behind; one is lost", ENTRIES_MAX);
            }
          });

  /** What else ends when somebody leaves a call. */
  @FunctionalInterface
  public interface Leaving {
    /** In the transaction that writes it down; {@code person} as in {@link CallJournal}. */
    void left(Tx tx, ConsultId consult, String person);
  }

  private volatile Leaving leaving = (_, _, _) -> {};

  /**
   * @param node the name of this node
   */
  public CallRecord(Platform platform, String node) {
    this.node = node;
    this.platform = platform;
  }

  /** Tells one more who has left. Call it before serving. */
  public void tellWhoLeft(Leaving listener) {
    leaving = listener;
  }

  @Override
  public void started(CallId call, ConsultId consult, Instant at) {
    write(tx -> {
      calls.started(tx, call, node, at);
      record.event(tx, call, CallEvent.ofCall(Kind.STARTED, at, null));
      platform.outbox().publish(tx, new CallStarted(call, consult, at));
      tell(tx, call, consult);
    });
  }

  @Override
  public void joined(CallId call, String person, CallRole role, int seat, Instant at) {
    seated(call, person, role, seat, true, at);
  }

  @Override
  public void waiting(CallId call, String person, CallRole role, int seat, Instant at) {
    seated(call, person, role, seat, false, at);
  }

  private void seated(CallId call, String person, CallRole role, int seat, boolean in, Instant at) {
    write(tx -> {
      record.came(tx, call, person, role, seat, at, in);
      var kind = in ? Kind.JOINED : Kind.WAITING;
      record.event(tx, call, CallEvent.of(kind, at, person, seat).as(role));
      tell(tx, call);
    });
  }

  @Override
  public void admitted(CallId call, String person, int seat, String byPerson, Instant at) {
    note(call, CallEvent.of(Kind.ADMITTED, at, person, seat).by(byPerson));
  }

  @Override
  public void roleChanged(
      CallId call, String person, int seat, CallRole role, String byPerson, Instant at) {
    write(tx -> {
      record.role(tx, call, person, role);
      record.event(tx, call, CallEvent.of(Kind.ROLE, at, person, seat).as(role).by(byPerson));
      tell(tx, call);
    });
  }

  @Override
  public void away(CallId call, String person, int seat, Instant at) {
    write(tx -> {
      record.lost(tx, call, person);
      record.event(tx, call, CallEvent.of(Kind.AWAY, at, person, seat));
    });
  }

  @Override
  public void back(CallId call, String person, int seat, boolean resumed, Instant at) {
    write(tx -> {
      record.returned(tx, call, person);
      record.event(
          tx, call, CallEvent.of(Kind.BACK, at, person, seat).with(resumed ? "resumed" : "anew"));
    });
  }

  @Override
  public void media(CallId call, String person, int seat, byte[] body, Instant at) {
    writer.execute(() ->
        media
            .changed(call, person, body)
            .ifPresent(mode ->
                persist(tx ->
                    record.event(
                        tx, call, CallEvent.of(Kind.MODE, at, person, seat).with(mode.wire())))));
  }

  @Override
  public void quality(CallId call, String person, int seat, byte[] body, Instant at) {
    writer.execute(() -> media.sampled(call, person, body));
  }

  @Override
  public void restarted(CallId call, String person, int seat, int peer, Instant at) {
    write(tx -> {
      record.restarted(tx, call, person);
      record.event(tx, call, CallEvent.of(Kind.RESTART, at, person, seat).with("seat " + peer));
    });
  }

  @Override
  public void left(CallId call, String person, int seat, LeaveReason reason, Instant at) {
    writer.execute(() -> {
      var link = media.gone(call, person);
      persist(tx -> {
        record
            .went(tx, call, person, reason.text(), at)
            .ifPresent(id -> link.ifPresent(seen -> record.link(tx, id, seen)));
        record.event(tx, call, CallEvent.of(Kind.LEFT, at, person, seat).with(reason.text()));
        calls.consultOf(tx, call).ifPresent(consult -> leaving.left(tx, consult, person));
        tell(tx, call);
      });
    });
  }

  @Override
  public void ended(CallId call, ConsultId consult, EndReason reason, Instant at) {
    writer.execute(() -> {
      var links = media.ended(call);
      persist(tx -> {
        record.event(tx, call, CallEvent.ofCall(Kind.ENDED, at, Wire.of(reason)));
        if (reason == EndReason.DRAIN) {
          // The call goes on at another node, or after the restart.
          leases.release(tx, node, call);
          wentWith(tx, call, "drain", links, at);
        } else {
          boolean lost = reason == EndReason.EMPTY && record.lastWasLost(tx, call);
          over(tx, call, consult, lost ? "lost" : Wire.of(reason), at);
        }
        tell(tx, call, consult);
      });
    });
  }

  private void wentWith(
      Tx tx, CallId call, String reason, Map<String, LinkSamples.Summary> links, Instant at) {
    for (var went : record.allWent(tx, call, reason, at)) {
      Optional.ofNullable(links.get(went.person()))
          .ifPresent(link -> record.link(tx, went.attendance(), link));
    }
  }

  /** Entries that wait to be written. */
  public int backlog() {
    return writer.getQueue().size();
  }

  /** Ends a call that nobody has served for as long as a seat is kept. */
  void endLeftBehind(Tx tx, CallId call, ConsultId consult) {
    record.allWent(tx, call, "lost", tx.now());
    over(tx, call, consult, "drain", tx.now());
  }

  /** The call is over, unless it goes on at another node. */
  private void over(Tx tx, CallId call, ConsultId consult, String reason, Instant at) {
    if (calls.ended(tx, call, node, at)) {
      record.outcome(tx, call, reason);
      platform.outbox().publish(tx, new CallEnded(call, consult, at));
    }
  }

  private void tell(Tx tx, CallId call) {
    calls.consultOf(tx, call).ifPresent(consult -> tell(tx, call, consult));
  }

  private void tell(Tx tx, CallId call, ConsultId consult) {
    var team = platform.careTeam().members(tx, consult).stream().map(TeamMember::account).toList();
    platform.changes().tell(tx, "call", consult.value(), calls.ownerOf(tx, call), team);
  }

  private void note(CallId call, CallEvent event) {
    write(tx -> record.event(tx, call, event));
  }

  /** Writes it down after all before it. */
  void write(Consumer<Tx> entry) {
    writer.execute(() -> persist(entry));
  }

  /** Answers after all before it is written down; fails at once when the database does. */
  <T> Future<T> ask(Function<Tx, T> question) {
    Promise<T> answer = Promise.promise();
    writer.execute(() -> {
      try {
        answer.complete(platform.database().asWorker(question));
      } catch (RuntimeException e) {
        answer.fail(e);
      }
    });
    return answer.future();
  }

  private void persist(Consumer<Tx> entry) {
    int refused = 0;
    while (true) {
      try {
        platform
            .database()
            .asWorker(tx -> {
              entry.accept(tx);
              return null;
            });
        return;
      } catch (RuntimeException e) {
        // A database that is away is waited for, however long; one that answers and refuses is not.
        refused += platform.database().isReachable() ? 1 : 0;
        if (refused == REFUSALS_MAX || writer.isShutdown()) {
          LOG.error("An entry of a call's record was lost", e);
          return;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what is waiting, for a few seconds at most. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(3, TimeUnit.SECONDS)) {
        LOG.warn(
            "The record of calls was closed with {} entries unwritten", writer.getQueue().size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
