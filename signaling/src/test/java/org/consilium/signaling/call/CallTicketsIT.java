package org.consilium.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Await;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.signaling.Signaling;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.turn.TurnConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tickets and guest links over real HTTP and a real database. */
class CallTicketsIT {
  private static TestPlatform world;
  private static Signaling signaling;
  private static CallDesk desk;
  private static TestHttp http;
  private static TestPerson clinician;
  private static TestPerson specialist;
  private static TestPerson trainee;
  private static TestPerson stranger;
  private static ConsultId consult;
  private static boolean consultIsOpen = true;
  private static Optional<Instant> appointmentEnd = Optional.empty();

  private static final OpenConsults CONSULTS =
      new OpenConsults() {
        @Override
        public boolean isOpen(Tx tx, ConsultId consult) {
          return consultIsOpen;
        }

        @Override
        public Optional<Instant> appointmentEnd(Tx tx, ConsultId consult) {
          return appointmentEnd;
        }
      };

  @BeforeAll
  static void start() {
    world = TestPlatform.start(Signaling.SCHEMA);
    var platform = world.platform();
    signaling =
        new Signaling(
            platform,
            TurnConfig.NONE,
            Optional.empty(),
            CONSULTS,
            Optional.empty(),
            new SimpleMeterRegistry());
    desk = new CallDesk(platform, Optional.empty(), CONSULTS, new Node("desk", () -> true));
    http = world.serve(signaling.routes());
    var clinics = world.organisation("Mara Valley Health", "clinic-network");
    var volunteers = world.organisation("Open Hands", "volunteer-network");
    var others = world.organisation("Elsewhere", "clinic-network");
    var site = world.site(clinics, "Olkeri", "Africa/Nairobi", "KE");
    clinician = world.person("Amina", clinics, Role.CLINICIAN, site, "Africa/Nairobi");
    specialist = world.person("Ines", volunteers, Role.SPECIALIST);
    trainee = world.person("Tariq", volunteers, Role.OBSERVER);
    stranger = world.person("Bob", others, Role.CLINICIAN);
    consult = ConsultId.random();
    platform
        .database()
        .inTransaction(
            clinician.caller(),
            tx -> {
              platform.careTeam().open(tx, consult, clinics, PatientId.random(), site);
              platform.careTeam().join(tx, consult, specialist.id(), Relation.SPECIALIST);
              platform.careTeam().join(tx, consult, trainee.id(), Relation.OBSERVER);
              return null;
            });
  }

  @AfterAll
  static void stop() throws Exception {
    signaling.close();
    world.close();
  }

  private static String path(String rest) {
    return "/consults/" + consult + "/call" + rest;
  }

  private static Optional<Admission> redeem(TestHttp.Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return Await.on(desk.redeem(reply.body().path("ticket").asText()));
  }

  @Test
  void both_sides_get_tickets_to_the_same_call_and_each_works_once() {
    var first = http.as(clinician).post(path("/tickets"));
    var second = http.as(specialist).post(path("/tickets"));
    assertThat(first.body().path("url").asText()).startsWith("ws://localhost:").endsWith("/signal");

    var clinic = redeem(first).orElseThrow();
    var doctor = redeem(second).orElseThrow();
    assertThat(doctor.call()).isEqualTo(clinic.call());
    assertThat(clinic.role()).isEqualTo(CallRole.CLINICIAN);
    assertThat(doctor.role()).isEqualTo(CallRole.SPECIALIST);
    assertThat(redeem(first)).as("used").isEmpty();
  }

  @Test
  void a_ticket_says_what_a_host_may_make_of_the_person() {
    var clinic = http.as(clinician).post(path("/tickets"));
    assertThat(clinic.body().path("roles").toString())
        .isEqualTo("[\"clinician\",\"interpreter\",\"observer\"]");
    assertThat(redeem(clinic).orElseThrow().roles())
        .containsExactly(CallRole.CLINICIAN, CallRole.INTERPRETER, CallRole.OBSERVER);

    var looksOn = redeem(http.as(trainee).post(path("/tickets"))).orElseThrow();
    assertThat(looksOn.role()).isEqualTo(CallRole.OBSERVER);
    assertThat(looksOn.roles()).containsExactly(CallRole.OBSERVER);
  }

  @Test
  void a_guardian_is_told_apart_from_the_patient_and_no_guest_can_become_a_host() {
    var invited =
        http.as(clinician).post(path("/guest-links"), Map.of("name", "Zawadi", "role", "guardian"));
    var url = invited.body().path("url").asText();
    var entered =
        http.anonymous()
            .post("/guest-sessions", Map.of("token", url.substring(url.indexOf('#') + 1)));
    var cookie = entered.headers().firstValue("set-cookie").orElseThrow().split(";")[0];

    var guardian = redeem(guestTicket(cookie)).orElseThrow();
    assertThat(guardian.role()).isEqualTo(CallRole.GUARDIAN);
    assertThat(guardian.roles()).noneMatch(CallRole::isHost);
  }

