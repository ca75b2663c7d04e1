package org.consilium.platform.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Tells the product's own pages from other sites'. */
final class Origins {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private Origins() {}

  /** Whether {@code origin} is this server's, by its public address or by the Host header. */
  static boolean isOwn(String origin, HttpServerRequest request, Optional<URI> publicUrl) {
    if (publicUrl.filter(url -> origin.equals(originOf(url))).isPresent()) {
      return true;
    }
    var host = request.authority();
    return host != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
  }

  /**
   * What this server knows to be its own address, whatever a request says: the public one; without
   * one, that of this machine. Empty when the request names another host, which anybody may write.
   */
  static Optional<String> own(HttpServerRequest request, Optional<URI> publicUrl) {
    return publicUrl
        .map(Origins::originOf)
        .or(() ->
            Optional.ofNullable(request.authority())
                .filter(named -> THIS_MACHINE.contains(named.host()))
                .map(named -> request.scheme() + "://" + named));
  }

  private static String originOf(URI url) {
    return url.getScheme() + "://" + url.getAuthority();
  }
}
