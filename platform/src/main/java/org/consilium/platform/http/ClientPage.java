package org.consilium.platform.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.consilium.platform.identity.Sessions;

/**
 * The one page of the web client, the same at every address. Who shows no session gets it with the
 * door drawn in, in the language that their browser asks for: over a thin link one can type in it
 * seconds before the program has come. {@code web-client/scripts/doors.mjs} makes these pages.
 */
final class ClientPage {
  private static final String PLAIN = "/index.html";
  private static final String DOORS = "/.doors/";
  private static final String ENGLISH = "en";
  private static final Pattern INLINE =
      Pattern.compile("<(style|script)>(.*?)</\\1>", Pattern.DOTALL);

  private final WebFiles files;
  private final Set<String> languages;
  private final Set<String> withoutDoor;
  private final String policy;

  /** Reads which doors there are; a client that was not built has none. */
  ClientPage(WebFiles files) {
    this.files = files;
    var doors = files.text(DOORS + "doors.json").map(JsonObject::new).orElseGet(JsonObject::new);
    languages = strings(doors.getJsonArray("languages"));
    withoutDoor = strings(doors.getJsonArray("withoutDoor"));
    var page = files.text(PLAIN).orElse("");
    policy =
        "default-src 'none'; script-src 'self'"
            + hashes(page, "script")
            + "; style-src 'self'"
            + hashes(page, "style")
            + "; img-src 'self' blob: data:; media-src 'self' blob:; manifest-src 'self';"
            + " worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
            + " object-src 'none'; connect-src 'self'";
  }

  /**
   * What the page may load and run: the client's own files, and of what stands in the page itself
   * only what the build has put there, known by its hash (CSP Level 3 §8.4).
   *
   * @param host where the browser has reached the server, or null; older browsers do not take the
   *     client's sockets for its own origin's
   */
  String policy(HostAndPort host) {
    return host == null ? policy : policy + " ws://" + host + " wss://" + host;
  }

  /** Answers with the page, or passes on when the client was not built. */
  void send(RoutingContext context) {
    context.response().putHeader("Vary", "Accept-Language, Cookie");
    files.send(context, isAtDoor(context) ? door(context) : PLAIN);
  }

  private boolean isAtDoor(RoutingContext context) {
    return !languages.isEmpty()
        && !withoutDoor.contains(context.normalizedPath())
        && context.request().getCookie(Sessions.COOKIE) == null;
  }

  /** In the first language that there is a door for, as the client itself would choose. */
  private String door(RoutingContext context) {
    var language =
        asked(context.request().getHeader("Accept-Language")).stream()
            .map(range -> range.getRange().split("-", 2)[0])
            .filter(languages::contains)
            .findFirst()
            .orElse(ENGLISH);
    return DOORS + language + ".html";
  }

  private static List<Locale.LanguageRange> asked(String header) {
    try {
      return header == null ? List.of() : Locale.LanguageRange.parse(header);
    } catch (IllegalArgumentException damaged) {
      return List.of();
    }
  }

  private static Set<String> strings(JsonArray array) {
    return array == null
        ? Set.of()
        : array.stream().map(String::valueOf).collect(Collectors.toCollection(HashSet::new));
  }

  private static String hashes(String page, String element) {
    return INLINE
        .matcher(page)
        .results()
        .filter(inline -> inline.group(1).equals(element))
        .map(inline -> " 'sha256-" + sha256(inline.group(2)) + "'")
        .collect(Collectors.joining());
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
