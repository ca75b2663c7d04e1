package org.consilium.signaling.ring;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.SignIn;
import org.consilium.signaling.call.PublicAddress;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.room.Rooms;
import org.consilium.signaling.relay.room.SeatSocket;
import org.consilium.signaling.relay.socket.PresenceDoor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The presence sockets of this node: one for each page of a signed-in person. Everything that
 * matters is in the database, so a node that dies takes nothing with it. Safe on any thread.
 */
public final class Presence implements PresenceDoor, AutoCloseable {
  /** More windows than anybody looks at; with one more the oldest is closed. */
  static final int DEVICES_MAX = 8;

  /** Long enough for a handshake on a bad link, too short to be passed on. */
  private static final Duration TICKET_LIFE = Duration.ofMinutes(1);

  /** Twice within the time after which a silent node is taken for gone. */
  private static final Duration REFRESH = Duration.ofSeconds(20);

  /** An ended session ends its sockets within five seconds. */
  private static final Duration SWEEP = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

  private final Platform platform;
  private final RingDesk desk;
  private final Optional<URI> publicUrl;
  private final UUID node;
  private final PresenceStore store = new PresenceStore();
  private final ConcurrentHashMap<AccountId, List<Device>> devices = new ConcurrentHashMap<>();
  private final Teller teller;
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("presence").factory());

  /** What a page needs to open its presence socket. */
  record PresenceTicket(String ticket, String url, Instant expiresAt) {}

  /**
   * @param node the name of this node, by which it is also known to serve calls
   */
  public Presence(UUID node, Platform platform, RingDesk desk, Optional<URI> publicUrl) {
    this.node = node;
    this.platform = platform;
    this.desk = desk;
    this.publicUrl = publicUrl;
    this.teller = new Teller(platform.database(), node, this::devicesOf);
  }

  /** Listens for rings and keeps the rows of this node fresh. Call once, before serving. */
  public void start() {
    teller.start();
    platform.notices().hear(RingDesk.CHANNEL, this::heard, () -> teller.greet(everybody()));
    every(REFRESH, this::refresh);
    every(SWEEP, this::sweep);
  }

  private void every(Duration time, Runnable work) {
    timers.scheduleWithFixedDelay(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.warn("Presence could not be kept just now: {}", e.toString());
          }
        },
        time.toMillis(),
        time.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  PresenceTicket ticket(Tx tx, SignIn signIn, String host) {
    var ticket = Secrets.token();
    var expiresAt = tx.now().plus(TICKET_LIFE);
    store.keepTicket(tx, ticket, tx.caller().account(), signIn, expiresAt);
    return new PresenceTicket(ticket, PublicAddress.signal(publicUrl, host), expiresAt);
  }

  @Override
  public Future<Optional<Arrival>> redeem(String ticket, String host) {
    Promise<Optional<Arrival>> promise = Promise.promise();
    Thread.ofVirtual()
        .name("presence-ticket")
        .start(() -> {
          try {
            promise.complete(entering(ticket, host));
          } catch (RuntimeException e) {
            promise.fail(e);
          }
        });
    return promise.future();
  }

  private Optional<Arrival> entering(String ticket, String host) {
    return platform
        .database()
        .asWorker(tx ->
            store
                .redeem(tx, ticket)
                .flatMap(signIn ->
                    platform
                        .identity()
                        .caller(tx, signIn)
                        .map(caller -> socket -> enter(caller, signIn, host, socket))));
  }

  private Rooms.Link enter(Caller caller, SignIn signIn, String host, SeatSocket socket) {
    var device = new Device(caller, signIn, host, socket, desk, this, platform.clock());
    var tooMany = new ArrayList<Device>();
    devices.compute(
        caller.account(),
        (_, known) -> {
          var now = new ArrayList<>(known == null ? List.of() : known);
          now.add(device);
          while (now.size() > DEVICES_MAX) {
            tooMany.add(now.removeFirst());
          }
          return List.copyOf(now);
        });
    tooMany.forEach(oldest -> oldest.close(CloseCode.REPLACED));
    teller.moved(List.of(caller.account()));
    teller.greet(List.of(device));
    return device;
  }

  /** The device has gone. */
  void left(Device device) {
    var rest =
        devices.computeIfPresent(
            device.account(),
            (_, known) -> {
              var now = known.stream().filter(other -> other != device).toList();
              return now.isEmpty() ? null : now;
            });
    if (rest == null) {
      teller.moved(List.of(device.account()));
    }
  }

  /** Tells one device all that there is, again. */
  void greet(Device device) {
    teller.greet(List.of(device));
  }

  private Collection<Device> devicesOf(AccountId account) {
    return devices.getOrDefault(account, List.of());
  }

  private List<Device> everybody() {
    return devices.values().stream().flatMap(List::stream).toList();
  }

  /** On an event loop. */
  private void heard(String text) {
    var notice = Json.read(text.getBytes(StandardCharsets.UTF_8), RingDesk.Notice.class);
    if (devices.containsKey(notice.callee())
        || notice.caller().filter(devices::containsKey).isPresent()) {
      teller.changed(notice.ring(), everybody());
    }
  }

  private void refresh() {
    teller.moved(devices.keySet());
    platform
        .database()
        .asWorker(tx -> {
          store.forgetOld(tx);
          return node;
        });
  }

  /** Closes the sockets of sign-ins that are over. */
  void sweep() {
    var bySignIn = everybody().stream().collect(Collectors.groupingBy(Device::signIn));
    if (bySignIn.isEmpty()) {
      return;
    }
    platform
        .database()
        .asWorker(tx -> platform.identity().ended(tx, bySignIn.keySet()))
        .forEach(over -> bySignIn.get(over).forEach(device -> device.close(CloseCode.EXPIRED)));
  }

  @Override
  public void drain(Supplier<Duration> retryAfter) {
    everybody().forEach(device -> device.restart(retryAfter.get()));
  }

  @Override
  public void close() {
    timers.shutdownNow();
    teller.close();
    try {
      platform
          .database()
          .asWorker(tx -> {
            store.nodeGone(tx, node);
            return node;
          });
    } catch (RuntimeException away) {
      LOG.info("This node's presence was not taken back; it ends by itself: {}", away.toString());
    }
  }
}
