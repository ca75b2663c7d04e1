package org.consilium.signaling.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Await;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.signaling.Signaling;
import org.consilium.signaling.call.CallDesk;
import org.consilium.signaling.call.CallRecord;
import org.consilium.signaling.call.CallWatch;
import org.consilium.signaling.call.Node;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.CallJournal.EndReason;
import org.consilium.signaling.relay.CallJournal.LeaveReason;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.turn.TurnConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From what the relay tells the journal to what the consult's page reads, over real rows. */
class CallHistoryIT {
  private static final String NODE = "node-1";

  private static TestPlatform world;
  private static Signaling signaling;
  private static CallDesk desk;
  private static TestHttp http;
  private static OrganisationId clinics;
  private static SiteId site;
  private static TestPerson clinician;
  private static TestPerson specialist;
  private static TestPerson stranger;

  private ConsultId consult;

  @BeforeAll
  static void start() {
    world = TestPlatform.start(Signaling.SCHEMA);
    var platform = world.platform();
    signaling =
        new Signaling(
            platform,
            TurnConfig.NONE,
            Optional.empty(),
            (_, _) -> true,
            Optional.empty(),
            new SimpleMeterRegistry());
    desk = new CallDesk(platform, Optional.empty(), (_, _) -> true, new Node(NODE, () -> true));
    http = world.serve(signaling.routes());
    clinics = world.organisation("Mara Valley Health", "clinic-network");
    var volunteers = world.organisation("Open Hands", "volunteer-network");
    site = world.site(clinics, "Olkeri", "Africa/Nairobi", "KE");
    clinician = world.person("Amina", clinics, Role.CLINICIAN, site, "Africa/Nairobi");
    specialist = world.person("Ines", volunteers, Role.SPECIALIST);
    stranger = world.person("Bob", volunteers, Role.SPECIALIST);
  }

  @AfterAll
  static void stop() throws Exception {
    signaling.close();
    world.close();
  }

  @BeforeEach
  void openConsult() {
    consult = ConsultId.random();
    var platform = world.platform();
    platform
        .database()
        .inTransaction(
            clinician.caller(),
            tx -> {
              platform.careTeam().open(tx, consult, clinics, PatientId.random(), site);
              platform.careTeam().join(tx, consult, specialist.id(), Relation.SPECIALIST);
              return null;
            });
  }

  private String ticket(TestPerson person) {
    var reply = http.as(person).post("/consults/" + consult + "/call/tickets");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply.body().path("ticket").asText();
  }

  private Admission enters(TestPerson person) {
    return Await.on(desk.redeem(ticket(person))).orElseThrow();
  }

  private JsonNode calls(String query) {
    var reply = http.as(specialist).get("/consults/" + consult + "/calls" + query);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.body();
  }

