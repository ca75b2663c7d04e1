package org.consilium.signaling.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.signaling.relay.CallRole.CLINICIAN;
import static org.consilium.signaling.relay.CallRole.PATIENT;
import static org.consilium.signaling.relay.CallRole.SPECIALIST;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.socket.TestCalls.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator reads of the relay while people come, speak and go. */
class SignalMetersTest {
  private final TestCalls calls = new TestCalls();
  private final CallId call = CallId.random();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @BeforeEach
  void measure() {
    calls.server.measure(registry);
  }

  @AfterEach
  void stop() {
    calls.close();
  }

  private double count(String name, String... tags) {
    return registry.get("signaling." + name).tags(tags).functionCounter().count();
  }

  private double gauge(String name, String... tags) {
    return registry.get("signaling." + name).tags(tags).gauge().value();
  }

  @Test
  void who_is_there_who_waits_and_who_is_away_is_counted() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    rosa.hear("joined");
    Client luz = calls.connect("ticket." + calls.ticket(call, "luz", PATIENT, AdmissionMode.WAITS));
    rosa.hear("waiting");
    assertThat(gauge("calls")).isEqualTo(1);
    assertThat(gauge("sockets")).isEqualTo(3);
    assertThat(gauge("seats", "state", "present")).isEqualTo(2);
    assertThat(gauge("seats", "state", "waiting")).isEqualTo(1);
    assertThat(count("joins")).isEqualTo(2);

    ada.cut();
    rosa.hear("away");
    assertThat(gauge("seats", "state", "away")).isEqualTo(1);
    ada.resume(0);
    rosa.hear("back");
    assertThat(gauge("seats", "state", "away")).isZero();
    assertThat(count("returns", "missed", "none")).isEqualTo(1);
    assertThat(count("returns", "missed", "some")).isZero();
    assertThat(count("closes", "code", "peer")).isEqualTo(1);

    rosa.say("{'type':'end','seq':1}");
    luz.closed();
    assertThat(gauge("seats", "state", "present")).isZero();
    assertThat(gauge("seats", "state", "waiting")).isZero();
  }

  @Test
  void what_was_handed_on_and_what_was_refused_is_counted() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    rosa.say("{'type':'chat','seq':1,'body':{'text':'a'}}");
    ada.hear("chat");
    assertThat(count("relayed.messages")).isEqualTo(1);
    assertThat(count("relayed")).isEqualTo("{'text':'a'}".length());

    rosa.say("{'type':'hologram','seq':2}");
    rosa.hear("error");
    assertThat(count("errors", "code", "unknown-type")).isEqualTo(1);

    rosa.say("{'type':'chat','seq':9,'body':{}}");
    rosa.closed();
    assertThat(count("closes", "code", "4009")).isEqualTo(1);

    assertThat(calls.refusal("ticket.unknown", Map.of())).isEqualTo(401);
    assertThat(count("handshakes.refused", "status", "401")).isEqualTo(1);
  }
}
