package org.consilium.platform.live;

import io.vertx.core.Vertx;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.util.function.Consumer;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Short notices from a transaction to every node, told when it commits. They are lost where nobody
 * listens at that moment, so a listener is told too when it may have missed some.
 */
public final class Notices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final long RECONNECT_MILLIS = 500;
  private static final String NOTIFY = "SELECT pg_notify($1, $2)";

  private final PgSubscriber subscriber;
  private boolean connected;

  public Notices(Vertx vertx, DatabaseAddress address) {
    subscriber = PgSubscriber.subscriber(vertx, Database.options(address));
    subscriber.reconnectPolicy(_ -> RECONNECT_MILLIS);
  }

  /**
   * @param text at most 7,999 bytes; ids and codes, for it passes every node
   */
  public void tell(Tx tx, String channel, String text) {
    tx.rows(NOTIFY, channel, text);
  }

  /**
   * Listens from now on; after an outage of the database it takes up again by itself.
   *
   * @param heard called on an event loop for each notice: must not block
   * @param gap called there when listening has begun, and begun again: look what there is
   */
  public synchronized void hear(String channel, Consumer<String> heard, Runnable gap) {
    var listening = subscriber.channel(channel);
    listening.subscribeHandler(_ -> gap.run());
    listening.handler(heard::accept);
    if (!connected) {
      connected = true;
      subscriber.connect().onFailure(e -> LOG.warn("Not listening for notices yet", e));
    }
  }

  @Override
  public void close() {
    subscriber.close();
  }
}
