package org.consilium.deploy.link;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.consilium.deploy.link.Wire.Kind;
import org.consilium.deploy.link.Wire.Way;

/**
 * One direction of a TCP connection over a wire, as a plain sender does it: ten segments at first,
 * twice as many each round trip until something is lost, then half as many and one more each round
 * trip; what was lost is sent again within what may be under way.
 */
final class TcpStream {
  static final int HEADER_BYTES = 40;

  private static final int SEGMENT_BYTES = 1_400;
  private static final int FIRST_WINDOW = 10;
  private static final int LEAST_WINDOW = 2;
  private static final int WINDOW_MAX = 64;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final int DOUBLINGS_MAX = 4;

  /** A sender learns of a loss a round trip later, and what waits in the queue is part of that. */
  private static final Duration IN_QUEUE = Duration.ofMillis(500);

  private static final byte[] END = {};

  private final Wire wire;
  private final Way way;
  private final Socket from;
  private final Socket to;
  private final AtomicBoolean dead;
  private final Runnable ended;

  private final Object window = new Object();
  private final TreeMap<Long, byte[]> lost = new TreeMap<>();
  private double allowed = FIRST_WINDOW;
  private boolean starts = true;
  private int underWay;
  private int timeouts;
  private long halvedAt;
  private long sent;

  private final TreeMap<Long, byte[]> early = new TreeMap<>();
  private final BlockingQueue<byte[]> inOrder = new LinkedBlockingQueue<>();
  private long next;

  /** {@code dead}: from then on nothing gets through, and neither end is told. */
  TcpStream(Wire wire, Way way, Socket from, Socket to, AtomicBoolean dead, Runnable ended) {
    this.wire = wire;
    this.way = way;
    this.from = from;
    this.to = to;
    this.dead = dead;
    this.ended = ended;
  }

  /** Carries on, after what was read from it already. */
  void start(byte[] first) {
    Thread.ofVirtual().start(() -> read(first));
    Thread.ofVirtual().start(this::write);
  }

  /** How long a sender waits before it sends a segment again. */
  static Duration pause(int attempt) {
    return FIRST_PAUSE.multipliedBy(1L << Math.min(attempt, DOUBLINGS_MAX));
  }

  private void read(byte[] first) {
    var buffer = new byte[SEGMENT_BYTES];
    try {
      var in = new SequenceInputStream(new ByteArrayInputStream(first), from.getInputStream());
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        waitForRoom();
        send(sent++, Arrays.copyOf(buffer, n));
      }
    } catch (IOException cut) {
      // The other end is told in its turn.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    send(sent, END);
  }

  private void waitForRoom() throws InterruptedException {
    synchronized (window) {
      while (underWay + lost.size() >= allowed) {
        window.wait();
      }
    }
  }

  private void send(long sequence, byte[] segment) {
    if (dead.get()) {
      return;
    }
    int doublings;
    synchronized (window) {
      underWay++;
      doublings = Math.min(timeouts, DOUBLINGS_MAX);
    }
    if (!wire.carry(
        Kind.PAGE, way, segment.length + HEADER_BYTES, () -> arrived(sequence, segment))) {
      var roundTrip = wire.terms().oneWay().multipliedBy(2).plus(IN_QUEUE);
      wire.after(roundTrip.multipliedBy(1L << doublings), () -> missed(sequence, segment));
    }
  }

  private void missed(long sequence, byte[] segment) {
    synchronized (window) {
      underWay--;
      timeouts++;
      starts = false;
      long now = System.nanoTime();
      if (now - halvedAt > wire.terms().oneWay().multipliedBy(2).plus(IN_QUEUE).toNanos()) {
        allowed = Math.max(LEAST_WINDOW, allowed / 2);
        halvedAt = now;
      }
      lost.put(sequence, segment);
    }
    sendAgain();
  }

  private void sendAgain() {
    for (var due = again(); due != null; due = again()) {
      send(due.getKey(), due.getValue());
    }
  }

  private Map.Entry<Long, byte[]> again() {
    synchronized (window) {
      return underWay < allowed ? lost.pollFirstEntry() : null;
    }
  }

  private synchronized void arrived(long sequence, byte[] segment) {
    if (dead.get()) {
      return;
    }
    early.put(sequence, segment);
    for (var due = early.remove(next); due != null; due = early.remove(next)) {
      inOrder.add(due);
      next++;
    }
    // A lost acknowledgement is made good by the next.
    if (!wire.carry(Kind.PAGE, way.back(), HEADER_BYTES, this::acknowledged)) {
      wire.after(pause(0), this::acknowledged);
    }
  }

  private void acknowledged() {
    synchronized (window) {
      underWay--;
      timeouts = 0;
      allowed = Math.min(WINDOW_MAX, allowed + (starts ? 1 : 1 / allowed));
    }
    sendAgain();
    synchronized (window) {
      window.notifyAll();
    }
  }

  private void write() {
    try {
      var out = to.getOutputStream();
      for (var segment = inOrder.take(); segment != END; segment = inOrder.take()) {
        out.write(segment);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException cut) {
      // Its own reader sees that.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ended.run();
  }
}
