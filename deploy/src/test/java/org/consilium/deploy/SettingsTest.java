package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.consilium.deploy.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nats",
        "nats:4222",
        "nats://",
        "http://bus:4222",
        "//bus:4222",
        "nats://bus:4222/calls",
        "nats://bus:4222?tls",
        "nats://user:geheim@bus one:4222",
        "nats://user:geheim@:4222"
      })
  void a_wrong_message_bus_is_named_in_one_line_without_its_password(String url) {
    assertThatThrownBy(() -> Settings.from(Map.of("CONSILIUM_NATS_URL", url)))
        .isInstanceOf(WrongSetting.class)
        .hasMessageStartingWith("CONSILIUM_NATS_URL must look like nats://host:4222")
        .hasMessageNotContainingAny("geheim", "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nats://bus:4222", "tls://bus", "nats://user:geheim@10.0.0.7:4222"})
  void a_message_bus_is_taken_as_it_is_given(String url) {
    assertThat(Settings.from(Map.of("CONSILIUM_NATS_URL", url)).nats()).contains(URI.create(url));
  }

  @Test
  void without_a_message_bus_the_server_is_alone() {
    assertThat(Settings.from(Map.of("CONSILIUM_NATS_URL", " ")).nats()).isEmpty();
  }
}
