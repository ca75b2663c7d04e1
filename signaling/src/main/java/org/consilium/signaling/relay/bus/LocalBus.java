package org.consilium.signaling.relay.bus;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The bus of several nodes in one program: one {@link Exchange}, and a thread for each node. */
public final class LocalBus implements Bus {
  private final Exchange exchange;
  private final ExecutorService deliveries;
  private volatile boolean up = true;

  private LocalBus(Exchange exchange, String node) {
    this.exchange = exchange;
    this.deliveries =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("bus-" + node).factory());
  }

  /** What the nodes have in common. */
  public static final class Exchange {
    private final List<Listening> listening = new CopyOnWriteArrayList<>();

    /** A node's own bus. */
    public LocalBus node(String name) {
      return new LocalBus(this, name);
    }

    private void carry(String subject, String replyTo, byte[] frame) {
      boolean heard = false;
      for (Listening one : listening) {
        if (one.bus.up && one.hears(subject)) {
          heard = true;
          one.bus.deliver(() -> one.listener.received(subject, replyTo, frame));
        }
      }
      if (!heard && replyTo != null) {
        listening.stream()
            .filter(one -> one.bus.up && one.hears(replyTo))
            .forEach(one -> one.bus.deliver(() -> one.listener.nobody(replyTo)));
      }
    }
  }

  private record Listening(LocalBus bus, String subject, Listener listener) {
    boolean hears(String spoken) {
      return subject.endsWith(".>")
          ? spoken.startsWith(subject.substring(0, subject.length() - 1))
          : spoken.equals(subject);
    }
  }

  private void deliver(Runnable delivery) {
    if (!deliveries.isShutdown()) {
      deliveries.execute(delivery);
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
    if (up) {
      exchange.carry(subject, replyTo, frame);
    }
    return up;
  }

  @Override
  public Subscription subscribe(String subject, Listener listener) {
    var one = new Listening(this, subject, listener);
    exchange.listening.add(one);
    return () -> exchange.listening.remove(one);
  }

  /** Takes the node off the exchange, as when its cable is drawn, or puts it back. */
  public void connected(boolean connected) {
    up = connected;
  }

  @Override
  public void close() {
    up = false;
    exchange.listening.removeIf(one -> one.bus == this);
    deliveries.shutdownNow();
  }
}
