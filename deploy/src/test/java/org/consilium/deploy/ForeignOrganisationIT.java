package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.deploy.CareWorld.expect;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * People of another organisation see nothing: every operation of the contract that names a thing is
 * called by a stranger of every role it is for, and answers as if the thing did not exist. An
 * operation added to the contract is in this test without a line here, or fails it for want of a
 * body.
 */
class ForeignOrganisationIT {
  private static CareWorld care;
  private static JsonNode contract;
  private static ConsultId consult;
  private static Map<String, String> ids;
  private static final PatientId strangersPatient = PatientId.random();
  private static final Map<Role, TestPerson> strangers = new EnumMap<>(Role.class);

  @BeforeAll
  static void start() throws Exception {
    care = new CareWorld();
    consult = care.accepted();
    var detail = expect(200, care.http.as(care.scheduler).get("/consults/" + consult));
    var slots = expect(200, care.http.as(care.clinician).get("/consults/" + consult + "/slots"));
    var appointment =
        expect(
            201,
            care.http
                .as(care.clinician)
                .post(
                    "/consults/" + consult + "/appointments",
                    Map.of("start", slots.at("/items/0/start").asText(), "minutes", 15)));
    var known = new HashMap<String, String>();
    known.put("consultId", consult.toString());
    known.put("patientId", detail.at("/summary/patient/id").asText());
    known.put("offerId", detail.at("/offers/0/id").asText());
    known.put("appointmentId", appointment.path("id").asText());
    known.put("siteId", care.olkeri.toString());
    known.put("volunteerId", care.ines.id().toString());
    for (var name :
        List.of(
            "recommendationId",
            "attachmentId",
            "referralId",
            "noteId",
            "draftId",
            "noticeId",
            "itemId",
            "credentialId",
            "guestId",
            "planId",
            "shiftId",
            "rotaId",
            "overrideId",
            "swapId",
            "waitingId",
            "standById",
            "workId",
            "resourceId",
            "programId",
            "exportId",
            "supervisorCallId")) {
      known.put(name, UUID.randomUUID().toString());
    }
    var hold =
        care.http
            .as(care.clinician)
            .post(
                "/consults/" + consult + "/holds",
                Map.of("start", slots.at("/items/8/start").asText(), "minutes", 15));
    known.put("holdId", expect(201, hold).path("id").asText());
    ids = Map.copyOf(known);
    for (var role : Role.values()) {
      if (role != Role.WORKER && role != Role.NOBODY) {
        strangers.put(
            role, care.world.person("Stranger " + role, care.elsewhere, role, care.far, "UTC"));
      }
    }
    expect(
        201,
        care.http
            .as(strangers.get(Role.CLINICIAN))
            .post("/patients", Map.of("id", strangersPatient, "particulars", particulars())));
    try (var http = HttpClient.newHttpClient()) {
      var published = HttpRequest.newBuilder(care.http.url("/api/v1/openapi.json")).build();
      contract = Json.MAPPER.readTree(http.send(published, BodyHandlers.ofByteArray()).body());
    }
  }

  @AfterAll
  static void stop() throws Exception {
    care.close();
  }

  @TestFactory
  Stream<DynamicTest> a_stranger_finds_nothing() {
    return contract.path("paths").properties().stream()
        .filter(path -> path.getKey().contains("{"))
        .flatMap(path ->
            path.getValue().properties().stream()
                .flatMap(method -> tests(path.getKey(), method.getKey(), method.getValue())));
  }

  private static Stream<DynamicTest> tests(String path, String method, JsonNode operation) {
    var id = operation.path("operationId").asText();
    return StreamSupport.stream(operation.path("x-access").spliterator(), false)
        .map(role -> Wire.parse(Role.class, role.asText()))
        .map(role ->
            dynamicTest(
                id + " as a foreign " + role.wire(),
                () -> {
                  var reply = call(role, method, path, id);
                  assertThat(reply.status()).as(reply.body().toString()).isEqualTo(404);
                  assertThat(reply.code()).endsWith("-not-found");
                  assertThat(reply.body().toString()).doesNotContain("Mara", "Amina", "Ines");
                }));
  }

