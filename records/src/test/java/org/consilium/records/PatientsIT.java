package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.age;
import static org.consilium.records.Clinic.particulars;
import static org.consilium.records.Clinic.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.consilium.platform.testing.TestHttp.Reply;
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
    assertThat(found("nandu jose")).as("words in any order").containsExactly(accents);
    assertThat(found("70112233")).containsExactly(accents);
    assertThat(found("_")).isEmpty();
    assertThat(found("no such person")).isEmpty();
  }

  @Test
  void every_word_is_found_wherever_it_stands() {
    var id =
        clinic.patient(
            Map.of(
                "name", "Tadesse Bekele",
                "localNumber", "ET-77",
                "identity",
                    Map.of(
                        "native", "ታደሰ በቀለ",
                        "otherPhones", List.of("0911 22 33 44"),
                        "identifiers",
                            List.of(Map.of("system", "Insurance", "value", "CBHI/0042-7")))));
    for (var words :
        List.of(
            "bekele tad",
            "ታደ",
            "በቀለ",
            "et-77 tadesse",
            "0911 223344",
            "cbhi 0042",
            "00427",
            "qe",
            "ኩ")) {
      assertThat(found(words)).as(words).isEqualTo(isAbsent(words) ? List.of() : List.of(id));
    }
  }

  private static boolean isAbsent(String words) {
    return words.equals("qe") || words.equals("ኩ");
  }

  @Test
  void who_is_alike_is_shown_with_the_reasons_and_can_be_kept_apart() {
    var first =
        clinic.patient(
            Map.of(
                "name", "Nakato Grace",
                "localNumber", "N-1",
                "phone", "+256 772 100 200",
                "identity", numbers("NIRA", "CM 1234")));
    var typed =
        particulars(
            Map.of(
                "name", "Grace Nakatto",
                "localNumber", "N-2",
                "phone", "0772100200",
                "age", age(31, "years")));
    var likely =
        require(clinic.clinician().post("/patients/look-alikes", typed), 200).body().path("items");
    assertThat(likely.get(0).path("patient").path("id").asText()).isEqualTo(first);
    assertThat(texts(likely.get(0).path("reasons")))
        .containsExactly(
            "Has the same phone number.",
            "The name is alike.",
            "The age fits: 30 years.",
            "The sex is the same.");
    var other = particulars(Map.of("name", "Lubega Peter", "localNumber", "N-3", "sex", "male"));
    other.remove("phone");
    assertThat(
            require(clinic.clinician().post("/patients/look-alikes", other), 200)
                .body()
                .path("items"))
        .isEmpty();

    typed.put("identity", numbers("nira", "cm-1234"));
    var taken =
        clinic
            .clinician()
            .post("/patients", Map.of("id", UUID.randomUUID().toString(), "particulars", typed));
    assertThat(taken.status()).isEqualTo(422);
    assertThat(Clinic.pointers(taken)).containsExactly("/particulars/identity/identifiers/0/value");
    typed.remove("identity");
    var second = clinic.patient(typed);
    assertThat(alike(second)).containsExactly(first);
    require(
        clinic.clinician().post("/patients/" + second + "/distinction", Map.of("otherId", first)),
        204);
    assertThat(alike(second)).isEmpty();
    assertThat(alike(first)).isEmpty();
  }

  @Test
  void somebody_unidentified_has_no_name_until_somebody_knows_it() {
    var unknown =
        particulars(
            Map.of(
                "localNumber",
                "ER-1",
                "sex",
                "male",
                "identity",
                Map.of("unidentified", true),
                "birthDate",
                Map.of("date", "1986-03-02", "precision", "unknown")));
    unknown.remove("age");
    unknown.remove("phone");
    var named =
        clinic
            .clinician()
            .post("/patients", Map.of("id", UUID.randomUUID().toString(), "particulars", unknown));
    assertThat(Clinic.pointers(named)).containsExactly("/particulars/name");
    unknown.remove("name");
    var id = UUID.randomUUID().toString();
    var registered =
        require(clinic.clinician().post("/patients", Map.of("id", id, "particulars", unknown)), 201)
            .body();
    assertThat(registered.path("age").path("value").asInt()).isEqualTo(40);
    assertThat(registered.has("name")).isFalse();

    unknown.put("name", "Hassan Ali");
    unknown.put("identity", Map.of());
    require(clinic.clinician().put("/patients/" + id, 1, unknown), 200);
    var history =
        require(clinic.clinician().get("/patients/" + id + "/history"), 200).body().path("items");
    assertThat(history.get(0).path("act").asText()).isEqualTo("identify");
    assertThat(history.get(0).path("by").path("name").asText()).isEqualTo("Amina");
    assertThat(history.get(0).path("changes"))
        .extracting(change -> change.path("field").asText())
        .containsExactlyInAnyOrder("/name", "/identity/unidentified");
    assertThat(history.get(1).path("act").asText()).isEqualTo("register");
  }

  @Test
  void consults_of_a_merged_record_show_the_surviving_one() {
    var consult = clinic.consult();
    var request = "/consults/" + consult + "/request";
    var merged =
        require(clinic.clinician().get(request), 200).body().path("patient").path("id").asText();
    var listed = Map.of("state", "listed", "list", List.of("penicillin"));
    var survivor =
        clinic.patient(Map.of("name", "Right Name", "localNumber", "R-1", "allergies", listed));
    var winning =
        particulars(Map.of("name", "Right Name", "localNumber", "R-1", "allergies", listed));
    var after = require(merge(survivor, 1, merged, 1, winning), 200).body();
    assertThat(texts(after.path("mergedFrom"))).containsExactly(merged);

    var shown = require(clinic.clinician().get(request), 200).body().path("patient");
    assertThat(shown.path("id").asText()).isEqualTo(merged);
    assertThat(shown.path("name").asText()).isEqualTo("Right Name");
    var abroad = require(clinic.specialist().get(request), 200).body().path("patient");
    assertThat(abroad.path("allergies").path("list").get(0).asText()).isEqualTo("penicillin");
    assertThat(abroad.has("name") || abroad.has("localNumber")).isFalse();

    assertThat(found("Wanjikũ R-1")).containsExactly(survivor);
    assertThat(
            require(clinic.clinician().get("/patients/" + merged), 200)
                .body()
                .path("mergedInto")
                .asText())
        .isEqualTo(survivor);
    assertThat(clinic.clinician().put("/patients/" + merged, 2, winning).code())
        .isEqualTo("patient-merged");
    assertThat(merge(survivor, 2, merged, 2, winning).code()).isEqualTo("patient-merged");
    assertThat(merge(survivor, 1, survivor, 1, winning).status()).isEqualTo(422);
    require(unmerge(merged), 200);
    assertThat(found("Wanjikũ R-1")).isEmpty();
    assertThat(unmerge(merged).code()).isEqualTo("patient-not-merged");
    assertThat(clinic.http.as(clinic.specialist).get("/patients/" + merged).status())
        .isEqualTo(403);
  }

  /** Whatever the two said, and whatever was written or merged in between. */
  @Test
  void undoing_merges_gives_back_exactly_what_was() {
    var random = new Random(17);
    for (int round = 0; round < 12; round++) {
      var one = clinic.patient(anybody(random, round + "a"));
      var two = clinic.patient(anybody(random, round + "b"));
      var three = clinic.patient(anybody(random, round + "c"));
      var before = List.of(said(one), said(two), said(three));

      require(merge(one, 1, two, 1, particulars(anybody(random, round + "d"))), 200);
      int version = 2;
      if (random.nextBoolean()) {
        var other = particulars(anybody(random, round + "e"));
        require(clinic.clinician().put("/patients/" + one, version++, other), 200);
      }
      var between = said(one);
      boolean further = random.nextBoolean();
      var third = particulars(anybody(random, round + "f"));
      if (further) {
        require(merge(three, 1, one, version, third), 200);
        assertThat(unmerge(two).code()).isEqualTo("patient-merged");
        require(unmerge(one), 200);
      } else {
        require(merge(one, version, three, 1, third), 200);
        assertThat(unmerge(two).code()).isEqualTo("merged-later");
        require(unmerge(three), 200);
      }
      assertThat(said(one)).isEqualTo(between);
      require(unmerge(two), 200);
      assertThat(List.of(said(one), said(two), said(three))).isEqualTo(before);
    }
  }

  private static Map<String, Object> anybody(Random random, String number) {
    var identity = new HashMap<String, Object>();
    identity.put("native", "名" + random.nextInt(100));
    identity.put(
        "otherPhones", random.nextBoolean() ? List.of("07" + random.nextInt(100_000)) : List.of());
    identity.put("address", "Street " + random.nextInt(9));
    if (random.nextBoolean()) {
      identity.putAll(numbers("Ministry", "M" + number));
    }
    return new HashMap<>(
        Map.of(
            "localNumber",
            "RND-" + number,
            "name",
            "Any " + random.nextInt(1000),
            "sex",
            random.nextBoolean() ? "female" : "male",
            "age",
            age(random.nextInt(90), random.nextBoolean() ? "years" : "weeks"),
            "allergies",
            random.nextBoolean()
                ? Map.of("state", "none")
                : Map.of("state", "listed", "list", List.of("latex")),
            "identity",
            identity));
  }

  /** All that a record says but for its count of changes. */
  private static JsonNode said(String id) {
    var body = (ObjectNode) require(clinic.clinician().get("/patients/" + id), 200).body();
    return body.without("version");
  }

  private static Reply merge(
      String survivor, int version, String merged, int mergedVersion, Object particulars) {
    return clinic
        .clinician()
        .post(
            "/patients/" + survivor + "/merge",
            Map.of(
                "version", version,
                "mergedId", merged,
                "mergedVersion", mergedVersion,
                "particulars", particulars,
                "reason", "Registered twice."));
  }

  private static Reply unmerge(String merged) {
    return clinic
        .http
        .as(clinic.scheduler)
        .post("/patients/" + merged + "/unmerge", Map.of("reason", "Two sisters."));
  }

  private static Map<String, Object> numbers(String system, String value) {
    return Map.of("identifiers", List.of(Map.of("system", system, "value", value)));
  }

  private static List<String> alike(String id) {
    var ids = new ArrayList<String>();
    require(clinic.clinician().get("/patients/" + id + "/look-alikes"), 200)
        .body()
        .path("items")
        .forEach(item -> ids.add(item.path("patient").path("id").asText()));
    return ids;
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  @Test
  void what_cannot_be_is_refused_at_its_field() {
    var bad =
        Map.<String, Map<String, Object>>of(
            "/particulars/name", Map.of("name", "a\u0000b"),
            "/particulars/identity/native", Map.of("identity", Map.of("native", "\u202eabc")),
            "/particulars/birthDate/date", born("2027-01-01"),
            "/particulars/identity/deceasedOn",
                Map.of("identity", Map.of("deceasedOn", "1990-01-01")),
            "/particulars/age/value", Map.of("age", age(500, "years")),
            "/particulars/identity/identifiers/0/value", Map.of("identity", numbers("X", "--")));
    bad.forEach((pointer, other) -> {
      var particulars = particulars(other);
      if (other.containsKey("birthDate")) {
        particulars.remove("age");
      }
      var reply =
          clinic
              .clinician()
              .post(
                  "/patients",
                  Map.of("id", UUID.randomUUID().toString(), "particulars", particulars));
      assertThat(reply.status()).as(pointer).isIn(400, 422);
      assertThat(Clinic.pointers(reply)).containsExactly(pointer);
    });
    var tooLong =
        clinic
            .clinician()
            .post(
                "/patients",
                Map.of(
                    "id",
                    UUID.randomUUID().toString(),
                    "particulars",
                    particulars(Map.of("name", "x".repeat(201)))));
    assertThat(tooLong.status()).isIn(400, 422);
    assertThat(Clinic.pointers(tooLong)).contains("/particulars/name");
  }

  private static Map<String, Object> born(String date) {
    return Map.of("birthDate", Map.of("date", date, "precision", "day"));
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
    assertThat(texts.path("items")).hasSize(7);
    assertThat(texts.path("items").get(0).path("language").asText()).isEqualTo("sw");
    var fallback = require(clinic.clinician().get("/consent-texts?language=ne"), 200).body();
    assertThat(fallback.path("items").get(0).path("language").asText()).isEqualTo("en");
    assertThat(require(clinic.clinician().get("/consent-texts"), 200).body().path("items"))
        .hasSize(56);
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
