package org.consilium.platform.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.consilium.platform.Platform;
import org.consilium.platform.live.LiveHub;
import org.consilium.platform.program.TokenEndpoint;

/** Everything that is served on the one port, in the order in which a request meets it. */
public final class HttpFront {
  /** A case form with everything filled in is about 40 kB. */
  private static final long BODY_BYTES_MAX = 256 * 1024;

  private static final long GRANT_BYTES_MAX = 16 * 1024;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int HEADER_BYTES_MAX = 16 * 1024;
  private static final int IDLE_SECONDS_MAX = 90;

  /** The largest body over 35 kbit/s; idle time alone never ends a body that dribbles. */
  private static final Duration BODY_TIME_MAX = Duration.ofSeconds(60);

  /** A head of 16 kB comes in this time over 13 kbit/s. A browser's spare connection ends too. */
  private static final Duration HEAD_TIME_MAX = Duration.ofSeconds(10);

  private static final OldUpgrades OLD_UPGRADES = new OldUpgrades();

  private static final String BODY_TIMER = "bodyTimer";

  /** Under which each request keeps where it comes from. */
  static final String CLIENT_ADDRESS = "clientAddress";

  /**
   * For scripts, styles, words and answers, which rule over nothing: a first visit fetches dozens
   * of them over thin links, and the page's own policy would cost it seconds.
   */
  private static final String NO_PAGE_SECURITY_POLICY =
      "default-src 'none'; frame-ancestors 'none'";

  /** A program that asks for what is not there must not get a page. */
  private static final Set<String> NOT_PAGES = Set.of("/health", "/fhir", "/signal", "/metrics");

  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Vertx vertx;
  private final Platform platform;
  private final Optional<URI> publicUrl;
  private final boolean checkAnswers;
  private final Duration bodyTimeMax;
  private final WebFiles client;
  private final ClientPage page;
  private volatile Supplier<Optional<String>> lack = Optional::empty;
  private ClientAddresses addresses = ClientAddresses.DIRECT;

  /**
   * @param publicUrl where people reach the server when a proxy stands before it
   * @param checkAnswers whether answers are held against the contract too: for tests
   */
  public HttpFront(Vertx vertx, Platform platform, Optional<URI> publicUrl, boolean checkAnswers) {
    this(vertx, platform, publicUrl, checkAnswers, BODY_TIME_MAX);
  }

  HttpFront(
      Vertx vertx,
      Platform platform,
      Optional<URI> publicUrl,
      boolean checkAnswers,
      Duration bodyTimeMax) {
    this.bodyTimeMax = bodyTimeMax;
    this.vertx = vertx;
    this.platform = platform;
    this.publicUrl = publicUrl;
    this.checkAnswers = checkAnswers;
    client = new WebFiles(vertx, "webroot");
    page = new ClientPage(client);
  }

  /**
   * Has {@code /health/ready} name what this server lacks although it is of use without. Call it
   * before serving.
   */
  public HttpFront naming(Supplier<Optional<String>> whatItLacks) {
    lack = whatItLacks;
    return this;
  }

  /** Has requests come from where the proxies before this server say. Call it before serving. */
  public HttpFront behind(ClientAddresses proxies) {
    addresses = proxies;
    return this;
  }

  /** The server's options: bounds on headers and idle time, compression for thin links. */
  public static HttpServerOptions options() {
    return new HttpServerOptions()
        .setMaxHeaderSize(HEADER_BYTES_MAX)
        .setMaxInitialLineLength(4096)
        .setIdleTimeout(IDLE_SECONDS_MAX)
        .setHttp2ClearTextEnabled(false)
        .setDecompressionSupported(false)
        .setCompressionSupported(true)
        .setCompressionLevel(5)
        .setMaxWebSocketFrameSize(65_536)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
  }

  /**
   * Bounds how long a connection may take to say what it wants, and lets none of HTTP/1.0 become
   * something else. Call it before {@code listen}.
   */
  public static HttpServer guard(HttpServer server) {
    return guard(server, HEAD_TIME_MAX);
  }

