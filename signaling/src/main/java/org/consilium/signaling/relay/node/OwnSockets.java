package org.consilium.signaling.relay.node;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.consilium.signaling.relay.Lease;
import org.consilium.signaling.relay.bus.Bus;
import org.consilium.signaling.relay.node.Questions.Answer;

/**
 * The sockets of this node whose rooms others serve. Asks those nodes each second whether they
 * live: one that is gone is known at once, and the sockets are sent to take their seats elsewhere.
 *
 * <p>Safe on any thread.
 */
final class OwnSockets implements Bus.Listener, AutoCloseable {
  private static final long WATCH_MILLIS = 1_000;

  private final String node;
  private final Bus bus;
  private final Questions questions;
  private final Bus.Subscription subscription;
  private final AtomicLong last = new AtomicLong();
  private final Map<String, FarRoom> links = new ConcurrentHashMap<>();

  OwnSockets(String node, Bus bus, Questions questions, ScheduledExecutorService timer) {
    this.node = node;
    this.bus = bus;
    this.questions = questions;
    this.subscription = bus.subscribe(Subjects.links(node), this);
    timer.scheduleWithFixedDelay(this::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * The way into a room of another node.
   *
   * @param first the link's first frame, given its count
   */
  Way way(Lease lease, IntFunction<byte[]> first) {
    return socket -> {
      String self = Subjects.link(node, "s" + last.incrementAndGet());
      var room =
          new FarRoom(
              bus,
              lease.node(),
              Subjects.room(lease.call(), lease.term()),
              self,
              socket,
              () -> links.remove(self));
      links.put(self, room);
      room.begin(first.apply(0));
      return room;
    };
  }

  private void watch() {
    var owners = links.values().stream().map(FarRoom::owner).collect(Collectors.toSet());
    for (String owner : owners) {
      questions
          .ask(Subjects.node(owner), "")
          .onSuccess(answer -> {
            if (answer == Answer.NOBODY || answer == Answer.SILENCE) {
              links.values().stream()
                  .filter(link -> link.owner().equals(owner))
                  .forEach(FarRoom::moved);
            }
          });
    }
  }

  @Override
  public void received(String subject, String replyTo, byte[] frame) {
    if (Frame.kind(frame) == Frame.Kind.ANSWER) {
      boolean yes = Frame.body(frame).get() == 1;
      questions.answered(subject, yes ? Answer.YES : Answer.NO);
      return;
    }
    FarRoom link = links.get(subject);
    if (link != null) {
      link.take(frame);
    }
  }

  @Override
  public void nobody(String subject) {
    FarRoom link = links.get(subject);
    if (link != null) {
      link.moved();
    } else {
      questions.answered(subject, Answer.NOBODY);
    }
  }

  /** This node stops: each client is told when to come back. */
  void drain(Supplier<Duration> retryAfter) {
    for (FarRoom link : links.values()) {
      link.drain("retry-ms=" + retryAfter.get().toMillis());
    }
  }

  @Override
  public void close() {
    subscription.end();
  }
}
