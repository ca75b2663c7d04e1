package org.consilium.signaling.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.signaling.Signaling;
import org.consilium.signaling.call.OpenConsults;
import org.consilium.signaling.testing.CallSockets;
import org.consilium.signaling.turn.TurnConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every way in which a right ends, seen by real sockets. The look is driven by hand: what matters
 * is that one look after the change is enough.
 */
class RightsSweepIT {
  private static final Set<ConsultId> OVER = ConcurrentHashMap.newKeySet();
  private static final Set<AccountId> UNLICENSED = ConcurrentHashMap.newKeySet();
  private static volatile boolean databaseAway;

  private static TestPlatform world;
  private static Signaling signaling;
  private static TestHttp http;
  private static CallSockets sockets;
  private static OrganisationId clinics;
  private static OrganisationId volunteers;
  private static SiteId site;

  private ConsultId consult;
  private TestPerson clinician;
  private TestPerson specialist;

  @BeforeAll
  static void start() {
    world = TestPlatform.start(Signaling.SCHEMA);
    OpenConsults open =
        new OpenConsults() {
          @Override
          public boolean isOpen(Tx tx, ConsultId consult) {
            if (databaseAway) {
              throw new IllegalStateException("no database");
            }
            return !OVER.contains(consult);
          }

          @Override
          public Set<AccountId> mayNotPractise(Tx tx, Collection<AccountId> specialists) {
            return specialists.stream().filter(UNLICENSED::contains).collect(Collectors.toSet());
          }
        };
    signaling =
        new Signaling(
            world.platform(),
            TurnConfig.NONE,
            Optional.empty(),
            open,
            Optional.empty(),
            new SimpleMeterRegistry());
    http = world.serve(signaling.routes());
    sockets = new CallSockets(world.vertx(), signaling.relay());
    clinics = world.organisation("Mara Valley Health", "clinic-network");
    volunteers = world.organisation("Open Hands", "volunteer-network");
    site = world.site(clinics, "Olkeri", "Africa/Nairobi", "KE");
  }

  @AfterAll
  static void stop() throws Exception {
    sockets.close();
    signaling.close();
    world.close();
  }

  @BeforeEach
  void a_consult_of_two() {
    clinician = world.person("Amina", clinics, Role.CLINICIAN, site, "Africa/Nairobi");
    specialist = world.person("Ines", volunteers, Role.SPECIALIST);
    consult = ConsultId.random();
    world
        .platform()
        .database()
        .inTransaction(
            clinician.caller(),
            tx -> {
              world.platform().careTeam().open(tx, consult, clinics, PatientId.random(), site);
              world.platform().careTeam().join(tx, consult, specialist.id(), Relation.SPECIALIST);
              return null;
            });
  }

  @AfterEach
  void all_is_well_again() {
    world.clock().set(TestPlatform.START);
    databaseAway = false;
  }

  private String path(String rest) {
    return "/consults/" + consult + "/call" + rest;
  }

  private CallSockets.Client enter(TestHttp.Client as) {
    return enter(as.post(path("/tickets")));
  }

  private static CallSockets.Client enter(TestHttp.Reply ticket) {
    assertThat(ticket.status()).as(ticket.toString()).isEqualTo(201);
    return sockets.connect("ticket." + ticket.body().path("ticket").asText());
  }

  private static void look() {
    signaling.rights().look();
  }

  private static int asServer(ToIntFunction<Tx> act) {
    return world.platform().database().asWorker(act::applyAsInt);
  }

