package org.consilium.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.Uuid7;

/** Speaks the product's own HTTP interface as one person after the other. */
final class DemoApi implements AutoCloseable {
  /** Less than an access token lives, by the demonstration's clock. */
  private static final Duration TOKEN_USED_FOR = Duration.ofMinutes(4);

  /** Less than a refresh token lives. */
  private static final Duration SIGNED_IN_FOR = Duration.ofDays(25);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final DemoClock clock;
  private final DemoPeople people;
  private final String password;
  private final Map<String, Person> signedIn = new HashMap<>();

  DemoApi(int port, DemoClock clock, DemoPeople people, String password) {
    this.base = URI.create("http://localhost:" + port + "/api/v1");
    this.clock = clock;
    this.people = people;
    this.password = password;
  }

  /** Somebody in the organisation where they work first. */
  Person as(String email) {
    return as(email, people.home(email));
  }

  Person as(String email, String organisation) {
    return signedIn.computeIfAbsent(
        email + " " + organisation, _ -> new Person(email, organisation));
  }

  @Override
  public void close() {
    http.close();
  }

  /** One person in one organisation. */
  final class Person {
    private final String email;
    private final String organisation;
    private JsonNode tokens;
    private Instant freshUntil = Instant.MIN;
    private Instant signedInUntil = Instant.MIN;

    private Person(String email, String organisation) {
      this.email = email;
      this.organisation = organisation;
    }

    JsonNode get(String path) {
      return send(request(path).GET());
    }

    JsonNode post(String path, Object body) {
      return send(
          request(path)
              .header("Idempotency-Key", Uuid7.next().toString())
              .POST(BodyPublishers.ofByteArray(Json.write(body))));
    }

    /** Edits what was read as {@code version}. */
    JsonNode put(String path, int version, Object body) {
      return send(
          request(path)
              .header("If-Match", "\"" + version + "\"")
              .header("Idempotency-Key", Uuid7.next().toString())
              .PUT(BodyPublishers.ofByteArray(Json.write(body))));
    }

    private HttpRequest.Builder request(String path) {
      return open(path).header("Authorization", "Bearer " + accessToken());
    }

    private String accessToken() {
      if (clock.instant().isAfter(freshUntil)) {
        boolean anew = clock.instant().isAfter(signedInUntil);
        var grant = anew ? byPassword() : byRefresh();
        tokens = send(open("/tokens").POST(BodyPublishers.ofByteArray(Json.write(grant))));
        freshUntil = clock.instant().plus(TOKEN_USED_FOR);
        // A sign-in ends some time after the password, however often it is refreshed.
        signedInUntil = anew ? clock.instant().plus(SIGNED_IN_FOR) : signedInUntil;
      }
      return tokens.get("accessToken").asText();
    }

    private Map<String, Object> byPassword() {
      var membership = people.membership(email, organisation);
      return Map.of(
          "grantType",
          "password",
          "email",
          email,
          "password",
          password,
          "membershipId",
          membership);
    }

    private Map<String, Object> byRefresh() {
      return Map.of(
          "grantType", "refresh_token", "refreshToken", tokens.get("refreshToken").asText());
    }

    private HttpRequest.Builder open(String path) {
      return HttpRequest.newBuilder(URI.create(base + path))
          .timeout(ANSWER_WITHIN)
          .header("Content-Type", "application/json");
    }

    private JsonNode send(HttpRequest.Builder builder) {
      var request = builder.build();
      try {
        var response = http.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() >= 400) {
          throw new IllegalStateException(
              "%s %s by %s was answered %d: %s"
                  .formatted(
                      request.method(),
                      request.uri().getPath(),
                      email,
                      response.statusCode(),
                      new String(response.body(), java.nio.charset.StandardCharsets.UTF_8)));
        }
        return Json.MAPPER.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
