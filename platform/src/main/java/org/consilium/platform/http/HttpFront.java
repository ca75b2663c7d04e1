package org.consilium.platform.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.Platform;
import org.consilium.platform.live.LiveHub;

/** Everything that is served on the one port, in the order in which a request meets it. */
public final class HttpFront {
  /** A case form with everything filled in is about 40 kB. */
  private static final long BODY_BYTES_MAX = 256 * 1024;

  private static final int HEADER_BYTES_MAX = 16 * 1024;
  private static final int IDLE_SECONDS_MAX = 90;
  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Vertx vertx;
  private final Platform platform;
  private final Optional<URI> publicUrl;
  private final boolean checkAnswers;

  /**
   * @param publicUrl where people reach the server when a proxy stands before it
   * @param checkAnswers whether answers are held against the contract too: for tests
   */
  public HttpFront(Vertx vertx, Platform platform, Optional<URI> publicUrl, boolean checkAnswers) {
    this.vertx = vertx;
    this.platform = platform;
    this.publicUrl = publicUrl;
    this.checkAnswers = checkAnswers;
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

  /** The router of the whole program. */
  public Future<Router> router(List<Routes> modules, LiveHub live) {
    var api = new Api(vertx, platform.database(), platform.identity(), checkAnswers);
    return api.router(modules).map(operations -> router(api, operations, live));
  }

  private Router router(Api api, Router operations, LiveHub live) {
    var router = Router.router(vertx);
    router.route().handler(RequestIds::give);
    router.route().handler(this::protect);
    router.get("/health/live").handler(context -> context.response().end("live\n"));
    router.get("/health/ready").handler(this::ready);
    var contract = api.published().toBuffer();
    router.get("/api/v1/openapi.json").handler(context -> json(context, contract));
    router
        .get("/api/docs")
        .handler(context -> context.response().sendFile("webroot-docs/index.html"));
    router
        .get("/api/docs/*")
        .handler(StaticHandler.create(FileSystemAccess.RELATIVE, "webroot-docs"));
    router.get("/api/v1/live").handler(live::connect);
    router.route("/api/v1/*").handler(this::refuseForeign);
    router.route("/api/v1/*").handler(HttpFront::requireJson);
    router.route("/api/v1/*").handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
    router.route("/api/v1/*").subRouter(operations);
    router.route("/api/*").handler(context -> context.fail(404));
    router
        .get("/*")
        .handler(
            StaticHandler.create(FileSystemAccess.RELATIVE, "webroot")
                .setIndexPage("index.html")
                .setCachingEnabled(true));
    router.get("/*").handler(HttpFront::page);
    router.route().failureHandler(Failures::answer);
    for (int status : new int[] {404, 405, 415}) {
      router.errorHandler(status, Failures::answer);
    }
    return router;
  }

  private void protect(RoutingContext context) {
    var headers = context.response().headers();
    headers.set("Content-Security-Policy", contentSecurityPolicy(context));
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()");
    if (publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent()) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
    var path = context.request().path();
    if (path.startsWith("/assets/")) {
      headers.set("Cache-Control", "public, max-age=31536000, immutable");
    } else {
      headers.set("Cache-Control", "no-cache");
    }
    context.next();
  }

  private static String contentSecurityPolicy(RoutingContext context) {
    var host = context.request().authority();
    var sockets = host == null ? "" : " ws://" + host + " wss://" + host;
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
        + " media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; connect-src 'self'"
        + sockets
        + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
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
                  .end(ready ? "ready\n" : "the database is away\n"));
        });
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
    var request = context.request();
    var length = request.getHeader("Content-Length");
    boolean hasBody =
        request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    var type = request.getHeader("Content-Type");
    if (hasBody && (type == null || !type.strip().toLowerCase().startsWith("application/json"))) {
      context.fail(415);
    } else {
      context.next();
    }
  }

  /** Every other address is a page of the web client, which knows its own way. */
  private static void page(RoutingContext context) {
    var path = context.request().path();
    if (path.substring(path.lastIndexOf('/') + 1).contains(".")) {
      context.fail(404);
      return;
    }
    context.response().putHeader("Content-Type", "text/html; charset=utf-8");
    context.response().sendFile("webroot/index.html");
  }
}
