package org.consilium.deploy.bench.records;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.Uuid7;

/**
 * Fills one organisation: patients, a consult of each, its request, vital signs, signed notes and
 * their lines in the trail. As many threads as processors make rows and send them by COPY; the one
 * index that is dear to keep up is built at the end, as a restored backup would.
 */
final class Seeding {
  private static final int PATIENTS_AT_ONCE = 500;
  private static final int OPEN_MAX = 2000;
  private static final long SEED = 5;

  private final DatabaseAddress address;
  private final Signer signer;
  private final World world;
  private final int patients;
  private final int notes;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  /** Consults of the first specialist that are open: where somebody may sign. */
  private final List<String> open = new ArrayList<>();

  private final List<String> everybody = new ArrayList<>();

  /** What is in the database afterwards. */
  record Seeded(List<String> openConsults, List<String> patients) {}

  Seeding(DatabaseAddress address, Signer signer, World world, int patients, int notes) {
    this.address = address;
    this.signer = signer;
    this.world = world;
    this.patients = patients;
    this.notes = notes;
  }

  Seeded run() throws Exception {
    String index;
    try (var owner = connect();
        var statement = owner.createStatement()) {
      try (var row =
          statement.executeQuery(
              "SELECT pg_get_indexdef('records.patient_search_grams'::regclass)")) {
        row.next();
        index = row.getString(1);
      }
      statement.execute("DROP INDEX records.patient_search_grams");
    }
    long begun = System.nanoTime();
    var next = new AtomicInteger();
    int threads = Runtime.getRuntime().availableProcessors();
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var work = new ArrayList<Callable<Void>>();
      for (int i = 0; i < threads; i++) {
        work.add(() -> {
          fill(next);
          return null;
        });
      }
      for (var one : pool.invokeAll(work)) {
        one.get();
      }
    }
    say("rows", begun);
    try (var owner = connect();
        var statement = owner.createStatement()) {
      statement.execute("SET maintenance_work_mem = '512MB'");
      statement.execute(index);
      say("index", begun);
      statement.execute("VACUUM (ANALYZE)");
      statement.execute("CHECKPOINT");
      say("vacuum and checkpoint", begun);
    }
    return new Seeded(List.copyOf(open), List.copyOf(everybody));
  }

  /** How far it is, for whoever waits. */
  private static void say(String what, long begun) {
    System.err.printf("%s after %d s%n", what, (System.nanoTime() - begun) / 1_000_000_000);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  private void fill(AtomicInteger next) throws SQLException, IOException {
    try (var connection = connect()) {
      try (var statement = connection.createStatement()) {
        // Rows that fit by their making: no look-up of each key, no wait for the disk.
        statement.execute("SET session_replication_role = replica");
        statement.execute("SET synchronous_commit = off");
      }
      connection.setAutoCommit(false);
      for (int from = next.getAndAdd(PATIENTS_AT_ONCE);
          from < patients;
          from = next.getAndAdd(PATIENTS_AT_ONCE)) {
        var rows = new Rows(new Random(SEED + from));
        for (int at = from; at < Math.min(patients, from + PATIENTS_AT_ONCE); at++) {
          rows.add(at);
        }
        rows.send(connection);
        connection.commit();
      }
    }
  }

  /** The rows of some hundred patients, table by table. */
  private final class Rows {
    private final CopyText patient =
        new CopyText(
            "records.patient (organisation_id, id, sex, birth_date, birth_precision, allergy_state,"
                + " allergies, language, version)");
    private final CopyText identity =
        new CopyText(
            "records.patient_identity (organisation_id, patient_id, site_id, local_number, name,"
                + " phone, registered_at, registered_by)");
    private final CopyText search =
        new CopyText(
            "records.patient_search (organisation_id, patient_id, registered_at, text, name,"
                + " name_keys, phone_keys, sex, birth_date)");
    private final CopyText known =
        new CopyText("platform.consult (id, organisation_id, patient_id, site_id, opened_at)");
    private final CopyText team =
        new CopyText(
            "platform.care_team (organisation_id, consult_id, account_id, relation, since)");
    private final CopyText consult =
        new CopyText(
            "scheduling.consult (id, organisation_id, site_id, patient_id, requester_id, age_value,"
                + " age_unit, age_group, sex, patient_language, clinic_language, question,"
                + " mode_asked, specialty_asked, mode, specialty, urgency_computed,"
                + " urgency_requested, urgency_confirmed, status, waiting_on, due_at, due_for,"
                + " specialist_id, submitted_at, targets_version, changed_at, ended_at, version)");
    private final CopyText request =
        new CopyText(
            "records.request (organisation_id, consult_id, patient_id, site_id, requester_id,"
                + " status, revision, content, saved_at, age, triage, urgency_computed,"
                + " urgency_requested, submitted_at)");
    private final CopyText observation =
        new CopyText(
            "records.observation (organisation_id, consult_id, patient_id, source, code_system,"
                + " code, value_num, value_unit, effective_at, recorded_by, recorded_at)");
    private final CopyText consent =
        new CopyText(
            "records.consent (organisation_id, id, consult_id, patient_id, purpose, decision,"
                + " given_by, form, language, text_version, recorded_by, at)");
    private final CopyText version =
        new CopyText(
            "records.note_version (organisation_id, id, consult_id, version, kind, amends,"
                + " reason_text, author_id, author, content, draft_id, draft_revision, canonical,"
                + " shown_sha256, previous_sha256, sha256, signature, key_id, signed_at)");
    private final CopyText recommendation =
        new CopyText(
            "records.recommendation (organisation_id, id, consult_id, note_id, position, kind,"
                + " text, urgency, drug, amount_value, amount_unit, route, times_per_day,"
                + " duration_days, alternative)");
    private final CopyText trail =
        new CopyText(
            "platform.audit_event (at, organisation_id, actor_id, actor_name, role, action,"
                + " consult_id, patient_id, subject, outcome)");
    private final Random random;
    private final Chain chain;

    Rows(Random random) {
      this.random = random;
      this.chain = new Chain(signer, world.clinic(), random);
    }

    void add(int at) {
      var person = People.patient(Uuid7.next(), at, random);
      var registered = now.minus(patients - at, ChronoUnit.MINUTES);
      boolean isOpen = at % Math.max(1, patients / OPEN_MAX) == 0 || patients <= OPEN_MAX / 10;
      var specialist =
          world.specialists().get(isOpen ? 0 : random.nextInt(world.specialists().size()));
      var consultId = new ConsultId(Uuid7.next());
      synchronized (open) {
        if (isOpen) {
          open.add(consultId.toString());
        }
        everybody.add(person.id().toString());
      }
      patient(person, registered);
      consult(person, consultId, specialist, registered, isOpen);
      // The notes that the last one takes over are spread from the first patient on.
      int many = notes / patients + (at < notes % patients ? 1 : 0);
      int age = 2026 - person.born().getYear();
      for (var note :
          chain.sign(
              consultId,
              new PatientId(person.id()),
              age,
              Chain.author(specialist),
              registered,
              many)) {
        note(note, person.id());
      }
    }

    private void patient(People.Patient person, Instant registered) {
      var clinic = world.clinic();
      var key = org.consilium.records.text.SearchText.of(person.name());
      patient.row(clinic, person.id(), "female", person.born(), "estimated", "none", "{}", "sw", 1);
      identity.row(
          clinic,
          person.id(),
          world.site(),
          person.number(),
          person.name(),
          person.phone(),
          registered,
          world.clinician().id());
      search.row(
          clinic,
          person.id(),
          registered,
          person.searchText(),
          key,
          person.nameKeys(),
          person.phoneKeys(),
          "female",
          person.born());
    }

    private void consult(
        People.Patient person,
        ConsultId id,
        World.Somebody specialist,
        Instant at,
        boolean isOpen) {
      var clinic = world.clinic();
      var age = Math.max(1, at.atOffset(ZoneOffset.UTC).getYear() - person.born().getYear());
      known.row(id, clinic, person.id(), world.site(), at);
      team.row(clinic, id, specialist.id(), "specialist", at);
      consult.row(
          id,
          clinic,
          world.site(),
          person.id(),
          world.clinician().id(),
          age,
          "years",
          age < 12 ? "child" : "adult",
          "female",
          "sw",
          "en",
          "Is this cellulitis or a deep vein thrombosis?",
          "clinician-advice",
          "dermatology",
          "clinician-advice",
          "dermatology",
          "yellow",
          "yellow",
          "yellow",
          isOpen ? "advised" : "closed",
          isOpen ? "clinic" : "nobody",
          isOpen ? now.plus(random.nextInt(10_000), ChronoUnit.MINUTES) : null,
          isOpen ? "follow-up" : null,
          specialist.id(),
          at,
          1,
          at,
          isOpen ? null : at.plus(9, ChronoUnit.DAYS),
          3);
      request.row(
          clinic,
          id,
          person.id(),
          world.site(),
          world.clinician().id(),
          "submitted",
          3,
          content(person.id()),
          at,
          "{\"value\":%d,\"unit\":\"years\"}".formatted(age),
          "{\"urgency\":\"yellow\",\"reasons\":[],\"unanswered\":[],\"ruleVersion\":\"2026-1\"}",
          "yellow",
          "yellow",
          at);
      var by = world.clinician().id();
      observation(person.id(), id, "temperature", 36 + random.nextInt(50) / 10.0, "Cel", at, by);
      observation(person.id(), id, "weight", 20 + random.nextInt(600) / 10.0, "kg", at, by);
      for (var purpose : List.of("advice", "storage-abroad")) {
        consent.row(
            clinic,
            Uuid7.next(),
            id,
            person.id(),
            purpose,
            "granted",
            "patient",
            "spoken",
            "sw",
            "2026-1",
            by,
            at);
      }
    }

    private void observation(
        UUID patientId, ConsultId in, String code, double value, String unit, Instant at, UUID by) {
      observation.row(
          world.clinic(), in, patientId, "request", "consilium", code, value, unit, at, by, at);
    }

    private void note(Chain.Signed note, UUID about) {
      var document = note.document();
      version.row(
          world.clinic(),
          document.id(),
          document.consult(),
          document.version(),
          document.kind().wire(),
          document.amends().map(amended -> amended.note()).orElse(null),
          document.amends().flatMap(amended -> amended.reasonText()).orElse(null),
          document.author().id(),
          Json.text(document.author()),
          Json.text(document.content()),
          Uuid7.next(),
          4,
          note.canonical(),
          note.shown(),
          note.previous().orElse(null),
          note.sha256(),
          note.signature(),
          document.keyId(),
          document.signedAt());
      for (int i = 0; i < document.recommendations().size(); i++) {
        var named = document.recommendations().get(i);
        var advice = named.content();
        recommendation.row(
            world.clinic(),
            named.id(),
            document.consult(),
            document.id(),
            i,
            advice.kind().wire(),
            advice.text(),
            advice.urgency().wire(),
            advice.drug().orElse(null),
            advice.amount().map(amount -> amount.value()).orElse(null),
            advice.amount().map(amount -> amount.unit().wire()).orElse(null),
            advice.route().orElse(null),
            advice.timesPerDay().orElse(null),
            advice.durationDays().orElse(null),
            advice.alternative().orElse(null));
      }
      trail.row(
          document.signedAt(),
          world.clinic(),
          document.author().id(),
          document.author().name(),
          "specialist",
          "note.sign",
          document.consult(),
          about,
          "note:" + document.id(),
          "done");
    }

    private static String content(UUID patient) {
      return """
      {"patientId":"%s","mode":"clinician-advice","specialty":"dermatology","language":"en",\
      "situation":{"question":"Is this cellulitis or a deep vein thrombosis?"},\
      "background":{"onset":"Three days ago","history":"Well before","medicines":"none"},\
      "assessment":{"consciousness":"alert","vitals":[],"dangerSigns":[],"findings":"Warm, tender"}}\
      """
          .formatted(patient);
    }

    void send(Connection connection) throws SQLException, IOException {
      for (var table :
          List.of(
              patient,
              identity,
              search,
              known,
              team,
              consult,
              request,
              observation,
              consent,
              version,
              recommendation,
              trail)) {
        table.send(connection);
      }
    }
  }
}
