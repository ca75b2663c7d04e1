package org.consilium.signaling.relay.socket;

import org.consilium.signaling.relay.bus.Bus;
import org.consilium.signaling.relay.bus.LocalBus;
import org.consilium.signaling.relay.bus.NatsBus;

/** On how many nodes a test runs, and over what they speak. */
enum Installation {
  ONE_NODE,
  THREE_NODES,
  THREE_NODES_OVER_NATS;

  int nodes() {
    return this == ONE_NODE ? 1 : 3;
  }

  /** What the nodes of one test have in common. */
  Wire wire() {
    return switch (this) {
      case ONE_NODE -> null;
      case THREE_NODES -> new LocalWire();
      case THREE_NODES_OVER_NATS -> new NatsWire();
    };
  }

  /** Gives each node its bus. */
  interface Wire extends AutoCloseable {
    Bus node(String name);

    @Override
    void close();
  }

  private static final class LocalWire implements Wire {
    private final LocalBus.Exchange exchange = new LocalBus.Exchange();

    @Override
    public Bus node(String name) {
      return exchange.node(name);
    }

    @Override
    public void close() {}
  }

  private static final class NatsWire implements Wire {
    private final TestNats nats = new TestNats();

    @Override
    public Bus node(String name) {
      var bus = NatsBus.connect(nats.url(), name);
      TestNats.awaitUp(bus);
      return bus;
    }

    @Override
    public void close() {
      nats.close();
    }
  }
}
