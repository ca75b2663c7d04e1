package org.consilium.signaling.relay.socket;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.CallJournal;
import org.consilium.signaling.relay.CallLeases;
import org.consilium.signaling.relay.CallTickets;
import org.consilium.signaling.relay.IceServers;
import org.consilium.signaling.relay.SeatKeeper;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.SignalMeters;
import org.consilium.signaling.relay.bus.Bus;
import org.consilium.signaling.relay.bus.NoBus;
import org.consilium.signaling.relay.node.CallNodes;
import org.consilium.signaling.relay.room.LiveRoom;
import org.consilium.signaling.relay.room.Room;
import org.consilium.signaling.relay.room.Rooms;

/**
 * The signaling relay on an HTTP server: {@code GET /signal} becomes a WebSocket of the protocol
 * {@code consilium.v1}, described in {@code PROTOCOL.md}.
 *
 * <p>One object serves all instances of the server. Safe on any thread.
 */
public final class SignalServer {
  /** Where the WebSocket is. */
  public static final String PATH = "/signal";

  /** Clients of a stopping server come back spread over this time. */
  private static final Duration DRAIN_SPREAD = Duration.ofSeconds(10);

  /** How long {@link #drain} waits for close frames to be answered. */
  private static final Duration DRAIN_WAIT = Duration.ofSeconds(3);

  private final SignalMeters meters = new SignalMeters();
  private final Rooms rooms;
  private final Connections connections;
  private final CallNodes nodes;
  private final FrontDoor frontDoor;
  private final Promise<Void> empty = Promise.promise();
  private volatile PresenceDoor presence = PresenceDoor.NONE;
  private volatile boolean draining;

  /**
   * This server among others.
   *
   * @param name no other has it, and it is new after each start
   * @param bus how the others are reached
   * @param leases which node serves which call
   * @param keeper keeps the seats, for a node that takes a call over
   */
  public record Place(String name, Bus bus, CallLeases leases, SeatKeeper keeper) {
    /** A server whose calls end with it. */
    static final Place ALONE = new Place("alone", new NoBus(), null, SeatKeeper.NONE);
  }

  /** A server whose calls end with it. */
  public SignalServer(
      SignalLimits limits,
      Origins origins,
      CallTickets tickets,
      IceServers iceServers,
      CallJournal journal,
      InstantSource clock) {
    this(limits, origins, tickets, iceServers, journal, clock, Place.ALONE);
  }

  public SignalServer(
      SignalLimits limits,
      Origins origins,
      CallTickets tickets,
      IceServers iceServers,
      CallJournal journal,
      InstantSource clock,
      Place place) {
    this.connections = new Connections(limits, this::lastIsGone);
    this.rooms = new Rooms(limits, clock, iceServers, journal, place.keeper(), meters);
    this.nodes = new CallNodes(place.name(), place.bus(), place.leases(), rooms);
    this.frontDoor = new FrontDoor(limits, origins, tickets, meters, connections, nodes);
  }

  /**
   * What the HTTP server must be made with: the subprotocol, one frame's size, and no compression,
   * which costs five times the work and twenty times the memory.
   */
  public static HttpServerOptions prepare(HttpServerOptions options) {
    return options
        .addWebSocketSubProtocol(Room.PROTOCOL)
        .setMaxWebSocketFrameSize(SignalPipeline.MESSAGE_BYTES_MAX)
        .setMaxWebSocketMessageSize(SignalPipeline.MESSAGE_BYTES_MAX)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false);
  }

  /**
   * Takes over the WebSockets of {@code server}. Call it before {@code listen}, on an event-loop
   * context (not a virtual thread: early messages would pass the relay by).
   */
  public void install(HttpServer server) {
    server.webSocketHandshakeHandler(frontDoor::shake);
    server.webSocketHandler(_ -> {}); // Vert.x opens no WebSocket without one.
  }

  /** Takes in the sockets of those who can be rung too. Call it before {@code install}. */
  public void welcome(PresenceDoor door) {
    presence = door;
    frontDoor.welcome(door);
  }

  /** Closes a call for all, with what others of the call see as {@code ended}. */
  public void end(CallId call) {
    nodes.end(call);
  }

  /** Ends a person's seat because the right to it is over: closed with 4007. */
  public void expire(CallId call, String person) {
    rooms.expire(call, person);
  }

  /** The calls that this server serves, and who has a seat in them. */
  public List<LiveRoom> live() {
    return rooms.live();
  }

  /** Another node serves the call: its clients are sent there, unless the term is another. */
  public void lose(CallId call, long term) {
    rooms.lose(call, term);
  }

  /** Whether the node of this name answers; in doubt it does. */
  public Future<Boolean> lives(String node) {
    return nodes.lives(node);
  }

  /** The calls of this server that have somebody in them, and what each is about. */
  public Map<CallId, ConsultId> openCalls() {
    return rooms.open();
  }

  /** Takes a person out of a call, at once; a guest by the text of the guest's id. */
  public void revoke(CallId call, String person) {
    nodes.revoke(call, person);
  }

  /** Takes a person out of a call, at once. */
  public void revoke(CallId call, AccountId account) {
    nodes.revoke(call, account.toString());
  }

  /** Takes a person out of every call of this server, for example when the account is locked. */
  public void revoke(AccountId account) {
    nodes.revoke(account.toString());
  }

  /** Shows in {@code registry} what goes on here. */
  public void measure(MeterRegistry registry) {
    meters.bindTo(registry);
    SignalMeters.gauge(registry, "calls", "calls with somebody in them", this, SignalServer::calls);
    SignalMeters.gauge(registry, "sockets", "open connections", this, SignalServer::sockets);
  }

  /** Lets go of the other nodes; call it after {@link #drain}. */
  public void close() {
    nodes.close();
  }

  /** Open connections, and those that are being opened. */
  public int sockets() {
    return connections.count();
  }

  /** Calls with somebody in them. */
  public int calls() {
    return rooms.size();
  }

  /**
   * Refuses newcomers with 503 and closes every connection with 1012 and a time to come back, a
   * different one for each.
   *
   * @return done when all are closed, or after three seconds
   */
  public Future<Void> drain() {
    draining = true;
    frontDoor.shut();
    Supplier<Duration> spread =
        () -> Duration.ofMillis(ThreadLocalRandom.current().nextLong(DRAIN_SPREAD.toMillis()));
    nodes.drain(spread);
    presence.drain(spread);
    if (connections.count() == 0) {
      empty.tryComplete();
    }
    return empty.future().timeout(DRAIN_WAIT.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  private void lastIsGone() {
    if (draining) {
      empty.tryComplete();
    }
  }
}
