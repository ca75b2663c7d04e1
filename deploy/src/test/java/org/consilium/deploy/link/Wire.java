package org.consilium.deploy.link;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The one link of a clinic, which its page, its signaling and its media share. What it does can be
 * changed while it carries.
 */
public final class Wire implements AutoCloseable {
  /** Seen from the clinic. */
  public enum Way {
    UP,
    DOWN;

    Way back() {
      return this == UP ? DOWN : UP;
    }
  }

  /** What is sent on it. */
  enum Kind {
    MEDIA,
    PAGE
  }

  private static final long SEED = 20_261_121;

  private final Shaper up = new Shaper(new SplittableRandom(SEED));
  private final Shaper down = new Shaper(new SplittableRandom(SEED + 1));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("wire").unstarted(task));
  private final LongAdder mediaBytes = new LongAdder();
  private final LongAdder pageBytes = new LongAdder();
  private volatile Terms terms = Terms.FREE;
  private volatile boolean broken;

  public void become(Terms changed) {
    terms = changed;
    for (var way : new Shaper[] {up, down}) {
      synchronized (way) {
        way.become(changed);
      }
    }
  }

  public Terms terms() {
    return terms;
  }

  /** What was given to it of media, both ways, headers of UDP and IP included. */
  public long mediaBytes() {
    return mediaBytes.sum();
  }

  /**
   * What was given to it of the page and of signaling, both ways, headers of TCP and IP included.
   */
  public long pageBytes() {
    return pageBytes.sum();
  }

  /** An outage: nothing arrives in either direction until it is over. */
  public void setBroken(boolean isBroken) {
    broken = isBroken;
    for (var way : new Shaper[] {up, down}) {
      synchronized (way) {
        way.setBroken(isBroken);
      }
    }
  }

  /**
   * Sends a packet of so many bytes, headers included; {@code arrived} runs on one thread of this
   * wire and must not block.
   *
   * @return whether it will arrive, which no sender of a real packet is told so soon
   */
  boolean carry(Kind kind, Way direction, int bytes, Runnable arrived) {
    (kind == Kind.MEDIA ? mediaBytes : pageBytes).add(bytes);
    if (terms.free() && !broken) {
      arrived.run();
      return true;
    }
    var shaper = direction == Way.UP ? up : down;
    synchronized (shaper) {
      long now = System.nanoTime();
      var arrival = shaper.arrival(now, bytes);
      arrival.ifPresent(at -> after(Duration.ofNanos(at - now), arrived));
      return arrival.isPresent();
    }
  }

  void after(Duration time, Runnable act) {
    try {
      clock.schedule(act, time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // Who closes the wire wants to hear no more of it.
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
