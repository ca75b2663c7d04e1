package org.consilium.deploy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.consilium.deploy.backup.NightlyBackup;
import org.consilium.deploy.telling.Telling;
import org.consilium.platform.Platform;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Await;
import org.consilium.platform.database.Migrations;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.HttpFront;
import org.consilium.platform.live.LiveHub;
import org.consilium.records.Records;
import org.consilium.scheduling.Scheduling;
import org.consilium.signaling.Signaling;
import org.consilium.signaling.record.WhoJoined;
import org.consilium.signaling.relay.socket.SignalServer;
import org.consilium.signaling.ring.RungByHand;

/** The assembled program: every module built through its one door, top to bottom. */
public final class Server implements AutoCloseable {
  /** In the order in which their SQL may name one another. */
  public static final List<String> SCHEMAS =
      List.of(Platform.SCHEMA, Scheduling.SCHEMA, Records.SCHEMA, Signaling.SCHEMA);

  /** Stands in mails that are never sent: whoever sets up mail says where people come. */
  private static final URI LOCAL = URI.create("http://localhost");

  private static final int DRAIN_SECONDS_MAX = 10;

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Vertx vertx;
  private final Platform platform;
  private final Scheduling scheduling;
  private final Records records;
  private final Signaling signaling;
  private final Workers workers;
  private final Optional<NightlyBackup> backups;
  private HttpServer http;
  private HttpServer management;

  private Server(
      Settings settings,
      DatabaseAddress address,
      InstantSource clock,
      Signer signer,
      Optional<NightlyBackup> backups) {
    this.backups = backups;
    vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setPreferNativeTransport(true)
                    .setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true)))
            .withMetrics(new MicrometerMetricsFactory(metrics))
            .build();
    platform =
        new Platform(vertx, address, clock, signer, settings.smtp(), settings.texts(), metrics);
    scheduling =
        new Scheduling(platform, settings.publicUrl(), WhoJoined::since, RungByHand::since);
    records = new Records(platform, settings.publicUrl(), new Intake(scheduling), Elsewhere.ROWS);
    signaling =
        new Signaling(
            platform,
            settings.turn(),
            settings.publicUrl(),
            new ConsultsInCalls(scheduling, records),
            settings.nats(),
            metrics);
    CareFlow.connect(platform.events(), scheduling, signaling);
    Telling.connect(platform, scheduling, records.followUps(), settings.publicUrl().orElse(LOCAL));
    workers = new Workers(vertx, platform, scheduling, signaling, records, address);
  }

  /** Migrates the database and serves; answers when the port is open. */
  public static Server start(
      Settings settings, DatabaseAddress address, InstantSource clock, Signer signer) {
    return start(settings, address, clock, signer, Optional.empty());
  }

  /** The same for a server that backs up its database, and says how that goes. */
  public static Server start(
      Settings settings,
      DatabaseAddress address,
      InstantSource clock,
      Signer signer,
      Optional<NightlyBackup> backups) {
    Migrations.run(address, SCHEMAS);
    var server = new Server(settings, address, clock, signer, backups);
    try {
      backups.ifPresent(made -> made.count(server.metrics));
      server.signaling.start();
      server.serve(settings, address);
      server.workers.start();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The platform and the record alone, without a port: for the operator's commands. */
  public record Modules(Platform platform, Records records) {}

  /** Of a database that is at this build's version; close the platform. */
  public static Modules recordsOf(
      Vertx vertx, DatabaseAddress address, InstantSource clock, Signer signer) {
    var platform = new Platform(vertx, address, clock, signer);
    var scheduling =
        new Scheduling(platform, Optional.empty(), WhoJoined::since, RungByHand::since);
    return new Modules(
        platform, new Records(platform, Optional.empty(), new Intake(scheduling), Elsewhere.ROWS));
  }

  private void serve(Settings settings, DatabaseAddress address) {
    var live = new LiveHub(vertx, platform.database(), platform.identity());
    live.listen(address);
    var front =
        new HttpFront(vertx, platform, settings.publicUrl(), false)
            .behind(settings.proxies())
            .naming(this::lack);
    var router =
        Await.on(
            front.router(
                List.of(
                    platform.routes(), scheduling.routes(), records.routes(), signaling.routes()),
                live));
    var instances = Runtime.getRuntime().availableProcessors();
    var options =
        SignalServer.prepare(HttpFront.options()).setPort(settings.port()).setHost("0.0.0.0");
    var first = Promise.<HttpServer>promise();
    Await.on(
        vertx.deployVerticle(
            () -> new HttpVerticle(options, router, signaling.relay(), first),
            new DeploymentOptions().setInstances(settings.port() == 0 ? 1 : instances)));
    http = Await.on(first.future());
    management = Await.on(management(settings));
  }

  private Optional<String> lack() {
    return signaling.lack().or(() -> backups.flatMap(NightlyBackup::lack));
  }

  /** One event loop's share of the port: the API and, after the upgrade, the relay. */
  private static final class HttpVerticle extends AbstractVerticle {
    private final HttpServerOptions options;
    private final Router router;
    private final SignalServer relay;
    private final Promise<HttpServer> first;

    HttpVerticle(
        HttpServerOptions options, Router router, SignalServer relay, Promise<HttpServer> first) {
      this.options = options;
      this.router = router;
      this.relay = relay;
      this.first = first;
    }

    @Override
    public void start(Promise<Void> started) {
      var server = HttpFront.guard(vertx.createHttpServer(options)).requestHandler(router);
      relay.install(server);
      server.listen().onSuccess(first::tryComplete).<Void>mapEmpty().onComplete(started);
    }
  }

  private Future<HttpServer> management(Settings settings) {
    var router = Router.router(vertx);
    router
        .get("/metrics")
        .handler(context ->
            context
                .response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(metrics.scrape()));
    return vertx
        .createHttpServer()
        .requestHandler(router)
        .listen(settings.managementPort(), "127.0.0.1");
  }

  /** Where people connect; the port that the system chose when the setting was 0. */
  public int port() {
    return http.actualPort();
  }

  public Platform platform() {
    return platform;
  }

  public Scheduling scheduling() {
    return scheduling;
  }

  public Records records() {
    return records;
  }

  public Signaling signaling() {
    return signaling;
  }

  /** Tells calls to come back later, finishes what has begun, and lets go of the database. */
  @Override
  public void close() {
    Await.on(signaling.relay().drain().otherwiseEmpty());
    workers.close();
    if (http != null) {
      Await.on(http.shutdown(DRAIN_SECONDS_MAX, TimeUnit.SECONDS).otherwiseEmpty());
    }
    if (management != null) {
      Await.on(management.close().otherwiseEmpty());
    }
    signaling.close();
    platform.close();
    Await.on(vertx.close());
  }
}
