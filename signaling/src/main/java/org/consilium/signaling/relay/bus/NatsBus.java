package org.consilium.signaling.relay.bus;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus over a NATS server. It connects by itself, at the start and whenever the connection was
 * lost, and does nothing but say that it is away until then.
 *
 * <p>A frame that cannot be written at once waits in a queue of the client; a full one takes no
 * more, and {@link #publish} says so. Frames of a lost connection are dropped, not sent late.
 */
public final class NatsBus implements Bus {
  /** A second of a busy node; the socket of a server on the same network is faster than that. */
  static final int QUEUE_FRAMES_MAX = 16_384;

  static final long QUEUE_BYTES_MAX = 16 * 1024 * 1024;

  /** What may wait for a listener; past it frames are dropped, which the count of frames shows. */
  private static final long PENDING_FRAMES_MAX = 65_536;

  private static final long PENDING_BYTES_MAX = 64 * 1024 * 1024;

  private static final Duration RECONNECT = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(NatsBus.class);

  private final String host;
  private final AtomicReference<Connection> connection = new AtomicReference<>();
  private final Map<Listening, Listening> listening = new ConcurrentHashMap<>();
  private volatile boolean up;
  private volatile boolean closed;
  private Dispatcher dispatcher;

  private NatsBus(String host) {
    this.host = host;
  }

  /**
   * Begins to connect; answers at once.
   *
   * @param url like {@code nats://user:password@host:4222}, or {@code tls://…}
   */
  public static NatsBus connect(URI url, String node) {
    var bus = new NatsBus(url.getHost() + ":" + (url.getPort() == -1 ? 4222 : url.getPort()));
    var options =
        Options.builder()
            .server(url.toString())
            .connectionName("consilium " + node)
            .maxReconnects(-1)
            .reconnectWait(RECONNECT)
            .reconnectBufferSize(0)
            .connectionTimeout(Duration.ofSeconds(2))
            .pingInterval(Duration.ofSeconds(2))
            .maxPingsOut(2)
            .maxMessagesInOutgoingQueue(QUEUE_FRAMES_MAX)
            .discardMessagesWhenOutgoingQueueFull()
            .connectionListener(bus.new States())
            .errorListener(new Errors())
            .build();
    Thread.ofVirtual().name("bus-connect").start(() -> bus.connectUntilUp(options));
    return bus;
  }

  /** The client's own waiting for the first connection blocks; so it has a thread of its own. */
  private void connectUntilUp(Options options) {
    boolean said = false;
    while (!closed) {
      try {
        adopt(Nats.connect(options));
        return;
      } catch (Exception notYet) {
        if (notYet instanceof InterruptedException) {
          Thread.currentThread().interrupt();
          return;
        }
        if (!said) {
          LOG.warn(
              "The message bus at {} does not answer; trying on: {}",
              host,
              withoutPasswords(notYet.toString()));
          said = true;
        }
        pause();
      }
    }
  }

  /** What the client says names the whole address. */
  static String withoutPasswords(String text) {
    return text.replaceAll("//[^/\\s]*@", "//");
  }

  private static void pause() {
    try {
      Thread.sleep(RECONNECT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void adopt(Connection fresh) {
    dispatcher = fresh.createDispatcher(_ -> {});
    dispatcher.setPendingLimits(PENDING_FRAMES_MAX, PENDING_BYTES_MAX);
    listening.keySet().forEach(one -> one.begin(dispatcher));
    connection.set(fresh);
    up = true;
    if (closed) {
      close();
    } else {
      LOG.info("The message bus at {} is there", host);
    }
  }

  @Override
  public boolean isUp() {
    return up;
  }

  @Override
  public boolean isAlone() {
    return false;
  }

  @Override
  public boolean publish(String subject, String replyTo, byte[] frame) {
    Connection now = connection.get();
    if (!up
        || now.outgoingPendingMessageCount() >= QUEUE_FRAMES_MAX
        || now.outgoingPendingBytes() >= QUEUE_BYTES_MAX) {
      return false;
    }
    try {
      now.publish(subject, replyTo, frame);
      return true;
    } catch (IllegalStateException closing) {
      return false;
    }
  }

  @Override
  public synchronized Subscription subscribe(String subject, Listener listener) {
    var one = new Listening(subject, listener);
    listening.put(one, one);
    if (dispatcher != null) {
      one.begin(dispatcher);
    }
    return () -> end(one);
  }

  private synchronized void end(Listening one) {
    listening.remove(one);
    if (one.begun != null && dispatcher.isActive()) {
      dispatcher.unsubscribe(one.begun);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    up = false;
    Connection now = connection.get();
    if (now != null) {
      try {
        now.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** One subject, also while there is no connection. Compared by identity. */
  private static final class Listening {
    private final String subject;
    private final Listener listener;
    private io.nats.client.Subscription begun;

    Listening(String subject, Listener listener) {
      this.subject = subject;
      this.listener = listener;
    }

    void begin(Dispatcher dispatcher) {
      begun = dispatcher.subscribe(subject, this::take);
    }

    private void take(Message message) {
      try {
        if (message.isStatusMessage()) {
          if (message.getStatus().isNoResponders()) {
            listener.nobody(message.getSubject());
          }
        } else {
          listener.received(message.getSubject(), message.getReplyTo(), message.getData());
        }
      } catch (RuntimeException e) {
        LOG.error("A frame of the message bus was not understood", e);
      }
    }
  }

  /** Follows the connection. */
  private final class States implements ConnectionListener {
    @Override
    @SuppressWarnings("deprecation") // The newer method's default calls this one.
    public void connectionEvent(Connection of, Events event) {
      switch (event) {
        case DISCONNECTED, CLOSED -> {
          if (up && !closed) {
            LOG.warn("The message bus at {} is away", host);
          }
          up = false;
        }
        case RESUBSCRIBED -> {
          up = !closed && connection.get() != null;
          LOG.info("The message bus at {} is back", host);
        }
        default -> {}
      }
    }
  }

  /** The client's own words, where they help an operator. */
  private static final class Errors implements ErrorListener {
    @Override
    public void errorOccurred(Connection of, String error) {
      LOG.warn("The message bus says: {}", withoutPasswords(error));
    }

    @Override
    public void exceptionOccurred(Connection of, Exception e) {
      LOG.debug("The message bus failed", e);
    }

    @Override
    public void slowConsumerDetected(Connection of, Consumer consumer) {
      LOG.warn("This node is too slow for the message bus; frames were dropped");
    }
  }
}
