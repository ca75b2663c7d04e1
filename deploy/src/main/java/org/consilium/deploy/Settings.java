package org.consilium.deploy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.ClientAddresses;
import org.consilium.platform.mail.SmtpServer;
import org.consilium.platform.text.TextGateway;
import org.consilium.signaling.turn.TurnConfig;

/**
 * What the operator decides, read from the environment. A wrong value is a {@link WrongSetting}
 * that names the setting and the mend.
 *
 * @param port where people and programs connect; 0 lets the system choose
 * @param managementPort metrics, on this machine only; 0 lets the system choose
 * @param data the folder of the embedded database and the keys
 * @param database a PostgreSQL server to use instead of the embedded one
 * @param publicUrl where people reach the server when a proxy stands before it
 * @param proxies who is believed about where requests come from
 * @param nats the message bus over which several servers of one database reach each other
 * @param smtp the server that takes our mail; none and no mail is sent
 * @param texts who takes our short messages; none and none is sent
 * @param demo whether to fill an empty database with demonstration data
 */
public record Settings(
    int port,
    int managementPort,
    Path data,
    Optional<DatabaseAddress> database,
    Optional<URI> publicUrl,
    ClientAddresses proxies,
    Optional<URI> nats,
    TurnConfig turn,
    Optional<SmtpServer> smtp,
    Optional<TextGateway> texts,
    boolean demo) {
  private static final int PORT_MAX = 65_535;
  private static final Duration TURN_CREDENTIAL_LIFE = Duration.ofHours(1);

  /** A setting that cannot be used; its message is for the operator. */
  public static final class WrongSetting extends RuntimeException {
    private static final long serialVersionUID = 1;

    public WrongSetting(String sentence) {
      super(sentence);
    }
  }

  public static Settings from(Map<String, String> environment) {
    var database = text(environment, "CONSILIUM_DATABASE_URL").map(Settings::database);
    var publicUrl = text(environment, "CONSILIUM_PUBLIC_URL").map(Settings::publicUrl);
    return new Settings(
        port(environment, "CONSILIUM_PORT", 8080),
        port(environment, "CONSILIUM_MANAGEMENT_PORT", 9090),
        Path.of(text(environment, "CONSILIUM_DATA").orElse("data")).toAbsolutePath(),
        database,
        publicUrl,
        proxies(environment, publicUrl.isPresent()),
        text(environment, "CONSILIUM_NATS_URL").map(Settings::nats),
        turn(environment),
        smtp(environment),
        texts(environment),
        flag(environment, "CONSILIUM_DEMO", database.isEmpty()));
  }

  private static Optional<String> text(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }

  private static int port(Map<String, String> environment, String name, int otherwise) {
    var value = text(environment, name);
    try {
      int port = value.map(Integer::parseInt).orElse(otherwise);
      if (port >= 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, with what was given.
    }
    throw new WrongSetting(
        "%s must be a port number from 1 to %d, not \"%s\"."
            .formatted(name, PORT_MAX, value.orElse("")));
  }

  private static boolean flag(Map<String, String> environment, String name, boolean otherwise) {
    return switch (text(environment, name).orElse(Boolean.toString(otherwise))) {
      case "true" -> true;
      case "false" -> false;
      case String other ->
          throw new WrongSetting("%s must be true or false, not \"%s\".".formatted(name, other));
    };
  }

  private static DatabaseAddress database(String url) {
    try {
      var uri = URI.create(url);
      var user = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
      if (!List.of("postgresql", "postgres").contains(String.valueOf(uri.getScheme()))
          || uri.getHost() == null
          || user.length != 2
          || uri.getPath().length() < 2) {
        throw new IllegalArgumentException("incomplete");
      }
      return new DatabaseAddress(
          uri.getHost(),
          uri.getPort() == -1 ? 5432 : uri.getPort(),
          user[0],
          user[1],
          uri.getPath().substring(1));
    } catch (IllegalArgumentException e) {
      // Never the value itself: it holds a password.
      throw new WrongSetting(
          "CONSILIUM_DATABASE_URL must look like postgresql://user:password@host:5432/database.");
    }
  }

  private static URI publicUrl(String text) {
    try {
      var url = URI.create(text);
      if (List.of("http", "https").contains(String.valueOf(url.getScheme()))
          && url.getAuthority() != null
          && (url.getPath().isEmpty() || url.getPath().equals("/"))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below, with what was given.
    }
    throw new WrongSetting(
        "CONSILIUM_PUBLIC_URL must be like https://consilium.example.org, not \"" + text + "\".");
  }

  private static ClientAddresses proxies(Map<String, String> environment, boolean behindOne) {
    var named = text(environment, "CONSILIUM_PROXIES");
    try {
      return named
          .map(text -> ClientAddresses.behind(List.of(text.split("[,\\s]+"))))
          .orElseGet(() -> behindOne ? ClientAddresses.behindSome() : ClientAddresses.DIRECT);
    } catch (IllegalArgumentException e) {
      throw new WrongSetting(
          "CONSILIUM_PROXIES must be addresses or networks, like 10.0.0.7, 192.168.4.0/24, not \"%s\"."
              .formatted(named.orElse("")));
    }
  }

  private static URI nats(String text) {
    try {
      var url = URI.create(text);
      if (List.of("nats", "tls").contains(String.valueOf(url.getScheme()))
          && url.getHost() != null
          && url.getPath().isEmpty()
          && url.getQuery() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    // Never the value itself: it may hold a password.
    throw new WrongSetting(
        "CONSILIUM_NATS_URL must look like nats://host:4222, nats://user:password@host:4222 or"
            + " tls://host:4222.");
  }

  private static Optional<SmtpServer> smtp(Map<String, String> environment) {
    var url = text(environment, "CONSILIUM_SMTP_URL");
    var from = text(environment, "CONSILIUM_MAIL_FROM");
    if (url.isEmpty() && from.isEmpty()) {
      return Optional.empty();
    }
    if (url.isEmpty() || from.isEmpty()) {
      throw new WrongSetting(
          "CONSILIUM_SMTP_URL and CONSILIUM_MAIL_FROM belong together: set both, or neither.");
    }
    if (text(environment, "CONSILIUM_PUBLIC_URL").isEmpty()) {
      throw new WrongSetting(
          "CONSILIUM_SMTP_URL needs CONSILIUM_PUBLIC_URL: every mail says where to open"
              + " Consilium.");
    }
    try {
      return Optional.of(SmtpServer.of(url.get(), from.get()));
    } catch (IllegalArgumentException e) {
      throw new WrongSetting(e.getMessage());
    }
  }

  private static Optional<TextGateway> texts(Map<String, String> environment) {
    var url = text(environment, "CONSILIUM_SMS_URL");
    var secret = text(environment, "CONSILIUM_SMS_SECRET");
    if (url.isEmpty() && secret.isEmpty()) {
      return Optional.empty();
    }
    if (url.isEmpty() || secret.isEmpty()) {
      throw new WrongSetting(
          "CONSILIUM_SMS_URL and CONSILIUM_SMS_SECRET belong together: set both, or neither.");
    }
    if (text(environment, "CONSILIUM_PUBLIC_URL").isEmpty()) {
      throw new WrongSetting(
          "CONSILIUM_SMS_URL needs CONSILIUM_PUBLIC_URL: short messages say where to open"
              + " Consilium.");
    }
    try {
      return Optional.of(new TextGateway(address(url.get()), secret.get()));
    } catch (IllegalArgumentException e) {
      throw new WrongSetting(e.getMessage());
    }
  }

  private static URI address(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      // Never the value itself: it may hold a password.
      throw new WrongSetting("CONSILIUM_SMS_URL must be like https://sms.example.org/send.");
    }
  }

  private static TurnConfig turn(Map<String, String> environment) {
    try {
      return new TurnConfig(
          text(environment, "CONSILIUM_TURN_URLS").stream()
              .flatMap(urls -> Arrays.stream(urls.split("[,\\s]+")))
              .toList(),
          text(environment, "CONSILIUM_TURN_SECRET").orElse(""),
          TURN_CREDENTIAL_LIFE);
    } catch (IllegalArgumentException e) {
      throw new WrongSetting(e.getMessage() + ".");
    }
  }
}