  /**
   * @param headTimeMax from the opening of a connection to the end of its first request's head
   */
  public static HttpServer guard(HttpServer server, Duration headTimeMax) {
    return server.connectionHandler(connection -> {
      ChannelHandlerContext vertx = ((ConnectionBase) connection).channelHandlerContext();
      var deadline = new HeadDeadline(headTimeMax, Duration.ofSeconds(IDLE_SECONDS_MAX));
      vertx
          .pipeline()
          .addBefore(vertx.name(), "head-deadline", deadline)
          .addBefore(vertx.name(), "old-upgrades", OLD_UPGRADES);
    });
  }

  /** The router of the whole program. */
  public Future<Router> router(List<Routes> modules, LiveHub live) {
    var api = new Api(vertx, platform, checkAnswers);
    var streams = modules.stream().flatMap(module -> module.streams().stream()).toList();
    var facades = modules.stream().flatMap(module -> module.facades().stream()).toList();
    return api.router(modules).map(operations -> router(api, operations, streams, facades, live));
  }

  private Router router(
      Api api, Router operations, List<StreamRoute> streamed, List<Facade> facades, LiveHub live) {
    var router = Router.router(vertx);
    router.route().handler(RequestIds::give);
    router.route().handler(this::locate);
    router.route().handler(this::protect);
    router.route().handler(HttpFront::refuseDamagedAddress);
    reading(router.route("/health/live")).handler(context -> context.response().end("live\n"));
    reading(router.route("/health/ready")).handler(this::ready);
    var contract = api.published().toBuffer();
    router.get("/api/v1/openapi.json").handler(context -> json(context, contract));
    reading(router.route("/api/docs")).handler(HttpFront::intoDocs);
    reading(router.route("/api/docs/*")).handler(docs());
    router.get("/api/v1/live").handler(live::connect);
    router.route("/api/v1/*").handler(this::refuseForeign);
    var streams = new Streams(vertx, platform.database(), platform.identity());
    streamed.forEach(route -> streams.mount(router, route));
    router.route("/api/v1/*").handler(HttpFront::requireJson);
    router.route("/api/v1/*").handler(this::limitBodyTime);
    router.route("/api/v1/*").handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
    router.route("/api/v1/*").handler(this::readStrictly);
    router.route("/api/v1/*").subRouter(operations);
    router.route("/api/*").handler(context -> context.fail(404));
    granting(router, api);
    facades.forEach(facade -> serve(router, facade, api));
    reading(router.route("/*")).handler(client);
    reading(router.route("/*")).handler(this::page);
    router.route().failureHandler(Failures::answer);
    for (int status : new int[] {400, 404, 405, 406, 413, 415}) {
      router.errorHandler(status, Failures::answer);
    }
    return router;
  }

  /** Programs come with a signed assertion, never with a browser's cookie. */
  private void granting(Router router, Api api) {
    var path = TokenEndpoint.PATH;
    router.post(path).handler(context -> requireType(context, Set.of(FORM)));
    router.post(path).handler(this::limitBodyTime);
    router.post(path).handler(BodyHandler.create(false).setBodyLimit(GRANT_BYTES_MAX));
    router
        .post(path)
        .handler(context -> api.startGranting(context, Origins.own(context.request(), publicUrl)));
    router.route(path).handler(context -> context.fail(405));
  }

  /** The same checks in the same order as before the contract's operations. */
  private void serve(Router router, Facade facade, Api api) {
    var all = facade.base() + "/*";
    router.route(all).handler(this::refuseForeign);
    router.route(all).handler(context -> requireType(context, facade.mediaTypes()));
    router.route(all).handler(this::limitBodyTime);
    router.route(all).handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
    router.route(all).handler(this::readStrictly);
    router.route(all).handler(context -> api.start(context, facade, origin(context)));
    router.route(all).failureHandler(context -> Failures.answer(context, facade::refusal));
  }

  private String origin(RoutingContext context) {
    var request = context.request();
    return publicUrl
        .map(url -> url.getScheme() + "://" + url.getAuthority())
        .orElseGet(() -> request.scheme() + "://" + request.authority());
  }

