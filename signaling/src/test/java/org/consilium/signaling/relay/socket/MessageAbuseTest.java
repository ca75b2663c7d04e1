package org.consilium.signaling.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.signaling.relay.CallRole.CLINICIAN;
import static org.consilium.signaling.relay.CallRole.INTERPRETER;
import static org.consilium.signaling.relay.CallRole.PATIENT;
import static org.consilium.signaling.relay.CallRole.SPECIALIST;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.socket.TestCalls.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-formed messages of one who wants what is not theirs, on real sockets. */
class MessageAbuseTest {
  private static TestCalls calls;
  private static Bystanders others;

  private final CallId call = CallId.random();

  @BeforeAll
  static void start() {
    calls = new TestCalls();
    others = new Bystanders(calls);
  }

  @AfterAll
  static void stop() {
    others.close();
    calls.close();
  }

  @AfterEach
  void the_others_go_on() {
    others.goOn();
  }

  // ---- who speaks ------------------------------------------------------------------------------

  @Test
  void sender_time_and_numbers_are_the_servers_whatever_a_client_writes() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    ada.say(
        "{'type':'chat','from':1,'sent':99,'at':'1970-01-01T00:00:00Z','seq':1,'epoch':7,"
            + "'name':'rosa','role':'clinician','call':'x','to':1,'body':{'from':1}}");

    JsonNode chat = rosa.hear("chat");

    assertThat(chat.get("from").asInt()).isEqualTo(2);
    assertThat(chat.get("sent").asInt()).isEqualTo(1);
    assertThat(chat.get("at").asText()).startsWith("20");
    assertThat(chat.properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("type", "seq", "at", "from", "sent", "body");
  }

  @ParameterizedTest
  @CsvSource({
    "oneself, 2",
    "one who waits, 3",
    "nobody, 4",
    "a far number, 4294967297",
    "the largest number that is read, 999999999999999999"
  })
  void a_message_to_whom_it_may_not_go_is_an_error_and_no_more(String whom, long seat) {
    calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    Client luz = waiting("luz");
    ada.say("{'type':'description','seq':1,'to':" + seat + ",'epoch':1,'body':{}}");

    assertThat(ada.hear("error").get("code").asText()).isEqualTo("no-such-seat");
    ada.say("{'type':'ping'}");
    assertThat(ada.hear("pong").get("accepted").asInt()).isEqualTo(1);
    assertThat(luz.unheard()).isEmpty();
  }

  @Test
  void a_message_to_one_who_is_away_waits_for_them() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    ada.cut();
    rosa.hear("away");
    rosa.say("{'type':'restart','seq':1,'to':2,'epoch':1,'body':{'n':1}}");
    rosa.say("{'type':'ping'}");
    rosa.hear("pong");

