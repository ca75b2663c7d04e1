package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.attachment.TusClient.answer;
import static org.consilium.records.attachment.TusClient.offset;
import static org.consilium.records.attachment.TusClient.text;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.attachment.TusClient;
import org.consilium.records.attachment.intake.Pictures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** tus 1.0.0 over real HTTP and PostgreSQL, with links that break and clients that err. */
class UploadIT {
  private static Clinic clinic;
  private static TusClient tus;
  private static ConsultId consult;
  private static final byte[] PICTURE =
      Pictures.join(Pictures.gossiping(Pictures.jpeg(1400, 1000, 7), 1), new byte[300_000]);

  private final UUID id = UUID.randomUUID();

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    tus = new TusClient(clinic.http.url("/"), clinic.http.cookie(clinic.clinician));
    consult = clinic.consult();
  }

  @AfterAll
  static void stop() throws Exception {
    tus.close();
    clinic.close();
  }

  private static AttachmentId attachment() {
    var id = AttachmentId.random();
    Clinic.require(
        clinic
            .clinician()
            .post(
                "/consults/" + consult + "/attachments",
                Map.of("id", id, "details", Map.of("kind", "photo", "title", "Left calf"))),
        201);
    return id;
  }

  private void created(byte[] bytes) {
    var answer = tus.create(id, consult, attachment(), "original", bytes);
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
  }

  private long pieces() {
    return clinic
        .platform
        .database()
        .asWorker(tx ->
            tx.one("SELECT count(*) FROM records.upload_piece WHERE upload_id = $1", id)
                .orElseThrow()
                .getLong(0));
  }

  @Test
  void the_server_says_what_it_can() {
    var answer =
        tus.send("/uploads", request -> request.method("OPTIONS", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Tus-Version")).contains("1.0.0");
    assertThat(answer.headers().firstValue("Tus-Extension"))
        .contains("creation,expiration,termination,checksum");
    assertThat(answer.headers().firstValue("Tus-Checksum-Algorithm")).contains("sha1,sha256");
    assertThat(answer.headers().firstValue("Tus-Max-Size")).contains("60000000");
  }

  @Test
  void begun_twice_it_is_one_upload_that_says_how_far_it_is() {
    var attachment = attachment();
    var first = tus.create(id, consult, attachment, "original", PICTURE);
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.headers().firstValue("Location")).contains("/api/v1/uploads/" + id);
    assertThat(first.headers().firstValue("Upload-Expires")).isPresent();
    tus.patch(id, 0, Arrays.copyOf(PICTURE, 1000));

    var again = tus.create(id, consult, attachment, "original", PICTURE);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(offset(again)).isEqualTo(1000);
    assertThat(tus.create(id, consult, attachment, "original", new byte[5]).statusCode())
        .isEqualTo(409);
    var head = tus.head(id);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Upload-Length")).contains("" + PICTURE.length);
    assertThat(head.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void a_cut_in_mid_request_costs_no_byte_that_came() throws Exception {
    created(PICTURE);
    int sent = 150_000;
    try (var link = tus.begin(id, 0, PICTURE.length, Arrays.copyOf(PICTURE, sent))) {
      tus.awaitOffset(id, sent);
    }
    assertThat(offset(tus.head(id))).isEqualTo(sent);
    try (var link =
        tus.begin(id, sent, PICTURE.length - sent, Arrays.copyOfRange(PICTURE, sent, sent + 777))) {
      link.shutdownOutput();
      tus.awaitOffset(id, sent + 777);
    }

    var rest = tus.patch(id, sent + 777, Arrays.copyOfRange(PICTURE, sent + 777, PICTURE.length));

    assertThat(rest.statusCode()).isEqualTo(204);
    assertThat(offset(rest)).isEqualTo(PICTURE.length);
    assertThat(clinic.records.attachments().lookAtArrivals()).isEqualTo(1);
    assertThat(pieces()).isZero();
    var listed = clinic.clinician().get("/consults/" + consult + "/attachments").body().toString();
    assertThat(listed).contains("\"state\":\"ready\"");
  }

  @Test
  void a_wrong_offset_is_told_the_right_one() {
    created(PICTURE);
    tus.patch(id, 0, Arrays.copyOf(PICTURE, 1000));

    var wrong = tus.patch(id, 900, Arrays.copyOfRange(PICTURE, 900, 2000));

    assertThat(wrong.statusCode()).isEqualTo(409);
    assertThat(offset(wrong)).isEqualTo(1000);
    assertThat(offset(tus.head(id))).isEqualTo(1000);
  }

  @Test
  void a_newer_link_takes_over_and_the_older_one_is_told() throws Exception {
    created(PICTURE);
    try (var older = tus.begin(id, 0, PICTURE.length, Arrays.copyOf(PICTURE, 70_000))) {
      tus.awaitOffset(id, 70_000);
      var newer = tus.patch(id, 70_000, Arrays.copyOfRange(PICTURE, 70_000, 90_000));
      assertThat(newer.statusCode()).isEqualTo(204);

      older.getOutputStream().write(Arrays.copyOfRange(PICTURE, 70_000, 80_000));

      assertThat(answer(older)).startsWith("HTTP/1.1 409").contains("Tus-Resumable: 1.0.0");
      assertThat(offset(tus.head(id))).isEqualTo(90_000);
    }
  }

  @Test
  void bytes_that_do_not_match_their_checksum_are_taken_back() {
    created(PICTURE);
    tus.patch(id, 0, Arrays.copyOf(PICTURE, 500));
    var next = Arrays.copyOfRange(PICTURE, 500, 140_000);
    var sha1 = Base64.getEncoder().encodeToString(sha1(next));

    var wrong =
        tus.patch(
            id, 500, next, r -> r.header("Upload-Checksum", "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    assertThat(wrong.statusCode()).isEqualTo(460);
    assertThat(offset(tus.head(id))).isEqualTo(500);
    assertThat(tus.patch(id, 500, next, r -> r.header("Upload-Checksum", "md5 AAAA")).statusCode())
        .isEqualTo(400);

    var right = tus.patch(id, 500, next, r -> r.header("Upload-Checksum", "sha1 " + sha1));
    assertThat(right.statusCode()).isEqualTo(204);
    assertThat(offset(right)).isEqualTo(140_000);
    var rest = Arrays.copyOfRange(PICTURE, 140_000, PICTURE.length);
    var sha256 = Base64.getEncoder().encodeToString(Secrets.sha256(rest));
    assertThat(
            tus.patch(id, 140_000, rest, r -> r.header("Upload-Checksum", "sha256 " + sha256))
                .statusCode())
        .isEqualTo(204);
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return java.security.MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void more_than_was_announced_is_not_taken() {
    created(new byte[1000]);

    assertThat(tus.patch(id, 0, new byte[1001]).statusCode()).isEqualTo(413);
    assertThat(offset(tus.head(id))).isZero();
    assertThat(
            tus.create(UUID.randomUUID(), consult, attachment(), "thumbnail", new byte[20_001])
                .statusCode())
        .isEqualTo(413);
  }

  @Test
  void what_can_never_be_taken_is_refused_by_its_first_bytes() {
    var attachment = attachment();
    var svg = Pictures.latin("<svg xmlns='http://www.w3.org/2000/svg'>" + " ".repeat(300_000));
    tus.create(id, consult, attachment, "original", svg);

    var refused = tus.patch(id, 0, svg);

    assertThat(refused.statusCode()).isEqualTo(415);
    assertThat(text(refused)).contains("unknown-type", "Send a picture (JPEG");
    assertThat(tus.head(id).statusCode()).isEqualTo(404);
    assertThat(clinic.clinician().get("/consults/" + consult + "/attachments").body().toString())
        .contains("\"state\":\"refused\",\"reason\":\"unknown-type\"");
  }

  @Test
  void who_stays_away_for_a_week_begins_anew_and_nothing_is_left() {
    created(PICTURE);
    tus.patch(id, 0, Arrays.copyOf(PICTURE, 70_000));
    assertThat(pieces()).isPositive();
    var now = clinic.world.clock().instant();
    try (var later = new TusClientLater(now.plus(Duration.ofDays(7)))) {
      var gone = later.client.head(id);
      assertThat(gone.statusCode()).isEqualTo(410);
      assertThat(later.client.patch(id, 70_000, new byte[10]).statusCode()).isEqualTo(410);
      clinic.world.clock().advance(Duration.ofSeconds(1));
      assertThat(clinic.records.attachments().sweep()).isPositive();
      assertThat(pieces()).isZero();
      assertThat(later.client.head(id).statusCode()).isEqualTo(404);
    } finally {
      clinic.world.clock().set(now);
    }
  }

  /** Somebody signed in at another time. */
  private static final class TusClientLater implements AutoCloseable {
    final TusClient client;

    TusClientLater(java.time.Instant at) {
      clinic.world.clock().set(at);
      var reply =
          clinic
              .http
              .anonymous()
              .post(
                  "/sessions",
                  Map.of(
                      "email", clinic.clinician.email(), "password", clinic.clinician.password()));
      client =
          new TusClient(
              clinic.http.url("/"),
              reply.headers().firstValue("set-cookie").orElseThrow().split(";")[0]);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  @Test
  void an_upload_that_is_not_wanted_any_more_is_gone() {
    created(PICTURE);
    tus.patch(id, 0, Arrays.copyOf(PICTURE, 5000));

    var gone =
        tus.send("/uploads/" + id, request -> request.header("Tus-Resumable", "1.0.0").DELETE());

    assertThat(gone.statusCode()).isEqualTo(204);
    assertThat(tus.head(id).statusCode()).isEqualTo(404);
    assertThat(pieces()).isZero();
  }

  @Test
  void strangers_other_sites_and_old_clients_get_nowhere() {
    created(PICTURE);
    try (var stranger = new TusClient(clinic.http.url("/"), clinic.http.cookie(clinic.stranger));
        var nobody = new TusClient(clinic.http.url("/"), "a=b")) {
      assertThat(stranger.head(id).statusCode()).isEqualTo(404);
      assertThat(stranger.patch(id, 0, new byte[10]).statusCode()).isEqualTo(404);
      assertThat(
              stranger
                  .create(UUID.randomUUID(), consult, attachment(), "original", PICTURE)
                  .statusCode())
          .isEqualTo(404);
      assertThat(nobody.patch(id, 0, new byte[10]).statusCode()).isEqualTo(401);
    }
    var foreign = tus.patch(id, 0, new byte[10], r -> r.header("Origin", "https://evil.example"));
    assertThat(foreign.statusCode()).isEqualTo(403);
    var old = tus.send("/uploads/" + id, r -> r.method("HEAD", BodyPublishers.noBody()));
    assertThat(old.statusCode()).isEqualTo(412);
    assertThat(old.headers().firstValue("Tus-Version")).contains("1.0.0");
    var json = tus.send("/uploads/" + id, UploadIT::asJson);
    assertThat(json.statusCode()).isEqualTo(415);
    assertThat(tus.head(UUID.randomUUID()).statusCode()).isEqualTo(404);
    assertThat(offset(tus.head(id))).isZero();
  }

  private static HttpRequest.Builder asJson(HttpRequest.Builder request) {
    return request
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Offset", "0")
        .header("Content-Type", "application/json")
        .method("PATCH", BodyPublishers.ofString("{}"));
  }

  @Test
  void what_is_malformed_is_named() {
    var attachment = attachment().toString();
    var good =
        Map.of(
            "id",
            id.toString(),
            "consult",
            consult.toString(),
            "attachment",
            attachment,
            "part",
            "original");
    assertThat(tus.create(0, good).statusCode()).isEqualTo(400);
    assertThat(tus.create(-5, good).statusCode()).isEqualTo(400);
    assertThat(tus.create(70_000_000, good).statusCode()).isEqualTo(413);
    var lacking = tus.create(10, Map.of("id", id.toString()));
    assertThat(lacking.statusCode()).isEqualTo(400);
    assertThat(text(lacking)).contains("lacks consult");
  }
}
