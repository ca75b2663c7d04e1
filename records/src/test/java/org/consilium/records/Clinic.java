package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.SubmittedRequest;
import org.consilium.records.triage.TriageCatalogue;
import org.consilium.records.triage.TriageRules;
import org.consilium.records.triage.Urgency;

/** A clinic with its people, a specialist abroad, and strangers, over real HTTP and PostgreSQL. */
final class Clinic implements AutoCloseable {
  static final String DEVICE = "11111111-2222-4333-8444-555555555555";

  final TestPlatform world = TestPlatform.start(Records.SCHEMA);
  final Platform platform = world.platform();

  /** What reached whoever finds specialists. */
  final List<SubmittedRequest> taken = new CopyOnWriteArrayList<>();

  /** Consults that no specialist has taken; every other one has been. */
  final Set<ConsultId> untaken = ConcurrentHashMap.newKeySet();

  /** Specialists who may not give advice now. */
  final Set<AccountId> unlicensed = ConcurrentHashMap.newKeySet();

  /** Consults that ended because the patient no longer agrees. */
  final Set<ConsultId> stopped = ConcurrentHashMap.newKeySet();

  final Records records = new Records(platform, Optional.empty(), new Intake(), TestElsewhere.ROWS);
  final TestHttp http = world.serve(records.routes());
  final OrganisationId organisation = world.organisation("Mara Valley Health", "clinic-network");
  final SiteId site = world.site(organisation, "Olkeri", "Africa/Nairobi", "KE");
  final TestPerson clinician =
      world.person("Amina", organisation, Role.CLINICIAN, site, "Africa/Nairobi");
  final TestPerson scheduler = world.person("Otieno", organisation, Role.SCHEDULER);
  final TestPerson specialist =
      world.person("Ines", world.organisation("Open Hands", "volunteer-network"), Role.SPECIALIST);
  final OrganisationId elsewhere = world.organisation("Elsewhere", "clinic-network");
  final TestPerson stranger =
      world.person(
          "Bob",
          elsewhere,
          Role.CLINICIAN,
          world.site(elsewhere, "Kisoro", "Africa/Kampala", "UG"),
          "Africa/Kampala");
  final TestPerson strangeSpecialist = world.person("Eve", elsewhere, Role.SPECIALIST);

  private final class Intake implements ConsultIntake {
    @Override
    public void submit(Tx tx, SubmittedRequest request) {
      taken.add(request);
    }

    @Override
    public boolean isTaken(Tx tx, ConsultId consult) {
      return !untaken.contains(consult);
    }

    @Override
    public boolean waitsForClinicAlone(Tx tx, ConsultId consult) {
      return true;
    }

    @Override
    public Map<ConsultId, Progress> progress(Tx tx, Collection<ConsultId> consults) {
      return consults.stream()
          .collect(
              Collectors.toMap(id -> id, _ -> new Progress(Stage.RUNNING, 3, TestPlatform.START)));
    }

    @Override
    public Optional<Urgency> urgency(Tx tx, ConsultId consult) {
      return Optional.of(Urgency.YELLOW);
    }

    @Override
    public Instant openFrom(Tx tx, SiteId site, Instant from) {
      return from;
    }

    @Override
    public boolean mayPractise(Tx tx, AccountId specialist) {
      return !unlicensed.contains(specialist);
    }

    @Override
    public void stop(Tx tx, ConsultId consult, String reason) {
      stopped.add(consult);
    }
  }

  TestHttp.Client clinician() {
    return http.as(clinician);
  }

  /** Another clinician, who has not signed in yet. */
  TestPerson person() {
    return world.person("Njeri", organisation, Role.CLINICIAN, site, "Africa/Nairobi");
  }

  TestHttp.Client specialist() {
    return http.as(specialist);
  }

  /** A woman of thirty unless told otherwise. */
  static Map<String, Object> particulars(Map<String, Object> other) {
    var particulars =
        new HashMap<String, Object>(
            Map.of(
                "localNumber", "OPD-17/26",
                "name", "Wanjikũ Mwangi",
                "phone", "+254 712 345 678",
                "age", age(30, "years"),
                "sex", "female",
                "allergies", Map.of("state", "none"),
                "language", "sw"));
    particulars.putAll(other);
    return particulars;
  }

  /** Fails if words tell who the patient of {@link #particulars} is. */
  static void assertNameless(String words) {
    assertThat(words)
        .doesNotContain("Wanjik", "OPD-17", "Her mother")
        .doesNotContainPattern("712\\W?345\\W?678");
  }

  static Map<String, Object> age(int value, String unit) {
    return Map.of("value", value, "unit", unit);
  }

  String patient(Map<String, Object> other) {
    var id = UUID.randomUUID().toString();
    var reply = clinician().post("/patients", Map.of("id", id, "particulars", particulars(other)));
    require(reply, 201);
    return id;
  }

