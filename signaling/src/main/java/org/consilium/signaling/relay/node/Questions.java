package org.consilium.signaling.relay.node;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.consilium.signaling.relay.bus.Bus;
import org.consilium.signaling.relay.node.Frame.Kind;

/** What this node asks others, and waits an answer for. Safe on any thread. */
final class Questions {
  /** A node that does not answer in this time hangs: its calls are taken over. */
  static final long WAIT_MILLIS = 2_500;

  /** How a question can end. */
  enum Answer {
    YES,
    NO,
    /** Nobody listens there. */
    NOBODY,
    /** Somebody listens, and says nothing. */
    SILENCE,
    /** The bus is away. */
    UNASKED
  }

  private final Bus bus;
  private final String node;
  private final ScheduledExecutorService timer;
  private final AtomicLong last = new AtomicLong();
  private final Map<String, Promise<Answer>> open = new ConcurrentHashMap<>();

  Questions(Bus bus, String node, ScheduledExecutorService timer) {
    this.bus = bus;
    this.node = node;
    this.timer = timer;
  }

  /** Whether whoever listens at {@code subject} serves it, and knows {@code token} if not empty. */
  Future<Answer> ask(String subject, String token) {
    String replyTo = Subjects.link(node, "q" + last.incrementAndGet());
    Promise<Answer> answer = Promise.promise();
    open.put(replyTo, answer);
    if (!bus.publish(subject, replyTo, Frame.of(Kind.ASK, 0, token))) {
      answered(replyTo, Answer.UNASKED);
    } else {
      timer.schedule(() -> answered(replyTo, Answer.SILENCE), WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }
    return answer.future();
  }

  /** False when it is no question's. */
  boolean answered(String replyTo, Answer answer) {
    Promise<Answer> asked = open.remove(replyTo);
    if (asked != null) {
      asked.complete(answer);
    }
    return asked != null;
  }
}
