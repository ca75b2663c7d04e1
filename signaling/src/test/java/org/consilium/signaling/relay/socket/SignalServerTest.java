package org.consilium.signaling.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.signaling.relay.CallRole.CLINICIAN;
import static org.consilium.signaling.relay.CallRole.INTERPRETER;
import static org.consilium.signaling.relay.CallRole.PATIENT;
import static org.consilium.signaling.relay.CallRole.SPECIALIST;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.socket.TestCalls.Client;
import org.consilium.signaling.relay.socket.TestCalls.Close;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The relay on a real HTTP server, spoken to by real WebSockets. */
@ParameterizedClass
@EnumSource(Installation.class)
class SignalServerTest {
  private final TestCalls calls;
  private final CallId call = CallId.random();

  SignalServerTest(Installation installation) {
    calls = new TestCalls(installation);
  }

  @AfterEach
  void stop() {
    calls.close();
  }

  @Test
  void two_people_are_welcomed_and_heard_by_each_other() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);

    assertThat(rosa.socket.getSubprotocol()).isEqualTo("consilium.v1");
    assertThat(ada.welcome.at("/participants/0/name").asText()).isEqualTo("rosa");
    assertThat(rosa.hear().at("/participant/seat").asInt()).isEqualTo(2);

    String sdp = "v=0 " + "a=candidate ".repeat(2000);
    rosa.say("{'type':'description','seq':1,'to':2,'epoch':1,'body':{'sdp':'" + sdp + "'}}");
    ada.say("{'type':'chat','seq':1,'body':{'text':'¿Me oye?'}}");

    JsonNode offer = ada.hear();
    assertThat(offer.get("from").asInt()).isEqualTo(1);
    assertThat(offer.at("/body/sdp").asText()).isEqualTo(sdp);
    assertThat(rosa.hear().at("/body/text").asText()).isEqualTo("¿Me oye?");
  }

  @Test
  void a_cut_connection_resumes_and_hears_what_it_missed() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    rosa.hear("joined");
    ada.cut();
    rosa.hear("away");
    rosa.say("{'type':'chat','seq':1,'body':{'text':'a'}}");
    rosa.say("{'type':'chat','seq':2,'body':{'text':'b'}}");
    rosa.say("{'type':'ping'}");
    rosa.hear("pong");

    Client again = ada.resume(0);

    assertThat(again.welcome.get("resumed").asBoolean()).isTrue();
    assertThat(again.hear().at("/body/text").asText()).isEqualTo("a");
    assertThat(again.hear().at("/body/text").asText()).isEqualTo("b");
    assertThat(rosa.hear().get("type").asText()).isEqualTo("back");
  }

  @Test
  void the_newest_connection_of_a_person_replaces_the_older() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client page = calls.enter(call, "rosa", CLINICIAN);

    assertThat(rosa.closed()).isEqualTo(new Close(4001, "replaced"));
    assertThat(page.welcome.at("/self/epoch").asInt()).isEqualTo(2);
    assertThat(rosa.socket.isInputClosed()).isTrue();
    assertThat(calls.refusal("resume." + rosa.welcome.get("resumeToken").asText() + ".0", Map.of()))
        .isEqualTo(401);
  }

  @Test
  void a_patient_waits_until_a_host_says_yes() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client luz = calls.connect("ticket." + calls.ticket(call, "luz", PATIENT, AdmissionMode.WAITS));
    assertThat(luz.welcome.at("/self/state").asText()).isEqualTo("waiting");
    int seat = rosa.hear("waiting").at("/participant/seat").asInt();

    rosa.say("{'type':'admit','seq':1,'seat':" + seat + "}");

    assertThat(luz.hear("admitted").at("/participants/0/name").asText()).isEqualTo("rosa");
    assertThat(rosa.hear("joined").at("/participant/role").asText()).isEqualTo("patient");
  }

  @Test
  void a_third_person_speaks_with_both() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    Client mei = calls.enter(call, "mei", INTERPRETER);
    assertThat(mei.welcome.get("participants")).hasSize(2);

    mei.say("{'type':'candidate','seq':1,'to':1,'epoch':1,'body':{'a':1}}");
    mei.say("{'type':'candidate','seq':2,'to':2,'epoch':1,'body':{'a':2}}");

    assertThat(rosa.hear("candidate").get("from").asInt()).isEqualTo(3);
    assertThat(ada.hear("candidate").at("/body/a").asInt()).isEqualTo(2);
  }

  @Test
  void another_call_hears_nothing() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client other = calls.enter(CallId.random(), "ada", SPECIALIST);
    rosa.say("{'type':'candidate','seq':1,'to':2,'epoch':1,'body':{}}");
    rosa.say("{'type':'chat','seq':2,'body':{'text':'a'}}");
    assertThat(rosa.hear("error").get("code").asText()).isEqualTo("no-such-seat");
    rosa.say("{'type':'ping'}");
    rosa.hear("pong");

    assertThat(other.welcome.get("participants")).isEmpty();
    assertThat(other.unheard()).isEmpty();
  }

  @Test
  void a_token_is_good_for_its_own_seat_only() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    Client again = calls.connect("resume." + ada.welcome.get("resumeToken").asText() + ".0");

    assertThat(again.welcome.at("/self/name").asText()).isEqualTo("ada");
    again.say("{'type':'chat','seq':1,'from':1,'body':{'text':'a'}}");
    assertThat(rosa.hear("chat").get("from").asInt()).isEqualTo(2);
  }

  @Test
  void refusals_come_before_the_upgrade() {
    String ticket = "ticket." + calls.ticket(call, "rosa", CLINICIAN, AdmissionMode.DIRECT);

    assertThat(calls.refusal(ticket, Map.of("Origin", "https://evil.example"))).isEqualTo(403);
    assertThat(calls.refusal("ticket.unknown", Map.of())).isEqualTo(401);
    assertThat(calls.refusal("resume.unknown.0", Map.of())).isEqualTo(401);
    assertThat(calls.refusal("", Map.of())).isEqualTo(401);
    assertThat(calls.refusal("ticket.broken", Map.of())).isEqualTo(503);
    assertThat(calls.refusal(ticket, Map.of("Origin", "http://localhost:" + calls.port)))
        .isEqualTo(101);
    assertThat(calls.refusal(ticket, Map.of())).isEqualTo(401);
  }

  @Test
  void malformed_text_binary_and_too_much_have_their_close_codes() {
    assertThat(closeAfter("hello")).isEqualTo(CloseCode.MALFORMED.code());
    assertThat(closeAfter("{'type':'chat','seq':1,'body':{'t':'" + "x".repeat(70_000) + "'}}"))
        .isEqualTo(CloseCode.TOO_BIG.code());
    assertThat(closeAfter("{'type':'chat','seq':7,'body':{}}"))
        .isEqualTo(CloseCode.SEQUENCE_GAP.code());
    Client client = calls.enter(call, "bin", CLINICIAN);
    client.sendBinary(new byte[] {1, 2, 3});
    assertThat(client.closed().code()).isEqualTo(CloseCode.NOT_TEXT.code());
  }

  private int closeAfter(String text) {
    Client client = calls.enter(CallId.random(), "p", CLINICIAN);
    client.say(text);
    return client.closed().code();
  }

  @Test
  void a_flood_is_closed() {
    Client client = calls.enter(call, "rosa", CLINICIAN);
    for (int i = 0; i < 2 * SignalLimits.DEFAULT.framesBurst(); i++) {
      client.say("{'type':'ack'}");
    }
    assertThat(client.closed().code()).isEqualTo(CloseCode.TOO_FAST.code());
  }

  @Test
  void leaving_ends_with_1000_and_coming_again_works() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    ada.say("{'type':'leave','seq':1}");

    assertThat(ada.closed().code()).isEqualTo(1000);
    assertThat(rosa.hear("left").get("seat").asInt()).isEqualTo(2);
    assertThat(calls.enter(call, "ada", SPECIALIST).welcome.at("/self/seat").asInt()).isEqualTo(3);
  }

  @Test
  void one_who_is_revoked_is_out_at_once() {
    AccountId account = AccountId.random();
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, account.toString(), SPECIALIST);

    calls.server.revoke(call, account);

    assertThat(ada.closed()).isEqualTo(new Close(4003, "removed"));
    assertThat(rosa.hear("left").get("reason").asText()).isEqualTo("revoked");
  }

  @Test
  void an_ended_call_stays_ended() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    calls.server.end(call);
    assertThat(rosa.hear("ended").get("reason").asText()).isEqualTo("closed");
    assertThat(rosa.closed().code()).isEqualTo(4004);

    Client late = calls.new Client();
    String ticket = calls.ticket(call, "ada", SPECIALIST, AdmissionMode.DIRECT);
    calls.connectOnly(late, "ticket." + ticket);
    assertThat(late.closed().code()).isEqualTo(4004);
    assertThat(calls.calls()).isZero();
  }

  @Test
  void a_stopping_server_sends_everybody_away_for_a_while() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);

    calls.drain();

    assertThat(Stream.of(rosa.closed(), ada.closed()).map(Close::code)).containsOnly(1012);
    assertThat(rosa.closed().reason()).matches("retry-ms=\\d{1,5}");
    String ticket = "ticket." + calls.ticket(call, "rosa", CLINICIAN, AdmissionMode.DIRECT);
    assertThat(calls.refusal(ticket, Map.of())).isEqualTo(503);
    assertThat(calls.sockets()).isZero();
  }

  @Test
  void each_of_many_is_told_its_own_time_to_come_back() {
    var people = new ArrayList<Client>();
    for (int room = 0; room < 3; room++) {
      CallId full = CallId.random();
      for (int n = 0; n < SignalLimits.DEFAULT.seatsMax(); n++) {
        people.add(calls.enter(full, "p" + room + "." + n, CLINICIAN));
      }
    }

    calls.drain();

    assertThat(people).extracting(person -> person.closed().code()).containsOnly(1012);
    var waits =
        people.stream()
            .map(person -> person.closed().reason().replace("retry-ms=", ""))
            .mapToLong(Long::parseLong)
            .distinct()
            .sorted()
            .toArray();
    assertThat(waits).as("no two at once, but by chance").hasSizeGreaterThan(people.size() - 4);
    assertThat(waits[0]).isNotNegative();
    assertThat(waits[waits.length - 1]).isLessThan(10_000).isGreaterThan(waits[0] + 2_000);
    assertThat(calls.sockets()).isZero();
  }

  @Test
  void a_ticket_that_is_looked_up_while_the_server_stops_opens_nothing() throws Exception {
    calls.held.put("slow", Promise.promise());
    Client late = calls.new Client();
    var asking = CompletableFuture.runAsync(() -> calls.connectOnly(late, "ticket.slow"));
    while (!calls.lookedUp.contains("slow")) {
      Thread.onSpinWait();
    }

    calls.drain();
    calls
        .held
        .get("slow")
        .complete(Optional.of(calls.admission(call, "rosa", CLINICIAN, AdmissionMode.DIRECT)));

    asking.get(20, TimeUnit.SECONDS);
    assertThat(late.closed().code()).isEqualTo(1012);
    assertThat(late.closed().reason()).matches("retry-ms=\\d{1,5}");
  }

  @Test
  void a_lost_call_sends_everybody_to_where_it_is_served() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    long term = calls.server.live().getFirst().term();

    calls.server.lose(call, term + 1);
    rosa.say("{'type':'chat','seq':1,'body':{'n':1}}");
    assertThat(ada.hear("chat").at("/body/n").asInt()).isEqualTo(1);

    calls.server.lose(call, term);
    assertThat(rosa.closed().code()).isEqualTo(4010);
    assertThat(ada.closed().code()).isEqualTo(4010);
  }

  @Test
  void only_listed_origins_may_connect_when_there_is_a_list() {
    try (var listed =
        new TestCalls(SignalLimits.DEFAULT, new Origins(Set.of("https://consilium.example.org")))) {
      String ticket = "ticket." + listed.ticket(call, "rosa", CLINICIAN, AdmissionMode.DIRECT);
      var own = Map.of("Origin", "http://localhost:" + listed.port);
      assertThat(listed.refusal(ticket, own)).isEqualTo(403);
      var named = Map.of("Origin", "https://consilium.example.org");
      assertThat(listed.refusal(ticket, named)).isEqualTo(101);
    }
  }
}
