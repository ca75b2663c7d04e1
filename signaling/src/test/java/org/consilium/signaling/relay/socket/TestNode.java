package org.consilium.signaling.relay.socket;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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

  /** Hears nothing of the other nodes, though it listens, until the answer is counted down. */
  CountDownLatch hang() {
    var goesOn = new CountDownLatch(1);
    var hangs = new CountDownLatch(1);
    String subject = "test.hang." + name;
    bus.subscribe(
        subject,
        (_, _, _) -> {
          hangs.countDown();
          await(goesOn);
        });
    while (hangs.getCount() > 0) { // A subscription may need a moment to be known.
      bus.publish(subject, null, new byte[0]);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return goesOn;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends without a word to the other nodes. */
  void end() {
    bus.close();
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
