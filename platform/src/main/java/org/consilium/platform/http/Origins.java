package org.consilium.platform.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Optional;

/** Tells the product's own pages from other sites'. */
final class Origins {
  private Origins() {}

  /** Whether {@code origin} is this server's, by its public address or by the Host header. */
  static boolean isOwn(String origin, HttpServerRequest request, Optional<URI> publicUrl) {
    if (publicUrl.filter(url -> origin.equals(originOf(url))).isPresent()) {
      return true;
    }
    var host = request.authority();
    return host != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
  }

  private static String originOf(URI url) {
    return url.getScheme() + "://" + url.getAuthority();
  }
}
