package org.consilium.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Await;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.signaling.Signaling;
import org.consilium.signaling.testing.CallSockets;
import org.consilium.signaling.turn.TurnConfig;
import org.junit.jupiter.api.Test;

/** The only server is killed in the middle of a call and started again. */
class RestartedServerIT {
  private static final long WAIT_SECONDS = 20;

  private static Signaling server(TestPlatform world) {
    return new Signaling(
        world.platform(),
        TurnConfig.NONE,
        Optional.empty(),
        (_, _) -> true,
        Optional.empty(),
        new SimpleMeterRegistry());
  }

  private static String ticket(TestHttp.Client as, ConsultId consult) {
    var reply = as.post("/consults/" + consult + "/call/tickets");
    return "ticket." + reply.body().path("ticket").asText();
  }

  @Test
  void seats_are_given_back_in_their_number_and_role() throws Exception {
    try (var world = TestPlatform.start(Signaling.SCHEMA)) {
      var killed = server(world);
      var http = world.serve(killed.routes());
      var people = new People(world);
      var before = new CallSockets(world.vertx(), killed.relay());
      JsonNode amina =
          before.connectOnly(ticket(http.as(people.clinician), people.consult)).hear("welcome");
      JsonNode ines =
          before.connectOnly(ticket(http.as(people.specialist), people.consult)).hear("welcome");
      awaitSeats(world, 2);

      // The first one is not closed: a killed server says nothing.
      try (var restarted = server(world)) {
        try (var after = new CallSockets(world.vertx(), restarted.relay())) {
          var socket = after.connectOnly(resume(amina));
          JsonNode welcome = socket.hear("welcome");
          assertThat(welcome.get("restored").asBoolean()).isTrue();
          assertThat(welcome.get("resumed").asBoolean()).isFalse();
          assertThat(welcome.get("self")).isEqualTo(amina.get("self"));
          assertThat(welcome.at("/participants/0/name").asText()).isEqualTo("Ines");
          assertThat(welcome.at("/participants/0/present").asBoolean()).isFalse();

          JsonNode again = after.connectOnly(resume(ines)).hear("welcome");
          assertThat(again.get("self")).isEqualTo(ines.get("self"));
          assertThat(socket.hear("back").at("/participant/seat").asInt()).isEqualTo(2);
          assertThat(after.refusal("resume." + "A".repeat(64) + ".0")).isEqualTo(401);
        }
      }
      before.close();
      killed.close();
    }
  }

  @Test
  void who_resumes_after_a_stop_in_order_attends_again() throws Exception {
    try (var world = TestPlatform.start(Signaling.SCHEMA)) {
      var stopped = server(world);
      var http = world.serve(stopped.routes());
      var people = new People(world);
      var before = new CallSockets(world.vertx(), stopped.relay());
      var socket = before.connectOnly(ticket(http.as(people.clinician), people.consult));
      JsonNode amina = socket.hear("welcome");
      before.connectOnly(ticket(http.as(people.specialist), people.consult)).hear("welcome");

      Await.on(stopped.relay().drain());
      assertThat(socket.closed().code()).isEqualTo(1012);
      before.close();
      stopped.close();
      assertThat(attendances(world)).containsExactly("Amina drain", "Ines drain");

      try (var restarted = server(world)) {
        try (var after = new CallSockets(world.vertx(), restarted.relay())) {
          var again = after.connectOnly(resume(amina));
          JsonNode welcome = again.hear("welcome");
          assertThat(welcome.get("restored").asBoolean()).isTrue();
          assertThat(welcome.get("self")).isEqualTo(amina.get("self"));
          again.isAlive();
        }
      }
      // The server has written all it had to when it is closed.
      assertThat(attendances(world)).startsWith("Amina drain", "Ines drain").hasSize(3);
      assertThat(attendances(world).getLast()).startsWith("Amina ");
    }
  }

  private static List<String> attendances(TestPlatform world) {
    return world
        .platform()
        .database()
        .asWorker(tx ->
            tx.list(
                "SELECT name, left_reason FROM signaling.attendance ORDER BY left_at, name",
                row -> row.getString("name") + " " + row.getString("left_reason")));
  }

  /** Who may call about one consult. */
  private static final class People {
    final ConsultId consult = ConsultId.random();
    final TestPerson clinician;
    final TestPerson specialist;

    People(TestPlatform world) {
      var clinics = world.organisation("Mara Valley Health", "clinic-network");
      var volunteers = world.organisation("Open Hands", "volunteer-network");
      var site = world.site(clinics, "Olkeri", "Africa/Nairobi", "KE");
      clinician = world.person("Amina", clinics, Role.CLINICIAN, site, "Africa/Nairobi");
      specialist = world.person("Ines", volunteers, Role.SPECIALIST);
      world
          .platform()
          .database()
          .inTransaction(
              clinician.caller(),
              tx -> {
                var team = world.platform().careTeam();
                team.open(tx, consult, clinics, PatientId.random(), site);
                team.join(tx, consult, specialist.id(), Relation.SPECIALIST);
                return null;
              });
    }
  }

  private static String resume(JsonNode welcome) {
    return "resume." + welcome.get("resumeToken").asText() + ".41";
  }

  private static void awaitSeats(TestPlatform world, int count) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (world
            .platform()
            .database()
            .asWorker(tx -> tx.one("SELECT count(*) AS n FROM signaling.seat").orElseThrow())
            .getLong("n")
        < count) {
      assertThat(System.nanoTime()).as("seats are not written").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
