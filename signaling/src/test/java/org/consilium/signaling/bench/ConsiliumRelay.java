package org.consilium.signaling.bench;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.consilium.platform.database.Await;
import org.consilium.platform.http.HttpFront;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.CallTickets;
import org.consilium.signaling.relay.IceServers;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.socket.Origins;
import org.consilium.signaling.relay.socket.SignalServer;

/**
 * Ours, on an HTTP server as {@code deploy} makes it, with everything on: tickets, UTF-8, limits,
 * stamps, numbers, replay, metrics. Only the rates of the limits are raised: one pair here says as
 * much as a hundred calls.
 */
final class ConsiliumRelay {
  private static final int ANY = 1_000_000_000;

  static final SignalLimits LIMITS =
      new SignalLimits(
          8, 8, 20_000, ANY, ANY, ANY, ANY, Duration.ofMinutes(3), Duration.ofSeconds(5));

  private ConsiliumRelay() {}

  /** Takes the number of event loops; prints its port. Its tickets are in memory. */
  public static void main(String[] arguments) {
    var tickets = new MemoryTickets();
    serve(
        Integer.parseInt(arguments[0]),
        new SignalServer(
            LIMITS,
            Origins.SAME_HOST,
            tickets,
            IceServers.NONE,
            new CountingJournal(),
            InstantSource.system()));
  }

  /** Serves as {@code deploy}'s Server does, and prints the port. */
  static void serve(int loops, SignalServer signal) {
    var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Vertx vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setPreferNativeTransport(true)
                    .setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true)))
            .withMetrics(new MicrometerMetricsFactory(metrics))
            .build();
    if (!vertx.isNativeTransportEnabled()) {
      throw new IllegalStateException("no epoll", vertx.unavailableNativeTransportCause());
    }
    var first = Promise.<HttpServer>promise();
    Await.on(
        vertx.deployVerticle(
            () ->
                new AbstractVerticle() {
                  @Override
                  public void start(Promise<Void> started) {
                    var options = SignalServer.prepare(HttpFront.options()).setHost("127.0.0.1");
                    var server =
                        HttpFront.guard(vertx.createHttpServer(options.setPort(-1)))
                            .requestHandler(request -> request.response().setStatusCode(404).end());
                    signal.install(server);
                    server
                        .listen()
                        .onSuccess(first::tryComplete)
                        .<Void>mapEmpty()
                        .onComplete(started);
                  }
                },
            new DeploymentOptions().setInstances(loops)));
    System.out.println("port " + Await.on(first.future()).actualPort());
  }

  /** A ticket here is {@code room-person}, good once. */
  private static final class MemoryTickets implements CallTickets {
    private final ConcurrentHashMap<String, Boolean> used = new ConcurrentHashMap<>();

    @Override
    public Future<Optional<Admission>> redeem(String ticket) {
      if (used.put(ticket, true) != null) {
        return Future.succeededFuture(Optional.empty());
      }
      String[] parts = ticket.split("-");
      var room = new UUID(0x7000, Long.parseLong(parts[0]));
      return Future.succeededFuture(
          Optional.of(
              new Admission(
                  new CallId(room),
                  new ConsultId(room),
                  parts[1],
                  parts[1],
                  CallRole.CLINICIAN,
                  AdmissionMode.DIRECT,
                  Instant.now().plus(Duration.ofHours(1)))));
    }
  }
}
