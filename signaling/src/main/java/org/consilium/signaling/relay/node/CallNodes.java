package org.consilium.signaling.relay.node;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.CallLeases;
import org.consilium.signaling.relay.Lease;
import org.consilium.signaling.relay.bus.Bus;
import org.consilium.signaling.relay.node.Frame.Kind;
import org.consilium.signaling.relay.node.Questions.Answer;
import org.consilium.signaling.relay.room.ResumeToken;
import org.consilium.signaling.relay.room.Rooms;

/**
 * Brings each connection of this node to the room of its call: to a room of this node, to the node
 * that serves the call, or, when that node is gone, to the room that this one takes over.
 *
 * <p>Safe on any thread.
 */
public final class CallNodes implements AutoCloseable {
  /** Between two looks at a call whose node does not listen: it may just have taken it. */
  private static final Duration AGAIN = Duration.ofMillis(250);

  /** A node that has taken a call listens for it sooner than this. */
  private static final Duration LISTENS_AFTER = Duration.ofSeconds(2);

  private static final int LOOKS_MAX = 12;

  private final String node;
  private final Bus bus;

  /** Null when nobody else could serve this node's calls. */
  private final CallLeases leases;

  private final Rooms rooms;

  /** Once it is closed there is nothing left to be told: what is still given to it is dropped. */
  private final ScheduledExecutorService timer =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("call-nodes").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  private final Questions questions;
  private final OwnRooms own;
  private final OwnSockets sockets;
  private final Map<Look, Future<Place>> looking = new ConcurrentHashMap<>();

  /**
   * @param node this node's name, which no other has and which is new after each start
   * @param leases null when nobody else could serve this node's calls
   */
  public CallNodes(String node, Bus bus, CallLeases leases, Rooms rooms) {
    this.node = node;
    this.bus = bus;
    this.leases = leases;
    this.rooms = rooms;
    this.questions = new Questions(bus, node, timer);
    this.own = new OwnRooms(node, bus, rooms, timer);
    this.sockets = new OwnSockets(node, bus, questions, timer);
    rooms.onGone(own::end);
  }

  /**
   * A look for a call.
   *
   * @param anew whether a call that is over goes on
   */
  private record Look(CallId call, boolean anew) {}

  /** Where a call is served. */
  private sealed interface Place {
    record Here() implements Place {}

    record There(Lease lease) implements Place {}

    record Over() implements Place {}
  }

  /** Whether this node can serve and reach all calls: it is alone, or the bus is there. */
  public boolean isWhole() {
    return bus.isUp();
  }

  /**
   * The way in of a person with a ticket; fails with {@link Unreachable}.
   *
   * @param loop the socket's, which also runs the room if it is opened here
   */
  public Future<Way> enter(Admission admission, EventExecutor loop) {
    CallId call = admission.call();
    if (leases == null || rooms.isOver(call)) {
      return Future.succeededFuture(socket -> rooms.enter(admission, socket, loop));
    }
    Optional<Way> here = rooms.door(call).map(door -> entering(door, admission));
    return here.map(Future::succeededFuture)
        .orElseGet(() ->
            look(new Look(call, true), loop)
                .compose(place ->
                    switch (place) {
                      case Place.Here _ -> enter(admission, loop);
                      case Place.Over _ ->
                          Future.succeededFuture(socket -> {
                            rooms.end(call);
                            return rooms.enter(admission, socket, loop);
                          });
                      case Place.There(var lease) ->
                          Future.succeededFuture(
                              sockets.way(lease, count -> Frame.enter(count, admission)));
                    }));
  }

  private static Way entering(Rooms.Door door, Admission admission) {
    return new DoorWay(door, socket -> door.enter(admission, socket));
  }

