package org.consilium.signaling.relay.socket;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages may open the WebSocket (RFC 6455 §10.2).
 *
 * <p>A browser always says where its page comes from. A program may leave it out: it has no cookie
 * to be abused, and still needs a ticket.
 *
 * @param allowed like {@code https://consilium.example.org}; empty means the server's own host only
 */
public record Origins(Set<String> allowed) {
  /** Pages that this server itself has served. */
  public static final Origins SAME_HOST = new Origins(Set.of());

  public Origins {
    allowed =
        allowed.stream()
            .map(origin -> origin.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * @param origin the header, or null
   * @param host the {@code Host} header, with its port if it has one; or null
   */
  boolean allow(String origin, String host) {
    if (origin == null) {
      return true;
    }
    if (allowed.contains(origin.toLowerCase(Locale.ROOT))) {
      return true;
    }
    if (!allowed.isEmpty() || host == null) {
      return false;
    }
    try {
      return host.equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException notAnOrigin) {
      return false;
    }
  }
}
