package org.consilium.signaling.call;

import java.net.URI;
import java.util.Optional;

/** The addresses that people's browsers use: the operator's word first, else the request's host. */
public final class PublicAddress {
  private PublicAddress() {}

  /** Where the WebSocket is dialled. */
  public static String signal(Optional<URI> publicUrl, String host) {
    return publicUrl
        .map(url ->
            (url.getScheme().equals("https") ? "wss://" : "ws://") + url.getAuthority() + "/signal")
        .orElse("ws://" + host + "/signal");
  }

  /** A page of the web client. */
  public static String page(Optional<URI> publicUrl, String host, String path) {
    return publicUrl
            .map(url -> url.getScheme() + "://" + url.getAuthority())
            .orElse("http://" + host)
        + path;
  }
}
