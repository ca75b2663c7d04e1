package org.consilium.signaling.turn;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.IceServer;
import org.consilium.signaling.relay.IceServers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Credentials for the relay, per person and consult, that expire by themselves: the "TURN REST"
 * scheme of coturn's {@code use-auth-secret} (draft-uberti-behave-turn-rest-00), HMAC-SHA1 over
 * {@code expiry:pseudonym}. The name goes over the network in clear, so it holds no id of ours; it
 * stays the same for a person in a consult, and the relay counts allocations by it.
 *
 * <p>Within half a life a person gets the same credential again, so coming back over and over mints
 * nothing new. Safe on any thread; never blocks.
 */
public final class TurnCredentials implements IceServers {
  private static final String STUN = "stun:";
  private static final int PSEUDONYM_CHARS = 16;
  private static final Logger LOG = LoggerFactory.getLogger(TurnCredentials.class);

  private final TurnConfig config;
  private final InstantSource clock;
  private final MintQuota quota = new MintQuota();
  private final List<String> stun;
  private final List<String> turn;

  public TurnCredentials(TurnConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.stun = config.urls().stream().filter(url -> url.startsWith(STUN)).toList();
    this.turn =
        config.urls().stream()
            .filter(Predicate.not(stun::contains))
            .sorted(Comparator.comparingInt(TurnCredentials::detour))
            .toList();
  }

  /** UDP first; TCP delays what is lost, and TLS costs most and passes every firewall. */
  private static int detour(String url) {
    if (url.startsWith("turns:")) {
      return 2;
    }
    return url.contains("transport=tcp") ? 1 : 0;
  }

  @Override
  public List<IceServer> forPerson(Admission admission) {
    var servers = new ArrayList<IceServer>();
    if (!stun.isEmpty()) {
      servers.add(new IceServer(stun, null, null));
    }
    if (turn.isEmpty()) {
      return servers;
    }
    var now = clock.instant();
    var pseudonym = pseudonym(admission);
    var username = expiry(pseudonym, now).getEpochSecond() + ":" + pseudonym;
    if (quota.allows(admission.person(), username, now)) {
      servers.add(new IceServer(turn, username, Base64.getEncoder().encodeToString(mac(username))));
    } else {
      LOG.warn("{} has had its credentials for the relay; no more for a while", admission.person());
    }
    return servers;
  }

  /** When half of the credential's life is left, or a little later: the next one is ready then. */
  @Override
  public Instant renewAt(Admission admission) {
    return turn.isEmpty()
        ? Instant.MAX
        : expiry(pseudonym(admission), clock.instant()).minus(half());
  }

  /** Half a life to a life from now; the steps of each person lie elsewhere. */
  private Instant expiry(String pseudonym, Instant now) {
    long half = half().toSeconds();
    long shift = Math.floorMod(pseudonym.hashCode(), half);
    long steps = Math.floorDiv(now.getEpochSecond() - shift, half);
    return Instant.ofEpochSecond((steps + 2) * half + shift);
  }

  private Duration half() {
    return config.credentialTtl().dividedBy(2);
  }

  private String pseudonym(Admission admission) {
    var name = mac(admission.person() + ":" + admission.consult());
    return Base64.getUrlEncoder().encodeToString(name).substring(0, PSEUDONYM_CHARS);
  }

  private byte[] mac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(
          new SecretKeySpec(config.sharedSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
  }
}
