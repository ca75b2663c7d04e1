package org.consilium.platform.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where requests come from. Behind proxies that are trusted it is the last address in {@code
 * X-Forwarded-For} that is none of theirs; what anybody else writes there is not believed.
 */
public final class ClientAddresses {
  /** Nobody is trusted: each address is that of the connection. */
  public static final ClientAddresses DIRECT = new ClientAddresses(List.of(), false);

  private static final Logger LOG = LoggerFactory.getLogger(ClientAddresses.class);

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final int IPV6_NETWORK_BYTES = 8;

  private final List<IpSubnetFilterRule> proxies;

  /** The operator has not said where the proxy is. */
  private final boolean guessed;

  private final AtomicBoolean warned = new AtomicBoolean();

  private ClientAddresses(List<IpSubnetFilterRule> proxies, boolean guessed) {
    this.proxies = proxies;
    this.guessed = guessed;
  }

  /**
   * @param networks addresses or networks (CIDR) of the proxies that stand before the server
   * @throws IllegalArgumentException when one of them is neither
   */
  public static ClientAddresses behind(List<String> networks) {
    return new ClientAddresses(networks.stream().map(ClientAddresses::rule).toList(), false);
  }

  /** Behind a proxy of which it is only known that it is there: most likely on this machine. */
  public static ClientAddresses behindSome() {
    return new ClientAddresses(
        Stream.of("127.0.0.0/8", "::1").map(ClientAddresses::rule).toList(), true);
  }

  private static IpSubnetFilterRule rule(String network) {
    var parts = network.strip().split("/", 2);
    var address = InetAddress.ofLiteral(parts[0]);
    int bits = 8 * address.getAddress().length;
    int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
    return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
  }

  /** The address of whoever sent a request; empty when it cannot be known. */
  public String of(HttpServerRequest request) {
    var peer = request.remoteAddress();
    return peer == null
        ? ""
        : of(String.valueOf(peer.hostAddress()), request.headers().getAll(FORWARDED_FOR));
  }

  String of(String peer, List<String> forwardedFor) {
    if (guessed && !forwardedFor.isEmpty() && !isProxy(peer)) {
      // All people come from there, and must not be taken for one.
      if (warned.compareAndSet(false, true)) {
        LOG.warn("A proxy at {} stands before this server: name it in CONSILIUM_PROXIES.", peer);
      }
      return "";
    }
    var hops =
        forwardedFor.stream()
            .flatMap(header -> Arrays.stream(header.split(",")))
            .map(String::strip)
            .toList();
    var client = peer;
    for (int hop = hops.size() - 1; hop >= 0 && isProxy(client); hop--) {
      if (!isAddress(hops.get(hop))) {
        return client;
      }
      client = hops.get(hop);
    }
    return client;
  }

  private boolean isProxy(String address) {
    return isAddress(address)
        && proxies.stream()
            .anyMatch(
                rule -> rule.matches(new InetSocketAddress(InetAddress.ofLiteral(address), 0)));
  }

  private static boolean isAddress(String text) {
    try {
      return InetAddress.ofLiteral(text) != null;
    } catch (IllegalArgumentException neither) {
      return false;
    }
  }

  /** What one household or clinic has: an IPv4 address, or the first 64 bits of an IPv6 one. */
  public static String network(String address) {
    if (!isAddress(address)) {
      return address;
    }
    var literal = InetAddress.ofLiteral(address);
    return literal instanceof Inet6Address
        ? HexFormat.of().formatHex(literal.getAddress(), 0, IPV6_NETWORK_BYTES) + "/64"
        : literal.getHostAddress();
  }
}
