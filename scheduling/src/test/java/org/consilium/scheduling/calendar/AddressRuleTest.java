package org.consilium.scheduling.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.254",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "100::1",
        "5f00::1"
      })
  void a_special_range_is_not_the_public_internet(String address) throws UnknownHostException {
    assertThat(AddressRule.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1",
        "198.17.0.1", "198.20.0.1", "203.0.112.1", "223.255.255.1", "2606:4700::1111",
            "2a00:1450::1"
      })
  void everything_else_is(String address) throws UnknownHostException {
    assertThat(AddressRule.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/c.ics", "ftp://example.org/c", "file:///etc/passwd", "https:///c.ics",
        "https://user:word@example.org/c.ics", "javascript:alert(1)", "not an address", "https://",
        "gopher://example.org:70/", "https://example.org:0/"
      })
  void a_link_that_is_not_called(String link) {
    assertThat(AddressRule.PUBLIC.link(link)).isEmpty();
  }

  @Test
  void a_link_of_a_calendar_program_is_called_encrypted() {
    assertThat(AddressRule.PUBLIC.link(" webcal://example.org/c.ics?key=1 "))
        .contains(URI.create("https://example.org/c.ics?key=1"));
  }
}
