package org.consilium.scheduling.calendar;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses the server calls on somebody's word (server-side request forgery): a link must
 * not make it knock at doors inside its own network.
 *
 * @param schemes of links, in lower case
 * @param reachable which hosts behind them
 */
record AddressRule(Set<String> schemes, Reachable reachable) {
  /** Whether a host may be called. */
  @FunctionalInterface
  interface Reachable {
    boolean test(InetAddress address);
  }

  /** Encrypted, and on the public internet. */
  static final AddressRule PUBLIC = new AddressRule(Set.of("https"), AddressRule::isPublic);

  private static final int SHARED_FIRST = 100;
  private static final int SHARED_SECOND_FROM = 64;
  private static final int SHARED_SECOND_TO = 127;
  private static final int RESERVED_FROM = 240;

  /** A link in the form in which it is called; empty when it may not be. */
  Optional<URI> link(String text) {
    try {
      var uri = URI.create(text.strip().replaceFirst("(?i)^webcals?:", "https:")).normalize();
      boolean good =
          uri.getScheme() != null
              && schemes.contains(uri.getScheme().toLowerCase(java.util.Locale.ROOT))
              && uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getPort() != 0;
      return good ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** RFC 6890's special ranges are not the public internet, in IPv4 and wrapped in IPv6. */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    var bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublicV4(bytes) : isPublicV6(bytes);
  }

  private static boolean isPublicV4(byte[] bytes) {
    int first = Byte.toUnsignedInt(bytes[0]);
    int second = Byte.toUnsignedInt(bytes[1]);
    int third = Byte.toUnsignedInt(bytes[2]);
    boolean thisNetwork = first == 0;
    boolean shared =
        first == SHARED_FIRST && second >= SHARED_SECOND_FROM && second <= SHARED_SECOND_TO;
    boolean special =
        (first == 192 && second == 0 && (third == 0 || third == 2))
            || (first == 192 && second == 88 && third == 99)
            || (first == 198 && (second == 18 || second == 19))
            || (first == 198 && second == 51 && third == 100)
            || (first == 203 && second == 0 && third == 113);
    return !(thisNetwork || shared || special || first >= RESERVED_FROM);
  }

  /** Global unicast is 2000::/3; within it, tunnels and examples lead elsewhere. */
  private static boolean isPublicV6(byte[] bytes) {
    boolean global = (bytes[0] & 0xE0) == 0x20;
    int first = Byte.toUnsignedInt(bytes[0]) << 8 | Byte.toUnsignedInt(bytes[1]);
    int second = Byte.toUnsignedInt(bytes[2]) << 8 | Byte.toUnsignedInt(bytes[3]);
    boolean sixToFour = first == 0x2002;
    boolean protocolAssignments = first == 0x2001 && second < 0x0200;
    boolean example = first == 0x2001 && second == 0x0DB8;
    return global && !sixToFour && !protocolAssignments && !example;
  }
}
