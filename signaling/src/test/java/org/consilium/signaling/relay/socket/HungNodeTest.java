package org.consilium.signaling.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.signaling.relay.CallRole.CLINICIAN;
import static org.consilium.signaling.relay.CallRole.SPECIALIST;

import java.util.Optional;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.socket.TestCalls.Client;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The node that serves a call stands still: it listens, and answers nobody. */
class HungNodeTest {
  @ParameterizedTest
  @EnumSource(names = {"THREE_NODES", "THREE_NODES_OVER_NATS"})
  void its_call_is_taken_over_with_the_seats(Installation installation) {
    CallId call = CallId.random();
    try (var calls = new TestCalls(installation)) {
      Client rosa = calls.enter(call, "rosa", CLINICIAN);
      Client ada = calls.enter(call, "ada", SPECIALIST);
      rosa.hear("joined");
      int hung = calls.ownerOf(call);
      var goesOn = calls.hang(hung);

      // Ada's own node asks it each second and waits for an answer as long as it may take.
      assertThat(ada.closed().code()).isEqualTo(4010);
      Client back = resumes(calls, ada);

      assertThat(calls.ownerOf(call)).isNotEqualTo(hung);
      assertThat(back.welcome.get("restored").asBoolean()).isTrue();
      assertThat(back.welcome.get("self")).isEqualTo(ada.welcome.get("self"));

      goesOn.countDown();
      assertThat(rosa.closed().code()).as("it learns that it has lost the call").isEqualTo(4010);
      Client rosaBack = resumes(calls, rosa);
      assertThat(rosaBack.welcome.get("self")).isEqualTo(rosa.welcome.get("self"));
      rosaBack.say("{'type':'chat','seq':1,'body':{'n':1}}");
      assertThat(back.hear("chat").at("/body/n").asInt()).isEqualTo(1);
    }
  }

  private static Client resumes(TestCalls calls, Client before) {
    Optional<Client> next = Optional.empty();
    while (next.isEmpty()) {
      next = calls.tryToResume(before, 1);
    }
    return next.get();
  }
}
