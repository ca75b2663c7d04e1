package org.consilium.signaling.relay.socket;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.consilium.signaling.relay.SignalLimits;

/**
 * How many connections there are, from one address and of one person, counted from the request to
 * the end of the WebSocket. Safe on any thread.
 */
final class Connections {
  /** One home or site has a whole network of 64 bits of IPv6. */
  private static final int IPV6_NETWORK_BYTES = 8;

  private final SignalLimits limits;
  private final Runnable whenNone;
  private final AtomicInteger all = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Integer> byHolder = new ConcurrentHashMap<>();

  /**
   * @param whenNone runs each time the last one has ended
   */
  Connections(SignalLimits limits, Runnable whenNone) {
    this.limits = limits;
    this.whenNone = whenNone;
  }

  int count() {
    return all.get();
  }

  /** One more; it must be ended, also when it does not {@link Visit#fits}. */
  Visit from(String address) {
    String network = network(address);
    all.incrementAndGet();
    return new Visit(network, byAddress.merge(network, 1, Integer::sum));
  }

  private static String network(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes == null || bytes.length <= IPV6_NETWORK_BYTES
        ? address
        : HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
  }

  private static void less(ConcurrentHashMap<String, Integer> counts, String key) {
    counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
  }

  /** One connection, or the request for one. */
  final class Visit {
    private final String network;
    private final int nth;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile String holder;

    private Visit(String network, int nth) {
      this.network = network;
      this.nth = nth;
    }

    /** Whether the server has room for it. */
    boolean fits() {
      return all.get() <= limits.socketsMax();
    }

    /** Whether its address may have one more. */
    boolean fitsAddress() {
      return nth <= limits.socketsPerAddressMax();
    }

    /**
     * Whether its holder may have one more.
     *
     * @param who a person, or the secret that stands for a seat
     */
    boolean fitsHolder(String who) {
      holder = who;
      return byHolder.merge(who, 1, Integer::sum) <= limits.socketsPerPersonMax();
    }

    void end() {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      less(byAddress, network);
      if (holder != null) {
        less(byHolder, holder);
      }
      if (all.decrementAndGet() == 0) {
        whenNone.run();
      }
    }
  }
}
