package org.consilium.platform.http;

import java.net.URI;
import java.util.Optional;

/** Where people reach this server, for links that leave it. */
public final class PublicAddress {
  private PublicAddress() {}

  /**
   * The address without a path.
   *
   * @param publicUrl as set, when a proxy stands before the server; else the request's own host
   */
  public static URI of(Call call, Optional<URI> publicUrl) {
    return publicUrl.orElseGet(
        () -> URI.create("http://" + call.header("Host").orElse("localhost")));
  }
}
