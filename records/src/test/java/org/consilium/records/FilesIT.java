package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.attachment.TusClient.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.attachment.TusClient;
import org.consilium.records.attachment.intake.Films;
import org.consilium.records.attachment.intake.Pictures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the bytes that came to what a specialist sees, also of what was meant to do harm. */
class FilesIT {
  private static Clinic clinic;
  private static TusClient tus;
  private static TusClient reader;

  private final ConsultId consult = clinic.consult();

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    tus = new TusClient(clinic.http.url("/"), clinic.http.cookie(clinic.clinician));
    reader = new TusClient(clinic.http.url("/"), clinic.http.cookie(clinic.specialist));
  }

  @AfterAll
  static void stop() throws Exception {
    tus.close();
    reader.close();
    clinic.close();
  }

  private String path() {
    return "/consults/" + consult + "/attachments";
  }

  private AttachmentId add(String kind) {
    var id = AttachmentId.random();
    var details = Map.of("kind", kind, "title", "Left calf “day 2”", "laterality", "left");
    Clinic.require(clinic.clinician().post(path(), Map.of("id", id, "details", details)), 201);
    return id;
  }

  private void send(AttachmentId attachment, String part, byte[] bytes) {
    var id = UUID.randomUUID();
    var created = tus.create(id, consult, attachment, part, bytes);
    assertThat(created.statusCode()).as(text(created)).isEqualTo(201);
    assertThat(tus.patch(id, 0, bytes).statusCode()).isEqualTo(204);
    clinic.records.attachments().lookAtArrivals();
  }

  private JsonNode shown(AttachmentId attachment) {
    for (var item : clinic.clinician().get(path()).body().path("items")) {
      if (item.path("id").asText().equals(attachment.toString())) {
        return item;
      }
    }
    throw new AssertionError("not listed: " + attachment);
  }

  private HttpResponse<byte[]> fetch(AttachmentId attachment, String part) {
    return fetch(attachment, part, UnaryOperator.identity());
  }

  private HttpResponse<byte[]> fetch(
      AttachmentId attachment, String part, UnaryOperator<HttpRequest.Builder> as) {
    return reader.send(path() + "/" + attachment + "/files/" + part, as);
  }

  private void decide(String decision) {
    clinic
        .platform
        .database()
        .asWorker(tx ->
            tx.run(
                """
                INSERT INTO records.consent (organisation_id, id, consult_id, patient_id, purpose,
                    decision, given_by, form, language, text_version, recorded_by, at)
                SELECT organisation_id, gen_random_uuid(), consult_id, patient_id, 'images', $2,
                       'patient', 'spoken', 'sw', '2026-1', $3, $4
                  FROM records.request WHERE consult_id = $1
                """,
                consult,
                decision,
                clinic.clinician.id(),
                tx.now()));
    clinic.world.clock().advance(Duration.ofMillis(10));
  }

  @Test
  void small_pictures_come_first_and_the_server_makes_them_anew_from_the_original() {
    decide("granted");
    var attachment = add("photo");
    send(attachment, "thumbnail", Pictures.gossiping(Pictures.jpeg(320, 200, 3), 1));
    assertThat(shown(attachment).at("/files/0/part").asText()).isEqualTo("thumbnail");
    assertThat(shown(attachment).path("state").asText()).isEqualTo("receiving");
    var early = fetch(attachment, "thumbnail");
    assertThat(early.statusCode()).isEqualTo(200);
    assertThat(Pictures.holds(early.body(), Pictures.CANARY)).isFalse();

    var asked = clinic.specialist().post(path() + "/" + attachment + "/original-request");
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.body().path("originalAskedAt").asText()).isNotEmpty();

    var original = Pictures.jpeg(2000, 1500, 4);
    send(attachment, "original", Pictures.gossiping(original, 6));

    var ready = shown(attachment);
    assertThat(ready.path("state").asText()).isEqualTo("ready");
    assertThat(ready.path("type").asText()).isEqualTo("image/jpeg");
    assertThat(ready.path("cameraTakenAt").asText()).isEqualTo("2026-02-28T11:30:00Z");
    assertThat(ready.path("files")).hasSize(3);
    var preview = Pictures.decoded(fetch(attachment, "preview").body());
    assertThat(preview.getHeight()).isEqualTo(1280);
    assertThat(preview.getWidth()).isEqualTo(960);
    var served = fetch(attachment, "original");
    assertThat(Pictures.holds(served.body(), Pictures.CANARY)).isFalse();
    assertThat(Pictures.decoded(served.body()).getRGB(700, 700))
        .isEqualTo(Pictures.decoded(original).getRGB(700, 700));
    assertThat(clinic.trail(consult))
        .contains(
            "attachment.add", "attachment.upload", "attachment.ask-original", "attachment.read");
  }

  @Test
  void a_signed_note_names_the_files_by_the_hash_of_what_is_served() throws Exception {
    decide("granted");
    var attachment = add("photo");
    send(attachment, "original", Pictures.jpeg(400, 300, 6));
    var served = MessageDigest.getInstance("SHA-256").digest(fetch(attachment, "original").body());

    var note = UUID.fromString(clinic.signed(consult, Clinic.note()).path("id").asText());

    var canonical =
        clinic
            .platform
            .database()
            .asWorker(tx ->
                tx.one("SELECT canonical FROM records.note_version WHERE id = $1", note)
                    .orElseThrow()
                    .getBuffer("canonical")
                    .toString());
    assertThat(canonical).contains(HexFormat.of().formatHex(served), attachment.toString());
  }

  @Test
  void what_is_served_can_do_nothing_and_comes_in_parts() {
    decide("granted");
    var attachment = add("photo");
    send(attachment, "original", Pictures.jpeg(900, 700, 5));
    var whole = fetch(attachment, "original");
    var tag = whole.headers().firstValue("ETag").orElseThrow();

    assertThat(whole.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(whole.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(whole.headers().firstValue("Content-Security-Policy"))
        .contains("sandbox; default-src 'none'");
    assertThat(whole.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("inline; filename=\"Left calf _day 2_.jpg\"; filename*=UTF-8''Left%20calf");
    assertThat(tag).contains(shown(attachment).at("/files/2/sha256").asText());
    var part = fetch(attachment, "original", r -> r.header("Range", "bytes=100-299"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 100, 300));
    assertThat(part.headers().firstValue("Content-Range"))
        .contains("bytes 100-299/" + whole.body().length);
    var tail = fetch(attachment, "original", r -> r.header("Range", "bytes=-10"));
    assertThat(tail.body()).hasSize(10);
    var beyond = fetch(attachment, "original", r -> r.header("Range", "bytes=9999999-"));
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range"))
        .contains("bytes */" + whole.body().length);
    var other =
        fetch(
            attachment,
            "original",
            r -> r.header("Range", "bytes=0-9").header("If-Range", "\"another\""));
    assertThat(other.statusCode()).isEqualTo(200);
    var same = fetch(attachment, "original", r -> r.header("If-None-Match", tag));
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    var head =
        fetch(attachment, "original", r -> r.method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(whole.body().length);
  }

  @Test
  void a_patient_who_takes_pictures_back_is_obeyed_on_every_path() {
    var attachment = add("photo");
    send(attachment, "original", Pictures.jpeg(300, 200, 6));
    assertThat(fetch(attachment, "thumbnail").statusCode()).isEqualTo(403);
    assertThat(text(fetch(attachment, "thumbnail"))).contains("pictures-not-agreed");
    assertThat(clinic.specialist().get(path()).body().path("withheld").asText())
        .isEqualTo("not-agreed");
    decide("granted");
    var tag = fetch(attachment, "thumbnail").headers().firstValue("ETag").orElseThrow();

    decide("refused");

    for (var part : List.of("thumbnail", "preview", "original")) {
      assertThat(fetch(attachment, part).statusCode()).isEqualTo(403);
    }
    assertThat(fetch(attachment, "thumbnail", r -> r.header("If-None-Match", tag)).statusCode())
        .isEqualTo(403);
    assertThat(tus.send(path() + "/" + attachment + "/files/original", r -> r).statusCode())
        .isEqualTo(403);
    assertThat(clinic.clinician().get(path()).body().path("withheld").asText())
        .isEqualTo("taken-back");
  }

  @Test
  void a_film_is_seen_and_not_whose_it_is() {
    decide("granted");
    var attachment = add("x-ray");
    send(attachment, "original", Films.xray(1500, 1200));

    var own = shown(attachment);
    assertThat(own.path("state").asText()).isEqualTo("ready");
    assertThat(own.at("/dicomIdentity/name").asText()).isEqualTo("Private Naisula");
    assertThat(own.at("/dicom/burnedIn").asBoolean()).isTrue();
    var abroad = clinic.specialist().get(path()).body().toString();
    assertThat(abroad).contains("\"modality\":\"DX\"").doesNotContain("Naisula", "OPD-17");
    var object = fetch(attachment, "original");
    assertThat(object.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment;");
    assertThat(Pictures.holds(object.body(), "Naisula")).isFalse();
    assertThat(Pictures.decoded(fetch(attachment, "preview").body()).getHeight())
        .isGreaterThan(700);
  }

  @Test
  void hostile_and_broken_files_are_judged_with_a_sentence() {
    decide("granted");
    var html = Pictures.latin("<!doctype html><script>alert(1)</script>");
    var jpeg = Pictures.jpeg(400, 300, 8);
    var judged =
        Map.of(
            "gigapixels", judge(Pictures.gigapixels()),
            "bomb", judge(Pictures.packedBomb()),
            "cut", judge(Arrays.copyOf(jpeg, jpeg.length * 2 / 3)),
            "nested", judge(Films.nested(300)),
            "torn", judge(Pictures.join(Arrays.copyOf(jpeg, 300), new byte[500])));

    assertThat(judged.get("gigapixels").path("reason").asText()).isEqualTo("too-many-pixels");
    assertThat(judged.get("gigapixels").path("state").asText()).isEqualTo("refused");
    assertThat(judged.get("gigapixels").path("sentence").asText()).contains("megapixels");
    assertThat(judged.get("gigapixels").path("files")).isEmpty();
    assertThat(judged.get("bomb").path("state").asText()).isEqualTo("ready");
    assertThat(judged.get("cut").path("state").asText()).isEqualTo("damaged");
    assertThat(judged.get("cut").path("files")).isNotEmpty();
    assertThat(judged.get("nested").path("state").asText()).isEqualTo("quarantined");
    assertThat(judged.get("torn").path("state").asText()).isIn("quarantined", "damaged");

    var polyglot = add("photo");
    var mixed =
        Pictures.join(
            Arrays.copyOf(jpeg, 2),
            new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) (html.length + 2)},
            html,
            Arrays.copyOfRange(jpeg, 2, jpeg.length),
            html);
    send(polyglot, "original", mixed);
    assertThat(Pictures.holds(fetch(polyglot, "original").body(), "<script>")).isFalse();
  }

  private JsonNode judge(byte[] bytes) {
    var attachment = add("photo");
    send(attachment, "original", bytes);
    return shown(attachment);
  }

  @Test
  void what_was_altered_on_the_way_is_sent_again() {
    decide("granted");
    var attachment = add("photo");
    var picture = Pictures.jpeg(300, 200, 11);
    var id = UUID.randomUUID();
    tus.create(id, consult, attachment, "original", picture);
    var altered = picture.clone();
    altered[altered.length / 2] ^= 1;
    tus.patch(id, 0, altered);
    clinic.records.attachments().lookAtArrivals();
    assertThat(shown(attachment).path("reason").asText()).isEqualTo("altered-on-the-way");

    send(attachment, "original", picture);

    assertThat(shown(attachment).path("state").asText()).isEqualTo("ready");
    assertThat(shown(attachment).has("sentence")).isFalse();
  }

  @Test
  void a_message_names_files_and_those_stay() {
    var attachment = add("ecg");
    var message =
        Map.of(
            "id",
            UUID.randomUUID(),
            "text",
            "The ECG of this morning.",
            "language",
            "en",
            "attachments",
            List.of(attachment));
    var posted = clinic.clinician().post("/consults/" + consult + "/messages", message);
    assertThat(posted.status()).as(posted.body().toString()).isEqualTo(201);
    var thread = clinic.specialist().get("/consults/" + consult + "/messages").body();
    assertThat(thread.at("/items/0/attachments/0").asText()).isEqualTo(attachment.toString());
    assertThat(clinic.clinician().delete(path() + "/" + attachment).status()).isEqualTo(409);

    var unknown =
        Map.of(
            "id",
            UUID.randomUUID(),
            "text",
            "And this?",
            "language",
            "en",
            "attachments",
            List.of(UUID.randomUUID()));
    var refused = clinic.clinician().post("/consults/" + consult + "/messages", unknown);
    assertThat(Clinic.pointers(refused)).containsExactly("/attachments");
  }

  @Test
  void details_are_revised_by_version_and_useless_files_removed() {
    var attachment = add("photo");
    var details = Map.of("kind", "photo", "title", "Right calf", "laterality", "right");
    var address = path() + "/" + attachment;
    assertThat(clinic.clinician().put(address, 1, details).body().path("version").asInt())
        .isEqualTo(2);
    assertThat(clinic.clinician().put(address, 1, details).status()).isEqualTo(412);
    assertThat(clinic.clinician().put(address, 2, Map.of("kind", "photo", "title", " ")).status())
        .isEqualTo(422);
    assertThat(clinic.specialist().delete(address).status()).isEqualTo(409);
    assertThat(clinic.clinician().delete(address).status()).isEqualTo(204);
    assertThat(clinic.clinician().delete(address).status()).isEqualTo(404);
  }

  @Test
  void a_draft_takes_files_along_and_its_end_takes_them_away() {
    var draft = ConsultId.random();
    var patient = clinic.patient(Map.of());
    Clinic.require(
        clinic
            .clinician()
            .put("/consults/" + draft + "/request", 0, Clinic.content(patient, 10957)),
        200);
    var attachment = AttachmentId.random();
    Clinic.require(
        clinic
            .clinician()
            .post(
                "/consults/" + draft + "/attachments",
                Map.of("id", attachment, "details", Map.of("kind", "photo", "title", "Rash"))),
        201);
    var id = UUID.randomUUID();
    var picture = Pictures.jpeg(300, 200, 12);
    tus.create(id, draft, attachment, "original", picture);
    tus.patch(id, 0, picture);
    clinic.records.attachments().lookAtArrivals();

    assertThat(clinic.clinician().delete("/consults/" + draft + "/request").status())
        .isEqualTo(204);

    var left =
        clinic
            .platform
            .database()
            .asWorker(tx ->
                tx.one("SELECT count(*) FROM records.blob WHERE consult_id = $1", draft)
                    .orElseThrow()
                    .getLong(0));
    assertThat(left).isZero();
  }

  @Test
  void a_worker_that_dies_leaves_its_job_to_the_next() {
    decide("granted");
    var attachment = add("photo");
    var picture = Pictures.jpeg(300, 200, 13);
    var id = UUID.randomUUID();
    tus.create(id, consult, attachment, "original", picture);
    tus.patch(id, 0, picture);
    clinic
        .platform
        .database()
        .asWorker(tx ->
            tx.run(
                "UPDATE records.upload SET claim = $2, claimed_until = $3, tries = 1 WHERE id = $1",
                id,
                UUID.randomUUID(),
                tx.now().plusSeconds(60)));
    assertThat(clinic.records.attachments().lookAtArrivals()).isZero();
    clinic.world.clock().advance(Duration.ofSeconds(61));
    assertThat(clinic.records.attachments().lookAtArrivals()).isEqualTo(1);
    assertThat(shown(attachment).path("state").asText()).isEqualTo("ready");
  }
}
