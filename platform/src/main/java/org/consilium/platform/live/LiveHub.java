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
import org.consilium.platform.database.Database;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Identity;
import org.consilium.platform.identity.Sessions;
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

  /** The page comes back at once and is looked up anew: an ended session ends its stream. */
  private static final long STREAM_LIFE_MILLIS = 5 * 60_000;

  private static final int STREAMS_MAX = 5_000;
  private static final long RECONNECT_MILLIS = 500;

  private final Vertx vertx;
  private final Database database;
  private final Identity identity;
  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();

  private record Stream(Caller caller, HttpServerResponse response, Context context) {
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
            var caller =
                database.inTransaction(
                    Caller.anonymous(""), tx -> identity.caller(tx, authorization, cookie, ""));
            context.runOnContext(_ -> open(routing, context, caller));
          } catch (RuntimeException e) {
            context.runOnContext(_ -> routing.fail(unavailable(e)));
          }
        });
  }

  private void open(RoutingContext routing, Context context, Optional<Caller> caller) {
    if (caller.isEmpty()) {
      routing.fail(new Refusal(401, "not-signed-in", "Sign in to follow changes."));
      return;
    }
    if (streams.size() >= STREAMS_MAX) {
      routing.fail(unavailable(null));
      return;
    }
    var response = routing.response();
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Content-Encoding", "identity")
        .putHeader("Cache-Control", "no-store");
    var stream = new Stream(caller.get(), response, context);
    streams.add(stream);
    long end = vertx.setTimer(STREAM_LIFE_MILLIS, _ -> end(response));
    response.closeHandler(_ -> forget(stream, end));
    response.exceptionHandler(_ -> forget(stream, end));
    response.write("retry: 2000\n: welcome\n\n");
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
