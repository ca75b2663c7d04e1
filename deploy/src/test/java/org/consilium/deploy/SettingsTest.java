package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.consilium.deploy.Settings.WrongSetting;
import org.consilium.platform.http.ClientAddresses;
import org.consilium.platform.mail.SmtpServer;
import org.consilium.platform.mail.SmtpServer.Protection;
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

  @Test
  void proxies_are_addresses_or_networks() {
    assertThat(Settings.from(Map.of("CONSILIUM_PROXIES", "10.0.0.7, 192.168.4.0/24")).proxies())
        .isNotSameAs(ClientAddresses.DIRECT);
    assertThatThrownBy(() -> Settings.from(Map.of("CONSILIUM_PROXIES", "proxy.example.org")))
        .isInstanceOf(WrongSetting.class)
        .hasMessageStartingWith("CONSILIUM_PROXIES must be addresses or networks")
        .hasMessageContaining("proxy.example.org");
  }

  private static Settings mail(String url, String from) {
    return Settings.from(
        Map.of(
            "CONSILIUM_SMTP_URL", url,
            "CONSILIUM_MAIL_FROM", from,
            "CONSILIUM_PUBLIC_URL", "https://care.example.org"));
  }

  @Test
  void mail_is_private_on_its_way_unless_the_mail_server_is_on_this_machine() {
    var far = mail("smtp://me%40example.org:a%3Ab+c@mail.example.org", "Care <c@example.org>");
    assertThat(far.smtp().orElseThrow().protection()).isEqualTo(Protection.STARTTLS);
    assertThat(far.smtp().orElseThrow().port()).isEqualTo(587);
    assertThat(far.smtp().orElseThrow().login())
        .contains(new SmtpServer.Login("me@example.org", "a:b+c"));
    assertThat(far.toString()).doesNotContain("a:b+c");
    var tls = mail("smtps://u:p@mail.example.org", "c@example.org").smtp().orElseThrow();
    assertThat(tls.protection()).isEqualTo(Protection.TLS);
    assertThat(tls.port()).isEqualTo(465);
    for (var host : List.of("localhost", "127.0.0.1", "[::1]")) {
      var near = mail("smtp://" + host + ":25", "c@example.org").smtp().orElseThrow();
      assertThat(near.protection()).isEqualTo(Protection.LOOPBACK);
    }
    assertThat(Settings.from(Map.of()).smtp()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://user@mail.example.org",
        "smtp://:geheim@mail.example.org",
        "smtp://u:geheim@mail.example.org/box",
        "smtp://u:geheim@mail example.org"
      })
  void a_wrong_mail_server_is_named_in_one_line_without_its_password(String url) {
    assertThatThrownBy(() -> mail(url, "c@example.org"))
        .isInstanceOf(WrongSetting.class)
        .hasMessageStartingWith("CONSILIUM_SMTP_URL must look like smtp://user:password@host:587")
        .hasMessageNotContainingAny("geheim", "\n");
  }

  @Test
  void mail_needs_a_sender_and_a_page_to_lead_to() {
    assertThatThrownBy(() -> mail("smtp://localhost", "clinician@demo"))
        .isInstanceOf(WrongSetting.class)
        .hasMessageStartingWith("CONSILIUM_MAIL_FROM must be the address");
    assertThatThrownBy(() -> Settings.from(Map.of("CONSILIUM_SMTP_URL", "smtp://localhost")))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContaining("CONSILIUM_MAIL_FROM");
    assertThatThrownBy(() ->
            Settings.from(
                Map.of("CONSILIUM_SMTP_URL", "smtp://localhost", "CONSILIUM_MAIL_FROM", "c@d.org")))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContaining("CONSILIUM_PUBLIC_URL");
  }
}
