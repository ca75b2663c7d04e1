package org.consilium.signaling.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.Entries;
import org.consilium.signaling.relay.IceServers;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.socket.Origins;
import org.consilium.signaling.relay.socket.SignalServer;

/** Ours, with everything on; only the rates are raised. */
final class ConsiliumRelay implements RelayLoad.RelayServer {
  private static final int ANY = 1_000_000_000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final HttpServer server;

  ConsiliumRelay(int rooms) {
    var calls = Stream.generate(CallId::random).limit(rooms).toList();
    var signal =
        new SignalServer(
            new SignalLimits(
                8, 8, 10_000, ANY, ANY, ANY, ANY, Duration.ofMinutes(3), Duration.ofSeconds(5)),
            Origins.SAME_HOST,
            ticket -> Future.succeededFuture(Optional.of(admission(calls, ticket))),
            IceServers.NONE,
            new Entries(),
            InstantSource.system());
    var options = SignalServer.prepare(new HttpServerOptions().setTcpNoDelay(true));
    var listening = new AtomicReference<HttpServer>();
    vertx.runOnContext(_ -> {
      HttpServer made = vertx.createHttpServer(options);
      signal.install(made);
      made.listen(0, "127.0.0.1").onSuccess(listening::set);
    });
    while (listening.get() == null) {
      Thread.onSpinWait();
    }
    server = listening.get();
  }

  /** A ticket here is {@code room-side}. */
  private static Admission admission(List<CallId> calls, String ticket) {
    String[] parts = ticket.split("-");
    CallId call = calls.get(Integer.parseInt(parts[0]));
    return new Admission(
        call,
        new ConsultId(call.value()),
        parts[1],
        parts[1],
        CallRole.CLINICIAN,
        AdmissionMode.DIRECT,
        Instant.now().plus(Duration.ofHours(1)));
  }

  @Override
  public String name() {
    return "consilium";
  }

  @Override
  public int port() {
    return server.actualPort();
  }

  @Override
  public long loopThread() {
    return RelayLoad.loopThreadOf(vertx);
  }

  @Override
  public WebSocketConnectOptions door(int room, int side) {
    return new WebSocketConnectOptions()
        .setURI(SignalServer.PATH)
        .setSubProtocols(List.of("consilium.v1", "ticket." + room + "-" + side));
  }
}
