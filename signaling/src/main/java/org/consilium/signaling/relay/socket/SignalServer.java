package org.consilium.signaling.relay.socket;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
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
import org.consilium.signaling.relay.node.Unreachable;
import org.consilium.signaling.relay.node.Way;
import org.consilium.signaling.relay.room.LiveRoom;
import org.consilium.signaling.relay.room.Room;
import org.consilium.signaling.relay.room.Rooms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signaling relay on an HTTP server: {@code GET /signal} becomes a WebSocket of the protocol
 * {@code consilium.v1}, described in {@code PROTOCOL.md}.
 *
 * <p>One object serves all instances of the server. Safe on any thread.
 */
public final class SignalServer {
  /** Where the WebSocket is. */
  public static final String PATH = "/signal";

  /** A ticket that cannot be looked up, or a call that is not found in this time, is a 503. */
  private static final Duration WAY_WAIT = Duration.ofSeconds(10);

  /** Clients of a stopping server come back spread over this time. */
  private static final Duration DRAIN_SPREAD = Duration.ofSeconds(10);

  /** How long {@link #drain} waits for close frames to be answered. */
  private static final Duration DRAIN_WAIT = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(SignalServer.class);

  private final SignalLimits limits;
  private final Origins origins;
  private final CallTickets tickets;
  private final SignalMeters meters = new SignalMeters();
  private final Rooms rooms;
  private final Connections connections;
  private final CallNodes nodes;
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
    this.limits = limits;
    this.origins = origins;
    this.tickets = tickets;
    this.connections = new Connections(limits, this::lastIsGone);
    this.rooms = new Rooms(limits, clock, iceServers, journal, place.keeper(), meters);
    this.nodes = new CallNodes(place.name(), place.bus(), place.leases(), rooms);
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
    server.webSocketHandshakeHandler(this::shake);
    server.webSocketHandler(_ -> {}); // Vert.x opens no WebSocket without one.
  }

  /** Takes in the sockets of those who can be rung too. Call it before {@code install}. */
  public void welcome(PresenceDoor door) {
    presence = door;
  }

  private void shake(ServerWebSocketHandshake request) {
    Connections.Visit visit = connections.from(request.remoteAddress().hostAddress());
    if (!PATH.equals(request.path())) {
      refuse(request, visit, 404);
    } else if (!Handshake.isVersion13(request.headers())) {
      refuse(request, visit, 400);
    } else if (!origins.allow(
        request.headers().get(HttpHeaders.ORIGIN), request.headers().get(HttpHeaders.HOST))) {
      refuse(request, visit, 403);
    } else if (draining || !visit.fits()) {
      refuse(request, visit, 503);
    } else if (!visit.fitsAddress()) {
      refuse(request, visit, 429);
    } else {
      switch (Handshake.parse(request.headers().getAll("Sec-WebSocket-Protocol"))) {
        case Handshake.OtherProtocol _ -> refuse(request, visit, 400);
        case Handshake.NoCredential _ -> refuse(request, visit, 401);
        case Handshake.Enter(var ticket) -> redeem(request, visit, ticket);
        case Handshake.BePresent(var ticket) -> bePresent(request, visit, ticket);
        case Handshake.Resume(var token, var lastSeq) ->
            find(request, visit, loop -> resume(visit, token, lastSeq, loop));
      }
    }
  }

  private void refuse(ServerWebSocketHandshake request, Connections.Visit visit, int status) {
    visit.end();
    meters.refused(status);
    try {
      request.reject(status);
    } catch (IllegalStateException gone) {
      LOG.debug("a client did not wait for its refusal", gone);
    }
  }

  private void redeem(ServerWebSocketHandshake request, Connections.Visit visit, String ticket) {
    find(
        request,
        visit,
        loop ->
            tickets
                .redeem(ticket)
                .compose(admission ->
                    admission.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : enter(visit, admission.get(), loop)));
  }

  private void bePresent(ServerWebSocketHandshake request, Connections.Visit visit, String ticket) {
    var host = request.headers().get(HttpHeaders.HOST);
    find(
        request,
        visit,
        _ ->
            presence
                .redeem(ticket, host == null ? "localhost" : host)
                // Not counted by holder: there the newest one closes the oldest.
                .map(arrival -> arrival.<Way>map(one -> one::enter)));
  }

  private Future<Optional<Way>> enter(
      Connections.Visit visit, Admission admission, EventExecutor loop) {
    return visit.fitsHolder(admission.person())
        ? nodes.enter(admission, loop).map(Optional::of)
        : Future.failedFuture(new TooMany());
  }

  private Future<Optional<Way>> resume(
      Connections.Visit visit, String token, long lastSeq, EventExecutor loop) {
    return nodes
        .resume(token, lastSeq, loop)
        .compose(way -> {
          if (way.isEmpty() || visit.fitsHolder(token)) {
            return Future.succeededFuture(way);
          }
          way.get().forget();
          return Future.failedFuture(new TooMany());
        });
  }

  /** The holder has more connections than one may have. */
  private static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooMany() {
      super("too many connections of one holder", null, false, false);
    }
  }

  /** Accepts the connection when there is a way in for it. */
  private void find(
      ServerWebSocketHandshake request,
      Connections.Visit visit,
      Function<EventExecutor, Future<Optional<Way>>> look) {
    Context context = Vertx.currentContext();
    Future<Optional<Way>> found = look.apply(SignalPipeline.loop(context));
    if (found.isComplete()) {
      settle(request, visit, found);
    } else {
      found
          .timeout(WAY_WAIT.toMillis(), TimeUnit.MILLISECONDS)
          .onComplete(settled -> context.runOnContext(_ -> settle(request, visit, settled)));
    }
  }

  private void settle(
      ServerWebSocketHandshake request, Connections.Visit visit, AsyncResult<Optional<Way>> found) {
    if (found.failed()) {
      switch (found.cause()) {
        case TooMany _ -> refuse(request, visit, 429);
        case Unreachable e -> {
          LOG.debug("a call cannot be reached: {}", e.getMessage());
          refuse(request, visit, 503);
        }
        case Throwable e -> {
          LOG.warn("tickets cannot be looked up", e);
          refuse(request, visit, 503);
        }
      }
    } else if (found.result().isEmpty()) {
      refuse(request, visit, 401);
    } else {
      open(request, visit, found.result().get());
    }
  }

  private void open(ServerWebSocketHandshake request, Connections.Visit visit, Way way) {
    try {
      request
          .accept()
          .onSuccess(socket -> opened(socket, visit, (handler, _) -> way.go(handler)))
          .onFailure(cause -> {
            LOG.debug("handshake failed", cause);
            way.forget();
            visit.end();
          });
    } catch (IllegalStateException gone) {
      LOG.debug("a client did not wait for its welcome", gone);
      way.forget();
      visit.end();
    }
  }

  private void opened(
      ServerWebSocket socket,
      Connections.Visit visit,
      BiFunction<SignalHandler, EventExecutor, Rooms.Link> arrival) {
    var closing = new AtomicBoolean();
    SignalPipeline.install(
        socket,
        limits,
        code -> {
          closing.set(true);
          meters.closed(code);
        },
        arrival,
        () -> {
          visit.end();
          if (!closing.get()) {
            meters.closedByPeer();
          }
        });
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