  @Test
  void a_new_link_for_the_same_person_ends_the_earlier_one_and_lasts_past_the_appointment() {
    var guardian = Map.of("name", "Juma", "role", "guardian");
    var first = http.as(clinician).post(path("/guest-links"), guardian).body();
    assertThat(Instant.parse(first.path("expiresAt").asText()))
        .isEqualTo(world.clock().instant().plus(Duration.ofHours(24)));
    var token = first.path("url").asText().split("#")[1];
    var entered = http.anonymous().post("/guest-sessions", Map.of("token", token));
    var cookie = entered.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
    var patient = Map.of("name", "Juma", "role", "patient");
    var other = http.as(clinician).post(path("/guest-links"), patient).body();
    assertThat(guestTicket(cookie).status()).as("another role is another guest").isEqualTo(201);

    var end = world.clock().instant().plus(Duration.ofDays(9));
    appointmentEnd = Optional.of(end);
    var again =
        http.as(specialist)
            .post(path("/guest-links"), Map.of("name", " juma ", "role", "guardian"))
            .body();
    appointmentEnd = Optional.empty();
    assertThat(Instant.parse(again.path("expiresAt").asText()))
        .isEqualTo(end.plus(Duration.ofHours(2)));
    assertThat(guestTicket(cookie).code()).isEqualTo("not-a-guest");
    assertThat(http.anonymous().post("/guest-sessions", Map.of("token", token)).code())
        .isEqualTo("link-not-good");
    var links = http.as(clinician).get(path("/guest-links")).body().path("items");
    assertThat(status(links, first)).isEqualTo("revoked");
    assertThat(status(links, other)).isEqualTo("unused");
    assertThat(status(links, again)).isEqualTo("unused");
  }

  private static String status(JsonNode links, JsonNode link) {
    for (var each : links) {
      if (each.path("id").equals(link.path("id"))) {
        return each.path("status").asText();
      }
    }
    throw new AssertionError(link + " is not among " + links);
  }

  @Test
  void nobody_calls_about_a_consult_that_is_over_not_even_with_an_earlier_link() {
    var invited =
        http.as(clinician).post(path("/guest-links"), Map.of("name", "Zawadi", "role", "patient"));
    var url = invited.body().path("url").asText();
    var entered =
        http.anonymous()
            .post("/guest-sessions", Map.of("token", url.substring(url.indexOf('#') + 1)));
    var cookie = entered.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
    consultIsOpen = false;
    try {
      assertThat(http.as(clinician).post(path("/tickets")).code()).isEqualTo("consult-not-open");
      assertThat(http.as(specialist).post(path("/tickets")).code()).isEqualTo("consult-not-open");
      assertThat(guestTicket(cookie).code()).isEqualTo("consult-not-open");
    } finally {
      consultIsOpen = true;
    }
    assertThat(guestTicket(cookie).status()).isEqualTo(201);
  }

  @Test
  void a_ticket_from_before_the_end_of_a_call_leads_to_the_call_that_is_up() {
    var early = http.as(clinician).post(path("/tickets"));
    endTheCall();
    var later = redeem(http.as(specialist).post(path("/tickets"))).orElseThrow();

    assertThat(redeem(early).orElseThrow().call()).isEqualTo(later.call());
  }

  @Test
  void a_ticket_from_before_the_end_of_a_call_opens_it_again_when_there_is_no_other() {
    var early = http.as(clinician).post(path("/tickets"));
    endTheCall();
    var first = redeem(early).orElseThrow();

    var second = redeem(http.as(specialist).post(path("/tickets"))).orElseThrow();
    assertThat(second.call()).isEqualTo(first.call());
  }

  private static void endTheCall() {
    world
        .platform()
        .database()
        .asWorker(tx ->
            tx.run(
                "UPDATE signaling.call SET ended_at = $2 WHERE consult_id = $1 AND ended_at IS NULL",
                consult,
                tx.now()));
  }

  @Test
  void who_saw_the_guests_names_and_which_guest_came_is_in_the_trail() {
    var invited =
        http.as(clinician).post(path("/guest-links"), Map.of("name", "Zawadi", "role", "patient"));
    var url = invited.body().path("url").asText();
    http.anonymous().post("/guest-sessions", Map.of("token", url.substring(url.indexOf('#') + 1)));
    http.as(specialist).get(path("/guest-links"));
    http.as(specialist).get(path(""));

    assertThat(trail()).contains("guest.invite", "guest.enter", "guest.list", "call.read");
  }

