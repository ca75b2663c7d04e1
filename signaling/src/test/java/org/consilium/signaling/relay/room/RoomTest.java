package org.consilium.signaling.relay.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.signaling.relay.CallRole.CLINICIAN;
import static org.consilium.signaling.relay.CallRole.COORDINATOR;
import static org.consilium.signaling.relay.CallRole.INTERPRETER;
import static org.consilium.signaling.relay.CallRole.PATIENT;
import static org.consilium.signaling.relay.CallRole.SPECIALIST;
import static org.consilium.signaling.relay.room.RoomWorld.json;

import java.time.Duration;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallJournal.EndReason;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.room.RoomWorld.Client;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final Duration KEPT = SignalLimits.DEFAULT.seatKept();

  private final RoomWorld world = new RoomWorld();

  @Nested
  class Given_a_clinician_and_a_specialist_in_the_call {
    private final Client rosa = world.enters("rosa", CLINICIAN);
    private final Client ada = world.enters("ada", SPECIALIST);

    @Test
    void each_knows_the_other() {
      assertThat(rosa.welcome().at("/self/seat").asInt()).isEqualTo(1);
      assertThat(rosa.types()).containsExactly("joined");
      assertThat(rosa.last().at("/participant/name").asText()).isEqualTo("Name of ada");
      assertThat(ada.welcome().at("/self/seat").asInt()).isEqualTo(2);
      assertThat(ada.welcome().at("/participants/0/seat").asInt()).isEqualTo(1);
      assertThat(world.journal.lines())
          .containsExactly("started", "joined rosa clinician 1", "joined ada specialist 2");
    }

    @Test
    void a_body_goes_to_the_other_as_it_came() {
      rosa.says("{'type':'description','seq':1,'to':2,'epoch':1,'body':{'sdp' : 'v=0', 'x':[1]}}");

      assertThat(ada.last())
          .isEqualTo(
              json(
                  "{'type':'description','seq':1,'at':'2026-03-02T09:15:00Z','from':1,'sent':1,'to':2,"
                      + "'body':{'sdp':'v=0','x':[1]}}"));
    }

    @Test
    void what_is_sent_twice_is_delivered_once() {
      rosa.says("{'type':'chat','seq':1,'body':{'text':'a'}}");
      rosa.says("{'type':'chat','seq':1,'body':{'text':'a'}}");

      assertThat(ada.types()).containsExactly("chat");
    }

    @Test
    void a_gap_in_the_numbers_closes_the_connection() {
      rosa.says("{'type':'chat','seq':2,'body':{'text':'a'}}");

      assertThat(rosa.closedWith).isEqualTo(CloseCode.SEQUENCE_GAP);
      assertThat(ada.types()).isEmpty();
    }

    @Test
    void an_unknown_type_is_answered_and_counted() {
      rosa.says("{'type':'hologram','seq':1,'body':{}}");
      rosa.says("{'type':'ping'}");

      assertThat(rosa.heard.get(2))
          .isEqualTo(
              json(
                  "{'type':'error','code':'unknown-type',"
                      + "'message':'This server does not know this type of message.','about':1}"));
      assertThat(rosa.last().get("accepted").asInt()).isEqualTo(1);
    }

    @Test
    void what_was_meant_for_an_older_page_is_dropped() {
      rosa.says("{'type':'candidate','seq':1,'to':2,'epoch':7,'body':{}}");

      assertThat(ada.types()).isEmpty();
      assertThat(rosa.types()).containsExactly("joined");
    }

    @Test
    void a_body_that_is_too_large_is_refused() {
      rosa.says("{'type':'media','seq':1,'body':{'x':'" + "a".repeat(600) + "'}}");

      assertThat(rosa.last().get("code").asText()).isEqualTo("too-large");
    }

    @Test
    void nobody_speaks_to_an_empty_seat_or_to_himself() {
      rosa.says("{'type':'candidate','seq':1,'to':9,'epoch':1,'body':{}}");
      assertThat(rosa.last().get("code").asText()).isEqualTo("no-such-seat");
      rosa.says("{'type':'candidate','seq':2,'to':1,'epoch':1,'body':{}}");
      assertThat(rosa.last().get("code").asText()).isEqualTo("no-such-seat");
      rosa.says("{'type':'candidate','seq':3,'to':4294967298,'epoch':1,'body':{}}");
      assertThat(rosa.last().get("code").asText()).isEqualTo("no-such-seat");
    }

    @Test
    void a_third_person_is_told_of_both_and_of_their_media() {
      rosa.says("{'type':'media','seq':1,'body':{'audio':true,'video':false}}");
      Client mei = world.enters("mei", INTERPRETER);

      assertThat(mei.welcome().get("participants")).hasSize(2);
      assertThat(mei.welcome().at("/participants/0/media"))
          .isEqualTo(json("{'audio':true,'video':false}"));
      assertThat(mei.welcome().at("/self/seat").asInt()).isEqualTo(3);
      assertThat(ada.last().at("/participant/seat").asInt()).isEqualTo(3);
    }

    @Test
    void a_lost_connection_keeps_the_seat_and_loses_no_message() {
      long known = ada.lastSeq();
      ada.loses();
      assertThat(rosa.last())
          .isEqualTo(
              json(
                  "{'type':'away','seq':2,'at':'2026-03-02T09:15:00Z','seat':2,"
                      + "'until':'2026-03-02T09:18:00Z'}"));
      rosa.says("{'type':'chat','seq':1,'body':{'text':'a'}}");
      rosa.says("{'type':'chat','seq':2,'body':{'text':'b'}}");
      world.pass(KEPT.minusMillis(1));

      Client again = ada.resumes(known);

      assertThat(again.welcome().get("resumed").asBoolean()).isTrue();
      assertThat(again.types()).containsExactly("chat", "chat");
      assertThat(again.last().at("/body/text").asText()).isEqualTo("b");
      assertThat(rosa.last().get("type").asText()).isEqualTo("back");
      assertThat(rosa.last().get("resumed").asBoolean()).isTrue();
      world.pass(KEPT);
      assertThat(rosa.types()).doesNotContain("left");
    }

    @Test
    void a_connection_that_stays_lost_gives_the_seat_up() {
      ada.loses();
      world.pass(KEPT);

      assertThat(rosa.types()).containsExactly("joined", "away", "left");
      assertThat(rosa.last().get("reason").asText()).isEqualTo("timeout");
      assertThat(ada.resumes(0).closedWith).isEqualTo(CloseCode.GONE);
    }

    @Test
    void a_resume_while_the_old_connection_lives_replaces_it() {
      Client again = ada.resumes(0);

      assertThat(ada.closedWith).isEqualTo(CloseCode.REPLACED);
      ada.loses();
      assertThat(rosa.types()).containsExactly("joined");
      ada.says("{'type':'chat','seq':1,'body':{}}");
      assertThat(rosa.types()).containsExactly("joined");
      again.says("{'type':'chat','seq':1,'body':{}}");
      assertThat(rosa.types()).containsExactly("joined", "chat");
    }

    @Test
    void what_was_missed_and_dropped_is_told() {
      ada.loses();
      for (int seq = 1; seq <= Outbox.MESSAGES_MAX + 1; seq++) {
        rosa.says("{'type':'chat','seq':" + seq + ",'body':{}}");
      }
      Client again = ada.resumes(0);

      assertThat(again.welcome().get("resumed").asBoolean()).isFalse();
      assertThat(again.welcome().get("seq").asInt()).isEqualTo(Outbox.MESSAGES_MAX + 1);
      assertThat(again.types()).isEmpty();
      assertThat(rosa.last().get("resumed").asBoolean()).isFalse();
    }

    @Test
    void a_new_page_of_the_same_person_keeps_the_seat_and_begins_an_epoch() {
      rosa.says("{'type':'chat','seq':1,'body':{}}");
      ada.loses();
      Client page = world.enters("ada", SPECIALIST);

      assertThat(page.welcome().at("/self/seat").asInt()).isEqualTo(2);
      assertThat(page.welcome().at("/self/epoch").asInt()).isEqualTo(2);
      assertThat(page.types()).isEmpty();
      assertThat(rosa.last().at("/participant/epoch").asInt()).isEqualTo(2);
      assertThat(ada.resumes(1).closedWith).isEqualTo(CloseCode.GONE);
      rosa.says("{'type':'candidate','seq':2,'to':2,'epoch':1,'body':{}}");
      assertThat(page.types()).isEmpty();
      rosa.says("{'type':'candidate','seq':3,'to':2,'epoch':2,'body':{}}");
      assertThat(page.types()).containsExactly("candidate");
    }

    @Test
    void a_connection_that_cannot_be_written_gets_the_rest_later_in_order() {
      ada.writable = false;
      rosa.says("{'type':'chat','seq':1,'body':{'text':'a'}}");
      rosa.says("{'type':'chat','seq':2,'body':{'text':'b'}}");
      assertThat(ada.types()).isEmpty();

      ada.writable = true;
      world.room.writable(ada);

      assertThat(ada.heard.stream().skip(1).map(m -> m.at("/body/text").asText()))
          .containsExactly("a", "b");
    }

    @Test
    void a_connection_that_is_not_read_is_cut_when_messages_are_lost_for_it() {
      ada.writable = false;
      for (int seq = 1; seq <= Outbox.MESSAGES_MAX + 1; seq++) {
        rosa.says("{'type':'chat','seq':" + seq + ",'body':{}}");
      }
      assertThat(ada.closedWith).isEqualTo(CloseCode.SLOW_READER);
    }

    @Test
    void one_who_leaves_is_gone_and_may_come_again_with_a_new_seat() {
      ada.says("{'type':'leave','seq':1}");

      assertThat(ada.closedWith).isEqualTo(CloseCode.NORMAL);
      assertThat(rosa.last().get("reason").asText()).isEqualTo("left");
      assertThat(world.enters("ada", SPECIALIST).welcome().at("/self/seat").asInt()).isEqualTo(3);
    }

    @Test
    void a_host_ends_the_call_for_all() {
      ada.says("{'type':'end','seq':1}");

      assertThat(rosa.last())
          .isEqualTo(
              json("{'type':'ended','seq':2,'at':'2026-03-02T09:15:00Z','reason':'host','by':2}"));
      assertThat(rosa.closedWith).isEqualTo(CloseCode.ENDED);
      assertThat(world.room.isEmpty()).isTrue();
      assertThat(world.enters("mei", INTERPRETER).closedWith).isEqualTo(CloseCode.ENDED);
      assertThat(world.journal.lines()).endsWith("left rosa ended", "left ada ended", "ended HOST");
    }

    @Test
    void one_whose_right_is_withdrawn_is_out() {
      world.room.revoke("ada");

      assertThat(ada.closedWith).isEqualTo(CloseCode.REMOVED);
      assertThat(rosa.last().get("reason").asText()).isEqualTo("revoked");
    }

    @Test
    void one_whose_time_is_over_is_out() {
      world.pass(Duration.ofHours(2));

      assertThat(ada.closedWith).isEqualTo(CloseCode.EXPIRED);
      assertThat(world.room.isEmpty()).isTrue();
    }

    @Test
    void a_stopping_server_says_when_to_come_back() {
      world.room.drain(() -> Duration.ofMillis(3700));

      assertThat(ada.closedWith).isEqualTo(CloseCode.RESTART);
      assertThat(ada.closeReason).isEqualTo("retry-ms=3700");
      assertThat(world.journal.lines()).endsWith("ended " + EndReason.DRAIN);
    }
  }

  @Nested
  class Given_a_patient_in_the_waiting_room {
    private final Client mei = world.enters("mei", INTERPRETER);
    private final Client rosa = world.enters("rosa", CLINICIAN);
    private final Client luz = world.asks("luz", PATIENT);

    @Test
    void only_hosts_know() {
      assertThat(rosa.last().get("type").asText()).isEqualTo("waiting");
      assertThat(rosa.last().at("/participant/role").asText()).isEqualTo("patient");
      assertThat(mei.types()).containsExactly("joined");
      assertThat(world.enters("sam", COORDINATOR).welcome().get("waiting")).hasSize(1);
      assertThat(world.enters("kim", INTERPRETER).welcome().get("waiting")).isEmpty();
    }

    @Test
    void the_patient_sees_nothing_of_the_call() {
      assertThat(luz.welcome().at("/self/state").asText()).isEqualTo("waiting");
      assertThat(luz.welcome().get("participants")).isEmpty();
      assertThat(luz.welcome().get("iceServers")).isEmpty();
      rosa.says("{'type':'chat','seq':1,'body':{}}");
      rosa.says("{'type':'candidate','seq':2,'to':3,'epoch':1,'body':{}}");
      assertThat(luz.types()).isEmpty();
      luz.says("{'type':'chat','seq':1,'body':{}}");
      assertThat(luz.last().get("code").asText()).isEqualTo("not-admitted");
    }

    @Test
    void credentials_for_the_relay_are_renewed_by_a_pong_before_they_expire() {
      world.pass(Duration.ofMinutes(29));
      rosa.says("{'type':'ping'}");
      assertThat(rosa.last().has("iceServers")).isFalse();
      world.pass(Duration.ofMinutes(1));
      rosa.says("{'type':'ping'}");
      assertThat(rosa.last().at("/iceServers/0/username").asText()).isEqualTo("rosa");
      rosa.says("{'type':'ping'}");
      assertThat(rosa.last().has("iceServers")).as("only once").isFalse();
      luz.says("{'type':'ping'}");
      assertThat(luz.last().has("iceServers")).as("one who waits gets none").isFalse();
    }

    @Test
    void only_a_host_lets_the_patient_in() {
      mei.says("{'type':'admit','seq':1,'seat':3}");
      assertThat(mei.last().get("code").asText()).isEqualTo("not-allowed");

      rosa.says("{'type':'admit','seq':1,'seat':3}");

      assertThat(luz.last().get("type").asText()).isEqualTo("admitted");
      assertThat(luz.last().get("by").asInt()).isEqualTo(2);
      assertThat(luz.last().get("participants")).hasSize(2);
      assertThat(luz.last().at("/iceServers/0/username").asText()).isEqualTo("luz");
      assertThat(mei.last().at("/participant/seat").asInt()).isEqualTo(3);
      assertThat(world.journal.lines())
          .endsWith("waiting luz", "admitted luz by rosa", "joined luz patient 3");
    }

    @Test
    void a_refused_patient_is_told_and_hosts_too() {
      rosa.says("{'type':'refuse','seq':1,'seat':3}");

      assertThat(luz.last().get("type").asText()).isEqualTo("refused");
      assertThat(luz.closedWith).isEqualTo(CloseCode.REFUSED);
      assertThat(rosa.last().get("reason").asText()).isEqualTo("refused");
      assertThat(mei.types()).containsExactly("joined");
    }

    @Test
    void the_place_in_the_waiting_room_survives_a_lost_connection() {
      luz.loses();
      assertThat(rosa.last().get("type").asText()).isEqualTo("away");
      assertThat(mei.types()).containsExactly("joined");
      rosa.says("{'type':'admit','seq':1,'seat':3}");
      Client again = luz.resumes(0);

      assertThat(again.welcome().at("/self/state").asText()).isEqualTo("admitted");
      assertThat(again.types()).containsExactly("admitted");
    }

    @Test
    void the_record_knows_that_one_who_comes_back_still_waits() {
      luz.loses();
      luz.resumes(0);

      assertThat(world.journal.lines()).endsWith("waiting luz", "away luz", "waiting luz");
    }

    @Test
    void a_ticket_to_enter_at_once_ends_the_waiting() {
      Client page = world.enters("luz", PATIENT);

      assertThat(page.welcome().at("/self/state").asText()).isEqualTo("admitted");
      assertThat(luz.closedWith).isEqualTo(CloseCode.REPLACED);
      assertThat(mei.last().at("/participant/seat").asInt()).isEqualTo(3);
    }

    @Test
    void an_admitted_patient_who_reloads_the_page_does_not_wait_again() {
      rosa.says("{'type':'admit','seq':1,'seat':3}");
      assertThat(world.asks("luz", PATIENT).welcome().at("/self/state").asText())
          .isEqualTo("admitted");
    }

    @Test
    void a_host_removes_a_person_from_the_call() {
      rosa.says("{'type':'remove','seq':1,'seat':1}");

      assertThat(mei.closedWith).isEqualTo(CloseCode.REMOVED);
      assertThat(rosa.last().get("reason").asText()).isEqualTo("removed");
    }
  }

  @Test
  void a_call_has_no_ninth_seat_and_no_ninth_waits() {
    for (int i = 0; i < SignalLimits.DEFAULT.seatsMax(); i++) {
      assertThat(world.enters("p" + i, CLINICIAN).closedWith).isNull();
    }
    assertThat(world.enters("late", CLINICIAN).closedWith).isEqualTo(CloseCode.FULL);
    for (int i = 0; i < SignalLimits.DEFAULT.waitingMax(); i++) {
      assertThat(world.asks("w" + i, PATIENT).closedWith).isNull();
    }
    assertThat(world.asks("late", PATIENT).closedWith).isEqualTo(CloseCode.FULL);
    var host = world.enters("p0", CLINICIAN);
    host.says("{'type':'admit','seq':1,'seat':9}");
    assertThat(host.last().get("code").asText()).isEqualTo("call-full");
  }

  @Test
  void an_admission_that_is_over_opens_nothing() {
    var client = world.new Client();
    var admission = world.admission("ada", SPECIALIST, AdmissionMode.DIRECT);
    world.pass(Duration.ofHours(2));
    world.room.enter(admission, client);

    assertThat(client.closedWith).isEqualTo(CloseCode.EXPIRED);
    assertThat(world.journal.lines()).isEmpty();
  }
}
