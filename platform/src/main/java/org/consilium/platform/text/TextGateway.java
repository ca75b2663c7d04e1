package org.consilium.platform.text;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.http.Json;

/**
 * The program that hands our short messages to a telephone network, and those of people to us: it
 * is posted {@code {"id", "to", "text"}} with the secret as a bearer token, and sends the same
 * secret with what it has for us.
 *
 * @param url https, or http to a program on this machine
 * @param secret what both ends know; at least 16 characters
 */
public record TextGateway(URI url, String secret) {
  private static final int SECRET_CHARS_MIN = 16;
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(10);
  private static final int SERVER_FAULTS = 500;

  /** A wrong secret or address, a time-out, too much at once: nothing that the message is at. */
  private static final Set<Integer> NOT_THE_MESSAGE = Set.of(401, 403, 404, 408, 429);

  public TextGateway {
    boolean isSafe =
        "https".equals(url.getScheme())
            || ("http".equals(url.getScheme()) && isLoopback(String.valueOf(url.getHost())));
    if (!isSafe || url.getHost() == null || url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "CONSILIUM_SMS_URL must be like https://sms.example.org/send; plain http only to this"
              + " machine.");
    }
    if (secret.length() < SECRET_CHARS_MIN) {
      throw new IllegalArgumentException(
          "CONSILIUM_SMS_SECRET must have at least %d characters.".formatted(SECRET_CHARS_MIN));
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
  }

  /** How handing over one message ended. */
  sealed interface Sending {
    record Sent() implements Sending {}

    /** This message, or this number, will never do. */
    record Refused(String reason) implements Sending {}

    /** It may do another time. */
    record Later(String reason) implements Sending {}
  }

  private record Outgoing(UUID id, String to, String text) {}

  Sending send(HttpClient http, UUID id, String to, String text) {
    var request =
        HttpRequest.newBuilder(url)
            .timeout(ANSWER_TIME_MAX)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + secret)
            .POST(BodyPublishers.ofByteArray(Json.write(new Outgoing(id, to, text))))
            .build();
    try {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status / 100 == 2) {
        return new Sending.Sent();
      }
      return status >= SERVER_FAULTS || NOT_THE_MESSAGE.contains(status)
          ? new Sending.Later("status " + status)
          : new Sending.Refused("status " + status);
    } catch (IOException away) {
      return new Sending.Later(away.getClass().getSimpleName());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new Sending.Later("stopping");
    }
  }

  /** Whether somebody who brings {@code offered} is the gateway. */
  public boolean isKnownBy(String offered) {
    return MessageDigest.isEqual(
        offered.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Prints no secret. */
  @Override
  public String toString() {
    return "TextGateway[" + url + "]";
  }
}
