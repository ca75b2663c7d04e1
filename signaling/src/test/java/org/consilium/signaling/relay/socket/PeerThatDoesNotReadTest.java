package org.consilium.signaling.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.signaling.relay.CallRole.CLINICIAN;
import static org.consilium.signaling.relay.CallRole.INTERPRETER;
import static org.consilium.signaling.relay.CallRole.SPECIALIST;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.socket.TestCalls.Client;
import org.junit.jupiter.api.Test;

class PeerThatDoesNotReadTest {
  /** More than the kernel and the server will hold for one who does not read. */
  private static final int MESSAGES = 2000;

  private static final int BODY_BYTES = 8000;

  private static final Duration GRACE = Duration.ofMillis(200);

  private static final SignalLimits LIMITS =
      new SignalLimits(8, 8, 100, 50, 2 * MESSAGES, 1 << 20, 1 << 28, Duration.ofMinutes(3), GRACE);

  @Test
  void it_is_cut_and_the_others_go_on() throws IOException {
    CallId call = CallId.random();
    try (var calls = new TestCalls(LIMITS, Origins.SAME_HOST);
        var deaf = new Socket()) {
      Client rosa = calls.enter(call, "rosa", CLINICIAN);
      Client mei = calls.enter(call, "mei", INTERPRETER);
      deaf.setReceiveBufferSize(4096);
      deaf.connect(new InetSocketAddress("localhost", calls.port));
      String ticket = calls.ticket(call, "ada", SPECIALIST, AdmissionMode.DIRECT);
      deaf.getOutputStream().write(handshake(ticket).getBytes(StandardCharsets.US_ASCII));
      rosa.hear("joined");
      rosa.hear("joined");

      String body = "x".repeat(BODY_BYTES);
      mei.hear("joined");
      boolean away = false;
      for (int n = 1; n <= MESSAGES && !away; n++) {
        rosa.say("{'type':'chat','seq':" + n + ",'body':{'n':" + n + ",'t':'" + body + "'}}");
        var message = mei.hear();
        away = message.get("type").asText().equals("away");
        assertThat(away || message.at("/body/n").asInt() == n).isTrue();
      }

      var last = away ? rosa.hear("away") : mei.hear("away");
      assertThat(last.get("seat").asInt()).isEqualTo(3);
    }
  }

  private static String handshake(String ticket) {
    return "GET /signal HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "Sec-WebSocket-Protocol: consilium.v1, ticket."
        + ticket
        + "\r\n\r\n";
  }
}
