package org.consilium.deploy.turncheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedConfigurationTest {
  private static final List<String> LINES = ShippedConfiguration.lines();

  private record Range(IpAddress from, IpAddress to) {
    boolean holds(IpAddress address) {
      return address.isV4() == from.isV4()
          && number(from).compareTo(number(address)) <= 0
          && number(address).compareTo(number(to)) <= 0;
    }

    private static BigInteger number(IpAddress address) {
      return new BigInteger(1, address.bytes());
    }
  }

  private static List<Range> denied() {
    return values("denied-peer-ip").stream()
        .map(value -> value.split("-"))
        .map(ends -> new Range(IpAddress.parse(ends[0]), IpAddress.parse(ends[1])))
        .toList();
  }

  private static List<String> values(String name) {
    return LINES.stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "use-auth-secret",
        "fingerprint",
        "no-cli",
        "no-tcp-relay",
        "no-multicast-peers",
        "no-software-attribute",
        "no-rfc5780",
        "no-stun-backward-compatibility",
        "response-origin-only-with-rfc5780",
        "no-tlsv1",
        "no-tlsv1_1",
        "stale-nonce=600",
        "max-allocate-lifetime=3600",
        "user-quota=48",
        "total-quota=1200"
      })
  void each_setting_that_closes_something_is_there_once(String line) {
    assertThat(LINES).containsOnlyOnce(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allow-loopback-peers",
        "oauth",
        "web-admin",
        "cli-password",
        "no-auth",
        "lt-cred-mech",
        "static-auth-secret",
        "allowed-peer-ip",
        "bps-capacity",
        "mobility"
      })
  void nothing_that_opens_something_is_there(String name) {
    assertThat(LINES).noneMatch(line -> line.equals(name) || line.startsWith(name + "="));
  }

  @Test
  void it_relays_over_ipv4_only_and_does_not_start_before_its_address_is_set() {
    assertThat(values("listening-ip")).containsExactly(ShippedConfiguration.NOWHERE);
    assertThat(values("relay-ip")).containsExactly(ShippedConfiguration.NOWHERE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0-0.255.255.255",
        "10.0.0.0-10.255.255.255",
        "100.64.0.0-100.127.255.255",
        "127.0.0.0-127.255.255.255",
        "169.254.0.0-169.254.255.255",
        "172.16.0.0-172.31.255.255",
        "192.0.0.0-192.0.0.255",
        "192.168.0.0-192.168.255.255",
        "198.18.0.0-198.19.255.255",
        "224.0.0.0-255.255.255.255",
        "::ffff:0.0.0.0-::ffff:255.255.255.255",
        "64:ff9b::-64:ff9b:ffff:ffff:ffff:ffff:ffff:ffff",
        "100::-100::ffff:ffff:ffff:ffff",
        "2001::-2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2002::-2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fe80::-feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "ff00::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
      })
  void each_network_that_is_not_public_is_denied(String range) {
    assertThat(values("denied-peer-ip")).containsOnlyOnce(range);
  }

  @Test
  void no_range_begins_at_the_address_that_coturn_takes_for_any() {
    assertThat(denied()).noneMatch(range -> range.from().equals(IpAddress.parse("::")));
    assertThat(denied()).allMatch(range -> range.from().isV4() == range.to().isV4());
  }

  static List<Peers.Peer> forbidden() {
    // Two stand in no range: coturn itself denies the loopback, and ::/96 cannot be written.
    return Peers.FORBIDDEN.stream()
        .filter(peer -> !peer.address().matches("::1|::127\\.0\\.0\\.1"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void what_the_check_tries_is_denied(Peers.Peer peer) {
    assertThat(denied()).anyMatch(range -> range.holds(peer.ip()));
  }

  static List<Peers.Peer> open() {
    return Peers.PUBLIC;
  }

  @ParameterizedTest
  @MethodSource("open")
  void a_public_address_is_not_denied(Peers.Peer peer) {
    assertThat(denied()).noneMatch(range -> range.holds(peer.ip()));
  }
}
