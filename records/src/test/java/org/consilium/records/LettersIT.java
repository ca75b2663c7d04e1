package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.note;
import static org.consilium.records.Clinic.pointers;
import static org.consilium.records.Clinic.require;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.consilium.platform.testing.TestPerson;
import org.consilium.records.letter.LetterTexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signed notes and referrals on paper, and how a reader makes sure of them. */
class LettersIT {
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
  void aSignedNoteIsPrintedAndItsHashTellsThatItStands() throws Exception {
    var consult = clinic.consult();
    var path = "/consults/" + consult;
    var specialist = clinic.specialist();
    var signed = clinic.signed(consult, note());
    var letter = path + "/notes/" + signed.path("id").asText() + "/letter";

    var printed = pdf(clinic.clinician, letter + "?language=ar");
    assertThat(printed.headers().firstValue("Content-Type")).contains("application/pdf");
    assertThat(printed.headers().firstValue("Content-Disposition").orElseThrow())
        .as("no patient in the name of a file")
        .isEqualTo("inline; filename=\"advice.pdf\"");
    var hash = signed.path("sha256").asText();
    assertThat(LetterTexts.of(printed.body()))
        .contains("Most likely cellulitis", "Wanjikũ Mwangi", "OPD-17/26", "رأي أخصائي", hash);

    assertThat(LetterTexts.of(pdf(clinic.specialist, letter).body()))
        .contains("Most likely cellulitis", "Advice of a specialist")
        .doesNotContain("Wanjik", "OPD-17/26");
    assertThat(pdf(clinic.stranger, letter).statusCode()).isEqualTo(404);
    assertThat(clinic.trail(consult)).contains("letter.print");

    var checked = require(clinic.http.anonymous().get("/letters/" + hash), 200).body();
    assertThat(checked.path("state").asText()).isEqualTo("stands");
    assertThat(checked.path("signedBy").asText()).isEqualTo("Ines");
    assertThat(checked.toString()).doesNotContain("Wanjik");
    assertThat(clinic.http.anonymous().get("/letters/" + "0".repeat(64)).code())
        .isEqualTo("letter-unknown");
    assertThat(clinic.http.anonymous().get("/letters/" + hash.substring(1)).status())
        .isEqualTo(400);
  }

  @Test
  void aReferralIsSignedFollowedAndWithdrawn() throws Exception {
    var consult = clinic.consult();
    var path = "/consults/" + consult + "/referrals";
    var clinician = clinic.clinician();
    var password = clinic.clinician.password();

    assertThat(clinician.post(path, body("not it", Map.of())).code()).isEqualTo("wrong-password");
    assertThat(pointers(clinician.post(path, body(password, Map.of("reason", "  ")))))
        .containsExactly("/content/reason");
    assertThat(pointers(clinician.post(path, body(password, Map.of("reason", "a\u202Eb")))))
        .containsExactly("/content/reason");
    assertThat(
            clinic.specialist().post(path, body(clinic.specialist.password(), Map.of())).status())
        .as("the treating side refers")
        .isEqualTo(403);
    assertThat(require(clinician.get(path), 200).body().path("items")).isEmpty();

    var signed = require(clinician.post(path, body(password, Map.of())), 201).body();
    var one = path + "/" + signed.path("id").asText();
    var hash = signed.path("sha256").asText();
    assertThat(LetterTexts.of(pdf(clinic.clinician, one + "/letter").body()))
        .contains("Narok County Hospital", "Suspected deep vein thrombosis", "Wanjikũ Mwangi", hash)
        .doesNotContain("withdrawn");
    assertThat(state(hash)).isEqualTo("stands");

    require(clinician.post(one + "/news", Map.of("status", "arrived")), 201);
    var followed =
        require(clinician.post(one + "/news", Map.of("status", "withdrawn", "text", "Wrong")), 201);
    assertThat(followed.body().path("news"))
        .extracting(news -> news.path("status").asText())
        .containsExactly("withdrawn", "arrived");
    assertThat(state(hash)).isEqualTo("withdrawn");
    assertThat(LetterTexts.of(pdf(clinic.clinician, one + "/letter").body()))
        .contains("This letter was withdrawn");
    assertThat(clinician.post(one + "/news", Map.of("status", "arrived")).status()).isEqualTo(409);
    assertThat(clinic.http.as(clinic.stranger).get(path).status()).isEqualTo(404);
    assertThat(require(clinic.specialist().get(path), 200).body().path("items")).hasSize(1);
    assertThat(clinic.trail(consult)).contains("referral.sign", "referral.tell", "referral.read");
  }

  private static String state(String hash) {
    return require(clinic.http.anonymous().get("/letters/" + hash), 200)
        .body()
        .path("state")
        .asText();
  }

  private static Map<String, Object> body(String password, Map<String, Object> other) {
    var content =
        new HashMap<String, Object>(
            Map.of(
                "language", "en",
                "toFacility", "Narok County Hospital",
                "toService", "Medical ward",
                "urgency", "today",
                "reason", "Suspected deep vein thrombosis; no ultrasound here.",
                "transport", "Ambulance, 2 h"));
    content.putAll(other);
    return Map.of("content", content, "password", password);
  }

  private static HttpResponse<byte[]> pdf(TestPerson reader, String path)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(clinic.http.url("/api/v1" + path))
            .header("Cookie", clinic.http.cookie(reader))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofByteArray());
    }
  }
}
