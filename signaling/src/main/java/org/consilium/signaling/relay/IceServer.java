package org.consilium.signaling.relay;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One entry of {@code RTCConfiguration.iceServers}.
 *
 * @param urls what the browser dials, for example {@code turns:turn.example.org:443}
 * @param username null for STUN
 * @param credential null for STUN; works for a limited time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IceServer(List<String> urls, String username, String credential) {
  public IceServer {
    urls = List.copyOf(urls);
  }

  /** Without the credential. */
  @Override
  public String toString() {
    return "IceServer" + urls;
  }
}
