package org.consilium.signaling.relay.socket;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.EventExecutor;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.CallJournal;
import org.consilium.signaling.relay.CallTickets;
import org.consilium.signaling.relay.IceServers;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.SignalMeters;
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

  /** A ticket that cannot be looked up in this time is answered with 503. */
  private static final Duration TICKET_WAIT = Duration.ofSeconds(10);

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
  private final Promise<Void> empty = Promise.promise();
  private volatile PresenceDoor presence = PresenceDoor.NONE;
  private volatile boolean draining;

  public SignalServer(
      SignalLimits limits,
      Origins origins,
      CallTickets tickets,
      IceServers iceServers,
      CallJournal journal,
      InstantSource clock) {
    this.limits = limits;
    this.origins = origins;
    this.tickets = tickets;
    this.connections = new Connections(limits, this::lastIsGone);
    this.rooms = new Rooms(limits, clock, iceServers, journal, meters);
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
        case Handshake.Resume(var token, var lastSeq) -> {
          if (!rooms.canResume(token)) {
            refuse(request, visit, 401);
          } else if (!visit.fitsHolder(token)) {
            refuse(request, visit, 429);
          } else {
            open(request, visit, (socket, _) -> rooms.resume(token, lastSeq, socket));
          }
        }
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
    lookUp(
        request,
        visit,
        tickets.redeem(ticket),
        admission -> visit.fitsHolder(admission.person()),
        admission -> (socket, loop) -> rooms.enter(admission, socket, loop));
  }

  private void bePresent(ServerWebSocketHandshake request, Connections.Visit visit, String ticket) {
    var host = request.headers().get(HttpHeaders.HOST);
    lookUp(
        request,
        visit,
        presence.redeem(ticket, host == null ? "localhost" : host),
        _ -> true, // Not more than a few, either: there the newest one closes the oldest.
        arrival -> (socket, _) -> arrival.enter(socket));
  }

  private <T> void lookUp(
      ServerWebSocketHandshake request,
      Connections.Visit visit,
      Future<Optional<T>> redeemed,
      Predicate<T> fits,
      Function<T, BiFunction<SignalHandler, EventExecutor, Rooms.Link>> arrival) {
    Context context = Vertx.currentContext();
    redeemed
        .timeout(TICKET_WAIT.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(result ->
            context.runOnContext(_ -> {
              if (result.failed()) {
                LOG.warn("tickets cannot be looked up", result.cause());
                refuse(request, visit, 503);
              } else if (result.result().isEmpty()) {
                refuse(request, visit, 401);
              } else {
                T good = result.result().get();
                if (fits.test(good)) {
                  open(request, visit, arrival.apply(good));
                } else {
                  refuse(request, visit, 429);
                }
              }
            }));
  }

  private void open(
      ServerWebSocketHandshake request,
      Connections.Visit visit,
      BiFunction<SignalHandler, EventExecutor, Rooms.Link> arrival) {
    try {
      request
          .accept()
          .onSuccess(socket -> opened(socket, visit, arrival))
          .onFailure(cause -> {
            LOG.debug("handshake failed", cause);
            visit.end();
          });
    } catch (IllegalStateException gone) {
      LOG.debug("a client did not wait for its welcome", gone);
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
    rooms.end(call);
  }

  /** Ends a person's seat because the right to it is over: closed with 4007. */
  public void expire(CallId call, String person) {
    rooms.expire(call, person);
  }

  /** The calls of this server that have somebody in them, and what each is about. */
  public Map<CallId, ConsultId> openCalls() {
    return rooms.open();
  }

  /** Takes a person out of a call, at once; a guest by the text of the guest's id. */
  public void revoke(CallId call, String person) {
    rooms.revoke(call, person);
  }

  /** Takes a person out of a call, at once. */
  public void revoke(CallId call, AccountId account) {
    rooms.revoke(call, account.toString());
  }

  /** Takes a person out of every call of this server, for example when the account is locked. */
  public void revoke(AccountId account) {
    rooms.revoke(account.toString());
  }

  /** Shows in {@code registry} what goes on here. */
  public void measure(MeterRegistry registry) {
    meters.bindTo(registry);
    SignalMeters.gauge(registry, "calls", "calls with somebody in them", this, SignalServer::calls);
    SignalMeters.gauge(registry, "sockets", "open connections", this, SignalServer::sockets);
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
    rooms.drain(spread);
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
