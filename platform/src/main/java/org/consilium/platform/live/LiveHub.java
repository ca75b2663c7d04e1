package org.consilium.platform.live;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Identity;
import org.consilium.platform.identity.Sessions;
import org.consilium.platform.identity.SignIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events ({@code GET /api/v1/live}): hints that something changed, to those whom it
 * concerns. {@code resync} means hints may have been missed and the page fetches again.
 */
public final class LiveHub {
  private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);

  /** Shorter than any proxy's patience. */
  private static final long HEARTBEAT_MILLIS = 15_000;

  /** An ended sign-in ends its streams within five seconds. */
  private static final long SWEEP_MILLIS = 3_000;

  /** The page comes back at once, and so its session counts as used for as long as it is open. */
  private static final long STREAM_LIFE_MILLIS = 5 * 60_000;

  private static final int STREAMS_MAX = 5_000;
  private static final long RECONNECT_MILLIS = 500;

  private final Vertx vertx;
  private final Database database;
  private final Identity identity;
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile boolean stopping;

  private record Opening(Caller caller, SignIn signIn) {}

  private record Stream(
      Caller caller, SignIn signIn, HttpServerResponse response, Context context) {
    void end() {
      context.runOnContext(_ -> LiveHub.end(response));
    }

    void send(String text) {
      context.runOnContext(_ -> {
        if (response.closed() || response.ended()) {
          return;
        }
        if (response.writeQueueFull()) {
          // A page that does not read gets a fresh start rather than an endless queue.
          response.end();
        } else {
          response.write(text);
        }
      });
    }
  }

  public LiveHub(Vertx vertx, Database database, Identity identity) {
    this.vertx = vertx;
    this.database = database;
    this.identity = identity;
  }

  /** Begins to listen to the database; after an outage it takes up again and tells all pages. */
  public void listen(DatabaseAddress address) {
    var subscriber = PgSubscriber.subscriber(vertx, Database.options(address));
    subscriber.reconnectPolicy(_ -> RECONNECT_MILLIS);
    var channel = subscriber.channel(Changes.CHANNEL);
    channel.subscribeHandler(
        _ -> streams.forEach(stream -> stream.send("event: resync\ndata: {}\n\n")));
    channel.handler(this::spread);
    subscriber
        .connect()
        .onFailure(e -> LOG.warn("The listener for live changes is not connected yet", e));
    vertx.setPeriodic(
        HEARTBEAT_MILLIS, _ -> streams.forEach(stream -> stream.send("event: ping\ndata: {}\n\n")));
    vertx.setPeriodic(SWEEP_MILLIS, _ -> sweepAside());
  }

  /** Off the event loop; one look at a time. */
  private void sweepAside() {
    if (streams.isEmpty() || !sweeping.compareAndSet(false, true)) {
      return;
    }
    Thread.ofVirtual()
        .name("live-sweep")
        .start(() -> {
          try {
            sweep();
          } catch (RuntimeException away) {
            LOG.warn("Live streams could not be looked at just now: {}", away.toString());
          } finally {
            sweeping.set(false);
          }
        });
  }

  /** Ends the streams of sign-ins that are over. Must not be called on an event loop. */
  void sweep() {
    var bySignIn = streams.stream().collect(Collectors.groupingBy(Stream::signIn));
    if (bySignIn.isEmpty()) {
      return;
    }
    database
        .asWorker(tx -> identity.ended(tx, bySignIn.keySet()))
        .forEach(over -> bySignIn.get(over).forEach(Stream::end));
  }

  /** The server stops: ends every stream and opens no other. Pages come back by themselves. */
  public void stop() {
    stopping = true;
    streams.forEach(Stream::end);
  }

  private void spread(String payload) {
    var notice = Json.read(payload.getBytes(StandardCharsets.UTF_8), Changes.Notice.class);
    var text = "data: {\"topic\":\"%s\",\"id\":\"%s\"}\n\n".formatted(notice.topic(), notice.id());
    for (var stream : streams) {
      if (notice.owner().equals(stream.caller().organisation())
          || notice.alsoTo().contains(stream.caller().account())) {
        stream.send(text);
      }
    }
  }

  /** Opens a stream for who is signed in. */
  public void connect(RoutingContext routing) {
    var context = vertx.getOrCreateContext();
    var authorization = routing.request().getHeader("Authorization");
    var cookie =
        Optional.ofNullable(routing.request().getCookie(Sessions.COOKIE))
            .map(io.vertx.core.http.Cookie::getValue)
            .orElse(null);
    Thread.ofVirtual()
        .start(() -> {
          try {
            var opening =
                database.inTransaction(
                    Caller.anonymous(""), tx -> opening(tx, authorization, cookie));
            context.runOnContext(_ -> open(routing, context, opening));
          } catch (RuntimeException e) {
            context.runOnContext(_ -> routing.fail(unavailable(e)));
          }
        });
  }

  private Optional<Opening> opening(Tx tx, String authorization, String cookie) {
    return identity
        .caller(tx, authorization, cookie, "")
        .flatMap(caller ->
            identity.signIn(tx, authorization, cookie).map(signIn -> new Opening(caller, signIn)));
  }

  private void open(RoutingContext routing, Context context, Optional<Opening> opening) {
    if (opening.isEmpty()) {
      routing.fail(new Refusal(401, "not-signed-in", "Sign in to follow changes."));
      return;
    }
    if (stopping || streams.size() >= STREAMS_MAX) {
      routing.fail(unavailable(null));
      return;
    }
    var response = routing.response();
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Content-Encoding", "identity")
        .putHeader("Cache-Control", "no-store");
    var stream = new Stream(opening.get().caller(), opening.get().signIn(), response, context);
    streams.add(stream);
    long end = vertx.setTimer(STREAM_LIFE_MILLIS, _ -> end(response));
    routing.addEndHandler(_ -> forget(stream, end));
    response.write("retry: 2000\n: welcome\n\n");
    if (stopping) {
      end(response);
    }
  }

  private void forget(Stream stream, long timer) {
    streams.remove(stream);
    vertx.cancelTimer(timer);
  }

  private static void end(HttpServerResponse response) {
    if (!response.ended() && !response.closed()) {
      response.end();
    }
  }

  private static Refusal unavailable(Throwable cause) {
    return Refusal.unavailable(
        "live-unavailable", "Changes cannot be followed just now.", 5, cause);
  }
}
