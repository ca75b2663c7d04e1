package org.consilium.scheduling.care;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.Urgency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CareIT {
  private Network net;
  private TestPerson ada;
  private TestPerson ben;

  @BeforeEach
  void start() {
    net = new Network();
    ada = net.specialist("Ada Osei", "dermatology", "en");
    ben = net.specialist("Ben Costa", "dermatology", "en");
  }

  @AfterEach
  void stop() {
    net.close();
  }

  private String year() {
    return net.world.clock().instant().toString().substring(0, 4);
  }

  private JsonNode service(TestPerson person) {
    var reply = net.http.as(person).get("/volunteer-service?year=" + year());
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply.body();
  }

  @Test
  void a_hard_case_is_asked_about_and_a_lighter_time_is_nobody_else_s_business() {
    var administrator = net.world.person("Peter Otieno", net.helpers, Role.ADMINISTRATOR);
    net.http.as(administrator).put("/peer-support", 0, Map.of("line", "Call Ruth: +351 1"));
    var consult = net.accepted(ada);
    assertThat(net.http.as(net.coordinator).post("/consults/" + consult + "/hard-case").code())
        .isEqualTo("not-a-hard-case");
    net.asServer(tx ->
        tx.run(
            """
            UPDATE scheduling.consult SET status = 'closed', result = 'died', ended_at = $2,
                   waiting_on = 'nobody', due_at = NULL, due_for = NULL
             WHERE id = $1
            """,
            consult,
            tx.now()));

    assertThat(service(ada).at("/hardCases/0/marked").asBoolean()).isFalse();
    assertThat(service(ada).path("peerSupport").asText()).isEqualTo("Call Ruth: +351 1");
    assertThat(net.http.as(net.coordinator).post("/consults/" + consult + "/hard-case").status())
        .isEqualTo(204);
    assertThat(service(ada).at("/hardCases/0/marked").asBoolean()).isTrue();
    assertThat(service(ben).path("hardCases")).isEmpty();

    var until = net.world.clock().instant().plus(Duration.ofDays(14)).toString().substring(0, 10);
    var eased = net.http.as(ada).put("/volunteer-ease", 0, Map.of("weeklyCap", 0, "until", until));
    assertThat(eased.status()).as(eased.body().toString()).isEqualTo(204);
    assertThat(net.http.as(ada).post("/consults/" + consult + "/hard-case-answer").status())
        .isEqualTo(204);
    assertThat(service(ada).path("hardCases")).isEmpty();
    assertThat(service(ada).at("/ease/weeklyCap").asInt()).isZero();

    var other = net.triaged(Urgency.GREEN);
    var her = candidate(other, ada);
    assertThat(her.at("/barred/0/code").asText()).isEqualTo("cap-reached");
    assertThat(her.toString()).doesNotContain("hard", "ease", "died");
    net.as(ben, tx -> assertThat(tx.rows("SELECT * FROM scheduling.volunteer_ease")).isEmpty());
    net.as(ben, tx -> assertThat(tx.rows("SELECT * FROM scheduling.hard_case")).isEmpty());

    net.world.clock().advance(Duration.ofDays(16));
    net.as(ada, tx -> assertThat(new CareStore().ease(tx, ada.id())).isEmpty());
  }

  @Test
  void who_was_on_call_at_night_rests_before_the_next_offer() {
    net.asServer(tx -> {
      tx.run("UPDATE scheduling.volunteer SET rest_hours = 10 WHERE account_id = $1", ada.id());
      // Across midnight in Lisbon, over since an hour.
      net.scheduling
          .roster()
          .plan(
              tx,
              ada.id(),
              net.helpers,
              new TimeSlot(
                  tx.now().minus(Duration.ofHours(20)), tx.now().minus(Duration.ofHours(1))));
    });
    var consult = net.triaged(Urgency.RED);
    var items =
        net.http
            .as(net.coordinator)
            .get("/consults/" + consult + "/candidates")
            .body()
            .path("items");
    for (var one : items) {
      boolean rests = one.path("barred").toString().contains("needs-rest");
      assertThat(rests).isEqualTo(one.toString().contains(ada.id().toString()));
    }
  }

  @Test
  void a_consult_is_not_planned_into_the_rest_after_a_late_shift_to_come() {
    var late = Instant.parse("2026-03-02T21:00:00Z");
    net.asServer(tx -> {
      tx.run("UPDATE scheduling.volunteer SET rest_hours = 10 WHERE account_id = $1", ada.id());
      net.scheduling
          .roster()
          .plan(tx, ada.id(), net.helpers, TimeSlot.of(late, Duration.ofMinutes(150)));
    });
    net.world.clock().advance(Duration.ofHours(9));
    var consult = net.triaged(Urgency.GREEN);

    assertThat(candidate(consult, ben).at("/nextFree/start").asText())
        .as("as soon as their hours begin")
        .isEqualTo("2026-03-03T08:00:00Z");
    assertThat(candidate(consult, ada).at("/nextFree/start").asText())
        .as("when the rest is over")
        .isEqualTo("2026-03-03T09:30:00Z");
    assertThat(candidate(consult, ada).path("barred")).isEmpty();
  }

  private JsonNode candidate(ConsultId consult, TestPerson person) {
    return net.http
        .as(net.coordinator)
        .get("/consults/" + consult + "/candidates")
        .body()
        .path("items")
        .valueStream()
        .filter(c -> c.at("/specialist/id").asText().equals(person.id().toString()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void what_somebody_gave_is_counted_exported_and_certified() throws Exception {
    Instant now = net.world.clock().instant();
    var consult = net.accepted(ada);
    net.asServer(tx -> {
      net.scheduling.consults().callStarted(tx, consult, now.minus(Duration.ofMinutes(40)));
      net.scheduling.consults().callEnded(tx, consult, now.minus(Duration.ofMinutes(10)));
      net.scheduling
          .roster()
          .plan(
              tx,
              ada.id(),
              net.helpers,
              new TimeSlot(now.minus(Duration.ofHours(3)), now.plus(Duration.ofHours(3))));
    });
    net.world.clock().advance(Duration.ofSeconds(1));

    var given = service(ada);
    assertThat(given.path("consults").asInt()).isEqualTo(1);
    assertThat(given.path("minutes").asInt()).as("only what is over").isEqualTo(30 + 180);
    assertThat(given.at("/share/weeks/0").asInt()).isEqualTo(1);
    assertThat(given.at("/share/usual").asDouble()).isEqualTo(0.1);

    var csv =
        HttpRequest.newBuilder(net.http.url("/api/v1/volunteer-service/csv?year=" + year()))
            .header("Cookie", net.http.cookie(ada))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      assertThat(client.send(csv, BodyHandlers.ofString()).body())
          .startsWith("month,consults,calls,call_minutes,on_call_minutes\r\n")
          .contains(",1,1,30,180\r\n");
    }

    var issued =
        net.http.as(ada).post("/service-certificates", Map.of("year", Integer.parseInt(year())));
    assertThat(issued.status()).as(issued.body().toString()).isEqualTo(201);
    var code = issued.body().path("code").asText();
    assertThat(code).matches("([0-9A-Z]{4}-){3}[0-9A-Z]{4}");
    var checked = net.http.anonymous().get("/service-certificates/" + code.toLowerCase()).body();
    assertThat(checked.path("name").asText()).isEqualTo("Ada Osei");
    assertThat(checked.path("hours").asInt()).isEqualTo(4);
    assertThat(checked.size()).as("name, hours, period, code and date alone").isEqualTo(6);
    assertThat(net.http.anonymous().get("/service-certificates/0000-0000-0000-0000").status())
        .isEqualTo(404);

    var load = net.http.as(net.coordinator).get("/volunteer-load").body().path("items");
    assertThat(load.at("/0/volunteer/name").asText()).as("who took least first").startsWith("Ben");
    assertThat(load.at("/1/share").asDouble()).isEqualTo(1.0);
  }
}
