package org.consilium.signaling.relay.socket;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.CallTickets;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.SignalMeters;
import org.consilium.signaling.relay.node.CallNodes;
import org.consilium.signaling.relay.node.Unreachable;
import org.consilium.signaling.relay.node.Way;
import org.consilium.signaling.relay.room.Rooms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets those in who ask for {@code GET /signal}: each request gets a WebSocket that speaks to its
 * room, or the status that says why not. Safe on any thread.
 */
final class FrontDoor {
  /** A ticket that cannot be looked up, or a call that is not found in this time, is a 503. */
  private static final Duration WAY_WAIT = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

  private final SignalLimits limits;
  private final Origins origins;
  private final CallTickets tickets;
  private final SignalMeters meters;
  private final Connections connections;
  private final CallNodes nodes;
  private volatile PresenceDoor presence = PresenceDoor.NONE;
  private volatile boolean shut;

  FrontDoor(
      SignalLimits limits,
      Origins origins,
      CallTickets tickets,
      SignalMeters meters,
      Connections connections,
      CallNodes nodes) {
    this.limits = limits;
    this.origins = origins;
    this.tickets = tickets;
    this.meters = meters;
    this.connections = connections;
    this.nodes = nodes;
  }

  /** Takes in the sockets of those who can be rung too. */
  void welcome(PresenceDoor door) {
    presence = door;
  }

  /** Refuses everybody from now on, with 503. */
  void shut() {
    shut = true;
  }

  /** Answers a request, now or when its ticket is known. */
  void shake(ServerWebSocketHandshake request) {
    Connections.Visit visit = connections.from(request.remoteAddress().hostAddress());
    if (!SignalServer.PATH.equals(request.path())) {
      refuse(request, visit, 404);
    } else if (!Handshake.isVersion13(request.headers())) {
      refuse(request, visit, 400);
    } else if (!origins.allow(
        request.headers().get(HttpHeaders.ORIGIN), request.headers().get(HttpHeaders.HOST))) {
      refuse(request, visit, 403);
    } else if (shut || !visit.fits()) {
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
}
