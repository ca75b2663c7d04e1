package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.attachment.TusClient;
import org.consilium.records.attachment.intake.Pictures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A file by a link, for programs without a session. */
class FileLinksIT {
  private static Clinic clinic;
  private static TusClient nobody;

  private final ConsultId consult = clinic.consult();
  private final AttachmentId attachment = AttachmentId.random();
  private final String file = "/consults/" + consult + "/attachments/" + attachment;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    nobody = new TusClient(clinic.http.url("/"), "none=none");
  }

  @AfterAll
  static void stop() throws Exception {
    nobody.close();
    clinic.close();
  }

  private void sendPicture() throws Exception {
    var details = Map.of("kind", "photo", "title", "Left calf");
    Clinic.require(
        clinic
            .clinician()
            .post(
                "/consults/" + consult + "/attachments",
                Map.of("id", attachment, "details", details)),
        201);
    var bytes = Pictures.jpeg(300, 200, 1);
    var id = UUID.randomUUID();
    try (var tus = new TusClient(clinic.http.url("/"), clinic.http.cookie(clinic.clinician))) {
      assertThat(tus.create(id, consult, attachment, "original", bytes).statusCode())
          .isEqualTo(201);
      assertThat(tus.patch(id, 0, bytes).statusCode()).isEqualTo(204);
    }
    clinic.records.attachments().lookAtArrivals();
  }

  private String link(String part) {
    return Clinic.require(clinic.clinician().post(file + "/links", Map.of("part", part)), 201)
        .body()
        .path("path")
        .asText()
        .replaceFirst("^/api/v1", "");
  }

  private static HttpResponse<byte[]> open(String link) {
    return nobody.send(link, UnaryOperator.identity());
  }

  @Test
  void a_link_shows_one_file_for_minutes_in_the_name_of_who_made_it_while_signed_in()
      throws Exception {
    sendPicture();
    assertThat(nobody.send(file + "/files/original", UnaryOperator.identity()).statusCode())
        .isEqualTo(401);

    var link = link("original");
    var whole = open(link);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.headers().firstValue("Content-Security-Policy"))
        .contains("sandbox; default-src 'none'");
    assertThat(Pictures.decoded(whole.body()).getWidth()).isEqualTo(300);
    var part = nobody.send(link, request -> request.header("Range", "bytes=10-19"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 10, 20));
    assertThat(clinic.trail(consult)).contains("attachment.read");

    assertThat(open(link.substring(0, link.length() - 4) + "AAAA").statusCode()).isEqualTo(404);
    assertThat(open("/files/eyJhbGciOiJub25lIn0.e30.").statusCode()).isEqualTo(404);
    assertThat(
            clinic
                .http
                .as(clinic.stranger)
                .post(file + "/links", Map.of("part", "original"))
                .status())
        .isEqualTo(404);
    assertThat(clinic.clinician().post(file + "/links", Map.of("part", "all")).status())
        .isEqualTo(400);
    clinic.world.clock().advance(Duration.ofMinutes(5).plusSeconds(1));
    assertThat(open(link).statusCode()).isEqualTo(404);

    var another = link("thumbnail");
    assertThat(open(another).statusCode()).isEqualTo(200);
    clinic.clinician().delete("/sessions/current");
    assertThat(open(another).statusCode()).as("after signing out").isEqualTo(404);
  }
}