  private static List<String> trail() {
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
  void a_ticket_expires() {
    var reply = http.as(clinician).post(path("/tickets"));
    world.clock().advance(Duration.ofMinutes(3));
    assertThat(redeem(reply)).isEmpty();
  }

  @Test
  void a_person_gets_a_hundred_tickets_in_ten_minutes_and_is_told_when_there_are_more() {
    var eager = world.person("Eager", clinician.organisation(), Role.CLINICIAN);
    for (int i = 0; i < CallDesk.TICKETS_MAX; i++) {
      assertThat(http.as(eager).post(path("/tickets")).status()).isEqualTo(201);
    }
    world.clock().advance(Duration.ofMinutes(4));
    var refused = http.as(eager).post(path("/tickets"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("too-many-tickets");
    assertThat(refused.headers().firstValue("retry-after")).contains("360");
    assertThat(http.as(specialist).post(path("/tickets")).status()).isEqualTo(201);

    world.clock().advance(Duration.ofMinutes(6));
    assertThat(http.as(eager).post(path("/tickets")).status()).isEqualTo(201);
  }

  @Test
  void strangers_see_no_call_and_get_no_ticket() {
    assertThat(http.as(stranger).get(path("")).code()).isEqualTo("consult-not-found");
    assertThat(http.as(stranger).post(path("/tickets")).code()).isEqualTo("consult-not-found");
    assertThat(http.as(stranger).get(path("/guest-links")).code()).isEqualTo("consult-not-found");
    assertThat(
            http.as(stranger)
                .post(path("/guest-links"), Map.of("name", "x", "role", "patient"))
                .code())
        .isEqualTo("consult-not-found");
    assertThat(http.anonymous().post(path("/tickets")).code()).isEqualTo("not-signed-in");
  }

  @Test
  void a_guest_link_belongs_to_the_first_browser_waits_outside_and_can_be_taken_back() {
    var invited =
        http.as(clinician)
            .post(path("/guest-links"), Map.of("name", "Zawadi", "role", "interpreter"));
    assertThat(invited.status()).isEqualTo(201);
    var url = invited.body().path("url").asText();
    var token = Map.of("token", url.substring(url.indexOf('#') + 1));

    var entered = http.anonymous().post("/guest-sessions", token);
    assertThat(entered.body().path("organisation").asText()).isEqualTo("Mara Valley Health");
    var cookie = entered.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
    assertThat(http.anonymous().post("/guest-sessions", token).code()).isEqualTo("link-in-use");

    var ticket = guestTicket(cookie);
    var admission = redeem(ticket).orElseThrow();
    assertThat(admission.mode()).isEqualTo(AdmissionMode.WAITS);
    assertThat(admission.role()).isEqualTo(CallRole.INTERPRETER);

    var unused = guestTicket(cookie);
    var guest = invited.body().path("id").asText();
    assertThat(http.as(clinician).delete(path("/guest-links/" + guest)).status()).isEqualTo(204);
    assertThat(redeem(unused)).as("a ticket from before the link was taken back").isEmpty();
    assertThat(guestTicket(cookie).code()).isEqualTo("not-a-guest");
    assertThat(http.as(specialist).get(path("/guest-links")).body().at("/items/0/status").asText())
        .isEqualTo("revoked");
  }

  @Test
  void a_browser_whose_answer_was_lost_enters_again_and_another_one_does_not() {
    var invited =
        http.as(clinician).post(path("/guest-links"), Map.of("name", "Zawadi", "role", "patient"));
    var url = invited.body().path("url").asText();
    var token = url.substring(url.indexOf('#') + 1);
    var mine = Map.of("token", token, "entry", "a secret that this very browser has made");
    var others = Map.of("token", token, "entry", "a secret that some other browser has made");

    var lost = http.anonymous().post("/guest-sessions", mine);
    world.clock().advance(Duration.ofMinutes(9));
    var again = http.anonymous().post("/guest-sessions", mine);
    assertThat(again.body()).isEqualTo(lost.body());
    assertThat(guestTicket(cookie(again)).status()).isEqualTo(201);
    assertThat(guestTicket(cookie(lost)).code()).as("never came").isEqualTo("not-a-guest");

    assertThat(http.anonymous().post("/guest-sessions", others).code()).isEqualTo("link-in-use");
    assertThat(http.anonymous().post("/guest-sessions", Map.of("token", token)).code())
        .isEqualTo("link-in-use");
    world.clock().advance(Duration.ofMinutes(1));
    assertThat(http.anonymous().post("/guest-sessions", mine).code())
        .as("ten minutes after the first time")
        .isEqualTo("link-in-use");
    assertThat(guestTicket(cookie(again)).status()).isEqualTo(201);
  }

  private static String cookie(TestHttp.Reply reply) {
    return reply.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
  }

  private static TestHttp.Reply guestTicket(String cookie) {
    return http.anonymous()
        .send(
            HttpRequest.newBuilder(http.url("/api/v1/guest-sessions/current/call/tickets"))
                .header("Cookie", cookie)
                .POST(BodyPublishers.noBody()));
  }
}
