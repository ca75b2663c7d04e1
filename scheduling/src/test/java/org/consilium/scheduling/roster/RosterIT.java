package org.consilium.scheduling.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.scheduling.Network;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RosterIT {
  private static Network net;
  private static TestPerson ada;
  private static TestPerson ben;

  @BeforeAll
  static void start() {
    net = new Network();
    ada = net.specialist("Ada Osei", "dermatology", "en", "sw");
    ben = net.specialist("Ben Costa", "cardiology", "en");
    net.interpreter("Zola Ekai", "en", "sw");
  }

  @AfterAll
  static void stop() {
    net.close();
  }

  @Test
  void the_catalogue_has_words_and_target_times() {
    var catalogue = net.http.as(ada).get("/catalogue").body();
    assertThat(catalogue.path("urgencies").findValuesAsText("code"))
        .containsExactly("red", "orange", "yellow", "green", "blue");
    assertThat(catalogue.at("/urgencies/0/offerMinutes").asInt()).isEqualTo(5);
    assertThat(catalogue.path("specialties")).hasSizeGreaterThan(40);
  }

  @Test
  void hours_are_kept_with_a_version_and_an_older_edit_is_refused() {
    var client = net.http.as(ben);
    int version = client.get("/roster").body().path("version").asInt();
    var saved = client.put("/roster", version, hours("America/Lima", "22:00", "06:00"));
    assertThat(saved.status()).isEqualTo(200);
    assertThat(saved.body().path("version").asInt()).isEqualTo(version + 1);
    assertThat(saved.body().path("weeklyCap").asInt()).isEqualTo(3);
    assertThat(saved.body().at("/nextTwoWeeks/0/end").asText()).isEqualTo("2026-03-02T11:00:00Z");
    var late = client.put("/roster", version, hours("America/Lima", "08:00", "09:00"));
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.code()).isEqualTo("edited-elsewhere");
    assertThat(client.get("/roster").body().at("/hours/weekly/0/start").asText())
        .isEqualTo("22:00");
  }

  @Test
  void a_zone_or_date_that_is_none_is_shown_at_its_field() {
    var client = net.http.as(ada);
    int version = client.get("/roster").body().path("version").asInt();
    var zone = client.put("/roster", version, hours("Mars/Olympus", "08:00", "09:00"));
    assertThat(zone.status()).isEqualTo(422);
    assertThat(zone.body().at("/errors/0/pointer").asText()).isEqualTo("/hours/zone");
    var time = client.put("/roster", version, hours("UTC", "8 o'clock", "09:00"));
    assertThat(time.status()).isIn(400, 422);
    var away =
        Map.of(
            "hours",
            Map.of(
                "zone", "UTC",
                "weekly", List.of(),
                "exceptions",
                    List.of(
                        Map.of("kind", "away", "date", "2026-05-05", "lastDate", "2026-05-01"))),
            "weeklyCap",
            3,
            "redCalls",
            true);
    assertThat(client.put("/roster", version, away).body().at("/errors/0/pointer").asText())
        .isEqualTo("/hours/exceptions/0/lastDate");
  }

  @Test
  void expansion_over_http_is_the_same_engine() {
    var reply =
        net.http
            .as(net.clinician)
            .post(
                "/availability/expansions",
                Map.of(
                    "hours",
                    Map.of(
                        "zone",
                        "Europe/Berlin",
                        "weekly",
                        List.of(
                            Map.of(
                                "days", List.of("sunday"),
                                "start", "01:30",
                                "end", "24:00"))),
                    "from",
                    "2026-03-28T00:00:00Z",
                    "to",
                    "2026-03-31T00:00:00Z"));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().at("/intervals/0/start").asText()).isEqualTo("2026-03-29T00:30:00Z");
    assertThat(reply.body().at("/intervals/0/end").asText()).isEqualTo("2026-03-29T22:00:00Z");
    assertThat(reply.body().path("zoneDataVersion").asText()).startsWith("20");
  }

  @Test
  void a_shift_makes_somebody_on_call_and_is_dropped_by_its_planner_alone() {
    var start = TestPlatform.START.minus(Duration.ofHours(1));
    var body =
        Map.of(
            "specialistId", ben.id().toString(),
            "start", start.toString(),
            "end", start.plus(Duration.ofHours(12)).toString());
    var planner = net.http.as(net.coordinator);
    var shift = planner.post("/on-call-shifts", body);
    assertThat(shift.status()).isEqualTo(201);
    assertThat(planner.post("/on-call-shifts", body).code()).isEqualTo("shift-overlaps");
    assertThat(onCallNow()).contains("Ben Costa");

    var coverage =
        planner.get("/roster/coverage?from=2026-03-02T00:00:00Z&days=1").body().path("items");
    assertThat(coverage.findValuesAsText("name")).contains("Ada Osei", "Ben Costa", "Zola Ekai");

    var path = "/on-call-shifts/" + shift.body().path("id").asText();
    var stranger =
        net.world.person(
            "Pat Planner",
            net.world.organisation("Elsewhere", "clinic-network"),
            org.consilium.platform.identity.Role.SCHEDULER);
    assertThat(net.http.as(stranger).delete(path).status()).isEqualTo(404);
    assertThat(planner.delete(path).status()).isEqualTo(204);
    assertThat(onCallNow()).doesNotContain("Ben Costa");
  }

  @Test
  void nonsense_is_refused_and_never_a_fault() {
    var id = net.accepted(ada);
    var clinic = net.http.as(net.clinician);
    var planner = net.http.as(net.coordinator);
    var shift = Map.of("specialistId", ben.id().toString());
    var replies =
        List.of(
            clinic.get("/consults/not-an-id"),
            clinic.get("/consults?view=queue&patientId=not-an-id"),
            clinic.get("/consults?view=everything"),
            clinic.get("/consults?view=queue&limit=100000"),
            clinic.get("/consults/" + id + "/slots?interpreterId=not-an-id"),
            clinic.get("/consults/" + id + "/slots?minutes=1"),
            clinic.get("/consults/" + id + "/slots?interpreterId=" + ada.id()),
            clinic.post("/consults/" + id + "/appointments", appointment("tomorrow")),
            clinic.post("/consults/" + id + "/appointments", appointment("9999-12-31T23:45:00Z")),
            clinic.post("/consults/" + id + "/withdrawal", Map.of("reason", "")),
            clinic.post("/consults/" + id + "/withdrawal", Map.of("reason", "x", "more", 1)),
            planner.post("/consults/" + id + "/offers", Map.of("specialistId", "Ada")),
            planner.post("/consults/" + id + "/triage", Map.of("urgency", "purple")),
            planner.post("/on-call-shifts", shift(shift, "2026-03-03T00:00:00Z", "soon")),
            planner.post(
                "/on-call-shifts", shift(shift, "9998-01-01T00:00:00Z", "9998-01-02T00:00:00Z")),
            planner.post(
                "/on-call-shifts", shift(shift, "2026-03-04T00:00:00Z", "2026-03-03T00:00:00Z")),
            planner.get("/roster/coverage?from=yesterday&days=3"),
            planner.get("/roster/coverage?from=9999-01-01T00:00:00Z&days=3"),
            planner.get("/roster/coverage?from=2026-03-02T00:00:00Z&days=99"));
    assertThat(replies)
        .allSatisfy(reply -> {
          assertThat(reply.status()).isBetween(400, 422);
          assertThat(reply.body().path("detail").asText()).isNotEmpty();
        });
  }

  private static Map<String, Object> appointment(String start) {
    return Map.of("start", start, "minutes", 30);
  }

  private static Map<String, Object> shift(Map<String, String> of, String start, String end) {
    return Map.of("specialistId", of.get("specialistId"), "start", start, "end", end);
  }

  private static List<String> onCallNow() {
    var names = new java.util.ArrayList<String>();
    for (var volunteer :
        net.http.as(net.clinician).get("/volunteers?kind=specialist").body().path("items")) {
      if (volunteer.path("onCallNow").asBoolean()) {
        names.add(volunteer.path("name").asText());
      }
    }
    return names;
  }

  private static Map<String, Object> hours(String zone, String start, String end) {
    return Map.of(
        "hours",
        Map.of(
            "zone",
            zone,
            "weekly",
            List.of(
                Map.of(
                    "days",
                    List.of(
                        "monday",
                        "tuesday",
                        "wednesday",
                        "thursday",
                        "friday",
                        "saturday",
                        "sunday"),
                    "start",
                    start,
                    "end",
                    end))),
        "weeklyCap",
        3,
        "redCalls",
        false);
  }
}