  /** A form that lacks nothing, for a patient of an age in days. */
  static Map<String, Object> content(String patient, int ageDays) {
    return new HashMap<>(
        Map.of(
            "patientId",
            patient,
            "mode",
            "clinician-advice",
            "language",
            "en",
            "situation",
            Map.of("question", "Is this cellulitis or a deep vein thrombosis?"),
            "background",
            Map.of("pregnancy", Map.of("state", "no")),
            "assessment",
            Map.of(
                "consciousness",
                "alert",
                "vitals",
                List.of(
                    vital("temperature", 38.4, "Cel"),
                    vital("weight", ageDays < 4383 ? 8.2 : 61, "kg")),
                "dangerSigns",
                answers(ageDays))));
  }

  static Map<String, Object> vital(String code, double value, String unit) {
    return Map.of("code", code, "value", value, "unit", unit);
  }

  /** "No" to everything that is asked at this age. */
  static List<Map<String, Object>> answers(int ageDays) {
    return TriageCatalogue.shipped().dangerSigns().stream()
        .filter(sign -> !sign.pregnantOnly().orElse(false))
        .filter(sign -> ageDays >= sign.fromAgeDays().orElse(0))
        .filter(sign -> ageDays < sign.toAgeDays().orElse(Integer.MAX_VALUE))
        .map(TriageRules.DangerSign::code)
        .map(code -> Map.<String, Object>of("code", code, "present", false))
        .toList();
  }

  static Map<String, Object> submission(int revision) {
    return new HashMap<>(
        Map.of(
            "revision",
            revision,
            "urgency",
            "yellow",
            "consents",
            List.of(consent("advice"), consent("storage-abroad"))));
  }

  static Map<String, Object> consent(String purpose) {
    return Map.of(
        "purpose", purpose,
        "decision", "granted",
        "givenBy", "patient",
        "form", "spoken",
        "language", "sw",
        "textVersion", "2026-1");
  }

  /** A sent consult with the specialist on its care team. */
  ConsultId consult() {
    var consult = ConsultId.random();
    var patient = patient(Map.of());
    require(clinician().put("/consults/" + consult + "/request", 0, content(patient, 10957)), 200);
    require(clinician().post("/consults/" + consult + "/submission", submission(1)), 201);
    join(consult, specialist.id());
    return consult;
  }

  void join(ConsultId consult, AccountId account) {
    platform
        .database()
        .asWorker(tx -> {
          platform.careTeam().join(tx, consult, account, Relation.SPECIALIST);
          return consult;
        });
  }

  static Map<String, Object> note() {
    return new HashMap<>(
        Map.of(
            "language", "en",
            "answer", "Most likely cellulitis; no need for an ultrasound today.",
            "impression", "Warm, tender, well marked edge.",
            "certainty", "likely",
            "followUpInDays", 7,
            "recommendations",
                List.of(
                    Map.of(
                        "kind", "treatment",
                        "text", "Cloxacillin by mouth",
                        "urgency", "today",
                        "drug", "cloxacillin",
                        "amount", Map.of("value", 500, "unit", "mg"),
                        "timesPerDay", 4,
                        "durationDays", 7),
                    Map.of(
                        "kind", "watch-for", "text", "Fever after 48 h", "urgency", "routine"))));
  }

  /** Types a note under a name of its own. */
  Reply type(TestPerson author, ConsultId consult, String draft, int revision, Object content) {
    return http.as(author)
        .put("/consults/" + consult + "/notes/drafts/" + draft, revision, typed("note", content));
  }

  static Map<String, Object> typed(String kind, Object content) {
    return new HashMap<>(
        Map.of("deviceId", DEVICE, "kind", kind, "seenVersion", 0, "content", content));
  }

  /** The body that signs what the preview of this act shows. */
  Map<String, Object> signature(TestPerson author, ConsultId consult, Map<String, Object> act) {
    var shown =
        require(http.as(author).post("/consults/" + consult + "/notes/preview", act), 200).body();
    var body = new HashMap<String, Object>(act);
    body.remove("kind");
    body.remove("amends");
    body.put("shownSha256", shown.path("sha256").asText());
    body.put("password", author.password());
    return body;
  }

  static Map<String, Object> act(String draft, int revision) {
    return Map.of("kind", "note", "draftId", draft, "revision", revision);
  }

  /** A note of the specialist, typed and signed. */
  JsonNode signed(ConsultId consult, Object content) {
    var draft = UUID.randomUUID().toString();
    require(type(specialist, consult, draft, 0, content), 200);
    var signature = signature(specialist, consult, act(draft, 1));
    return require(specialist().post("/consults/" + consult + "/notes", signature), 201).body();
  }

  /** The actions in the trail of a consult, in order. */
  List<String> trail(ConsultId consult) {
    return platform
        .database()
        .asWorker(tx ->
            tx.list(
                "SELECT action FROM platform.audit_event WHERE consult_id = $1 ORDER BY id",
                row -> row.getString("action"),
                consult));
  }

  static Reply require(Reply reply, int status) {
    if (reply.status() != status) {
      throw new AssertionError("expected %d but got %s".formatted(status, reply));
    }
    return reply;
  }

  static List<String> pointers(Reply reply) {
    var pointers = new ArrayList<String>();
    reply.body().path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
    return pointers;
  }

  @Override
  public void close() throws Exception {
    world.close();
  }
}
