package org.consilium.signaling.turn;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.IceServer;
import org.consilium.signaling.relay.IceServers;

/**
 * Credentials for the relay, per person and call, that expire by themselves: the "TURN REST" scheme
 * of coturn's {@code use-auth-secret} (draft-uberti-behave-turn-rest-00), HMAC-SHA1 over {@code
 * expiry:person:call}.
 */
public final class TurnCredentials implements IceServers {
  private final TurnConfig config;
  private final InstantSource clock;

  public TurnCredentials(TurnConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public List<IceServer> forPerson(Admission admission) {
    return forPerson(admission.person(), admission.call().toString());
  }

  public List<IceServer> forPerson(String person, String call) {
    if (config.urls().isEmpty()) {
      return List.of();
    }
    long expiry = clock.instant().plus(config.credentialTtl()).getEpochSecond();
    var username = expiry + ":" + person + ":" + call;
    return List.of(new IceServer(config.urls(), username, sign(username)));
  }

  private String sign(String username) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(
          new SecretKeySpec(config.sharedSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
  }
}