  private JsonNode newest() {
    return calls("").at("/items/0");
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_call_of_two_is_told_with_all_that_happened() {
    var amina = enters(clinician);
    var ines = enters(specialist);
    CallId call = amina.call();
    Instant at = world.clock().instant();
    try (var record = new CallRecord(world.platform(), NODE)) {
      record.started(call, consult, at);
      record.joined(call, amina.person(), CallRole.CLINICIAN, 1, at);
      record.media(call, amina.person(), 1, json("{'audio':true,'video':true}"), at);
      record.joined(call, ines.person(), CallRole.SPECIALIST, 2, at.plusSeconds(5));
      record.quality(call, ines.person(), 2, json("{'roundTripMs':300,'lossPercent':1}"), at);
      record.quality(
          call,
          ines.person(),
          2,
          json("{'roundTripMs':500,'lossPercent':2,'kilobitsPerSecondOut':90}"),
          at);
      record.away(call, ines.person(), 2, at.plusSeconds(60));
      record.back(call, ines.person(), 2, true, at.plusSeconds(70));
      record.restarted(call, ines.person(), 2, 1, at.plusSeconds(71));
      record.media(
          call, amina.person(), 1, json("{'audio':true,'video':false}"), at.plusSeconds(80));
      record.roleChanged(
          call, ines.person(), 2, CallRole.OBSERVER, amina.person(), at.plusSeconds(90));
      record.left(call, ines.person(), 2, LeaveReason.LEFT, at.plusSeconds(600));
      record.left(call, amina.person(), 1, LeaveReason.ENDED, at.plusSeconds(620));
      record.ended(call, consult, EndReason.HOST, at.plusSeconds(620));
    }

    var told = calls("?events=true").at("/items/0");
    assertThat(told.path("state").asText()).isEqualTo("over");
    assertThat(told.path("outcome").asText()).isEqualTo("connected");
    assertThat(told.path("ended").asText()).isEqualTo("host");
    assertThat(told.path("people")).hasSize(2);
    var seen = told.at("/people/1");
    assertThat(seen.path("name").asText()).isEqualTo("Ines");
    assertThat(seen.path("role").asText()).isEqualTo("observer");
    assertThat(seen.path("left").asText()).isEqualTo("left");
    assertThat(seen.path("losses").asInt()).isEqualTo(1);
    assertThat(seen.path("returns").asInt()).isEqualTo(1);
    assertThat(seen.path("restarts").asInt()).isEqualTo(1);
    assertThat(seen.at("/link/samples").asInt()).isEqualTo(2);
    assertThat(seen.at("/link/roundTripMs/most").asInt()).isEqualTo(500);
    assertThat(seen.at("/link/lossPermille/least").asInt()).isEqualTo(10);
    assertThat(seen.at("/link/upKbps/median").asInt()).isEqualTo(90);
    assertThat(seen.at("/link").has("downKbps")).isFalse();
    assertThat(told.at("/people/0").has("link")).isFalse();
    assertThat(told.path("asked")).isEmpty();

    var kinds = new ArrayList<String>();
    told.path("events").forEach(event -> kinds.add(event.path("kind").asText()));
    assertThat(kinds.stream().filter(kind -> !kind.equals("ticket")))
        .containsExactly(
            "started", "joined", "mode", "joined", "away", "back", "restart", "mode", "role",
            "left", "left", "ended");
    var role = told.at("/events/" + kinds.indexOf("role"));
    assertThat(role.path("name").asText()).isEqualTo("Ines");
    assertThat(role.path("by").asText()).isEqualTo("Amina");
    assertThat(told.at("/events/" + kinds.lastIndexOf("mode")).path("detail").asText())
        .isEqualTo("audio");
  }

  @Test
  void an_attempt_that_nobody_used_is_told_and_the_next_one_is_another() {
    ticket(clinician);
    assertThat(newest().path("state").asText()).isEqualTo("expected");

    new RecordKeeping(world.platform()).look();
    assertThat(newest().path("state").asText())
        .as("the ticket is still good")
        .isEqualTo("expected");
    world.clock().advance(RecordKeeping.UNUSED_AFTER.plusSeconds(1));
    new RecordKeeping(world.platform()).look();
    var told = newest();
    assertThat(told.path("state").asText()).isEqualTo("over");
    assertThat(told.path("outcome").asText()).isEqualTo("nobody-came");
    assertThat(told.path("ended").asText()).isEqualTo("unused");
    assertThat(told.at("/asked/0/name").asText()).isEqualTo("Amina");
    assertThat(told.at("/asked/0/role").asText()).isEqualTo("clinician");

    ticket(clinician);
    assertThat(calls("").path("items")).hasSize(2);
  }

  @Test
  void one_alone_whose_link_died_is_told_so() {
    var amina = enters(clinician);
    Instant at = world.clock().instant();
    try (var record = new CallRecord(world.platform(), NODE)) {
      record.started(amina.call(), consult, at);
      record.joined(amina.call(), amina.person(), CallRole.CLINICIAN, 1, at);
      record.away(amina.call(), amina.person(), 1, at.plusSeconds(30));
      record.left(amina.call(), amina.person(), 1, LeaveReason.TIMEOUT, at.plusSeconds(210));
      record.ended(amina.call(), consult, EndReason.EMPTY, at.plusSeconds(210));
    }

    assertThat(newest().path("outcome").asText()).isEqualTo("only-one-came");
    assertThat(newest().path("ended").asText()).isEqualTo("lost");
    assertThat(newest().at("/people/0/left").asText()).isEqualTo("timeout");
  }

  @Test
  void a_call_that_a_stopping_server_left_goes_on_and_is_over_when_nobody_comes_back() {
    var amina = enters(clinician);
    Instant at = world.clock().instant();
    try (var record = new CallRecord(world.platform(), NODE)) {
      record.started(amina.call(), consult, at);
      record.joined(amina.call(), amina.person(), CallRole.CLINICIAN, 1, at);
      record.quality(amina.call(), amina.person(), 1, json("{'roundTripMs':300}"), at);
      record.ended(amina.call(), consult, EndReason.DRAIN, at.plusSeconds(9));
    }
    assertThat(newest().path("state").asText()).isEqualTo("going-on");
    assertThat(newest().at("/people/0/left").asText()).isEqualTo("drain");
    assertThat(newest().at("/people/0/link/samples").asInt()).isEqualTo(1);

    try (var record = new CallRecord(world.platform(), NODE)) {
      var watch = new CallWatch("another", world.platform().database(), signaling.relay(), record);
      watch.endOrphans();
      assertThat(newest().path("state").asText()).isEqualTo("going-on");
      world.clock().advance(Duration.ofMinutes(3));
      watch.endOrphans();
    }
    assertThat(newest().path("ended").asText()).isEqualTo("drain");
  }

  @Test
  void pages_follow_one_another() {
    for (int i = 0; i < 5; i++) {
      var amina = enters(clinician);
      Instant at = world.clock().instant();
      try (var record = new CallRecord(world.platform(), NODE)) {
        record.started(amina.call(), consult, at);
        record.ended(amina.call(), consult, EndReason.HOST, at);
      }
      world.clock().advance(Duration.ofMinutes(1));
    }
    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var page = calls("?limit=2" + cursor);
      page.path("items").forEach(call -> seen.add(call.path("id").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
    } while (!cursor.isEmpty());

    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    var odd = http.as(specialist).get("/consults/" + consult + "/calls?cursor=next");
    assertThat(odd.code()).isEqualTo("cursor-malformed");
  }

  @Test
  void strangers_see_none_and_each_look_is_in_the_trail() {
    ticket(clinician);
    assertThat(http.as(stranger).get("/consults/" + consult + "/calls").code())
        .isEqualTo("consult-not-found");
    newest();

    assertThat(trail()).contains("call.history");
  }

  private List<String> trail() {
    return world
        .platform()
        .database()
        .asWorker(tx ->
            tx.list(
                "SELECT action FROM platform.audit_event WHERE consult_id = $1",
                row -> row.getString("action"),
                consult));
  }

  @Test
  void details_are_forgotten_after_a_year_and_who_was_there_is_not() {
    var amina = enters(clinician);
    Instant at = world.clock().instant();
    try (var record = new CallRecord(world.platform(), NODE)) {
      record.started(amina.call(), consult, at);
      record.joined(amina.call(), amina.person(), CallRole.CLINICIAN, 1, at);
      record.quality(amina.call(), amina.person(), 1, json("{'roundTripMs':300}"), at);
      record.left(amina.call(), amina.person(), 1, LeaveReason.LEFT, at);
      record.ended(amina.call(), consult, EndReason.EMPTY, at);
    }
    var aYear = RecordKeeping.DETAILS_KEPT.plusDays(1);
    world.clock().advance(aYear);
    new RecordKeeping(world.platform()).look();
    // Back, or the sign-ins of the other tests are over.
    world.clock().advance(aYear.negated());

    var row =
        world
            .platform()
            .database()
            .asWorker(tx ->
                tx.one(
                        """
                        SELECT (SELECT count(*) FROM signaling.call_event WHERE call_id = $1) AS events,
                               (SELECT count(*) FROM signaling.link_summary WHERE call_id = $1) AS links,
                               (SELECT count(*) FROM signaling.attendance WHERE call_id = $1) AS people
                        """,
                        amina.call())
                    .orElseThrow());
    assertThat(row.getLong("events")).isZero();
    assertThat(row.getLong("links")).isZero();
    assertThat(row.getLong("people")).isEqualTo(1);
  }
}