  private static Reply call(Role role, String method, String path, String operation) {
    var address = path;
    for (var parameter : ids.entrySet()) {
      address = address.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    var client = care.http.as(strangers.get(role));
    return switch (method) {
      case "get" -> client.get(address);
      case "delete" ->
          client.delete(operation.equals("discardNoteDraft") ? address + "?revision=1" : address);
      case "put" -> client.put(address, 0, body(operation));
      case "post" ->
          body(operation).isEmpty() && !operation.equals("takeOverConsult")
              ? client.post(address)
              : client.post(address, body(operation));
      default -> throw new IllegalStateException(method + " " + path);
    };
  }

  private static Map<String, Object> signature() {
    return Map.of(
        "draftId",
        UUID.randomUUID(),
        "revision",
        1,
        "shownSha256",
        "0".repeat(64),
        "password",
        "guess");
  }

  private static Map<String, Object> with(Map<String, Object> body, String name, Object value) {
    var more = new HashMap<>(body);
    more.put(name, value);
    return more;
  }

  /** What the contract takes as the body of an operation. */
  static Map<String, Object> body(String operation) {
    return switch (operation) {
      case "revisePatient" -> particulars();
      case "keepPatientsApart" -> Map.of("otherId", strangersPatient);
      case "mergePatients" ->
          Map.of(
              "version",
              1,
              "mergedId",
              strangersPatient,
              "mergedVersion",
              1,
              "particulars",
              particulars(),
              "reason",
              "Registered twice.");
      case "unmergePatients" -> Map.of("reason", "Two people.");
      case "addHealthItem" ->
          Map.of("id", UUID.randomUUID(), "kind", "problem", "entry", healthEntry());
      case "changeHealthItem" -> healthEntry();
      case "sayNoneKnown" -> Map.of("id", UUID.randomUUID(), "kind", "problem");
      case "endHealthItem" -> Map.of("version", 1);
      case "markHealthItemError" -> Map.of("version", 1, "reason", "Because.");
      case "saveRequest" ->
          Map.of("patientId", strangersPatient, "mode", "clinician-advice", "language", "en");
      case "supplementRequest" -> Map.of("id", UUID.randomUUID(), "text", "Let me in.");
      case "submitRequest" -> CareWorld.submission(1);
      case "postMessage" -> Map.of("id", UUID.randomUUID(), "text", "Let me in.", "language", "en");
      case "seeMessages" -> Map.of("upTo", UUID.randomUUID());
      case "recordConsent" -> CareWorld.consent("images");
      case "withdrawConsent" ->
          Map.of(
              "purpose", "advice", "givenBy", "patient", "form", "spoken", "reason", "Not mine.");
      case "reviewWaiver" -> Map.of("finding", "justified");
      case "addAttachment" ->
          Map.of("id", UUID.randomUUID(), "details", Map.of("kind", "photo", "title", "Not mine"));
      case "linkFile" -> Map.of("part", "original");
      case "reviseAttachment" -> Map.of("kind", "photo", "title", "Not mine");
      case "previewNote" -> Map.of("kind", "note", "draftId", UUID.randomUUID(), "revision", 1);
      case "signNote", "signAddendum" -> signature();
      case "signCorrection" -> with(signature(), "reasonText", "A slip.");
      case "retractNote" ->
          Map.of("reason", "wrong-patient", "shownSha256", "0".repeat(64), "password", "guess");
      case "coSignNote" -> Map.of("sha256", "0".repeat(64), "password", "guess");
      case "checkRecommendations" -> Map.of("recommendations", List.of());
      case "confirmCapabilities" -> Map.of("drugs", List.of(), "tests", List.of());
      case "saveNoteDraft" ->
          Map.of(
              "deviceId",
              UUID.randomUUID(),
              "kind",
              "note",
              "seenVersion",
              0,
              "content",
              Map.of("language", "en", "answer", "Not mine to give."));
      case "decideRecommendation" -> Map.of("decision", "accept");
      case "setFollowUp" -> Map.of("dueOn", "2026-04-01");
      case "recordOutcome" -> Map.of("result", "better", "adviceFollowed", "fully");
      case "triageConsult" ->
          Map.of(
              "urgency", "green",
              "specialty", "dermatology",
              "mode", "clinician-advice",
              "reason", "Because.");
      case "withdrawConsult",
          "rejectPlan",
          "cancelAppointment",
          "keepBrokenAppointment",
          "refuseVolunteer",
          "endVolunteer",
          "revokeCredential" ->
          Map.of("reason", "Because.");
      case "pauseVolunteer" -> Map.of("reason", "A rest.");
      case "offerConsult", "askOnCall" -> Map.of("specialistId", care.ines.id());
      case "moveShift" -> Map.of("start", "2026-03-04T10:00:00Z", "end", "2026-03-04T12:00:00Z");
      case "saveRota" ->
          Map.of(
              "name",
              "Mine",
              "specialty",
              "dermatology",
              "language",
              "en",
              "zone",
              "UTC",
              "rotations",
              List.of(),
              "swapNeedsApproval",
              false,
              "restHours",
              8);
      case "overrideRota" ->
          Map.of(
              "layer", "primary",
              "start", "2026-03-04T10:00:00Z",
              "end", "2026-03-04T12:00:00Z",
              "specialistId", care.ines.id());
      case "moveRotaShift" ->
          Map.of(
              "start", "2026-03-04T10:00:00Z",
              "end", "2026-03-04T12:00:00Z",
              "specialistId", care.ines.id());
      case "undoRotaMove" -> Map.of("overrideIds", List.of(UUID.randomUUID()));
      case "decideSwap" -> Map.of("approved", true);
      case "refuseOffer" -> Map.of("reason", "busy");
      case "noteSupervisorCall" -> Map.of("outcome", "reached");
      case "pauseLadder" -> Map.of("until", "2026-03-02T10:00:00Z");
      case "skipLadderStep" -> Map.of("how", "now");
      case "pinSpecialist" ->
          Map.of("specialistId", care.ines.id(), "until", "2026-03-02T10:00:00Z");
      case "handOverConsult" -> Map.of("to", care.ines.id());
      case "redirectConsult" -> Map.of("where", "emergency", "reason", "Because.");
      case "bookAppointment", "holdSlot", "rescheduleAppointment" ->
          Map.of("start", "2026-03-04T10:00:00Z", "minutes", 30);
      case "approveNewTime" -> Map.of("start", "2026-03-04T10:00:00Z");
      case "missAppointment" -> Map.of("absent", List.of("specialist"));
      case "closeAppointment" -> Map.of("outcome", "done");
      case "addSiteResource" -> Map.of("kind", "room", "name", "Mine now");
      case "saveSiteResource" -> Map.of("name", "Mine now", "retired", true);
      case "joinWaitingList" ->
          Map.of("from", "2026-03-04T10:00:00Z", "until", "2026-03-05T10:00:00Z", "minutes", 30);
      case "signReferral" ->
          Map.of(
              "content",
              Map.of(
                  "language", "en", "toFacility", "Mine", "urgency", "now", "reason", "Because."),
              "password",
              "not asked for");
      case "tellOfReferral" -> Map.of("status", "arrived");
      case "inviteGuest" -> Map.of("name", "Somebody", "role", "patient");
      case "ringPerson" -> Map.of("account", care.ines.id());
      default -> Map.of();
    };
  }

  private static Map<String, Object> healthEntry() {
    return Map.of("text", "Mine", "verification", "confirmed");
  }

  private static Map<String, Object> particulars() {
    return Map.of(
        "localNumber", "X-1",
        "age", Map.of("value", 3, "unit", "years"),
        "sex", "male",
        "allergies", Map.of("state", "none"),
        "language", "sw");
  }

  @TestFactory
  List<DynamicTest> lists_of_a_stranger_hold_nothing_foreign() {
    return List.of(
        nothing(Role.CLINICIAN, "/patients?query=Naisula"),
        nothing(Role.CLINICIAN, "/patients?ids=" + ids.get("patientId")),
        nothing(Role.CLINICIAN, "/requests"),
        nothing(Role.SCHEDULER, "/consults?view=queue"),
        nothing(Role.SPECIALIST, "/consults?view=all"),
        nothing(Role.SPECIALIST, "/offers"),
        nothing(Role.CLINICIAN, "/appointments"),
        nothing(Role.SCHEDULER, "/waiting"),
        nothing(Role.SCHEDULER, "/broken-appointments"),
        nothing(Role.SCHEDULER, "/notices"),
        nothing(Role.DATA_OFFICER, "/audit-events?consultId=" + consult));
  }

  private static DynamicTest nothing(Role role, String path) {
    return dynamicTest(
        path,
        () -> {
          var items = expect(200, care.http.as(strangers.get(role)).get(path)).path("items");
          assertThat(items).isEmpty();
        });
  }
}
