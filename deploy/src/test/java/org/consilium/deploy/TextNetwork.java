package org.consilium.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.consilium.platform.http.Json;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.text.TextGateway;

/** A telephone network's gateway on this machine: takes messages over HTTP, and hands over some. */
final class TextNetwork implements AutoCloseable {
  static final String SECRET = "a secret of the gateway";
  static final String HEADER = "X-Consilium-Secret";

  private final HttpServer server;
  private final List<JsonNode> sent = new CopyOnWriteArrayList<>();
  private volatile int status = 202;

  TextNetwork() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/send", this::take);
    server.start();
  }

  TextGateway gateway() {
    return new TextGateway(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/send"), SECRET);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean known =
          ("Bearer " + SECRET).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      if (known && status < 300) {
        sent.add(Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes()));
      }
      exchange.sendResponseHeaders(known ? status : 401, -1);
    }
  }

  /** Answers every message so from now on. */
  void answering(int status) {
    this.status = status;
  }

  /** What came for a telephone, oldest first. */
  List<String> sentTo(String number) {
    return sent.stream()
        .filter(message -> message.path("to").asText().equals(number))
        .map(message -> message.path("text").asText())
        .toList();
  }

  /** Hands a message over, as the gateway would. */
  static Reply handOver(TestHttp http, String id, String from, String text) {
    return handOver(http, SECRET, Map.of("id", id, "from", from, "text", text));
  }

  static Reply handOver(TestHttp http, String secret, Object body) {
    try {
      return http.anonymous()
          .send(
              HttpRequest.newBuilder(http.url("/api/v1/sms"))
                  .header("Content-Type", "application/json")
                  .header(HEADER, secret)
                  .POST(BodyPublishers.ofByteArray(Json.write(body))));
    } catch (UncheckedIOException cut) {
      // The server stops reading a body that is too long, and may close before its answer is read.
      throw new AssertionError("the connection was cut", cut);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
