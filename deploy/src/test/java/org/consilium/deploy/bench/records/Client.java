package org.consilium.deploy.bench.records;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.consilium.platform.http.Json;

/** Speaks to the running server as one signed-in person, over one connection that stays open. */
final class Client {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final URI server;
  final String cookie;

  Client(URI server, World.Somebody person) throws IOException, InterruptedException {
    this.server = server;
    var answer =
        http.send(
            HttpRequest.newBuilder(server.resolve("/api/v1/sessions"))
                .header("Content-Type", "application/json")
                .POST(body(Map.of("email", person.email(), "password", World.PASSWORD)))
                .build(),
            BodyHandlers.ofString());
    cookie =
        answer
            .headers()
            .firstValue("set-cookie")
            .orElseThrow(() -> new IllegalStateException(answer.body()))
            .split(";", -1)[0];
  }

  /** A request below the server's address; with a key of its own. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .header("Cookie", cookie)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", UUID.randomUUID().toString());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** The answer's body; anything but success ends the run. */
  JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = raw(request);
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(
          "%d %s"
              .formatted(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
    }
    return Json.MAPPER.readTree(answer.body());
  }

  HttpResponse<byte[]> raw(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  static BodyPublisher body(Object value) {
    return BodyPublishers.ofByteArray(Json.write(value));
  }
}
