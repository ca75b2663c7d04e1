package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.age;
import static org.consilium.records.Clinic.particulars;
import static org.consilium.records.Clinic.require;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.consilium.platform.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Patients: registered once, found in any script, corrected without loss. */
class PatientsIT {
  private static Clinic clinic;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  @Test
  void the_same_registration_again_answers_the_same_patient() {
    var body = Map.of("id", UUID.randomUUID().toString(), "particulars", particulars(Map.of()));
    var first = require(clinic.clinician().post("/patients", body), 201).body();
    assertThat(require(clinic.clinician().post("/patients", body), 201).body()).isEqualTo(first);
    assertThat(first.path("age").path("value").asInt()).isEqualTo(30);
    assertThat(first.path("birthDate").path("precision").asText()).isEqualTo("estimated");
  }

  @Test
  void a_correction_counts_up_and_an_old_one_is_refused() {
    var id = clinic.patient(Map.of("name", "Old"));
    var path = "/patients/" + id;
    var revised =
        require(clinic.clinician().put(path, 1, particulars(Map.of("name", "New"))), 200).body();
    assertThat(revised.path("version").asInt()).isEqualTo(2);
    var clash = clinic.clinician().put(path, 1, particulars(Map.of("name", "Other")));
    assertThat(clash.status()).isEqualTo(412);
    assertThat(clash.body().path("current").asInt()).isEqualTo(2);
    assertThat(found("old")).doesNotContain(id);
    assertThat(found("new")).contains(id);
  }

  @Test
  void correcting_the_name_makes_nobody_younger() {
    var id = clinic.patient(Map.of("age", age(30, "years")));
    var tomorrow = clinic.person();
    try {
      clinic.world.clock().advance(Duration.ofDays(40));
      var client = clinic.http.as(tomorrow);
      var before = require(client.get("/patients/" + id), 200).body();
      var after =
          require(client.put("/patients/" + id, 1, particulars(Map.of("name", "New"))), 200).body();
      assertThat(after.path("birthDate")).isEqualTo(before.path("birthDate"));
      assertThat(after.path("birthDate").path("date").asText()).isEqualTo("1996-03-02");
    } finally {
      clinic.world.clock().set(TestPlatform.START);
    }
  }

  @Test
  void part_of_a_name_a_number_or_a_phone_finds_in_any_script() {
    var burmese = clinic.patient(Map.of("name", "ဒေါ်အောင်ဆန်း", "localNumber", "၁၂၃-B"));
    var arabic = clinic.patient(Map.of("name", "مُحَمَّد علي", "localNumber", "A-9"));
    var accents = clinic.patient(Map.of("name", "José Ñandú", "phone", "+256 (0) 70-11 22 33"));
    assertThat(found("အောင်")).containsExactly(burmese);
    assertThat(found("123-b")).containsExactly(burmese);
    assertThat(found("محمد")).containsExactly(arabic);
    assertThat(found("nandu")).containsExactly(accents);
    assertThat(found("70112233")).containsExactly(accents);
    assertThat(found("_")).isEmpty();
    assertThat(found("no such person")).isEmpty();
  }

  @Test
  void pages_meet_without_a_gap_or_a_repeat() {
    for (int i = 0; i < 5; i++) {
      clinic.patient(Map.of("name", "Paged " + i, "age", age(i, "years")));
    }
    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var page =
          require(clinic.clinician().get("/patients?query=paged&limit=2" + cursor), 200).body();
      page.path("items").forEach(item -> seen.add(item.path("name").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    assertThat(seen)
        .containsExactlyInAnyOrder("Paged 0", "Paged 1", "Paged 2", "Paged 3", "Paged 4");
    assertThat(clinic.clinician().get("/patients?cursor=nonsense").status()).isEqualTo(400);
  }

  @Test
  void whoever_was_shown_is_in_the_trail() {
    var id = clinic.patient(Map.of("name", "Watched"));
    found("watched");
    require(clinic.clinician().get("/patients/" + id), 200);
    var actions =
        clinic
            .platform
            .database()
            .asWorker(tx ->
                tx.list(
                    "SELECT action FROM platform.audit_event"
                        + " WHERE patient_id = $1 OR subject LIKE '%' || $2 || '%' ORDER BY id",
                    row -> row.getString("action"), UUID.fromString(id), id));
    assertThat(actions).containsExactly("patient.register", "patient.search", "patient.read");
  }

  @Test
  void the_catalogues_are_served() {
    var rules = require(clinic.specialist().get("/triage-rules"), 200).body();
    assertThat(rules.path("version").asText()).isEqualTo("2026-2");
    assertThat(rules.path("vitals")).hasSize(13);
    var texts = require(clinic.clinician().get("/consent-texts?language=sw"), 200).body();
    assertThat(texts.path("items")).hasSize(5);
    assertThat(texts.path("items").get(0).path("language").asText()).isEqualTo("sw");
    var fallback = require(clinic.clinician().get("/consent-texts?language=am"), 200).body();
    assertThat(fallback.path("items").get(0).path("language").asText()).isEqualTo("en");
    assertThat(require(clinic.clinician().get("/consent-texts"), 200).body().path("items"))
        .hasSize(15);
  }

  private static List<String> found(String words) {
    var query = URLEncoder.encode(words, StandardCharsets.UTF_8);
    var ids = new ArrayList<String>();
    require(clinic.clinician().get("/patients?query=" + query), 200)
        .body()
        .path("items")
        .forEach(item -> ids.add(item.path("id").asText()));
    return ids;
  }
}
