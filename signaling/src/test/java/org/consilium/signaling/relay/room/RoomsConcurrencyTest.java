package org.consilium.signaling.relay.room;

import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.Entries;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.SignalMeters;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * People come, return, go, are taken out, while the call ends and the server stops, from several
 * threads at once: afterwards the seats, the tokens, the sockets and the list of rooms agree.
 *
 * <p>Each thread is the loop of its connections; a room's loop is whoever holds its lock, so that
 * acts meet in every order.
 */
public class RoomsConcurrencyTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:15:00Z");
  private static final CallId CALL = new CallId(new UUID(0, 1));
  private static final Pattern TOKEN = Pattern.compile("\"resumeToken\":\"([^\"]+)\"");

  private final Rooms rooms =
      new Rooms(
          SignalLimits.DEFAULT,
          InstantSource.fixed(NOW),
          _ -> List.of(),
          new Entries(),
          new SignalMeters());
  private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean over;

  @Operation
  public void enterRosa() {
    enter("rosa");
  }

  @Operation
  public void enterAda() {
    enter("ada");
  }

  private void enter(String person) {
    var socket = new Socket(person);
    sockets.add(socket);
    socket.link = rooms.enter(admission(person), socket, new LockLoop());
  }

  /** The newest page of a person loses its connection and comes back by its token. */
  @Operation
  public void resumeRosa() {
    Socket old = newest("rosa");
    if (old != null && old.token != null && old.link != null) {
      old.link.closed();
      var socket = new Socket("rosa");
      sockets.add(socket);
      socket.link = rooms.resume(old.token, 0, socket);
      old.gone = true;
    }
  }

  @Operation
  public void revokeRosa() {
    rooms.revoke("rosa");
  }

  @Operation
  public void revokeAda() {
    rooms.revoke(CALL, "ada");
  }

  @Operation(runOnce = true)
  public void end() {
    rooms.end(CALL);
    over = true;
  }

  @Operation(runOnce = true)
  public void drain() {
    rooms.drain(() -> Duration.ZERO);
    over = true;
  }

  @Validate
  public void allAgree() {
    var open = sockets.stream().filter(socket -> !socket.closed && !socket.gone).toList();
    var people = open.stream().map(socket -> socket.person).distinct().count();
    check(open.size() == people, "one connection of each person: " + open.size());
    check(!over || open.isEmpty(), "nobody is left in a call that is over");
    check(open.isEmpty() || rooms.size() == 1, "who is connected has a room");
    check(
        open.stream().allMatch(socket -> rooms.canResume(socket.token)),
        "who is connected can come back");
    var seats = sockets.stream().map(s -> s.token).filter(t -> t != null && rooms.canResume(t));
    long kept = seats.distinct().count();
    check(kept > 0 || rooms.size() == 0, "a room without seats is forgotten");
    check(!over || kept == 0, "a token of a call that is over is worthless");
    check(kept <= 2, "one seat for each person");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }

  @Test
  void all_agree_whatever_meets() {
    new StressOptions()
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .iterations(8)
        .invocationsPerIteration(250)
        .minimizeFailedScenario(false)
        .check(RoomsConcurrencyTest.class);
  }

  private Socket newest(String person) {
    synchronized (sockets) {
      return sockets.reversed().stream()
          .filter(socket -> socket.person.equals(person) && !socket.gone)
          .findFirst()
          .orElse(null);
    }
  }

  private static Admission admission(String person) {
    return new Admission(
        CALL,
        new ConsultId(CALL.value()),
        person,
        person,
        CallRole.CLINICIAN,
        AdmissionMode.DIRECT,
        NOW.plus(Duration.ofHours(1)));
  }

  private static final class Socket implements SeatSocket {
    private final String person;
    private volatile String token;
    private volatile boolean closed;
    private volatile boolean gone;
    private volatile Rooms.Link link;

    Socket(String person) {
      this.person = person;
    }

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public void send(byte[] message) {
      var found = TOKEN.matcher(new String(message, StandardCharsets.UTF_8));
      if (found.find()) {
        token = found.group(1);
      }
    }

    @Override
    public void close(CloseCode code, String reason) {
      closed = true;
    }
  }

  /** A loop that is whichever thread holds its lock. */
  private static final class LockLoop extends AbstractEventExecutor {
    private final ReentrantLock turn = new ReentrantLock();

    @Override
    public boolean inEventLoop() {
      return turn.isHeldByCurrentThread();
    }

    @Override
    public boolean inEventLoop(Thread thread) {
      return thread == Thread.currentThread() && inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
      turn.lock();
      try {
        task.run();
      } finally {
        turn.unlock();
      }
    }

    /** Time stands still. */
    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      return (ScheduledFuture<?>)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {ScheduledFuture.class},
              (_, method, _) -> method.getName().equals("cancel"));
    }

    @Override
    public boolean isShuttingDown() {
      return false;
    }

    @Override
    public Future<?> shutdownGracefully(long quiet, long timeout, TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<?> terminationFuture() {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    public void shutdown() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return false;
    }
  }
}
