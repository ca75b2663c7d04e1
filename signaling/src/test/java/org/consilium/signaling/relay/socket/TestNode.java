package org.consilium.signaling.relay.socket;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.consilium.platform.http.HttpFront;
import org.consilium.signaling.relay.bus.Bus;
import org.consilium.signaling.relay.bus.NoBus;

/** One real server on a free port of the loopback, on several event loops. */
final class TestNode {
  private static final int INSTANCES = 3;

  final String name;
  final SignalServer server;
  final int port;
  private final Bus bus;
  private final Vertx vertx = Vertx.vertx();

  TestNode(String name, Bus bus, Supplier<SignalServer> made, Duration headTimeMax) {
    this.name = name;
    this.bus = bus == null ? new NoBus() : bus;
    this.server = made.get();
    var actualPort = new AtomicInteger();
    vertx
        .deployVerticle(
            () ->
                new VerticleBase() {
                  @Override
                  public Future<?> start() {
                    var options = SignalServer.prepare(HttpFront.options().setHost("localhost"));
                    var httpServer = HttpFront.guard(vertx.createHttpServer(options), headTimeMax);
                    httpServer.requestHandler(
                        request -> request.response().setStatusCode(404).end());
                    server.install(httpServer);
                    return httpServer
                        .listen(-1)
                        .onSuccess(listening -> actualPort.set(listening.actualPort()));
                  }
                },
            new DeploymentOptions().setInstances(INSTANCES))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    port = actualPort.get();
  }

  /** Ends without a word to the other nodes. */
  void end() {
    bus.close();
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
