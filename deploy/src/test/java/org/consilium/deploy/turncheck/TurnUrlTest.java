package org.consilium.deploy.turncheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.consilium.deploy.turncheck.TurnUrl.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnUrlTest {
  @Test
  void ports_and_transports_are_those_of_rfc_7065() {
    assertThat(TurnUrl.parse("turn:a.example"))
        .isEqualTo(new TurnUrl("a.example", 3478, Transport.UDP));
    assertThat(TurnUrl.parse("turn:a.example:80?transport=tcp"))
        .isEqualTo(new TurnUrl("a.example", 80, Transport.TCP));
    assertThat(TurnUrl.parse("turns:a.example"))
        .isEqualTo(new TurnUrl("a.example", 5349, Transport.TLS));
    assertThat(TurnUrl.parse("turn:[2001:db8::1]:3478").host()).isEqualTo("[2001:db8::1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stun:a.example", "turn:", "turn:a:b", "turns:a.example?transport=udp"})
  void what_cannot_be_dialled_is_refused(String text) {
    assertThatThrownBy(() -> TurnUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0", "10.0.0.256", ":::", "1:2:3", "1::2::3"})
  void what_is_no_address_is_refused(String text) {
    assertThatThrownBy(() -> IpAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_ipv4_mapped_address_stays_one_of_ipv6() {
    assertThat(IpAddress.parse("::ffff:10.0.0.1").bytes())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, 1);
    assertThat(IpAddress.parse("64:ff9b::a00:1").bytes())
        .containsExactly(0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1);
  }
}
