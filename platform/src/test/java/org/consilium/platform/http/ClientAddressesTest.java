package org.consilium.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {
  private static final ClientAddresses BEHIND =
      ClientAddresses.behind(List.of("10.0.0.0/8", "2001:db8::1"));

  @Test
  void nobody_is_believed_but_a_proxy() {
    assertThat(ClientAddresses.DIRECT.of("10.1.2.3", List.of("198.51.100.7")))
        .isEqualTo("10.1.2.3");
    assertThat(BEHIND.of("203.0.113.5", List.of("198.51.100.7"))).isEqualTo("203.0.113.5");
    assertThat(BEHIND.of("10.1.2.3", List.of("198.51.100.7"))).isEqualTo("198.51.100.7");
    assertThat(BEHIND.of("2001:db8::1", List.of("198.51.100.7"))).isEqualTo("198.51.100.7");
  }

  @Test
  void what_the_sender_wrote_before_the_first_proxy_is_not_believed() {
    assertThat(BEHIND.of("10.1.2.3", List.of("1.1.1.1, 198.51.100.7, 10.9.9.9")))
        .isEqualTo("198.51.100.7");
    assertThat(BEHIND.of("10.1.2.3", List.of("1.1.1.1", "198.51.100.7"))).isEqualTo("198.51.100.7");
    assertThat(BEHIND.of("10.1.2.3", List.of("198.51.100.7, <script>"))).isEqualTo("10.1.2.3");
    assertThat(BEHIND.of("10.1.2.3", List.of())).isEqualTo("10.1.2.3");
  }

  @Test
  void behind_a_proxy_that_nobody_has_named_it_is_not_known_who_comes() {
    var some = ClientAddresses.behindSome();
    assertThat(some.of("127.0.0.1", List.of("198.51.100.7"))).isEqualTo("198.51.100.7");
    assertThat(some.of("10.0.0.5", List.of("198.51.100.7"))).isEmpty();
    assertThat(some.of("10.0.0.5", List.of())).isEqualTo("10.0.0.5");
  }

  @Test
  void a_network_is_an_address_or_half_of_one() {
    assertThat(ClientAddresses.network("198.51.100.7")).isEqualTo("198.51.100.7");
    assertThat(ClientAddresses.network("2001:db8:0:1::1"))
        .isEqualTo(ClientAddresses.network("2001:db8:0:1:ffff::9"))
        .isNotEqualTo(ClientAddresses.network("2001:db8:0:2::1"));
    assertThat(ClientAddresses.network("::ffff:198.51.100.7")).isEqualTo("198.51.100.7");
    assertThat(ClientAddresses.network("")).isEmpty();
  }

  @Test
  void what_is_no_network_is_refused() {
    for (var wrong : List.of("care.example.org", "10.0.0.0/99", "10.0.0.0/x", "")) {
      assertThatIllegalArgumentException().isThrownBy(() -> ClientAddresses.behind(List.of(wrong)));
    }
  }
}