  private static Route reading(Route route) {
    return route.method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  /** How long browsers keep them is said in {@link #protect}. */
  private static StaticHandler docs() {
    return StaticHandler.create(FileSystemAccess.RELATIVE, "webroot-docs")
        .setIndexPage("index.html")
        .setCachingEnabled(false);
  }

  /** The page names its parts beside itself, so it needs the slash at the end. */
  private static void intoDocs(RoutingContext context) {
    if (context.request().path().endsWith("/")) {
      context.next();
    } else {
      context.response().setStatusCode(308).putHeader("Location", "docs/").end();
    }
  }

  private void protect(RoutingContext context) {
    var path = context.request().path();
    boolean asset = path.startsWith("/assets/");
    var headers = context.response().headers();
    headers.set(
        "Content-Security-Policy",
        asset || path.startsWith("/api/v1/")
            ? NO_PAGE_SECURITY_POLICY
            : page.policy(context.request().authority()));
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    if (asset) {
      headers.set("Cache-Control", "public, max-age=31536000, immutable");
    } else {
      headers.set("Cache-Control", "no-cache");
      headers.set("Cross-Origin-Opener-Policy", "same-origin");
      headers.set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()");
    }
    if (publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent()) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
    context.next();
  }

  private void locate(RoutingContext context) {
    context.put(CLIENT_ADDRESS, addresses.of(context.request()));
    context.next();
  }

  /** Who decodes it further in would fail as if the fault were the server's. */
  private static void refuseDamagedAddress(RoutingContext context) {
    try {
      QueryStringDecoder.decodeComponent(context.request().uri());
      context.next();
    } catch (IllegalArgumentException damaged) {
      context.fail(400);
    }
  }

  private void ready(RoutingContext context) {
    var eventLoop = vertx.getOrCreateContext();
    Thread.ofVirtual()
        .start(() -> {
          boolean ready = platform.database().isReachable();
          eventLoop.runOnContext(_ ->
              context
                  .response()
                  .setStatusCode(ready ? 200 : 503)
                  .end(ready ? "ready\n" + lack() : "the database is away\n"));
        });
  }

  private String lack() {
    return lack.get().map(what -> what + "\n").orElse("");
  }

  private static void json(RoutingContext context, Buffer body) {
    context.response().putHeader("Content-Type", "application/json").end(body);
  }

  /** A page of another site must not act with this browser's cookie. */
  private void refuseForeign(RoutingContext context) {
    var request = context.request();
    if (READING.contains(request.method()) || request.getHeader("Authorization") != null) {
      context.next();
      return;
    }
    var origin = request.getHeader("Origin");
    var site = request.getHeader("Sec-Fetch-Site");
    boolean own =
        origin == null
            ? site == null || site.equals("same-origin") || site.equals("none")
            : Origins.isOwn(origin, request, publicUrl);
    if (own) {
      context.next();
    } else {
      context.fail(
          new Refusal(403, "cross-site", "This came from a page of another site and was refused."));
    }
  }

  private static void requireJson(RoutingContext context) {
    requireType(context, Set.of("application/json"));
  }

  private static void requireType(RoutingContext context, Set<String> types) {
    var request = context.request();
    var length = request.getHeader("Content-Length");
    boolean hasBody =
        request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    var type = request.getHeader("Content-Type");
    if (hasBody && (type == null || !types.contains(mediaType(type)))) {
      context.fail(415);
    } else {
      context.next();
    }
  }

  private static String mediaType(String contentType) {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** Cuts off who sends a body byte by byte. */
  private void limitBodyTime(RoutingContext context) {
    var request = context.request();
    if (request.isEnded()) {
      context.next();
      return;
    }
    long timer =
        vertx.setTimer(
            bodyTimeMax.toMillis(),
            _ -> {
              context.addEndHandler(_ -> request.connection().close());
              context.response().putHeader("Connection", "close");
              context.fail(408);
            });
    context.put(BODY_TIMER, timer);
    context.addEndHandler(_ -> vertx.cancelTimer(timer));
    context.next();
  }

  /** The body is here. */
  private void readStrictly(RoutingContext context) {
    Long timer = context.get(BODY_TIMER);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
    StrictJson.check(context.body().buffer());
    context.next();
  }

  /** Every other address is a page of the web client, which knows its own way. */
  private void page(RoutingContext context) {
    var path = context.request().path();
    if (path.substring(path.lastIndexOf('/') + 1).contains(".")
        || NOT_PAGES.stream().anyMatch(path::startsWith)) {
      context.fail(404);
      return;
    }
    page.send(context);
  }
}
