package org.consilium.signaling.call;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/**
 * Writes down what happens in calls, in order, away from the event loop. While the database is away
 * it keeps trying; the call itself never waits for it.
 */
public final class CallRecord implements CallJournal, AutoCloseable {
  /** The calls of a busy hour. */
  private static final int ABOUTS_MAX = 4_096;

  private final Platform platform;
  private final String node;
  private final CallStore calls = new CallStore();
  private final RecordStore record = new RecordStore();

  /** Touched by the writer only. */
  private final CallMedia media = new CallMedia();

  private final LeaseStore leases = new LeaseStore();

  /** Calls whose people are told at the end of the transaction, once each; the writer's own. */
  private final Set<CallId> changed = new LinkedHashSet<>();

  /** The calls of late; the writer's own. */
  private final Map<CallId, CallStore.About> abouts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<CallId, CallStore.About> eldest) {
          return size() > ABOUTS_MAX;
        }
      };

  private final RecordWriter writer;

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
    this.writer = new RecordWriter(platform.database(), this::tellChanged);
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
      changed.add(call);
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
      changed.add(call);
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
      changed.add(call);
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
      record.returned(tx, call, person, seat, at);
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
                writer.add(tx ->
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
      writer.add(tx -> {
        record
            .went(tx, call, person, reason.text(), at)
            .ifPresent(id -> link.ifPresent(seen -> record.link(tx, id, seen)));
        record.event(tx, call, CallEvent.of(Kind.LEFT, at, person, seat).with(reason.text()));
        about(tx, call).ifPresent(about -> leaving.left(tx, about.consult(), person));
        changed.add(call);
      });
    });
  }

  @Override
  public void ended(CallId call, ConsultId consult, EndReason reason, Instant at) {
    writer.execute(() -> {
      var links = media.ended(call);
      writer.add(tx -> {
        record.event(tx, call, CallEvent.ofCall(Kind.ENDED, at, Wire.of(reason)));
        if (reason == EndReason.DRAIN) {
          // The call goes on at another node, or after the restart.
          leases.release(tx, node, call);
          wentWith(tx, call, "drain", links, at);
        } else {
          boolean lost = reason == EndReason.EMPTY && record.lastWasLost(tx, call);
          over(tx, call, consult, lost ? "lost" : Wire.of(reason), at);
        }
        changed.add(call);
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
    return writer.backlog();
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

  private void tellChanged(Tx tx) {
    // Forgotten before they are told: when it fails, the entries are written again and name them.
    var these = List.copyOf(changed);
    changed.clear();
    these.forEach(call -> about(tx, call).ifPresent(about -> tell(tx, about)));
  }

  /** A call never changes what it is about, so that it is asked once for those of late. */
  private Optional<CallStore.About> about(Tx tx, CallId call) {
    var known = Optional.ofNullable(abouts.get(call)).or(() -> calls.about(tx, call));
    known.ifPresent(about -> abouts.put(call, about));
    return known;
  }

  private void tell(Tx tx, CallStore.About about) {
    var consult = about.consult();
    var team = platform.careTeam().members(tx, consult).stream().map(TeamMember::account).toList();
    platform.changes().tell(tx, "call", consult.value(), about.owner(), team);
  }

  private void note(CallId call, CallEvent event) {
    write(tx -> record.event(tx, call, event));
  }

  /** Writes it down after all before it. */
  void write(Consumer<Tx> entry) {
    writer.execute(() -> writer.add(entry));
  }

  /** Answers after all before it is written down; fails at once when the database does. */
  <T> Future<T> ask(Function<Tx, T> question) {
    return writer.ask(question);
  }

  @Override
  public void close() {
    writer.close();
  }
}
