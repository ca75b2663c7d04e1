package org.consilium.platform.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Await;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.ClientAddresses;
import org.consilium.platform.http.HttpFront;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Routes;
import org.consilium.platform.live.LiveHub;

/**
 * A real server on a free port, whose every answer is held against the contract, and its clients.
 */
public final class TestHttp implements AutoCloseable {
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new ConcurrentHashMap<>();

  private TestHttp(HttpServer server) {
    this.server = server;
  }

  static TestHttp start(
      Vertx vertx, Platform platform, DatabaseAddress address, Routes... modules) {
    var routes = new ArrayList<Routes>();
    routes.add(platform.routes());
    routes.addAll(List.of(modules));
    // So that a test can come from wherever it likes.
    var front =
        new HttpFront(vertx, platform, Optional.empty(), true)
            .behind(ClientAddresses.behind(List.of("127.0.0.0/8")));
    var live = new LiveHub(vertx, platform.database(), platform.identity());
    live.listen(address);
    var router = Await.on(front.router(routes, live));
    var server = vertx.createHttpServer(HttpFront.options()).requestHandler(router);
    return new TestHttp(Await.on(server.listen(0, "127.0.0.1")));
  }

  public URI url(String path) {
    return URI.create("http://localhost:" + server.actualPort() + path);
  }

  public HttpServer server() {
    return server;
  }

  /** A client that is signed in as {@code person}. */
  public Client as(TestPerson person) {
    return new Client(Optional.of(cookie(person)));
  }

  /** The Cookie header of {@code person}'s session, for requests that a test makes up. */
  public String cookie(TestPerson person) {
    return cookies.computeIfAbsent(
        person.email(),
        email -> {
          var reply =
              anonymous().post("/sessions", Map.of("email", email, "password", person.password()));
          if (reply.status() != 200) {
            throw new IllegalStateException("sign-in answered " + reply);
          }
          return reply.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
        });
  }

  /** Everybody signs in anew: for tests in which so much time passes that sessions end. */
  public void forgetSessions() {
    cookies.clear();
  }

  /** A client without a session. */
  public Client anonymous() {
    return new Client(Optional.empty());
  }

  /** An answer: its body is a missing node when there is none. */
  public record Reply(int status, JsonNode body, HttpHeaders headers) {
    /** The problem's stable code, or an empty string. */
    public String code() {
      return body.path("code").asText();
    }
  }

  /** Speaks JSON under {@code /api/v1}. */
  public final class Client {
    private final Optional<String> cookie;

    private Client(Optional<String> cookie) {
      this.cookie = cookie;
    }

    public Reply get(String path) {
      return send(request(path).GET());
    }

    public Reply delete(String path) {
      return send(request(path).DELETE());
    }

    /** Posts with a new Idempotency-Key. */
    public Reply post(String path, Object body) {
      return post(path, body, UUID.randomUUID().toString());
    }

    public Reply post(String path, Object body, String idempotencyKey) {
      return send(request(path).header("Idempotency-Key", idempotencyKey).POST(json(body)));
    }

    /** Posts without a body. */
    public Reply post(String path) {
      return send(
          HttpRequest.newBuilder(url("/api/v1" + path))
              .header("Cookie", cookie.orElse(""))
              .header("Idempotency-Key", UUID.randomUUID().toString())
              .POST(BodyPublishers.noBody()));
    }

    /** Puts what was based on {@code version}. */
    public Reply put(String path, int version, Object body) {
      return send(request(path).header("If-Match", "\"" + version + "\"").PUT(json(body)));
    }

    public Reply patch(String path, Object body) {
      return send(request(path).method("PATCH", json(body)));
    }

    private HttpRequest.Builder request(String path) {
      var request =
          HttpRequest.newBuilder(url("/api/v1" + path)).header("Content-Type", "application/json");
      cookie.ifPresent(value -> request.header("Cookie", value));
      return request;
    }

    /** Sends whatever a test has made up. */
    public Reply send(HttpRequest.Builder request) {
      try {
        var response = http.send(request.build(), BodyHandlers.ofByteArray());
        var body =
            response.body().length == 0
                ? MissingNode.getInstance()
                : Json.MAPPER.readTree(response.body());
        return new Reply(response.statusCode(), body, response.headers());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private static HttpRequest.BodyPublisher json(Object body) {
      return body instanceof String text
          ? BodyPublishers.ofString(text)
          : BodyPublishers.ofByteArray(Json.write(body));
    }
  }

  @Override
  public void close() {
    http.close();
    Await.on(server.close());
  }
}
