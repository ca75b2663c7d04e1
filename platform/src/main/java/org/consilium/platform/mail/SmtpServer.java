package org.consilium.platform.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The server that takes our letters, and in whose name they go out.
 *
 * @param protection how the way to it is kept from strangers
 * @param from an address, with or without a name before it
 */
public record SmtpServer(
    String host, int port, Protection protection, Optional<Login> login, InternetAddress from) {
  private static final int SUBMISSION_PORT = 587;
  private static final int TLS_PORT = 465;

  /** What keeps the connection private. */
  public enum Protection {
    /** Encrypted from the first byte (RFC 8314). */
    TLS,
    /** Begun in clear; without an offer of encryption nothing is sent (RFC 3207). */
    STARTTLS,
    /** To a server on this very machine. */
    LOOPBACK
  }

  /** Prints no password. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "[private]";
    }
  }

  /**
   * Reads the operator's settings.
   *
   * @param url {@code smtp://user:password@host:587} or {@code smtps://…}
   * @throws IllegalArgumentException with a sentence for the operator that repeats no password
   */
  public static SmtpServer of(String url, String from) {
    return server(url, sender(from));
  }

  private static SmtpServer server(String url, InternetAddress from) {
    try {
      var uri = URI.create(url);
      boolean tls = "smtps".equals(uri.getScheme());
      if ((tls || "smtp".equals(uri.getScheme()))
          && uri.getHost() != null
          && (uri.getPath().isEmpty() || uri.getPath().equals("/"))
          && uri.getQuery() == null) {
        var protection =
            tls
                ? Protection.TLS
                : isLoopback(uri.getHost()) ? Protection.LOOPBACK : Protection.STARTTLS;
        int usual = tls ? TLS_PORT : SUBMISSION_PORT;
        int port = uri.getPort() == -1 ? usual : uri.getPort();
        return new SmtpServer(uri.getHost(), port, protection, login(uri.getRawUserInfo()), from);
      }
    } catch (IllegalArgumentException e) {
      // Said below; never the value itself, which may hold a password.
    }
    throw new IllegalArgumentException(
        "CONSILIUM_SMTP_URL must look like smtp://user:password@host:587 or"
            + " smtps://user:password@host:465.");
  }

  private static Optional<Login> login(String userInfo) {
    if (userInfo == null || userInfo.isEmpty()) {
      return Optional.empty();
    }
    var parts = userInfo.split(":", 2);
    if (parts.length < 2 || parts[0].isEmpty()) {
      throw new IllegalArgumentException("a user needs a password");
    }
    return Optional.of(new Login(decoded(parts[0]), decoded(parts[1])));
  }

  /** A plus sign is itself here, unlike in a form. */
  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
  }

  private static InternetAddress sender(String from) {
    try {
      var parsed = InternetAddress.parse(from, true);
      if (parsed.length == 1 && MailAddresses.isRoutable(parsed[0].getAddress())) {
        return new InternetAddress(
            parsed[0].getAddress(), parsed[0].getPersonal(), StandardCharsets.UTF_8.name());
      }
    } catch (AddressException | java.io.UnsupportedEncodingException e) {
      // Said below, with what was given.
    }
    throw new IllegalArgumentException(
        ("CONSILIUM_MAIL_FROM must be the address in whose name mail goes out, such as"
                + " Consilium <care@example.org>, not \"%s\".")
            .formatted(from));
  }
}