  /**
   * The way back to a seat; empty when the token stands for none. Fails with {@link Unreachable}.
   *
   * @param lastSeq the highest number of ours that the client has
   */
  public Future<Optional<Way>> resume(String token, long lastSeq, EventExecutor loop) {
    return ResumeToken.callOf(token)
        .map(call -> resume(call, token, lastSeq, loop))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<Way>> resume(
      CallId call, String token, long lastSeq, EventExecutor loop) {
    if (rooms.isOver(call)) {
      return Future.succeededFuture(Optional.empty());
    }
    Optional<Rooms.Door> here = rooms.door(call);
    if (here.isPresent()) {
      Rooms.Door door = here.get();
      if (rooms.canResume(token)) {
        return Future.succeededFuture(
            Optional.of(new DoorWay(door, socket -> door.resume(token, lastSeq, socket))));
      }
      door.close();
      return Future.succeededFuture(Optional.empty());
    }
    if (leases == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return look(new Look(call, false), loop)
        .compose(place ->
            switch (place) {
              case Place.Here _ -> resume(call, token, lastSeq, loop);
              case Place.Over _ -> Future.succeededFuture(Optional.empty());
              case Place.There(var lease) -> resumeThere(lease, token, lastSeq);
            });
  }

  private Future<Optional<Way>> resumeThere(Lease lease, String token, long lastSeq) {
    return questions
        .ask(Subjects.room(lease.call(), lease.term()), token)
        .compose(answer ->
            switch (answer) {
              case YES ->
                  Future.succeededFuture(
                      Optional.of(
                          sockets.way(lease, count -> Frame.resume(count, lastSeq, token))));
              case NO -> Future.succeededFuture(Optional.empty());
              case NOBODY, SILENCE, UNASKED ->
                  Future.failedFuture(new Unreachable("the node of the call went away just now"));
            });
  }

  // ---- where is it? ----------------------------------------------------------------------------

  /** Looks once for all who ask at the same time. */
  private Future<Place> look(Look look, EventExecutor loop) {
    Promise<Place> found = Promise.promise();
    Future<Place> asked = looking.putIfAbsent(look, found.future());
    if (asked != null) {
      return asked;
    }
    found.future().onComplete(_ -> looking.remove(look, found.future()));
    look(look, 1, loop, found);
    return found.future();
  }

  private void look(Look look, int times, EventExecutor loop, Promise<Place> found) {
    if (times > LOOKS_MAX) {
      found.fail(new Unreachable("nobody serves the call for long enough"));
      return;
    }
    settle(look, leases.claim(look.call(), look.anew()), times, loop, found);
  }

  private void settle(
      Look look,
      Future<Optional<Lease>> asked,
      int times,
      EventExecutor loop,
      Promise<Place> found) {
    asked.onComplete(known -> {
      if (known.failed()) {
        found.fail(known.cause());
      } else if (known.result().isEmpty()) {
        found.complete(new Place.Over());
      } else if (known.result().get().node().equals(node)) {
        loop.execute(() -> serve(known.result().get(), loop, found));
      } else {
        visit(look, known.result().get(), times, loop, found);
      }
    });
  }

  private void serve(Lease lease, EventExecutor loop, Promise<Place> found) {
    try {
      Rooms.Door door = rooms.open(lease, loop);
      own.serve(lease.call(), lease.term());
      found.complete(new Place.Here());
      door.close();
    } catch (RuntimeException e) {
      found.tryFail(e);
    }
  }

  /** The lease names another node: does it live? */
  private void visit(Look look, Lease lease, int times, EventExecutor loop, Promise<Place> found) {
    if (bus.isAlone()) {
      settle(look, leases.takeOver(lease.call(), lease.term()), times, loop, found);
      return;
    }
    Supplier<Future<Optional<Lease>>> takeOver =
        () -> {
          bus.publish(Subjects.room(lease.call(), lease.term()), null, Frame.of(Kind.LOST, 0, ""));
          return leases.takeOver(lease.call(), lease.term());
        };
    questions
        .ask(Subjects.room(lease.call(), lease.term()), "")
        .onSuccess(answer -> {
          switch (answer) {
            case YES -> found.complete(new Place.There(lease));
            case NO -> again(look, times, loop, found);
            case NOBODY -> {
              if (times == 1 || lease.age().compareTo(LISTENS_AFTER) < 0) {
                again(look, times, loop, found);
              } else {
                settle(look, takeOver.get(), times + 1, loop, found);
              }
            }
            case SILENCE -> settle(look, takeOver.get(), times + 1, loop, found);
            case UNASKED -> found.fail(new Unreachable("the message bus is away"));
          }
        });
  }

  private void again(Look look, int times, EventExecutor loop, Promise<Place> found) {
    timer.schedule(
        () -> look(look, times + 1, loop, found), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  // ---- told to every node ----------------------------------------------------------------------

  /** Takes a person out of a call, wherever it is served. */
  public void revoke(CallId call, String person) {
    rooms.revoke(call, person);
    bus.publish(Subjects.ALL, null, Frame.of(Kind.REVOKE, 0, call + " " + person));
  }

  /** Takes a person out of every call. */
  public void revoke(String person) {
    rooms.revoke(person);
    bus.publish(Subjects.ALL, null, Frame.of(Kind.REVOKE, 0, person));
  }

  /** Closes a call for all, wherever it is served. */
  public void end(CallId call) {
    rooms.end(call);
    bus.publish(Subjects.ALL, null, Frame.of(Kind.END, 0, call.toString()));
  }

  /** Sends this node's sockets away: those of its own rooms, and those of others' rooms. */
  public void drain(Supplier<Duration> retryAfter) {
    sockets.drain(retryAfter);
    rooms.drain(retryAfter);
  }

  /** Whether a node of this name answers, or its bus is away and nobody can tell. */
  public Future<Boolean> lives(String other) {
    if (other.equals(node)) {
      return Future.succeededFuture(true);
    }
    return bus.isAlone()
        ? Future.succeededFuture(false)
        : questions
            .ask(Subjects.node(other), "")
            .map(answer -> answer == Answer.YES || answer == Answer.UNASKED);
  }

  @Override
  public void close() {
    own.close();
    sockets.close();
    timer.shutdownNow();
  }
}