    assertThat(ada.resume(0).hear("restart").at("/body/n").asInt()).isEqualTo(1);
  }

  // ---- one who waits ---------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'description','to':1,'epoch':1,'body':{}",
        "'candidate','to':1,'epoch':1,'body':{}",
        "'restart','to':1,'epoch':1,'body':{}",
        "'mute','to':1,'epoch':1,'body':{}",
        "'chat','body':{'text':'let me in'}",
        "'drawing','body':{}",
        "'quality','body':{}",
        "'media','body':{}",
        "'admit','seat':2",
        "'refuse','seat':1",
        "'remove','seat':1",
        "'end'"
      })
  void one_who_waits_can_only_wait_or_leave(String message) {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client luz = waiting("luz");
    assertThat(luz.welcome.get("participants")).isEmpty();
    assertThat(luz.welcome.get("iceServers")).isEmpty();
    rosa.hear("waiting");

    luz.say("{'seq':1,'type':" + message + "}");

    assertThat(luz.hear("error").get("code").asText()).isEqualTo("not-admitted");
    rosa.say("{'type':'ping'}");
    assertThat(rosa.hear().get("type").asText()).isEqualTo("pong");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'mute','to':1,'epoch':1,'body':{}",
        "'admit','seat':3",
        "'refuse','seat':3",
        "'remove','seat':1",
        "'remove','seat':2",
        "'end'"
      })
  void what_only_hosts_may_is_refused_to_others(String message) {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client mei = calls.enter(call, "mei", INTERPRETER);
    Client luz = waiting("luz");
    mei.say("{'seq':1,'type':" + message + "}");

    assertThat(mei.hear("error").get("code").asText()).isEqualTo("not-allowed");
    rosa.say("{'type':'ping'}");
    rosa.hear("pong");
    assertThat(luz.unheard()).isEmpty();
  }

  private Client waiting(String person) {
    return calls.connect("ticket." + calls.ticket(call, person, PATIENT, AdmissionMode.WAITS));
  }

  // ---- resuming --------------------------------------------------------------------------------

  @Test
  void somebody_elses_token_gives_somebody_elses_seat_never_ones_own_rights_there() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client luz = waiting("luz");
    String token = luz.welcome.get("resumeToken").asText();
    Client thief = calls.connect("resume." + token + ".0");

    assertThat(thief.welcome.at("/self/state").asText()).isEqualTo("waiting");
    assertThat(luz.closed().code()).isEqualTo(CloseCode.REPLACED.code());
    assertThat(rosa.hear("waiting").at("/participant/seat").asInt()).isEqualTo(2);
  }

  @Test
  void a_token_of_one_letter_less_or_more_is_none() {
    String token = calls.enter(call, "rosa", CLINICIAN).welcome.get("resumeToken").asText();

    for (String wrong :
        new String[] {
          token.substring(1), token + "A", token.toLowerCase(java.util.Locale.ROOT), "A", ""
        }) {
      assertThat(calls.refusal("resume." + wrong + ".0", Map.of())).isEqualTo(401);
    }
    for (String number : new String[] {"-1", "x", "", "9999999999999999"}) {
      assertThat(calls.refusal("resume." + token + "." + number, Map.of())).isIn(400, 401);
    }
  }

  @Test
  void a_number_of_the_future_resumes_nothing_and_hides_nothing() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    Client again = ada.resume(999_999_999_999_999L);

    assertThat(again.welcome.get("resumed").asBoolean()).isFalse();
    assertThat(again.welcome.get("participants")).hasSize(1);
    rosa.say("{'type':'chat','seq':1,'body':{'n':1}}");
    assertThat(again.hear("chat").get("seq").asLong())
        .isEqualTo(again.welcome.get("seq").asLong() + 1);
  }

  @Test
  void a_seat_that_was_given_up_is_not_taken_again_by_its_token() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    String token = ada.welcome.get("resumeToken").asText();
    ada.say("{'type':'leave','seq':1}");
    ada.closed();
    rosa.hear("left");

    assertThat(calls.refusal("resume." + token + ".0", Map.of())).isEqualTo(401);
  }

  @Test
  void one_who_was_removed_does_not_resume() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client mei = calls.enter(call, "mei", INTERPRETER);
    String token = mei.welcome.get("resumeToken").asText();
    rosa.say("{'type':'remove','seq':1,'seat':2}");

    assertThat(mei.closed().code()).isEqualTo(CloseCode.REMOVED.code());
    assertThat(calls.refusal("resume." + token + ".0", Map.of())).isEqualTo(401);
  }

  // ---- numbers ---------------------------------------------------------------------------------

  @Test
  void numbers_that_were_never_sent_cannot_be_acknowledged() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    ada.say("{'type':'ack','ack':999999999999999999}");
    ada.say("{'type':'ping','ack':1000}");
    ada.hear("pong");
    rosa.say("{'type':'chat','seq':1,'body':{'n':1}}");
    ada.hear("chat");
    ada.cut();
    rosa.hear("away");

    Client again = ada.resume(0);

    assertThat(again.welcome.get("resumed").asBoolean()).isTrue();
    assertThat(again.hear("chat").at("/body/n").asInt()).isEqualTo(1);
  }

  @Test
  void a_number_sent_again_is_done_once_and_one_left_out_closes() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    for (int n : new int[] {1, 1, 2, 1, 2, 0, 3}) {
      ada.say("{'type':'chat','seq':" + n + ",'body':{'n':" + n + "}}");
    }
    ada.say("{'type':'chat','seq':999999999999999999,'body':{'n':9}}");

    assertThat(ada.closed().code()).isEqualTo(CloseCode.SEQUENCE_GAP.code());
    for (int n = 1; n <= 3; n++) {
      assertThat(rosa.hear("chat").at("/body/n").asInt()).isEqualTo(n);
    }
    assertThat(rosa.hear().get("type").asText()).isEqualTo("away");
  }

  // ---- bodies ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':1,'a':2}",
        "{'__proto__':{'admin':true}}",
        "{'t':'\\u0000\\ud800'}",
        "{'n':1e400}",
        "{'n':-9007199254740993}",
        "{ }",
        "{'}':'{','b':['}']}"
      })
  void a_strange_body_goes_on_as_it_came(String body) {
    try (var rosa = RawPeer.enter(calls, call, "rosa", CLINICIAN);
        var ada = RawPeer.enter(calls, call, "ada", SPECIALIST)) {
      ada.say("{ 'type' : 'chat' , 'body' : " + body + " , 'seq' : 1 }");

      assertThat(rosa.hearText("chat")).endsWith(",\"body\":" + body.replace('\'', '"') + "}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "description, 32768",
    "candidate, 4096",
    "chat, 8192",
    "drawing, 8192",
    "media, 512",
  })
  void a_body_larger_than_its_type_allows_is_not_passed_on(String type, int bytesMax) {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    String head = "{'type':'" + type + "','to':1,'epoch':1,";
    String fits = "{'t':'" + "x".repeat(bytesMax - 8) + "'}";
    ada.say(head + "'seq':1,'body':{'t':'x" + fits.substring(6) + "}");
    assertThat(ada.hear("error").get("code").asText()).isEqualTo("too-large");
    ada.say(head + "'seq':2,'body':" + fits + "}");

    assertThat(rosa.hear(type).get("sent").asInt()).isEqualTo(2);
  }

  @Test
  void a_head_of_64_kB_hides_no_body() {
    Client rosa = calls.enter(call, "rosa", CLINICIAN);
    Client ada = calls.enter(call, "ada", SPECIALIST);
    String field = ",'x':'" + "x".repeat(1000) + "'";
    ada.say("{'type':'chat'" + field.repeat(60) + ",'seq':1,'body':{'n':1}}");

    assertThat(rosa.hear("chat").toString()).hasSizeLessThan(200).contains("{\"n\":1}");
  }
}