  /** What only an administrator of the database may write. */
  private static void asOwner(String sql, UUID id) {
    var address = world.address();
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      assertThat(statement.executeUpdate()).isPositive();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** One is out with 4007, the other is told and stays. */
  private static void outIs(CallSockets.Client out, CallSockets.Client stays) {
    assertThat(out.closed().code()).isEqualTo(4007);
    assertThat(stays.hear("left").path("reason").asText()).isEqualTo("revoked");
    look();
    stays.isAlive();
  }

  @Test
  void who_has_every_right_is_left_alone() {
    var amina = enter(http.as(clinician));
    var ines = enter(http.as(specialist));
    look();
    amina.isAlive();
    ines.isAlive();
  }

  @Test
  void a_care_team_row_that_ends_takes_the_person_out() {
    var amina = enter(http.as(clinician));
    var ines = enter(http.as(specialist));
    asServer(tx -> {
      world.platform().careTeam().leave(tx, consult, specialist.id());
      return 1;
    });
    look();
    outIs(ines, amina);
    assertThat(http.as(specialist).post(path("/tickets")).status()).isEqualTo(404);
  }

  @Test
  void a_membership_that_ends_takes_the_person_out() {
    var amina = enter(http.as(clinician));
    var ines = enter(http.as(specialist));
    asOwner("UPDATE platform.membership SET active = false WHERE account_id = ?", uuid(clinician));
    look();
    outIs(amina, ines);
  }

  @Test
  void an_account_that_is_locked_is_taken_out() {
    var amina = enter(http.as(clinician));
    var ines = enter(http.as(specialist));
    asOwner("UPDATE platform.account SET active = false WHERE id = ?", uuid(specialist));
    look();
    outIs(ines, amina);
  }

  @Test
  void signing_out_takes_the_person_out_and_the_tickets_of_that_session_with_them() {
    var amina = enter(http.as(clinician));
    var ines = enter(http.as(specialist));
    var unused = http.as(specialist).post(path("/tickets"));
    assertThat(http.as(specialist).delete("/sessions/current").status()).isEqualTo(204);
    look();
    outIs(ines, amina);
    assertThat(sockets.refusal("ticket." + unused.body().path("ticket").asText())).isEqualTo(401);
  }

  @Test
  void signing_out_everywhere_takes_the_person_out() {
    var amina = enter(http.as(clinician));
    var ines = enter(http.as(specialist));
    asServer(tx ->
        tx.run(
            "UPDATE platform.session SET ended_at = $2 WHERE account_id = $1",
            specialist.id(),
            tx.now()));
    look();
    outIs(ines, amina);
  }

  @Test
  void a_session_that_expires_takes_the_person_out() {
    var ines = enter(http.as(specialist));
    world.clock().advance(Duration.ofHours(23));
    var amina = enter(http.anonymous(), signIn(clinician));
    world.clock().advance(Duration.ofHours(1));
    look();
    outIs(ines, amina);
  }

  @Test
  void a_session_that_was_left_alone_too_long_takes_the_person_out() {
    var ines = enter(http.as(specialist));
    world.clock().advance(Duration.ofHours(8).minusMinutes(1));
    var amina = enter(http.anonymous(), signIn(clinician));
    look();
    ines.isAlive();
    world.clock().advance(Duration.ofMinutes(1));
    look();
    outIs(ines, amina);
  }

  @Test
  void a_specialist_whose_licence_ends_is_out_and_gets_no_ticket() {
    var amina = enter(http.as(clinician));
    var ines = enter(http.as(specialist));
    var unused = http.as(specialist).post(path("/tickets"));
    UNLICENSED.add(specialist.id());
    UNLICENSED.add(clinician.id());
    look();
    outIs(ines, amina);
    assertThat(sockets.refusal("ticket." + unused.body().path("ticket").asText())).isEqualTo(401);
    var refused = http.as(specialist).post(path("/tickets"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("licence-over");
    // Who does not advise needs no licence of the network's.
    assertThat(http.as(clinician).post(path("/tickets")).status()).isEqualTo(201);
  }

  @Test
  void a_family_of_tokens_that_is_revoked_takes_the_person_out() {
    var amina = enter(http.as(clinician));
    var granted =
        http.anonymous()
            .post(
                "/tokens",
                Map.of(
                    "grantType", "password",
                    "email", specialist.email(),
                    "password", specialist.password()));
    var ines = enter(bearer(granted.body().path("accessToken").asText()));
    look();
    ines.isAlive();

    // Somebody uses the same refresh token twice: one of the two has stolen it.
    var refresh =
        Map.of(
            "grantType",
            "refresh_token",
            "refreshToken",
            granted.body().path("refreshToken").asText());
    assertThat(http.anonymous().post("/tokens", refresh).status()).isEqualTo(200);
    world.clock().advance(Duration.ofSeconds(11));
    assertThat(http.anonymous().post("/tokens", refresh).status()).isEqualTo(401);
    look();
    outIs(ines, amina);
  }

  @Test
  void a_guest_goes_at_once_when_the_link_is_taken_back() {
    var amina = enter(http.as(clinician));
    var guest = Guest.invited(this, "Zawadi");
    var zawadi = enter(guest.ticket());
    assertThat(http.as(clinician).delete(path("/guest-links/" + guest.id)).status()).isEqualTo(204);
    assertThat(zawadi.closed().code()).isEqualTo(4003);
    amina.isAlive();
  }

  @Test
  void a_guest_who_was_revoked_on_another_node_goes_with_the_next_look() {
    var amina = enter(http.as(clinician));
    var guest = Guest.invited(this, "Zawadi");
    var zawadi = enter(guest.ticket());
    asServer(tx ->
        tx.run(
            "UPDATE signaling.guest SET revoked_at = $2 WHERE id = $1",
            UUID.fromString(guest.id),
            tx.now()));
    look();
    outIs(zawadi, amina);
  }

  @Test
  void a_guest_whose_link_expires_goes() {
    var guest = Guest.invited(this, "Zawadi");
    var zawadi = enter(guest.ticket());
    world.clock().advance(Duration.ofHours(23));
    var amina = enter(http.anonymous(), signIn(clinician));
    world.clock().advance(Duration.ofHours(1));
    look();
    outIs(zawadi, amina);
  }

  @Test
  void a_consult_that_is_over_ends_its_call_for_all() {
    var amina = enter(http.as(clinician));
    var ines = enter(http.as(specialist));
    var early = http.as(specialist).post(path("/tickets"));
    OVER.add(consult);
    look();
    for (var each : new CallSockets.Client[] {amina, ines}) {
      assertThat(each.hear("ended").path("reason").asText()).isEqualTo("closed");
      assertThat(each.closed().code()).isEqualTo(4004);
    }
    assertThat(sockets.refusal("ticket." + early.body().path("ticket").asText())).isEqualTo(401);
  }

  @Test
  void while_the_database_is_away_calls_go_on() {
    var amina = enter(http.as(clinician));
    var ines = enter(http.as(specialist));
    OVER.add(consult);
    databaseAway = true;
    assertThatThrownBy(RightsSweepIT::look).hasMessage("no database");
    amina.isAlive();
    databaseAway = false;
    look();
    assertThat(ines.closed().code()).isEqualTo(4004);
  }

  @Test
  void a_second_sign_in_keeps_the_seat_that_it_took_over() {
    enter(http.as(specialist));
    world.clock().advance(Duration.ofSeconds(1));
    var again = enter(http.anonymous(), signIn(specialist));
    http.as(specialist).delete("/sessions/current");
    look();
    again.isAlive();
  }

  @Test
  void tickets_that_have_served_are_deleted_and_those_of_live_seats_are_not() {
    var amina = enter(http.as(clinician));
    http.as(specialist).post(path("/tickets"));
    world.clock().advance(Duration.ofHours(2));
    signaling.rights().ageOut();
    assertThat(tickets()).isEqualTo(1);
    look();
    amina.isAlive();
    world.clock().advance(Duration.ofHours(12));
    signaling.rights().ageOut();
    assertThat(tickets()).isZero();
  }

  private int tickets() {
    return asServer(tx ->
        tx.one("SELECT count(*) AS n FROM signaling.ticket WHERE consult_id = $1", consult)
            .orElseThrow()
            .getInteger("n"));
  }

  private static UUID uuid(TestPerson person) {
    return person.id().value();
  }

  /** A new session beside the one that {@code http.as} keeps; answers the Cookie header. */
  private static String signIn(TestPerson person) {
    return http.anonymous()
        .post("/sessions", Map.of("email", person.email(), "password", person.password()))
        .headers()
        .firstValue("set-cookie")
        .orElseThrow()
        .split(";")[0];
  }

  private CallSockets.Client enter(TestHttp.Client client, String cookie) {
    return enter(client.send(ticketRequest().header("Cookie", cookie)));
  }

  private TestHttp.Reply bearer(String accessToken) {
    return http.anonymous().send(ticketRequest().header("Authorization", "Bearer " + accessToken));
  }

  private HttpRequest.Builder ticketRequest() {
    return HttpRequest.newBuilder(http.url("/api/v1" + path("/tickets")))
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .POST(BodyPublishers.noBody());
  }

  /** A guest who has opened the link. */
  private record Guest(String id, String cookie) {
    static Guest invited(RightsSweepIT test, String name) {
      var invited =
          http.as(test.clinician)
              .post(test.path("/guest-links"), Map.of("name", name, "role", "patient"));
      var url = invited.body().path("url").asText();
      var entered =
          http.anonymous()
              .post("/guest-sessions", Map.of("token", url.substring(url.indexOf('#') + 1)));
      return new Guest(
          invited.body().path("id").asText(),
          entered.headers().firstValue("set-cookie").orElseThrow().split(";")[0]);
    }

    TestHttp.Reply ticket() {
      return http.anonymous()
          .send(
              HttpRequest.newBuilder(http.url("/api/v1/guest-sessions/current/call/tickets"))
                  .header("Cookie", cookie)
                  .POST(BodyPublishers.noBody()));
    }
  }
}
