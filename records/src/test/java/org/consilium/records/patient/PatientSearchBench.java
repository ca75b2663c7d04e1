package org.consilium.records.patient;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.records.text.SearchText;

/**
 * Measures the first page of a search among many patients of one organisation: what the service
 * takes, with its audit line, and what PostgreSQL takes of it by {@code EXPLAIN ANALYZE}.
 *
 * <p>Arguments: how many patients (200,000 when absent), and how many rounds (200). Names come from
 * short lists in five scripts, the first of each list far oftener than the last.
 */
public final class PatientSearchBench {
  private static final int SEED = 5;
  private static final int BATCH = 1000;
  private static final int PAGE = 50;

  private static final List<List<String>> NAMES =
      List.of(
          List.of(
              "Mohammed",
              "Amina",
              "Grace",
              "Joseph",
              "Wanjikũ",
              "Mwangi",
              "Otieno",
              "Nakato",
              "Achieng",
              "José",
              "Nguyễn",
              "Kipchoge",
              "Zawadi",
              "Baraka",
              "Xóchitl"),
          List.of("محمد", "فاطمة", "علي", "أحمد", "زينب", "خالد", "ياسمين", "إدريس"),
          List.of("အောင်", "စန္ဒာ", "မောင်", "ခင်", "ဇော်", "သီရိ", "ဝင်း"),
          List.of("ታደሰ", "በቀለ", "አበበች", "ገብረ", "ሰላም", "ዮሐንስ"),
          List.of("अमित", "सुनीता", "कुमार", "लक्ष्मी", "राजेश", "ज्योति"));

  private static final String LOAD_PATIENT =
      """
      INSERT INTO records.patient (organisation_id, id, sex, birth_date, birth_precision,
                                   allergy_state, allergies, language, version)
      SELECT $1, r.id, 'female', r.born, 'estimated', 'none', '{}', 'sw', 1
        FROM jsonb_to_recordset($2) AS r (id uuid, born date)
      """;

  private static final String LOAD_IDENTITY =
      """
      INSERT INTO records.patient_identity (organisation_id, patient_id, local_number, name, phone,
                                            registered_at, registered_by)
      SELECT $1, r.id, r.number, r.name, r.phone, $3::timestamptz - r.at * interval '1 minute', $4
        FROM jsonb_to_recordset($2) AS r (id uuid, number text, name text, phone text, at integer)
      """;

  private static final String LOAD_SEARCH =
      """
      INSERT INTO records.patient_search (organisation_id, patient_id, registered_at, text, name,
                                          name_keys, phone_keys, sex, birth_date)
      SELECT $1, r.id, $3::timestamptz - r.at * interval '1 minute', r.text, r.key, r.keys, r.phones,
             'female', r.born
        FROM jsonb_to_recordset($2)
          AS r (id uuid, at integer, text text, key text, keys text[], phones text[], born date)
      """;

  private static final String EXPLAIN =
      """
      EXPLAIN (ANALYZE, FORMAT JSON)
      SELECT find_patients FROM records.find_patients($1::text[], NULL, NULL, 51)
      """;

  private final TestPlatform world = TestPlatform.start("records");
  private final PatientService patients = new PatientService(world.platform(), new PatientStore());
  private final TestPerson clinician =
      world.person(
          "Amina", world.organisation("Mara Valley Health", "clinic-network"), Role.CLINICIAN);
  private final Random random = new Random(SEED);

  private PatientSearchBench() {}

  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    var bench = new PatientSearchBench();
    bench.load(count);
    bench.searches(count, rounds);
    bench.world.close();
    System.exit(0);
  }

  /** The index over many rows is built once, as a restored backup would. */
  private void load(int count) throws SQLException {
    var address = world.address();
    try (var owner =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = owner.createStatement()) {
      String definition;
      try (var row =
          statement.executeQuery(
              "SELECT pg_get_indexdef('records.patient_search_grams'::regclass)")) {
        row.next();
        definition = row.getString(1);
      }
      statement.execute("DROP INDEX records.patient_search_grams");
      loadRows(count);
      statement.execute("SET maintenance_work_mem = '256MB'");
      statement.execute(definition);
      statement.execute(
          "ANALYZE records.patient, records.patient_identity, records.patient_search");
    }
  }

  private void loadRows(int count) {
    for (int from = 0; from < count; from += BATCH) {
      var batch = new JsonArray();
      for (int at = from; at < Math.min(count, from + BATCH); at++) {
        batch.add(somebody(at));
      }
      world
          .platform()
          .database()
          .asWorker(tx -> {
            var organisation = clinician.organisation();
            tx.run(LOAD_PATIENT, organisation, batch);
            tx.run(LOAD_IDENTITY, organisation, batch, tx.now(), clinician.id());
            return tx.run(LOAD_SEARCH, organisation, batch, tx.now());
          });
    }
  }

  private JsonObject somebody(int at) {
    var names = NAMES.get(at % NAMES.size());
    var name = oneOf(names) + " " + oneOf(names);
    var number = "OPD-%06d".formatted(at);
    var phone = "+2547%08d".formatted(random.nextInt(100_000_000));
    var born = LocalDate.of(2026, 1, 1).minusDays(random.nextInt(80 * 365));
    var keys =
        SearchKeys.of(
            List.of(
                new PatientParticulars(
                    Optional.empty(),
                    number,
                    Optional.of(name),
                    Optional.of(phone),
                    Optional.empty(),
                    Optional.of(new BirthDate(born, BirthDate.Precision.ESTIMATED)),
                    Sex.FEMALE,
                    new Allergies(Allergies.State.NONE, List.of()),
                    "sw",
                    Optional.empty(),
                    Optional.empty())));
    return new JsonObject()
        .put("id", new UUID(random.nextLong(), random.nextLong()).toString())
        .put("at", at)
        .put("number", number)
        .put("name", name)
        .put("phone", phone)
        .put("born", born.toString())
        .put("text", keys.text())
        .put("key", keys.name())
        .put("keys", new JsonArray(List.copyOf(keys.nameKeys())))
        .put("phones", new JsonArray(List.copyOf(keys.phoneKeys())));
  }

  /** The first of the list far oftener than the last. */
  private String oneOf(List<String> names) {
    double skewed = random.nextDouble() * random.nextDouble() * random.nextDouble();
    return names.get((int) (skewed * names.size()));
  }

  private void searches(int count, int rounds) {
    var kinds = new LinkedHashMap<String, String>();
    kinds.put("no words, the newest", "");
    kinds.put("three letters that many have", "moh");
    kinds.put("two letters that many have", "am");
    kinds.put("two letters that few have", "xo");
    kinds.put("two letters that nobody has", "qz");
    kinds.put("one letter that few have", "x");
    kinds.put("a rare name", "xochitl");
    kinds.put("two words, in the other order", "baraka zawadi");
    kinds.put("part of a number", "opd-0042");
    kinds.put("end of a phone number", "4217");
    kinds.put("Arabic, typed without marks", "ادريس");
    kinds.put("Burmese", "ဝင်း");
    kinds.put("Amharic, two letters", "ዮሐ");
    kinds.put("Hindi", "ज्योति");
    kinds.put("nobody", "nobody at all");
    System.out.printf(
        "%nFirst page of a search among %,d patients of one organisation, %d rounds, ms%n%n",
        count, rounds);
    System.out.println("| search | found | service, median | p99 | PostgreSQL, median | p99 |");
    System.out.println("|---|---|---|---|---|---|");
    kinds.forEach((kind, words) -> System.out.println(row(kind, words, rounds)));
  }

  private String row(String kind, String words, int rounds) {
    var service = new ArrayList<Double>();
    var database = new ArrayList<Double>();
    int found = 0;
    for (int round = -rounds / 10; round < rounds; round++) {
      long begun = System.nanoTime();
      var page = inTransaction(tx -> patients.list(tx, Optional.of(words), Optional.empty(), PAGE));
      double took = (System.nanoTime() - begun) / 1e6;
      found = Math.min(page.size(), PAGE);
      double inside = words.isEmpty() ? Double.NaN : inTransaction(tx -> explained(tx, words));
      if (round >= 0) {
        service.add(took);
        database.add(inside);
      }
    }
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f | %.1f | %.1f |",
        kind,
        found == PAGE ? "a full page" : Integer.toString(found),
        percentile(service, 0.5),
        percentile(service, 0.99),
        percentile(database, 0.5),
        percentile(database, 0.99));
  }

  private static double explained(Tx tx, String words) {
    var plan = tx.one(EXPLAIN, List.of(SearchText.of(words).split(" "))).orElseThrow().getValue(0);
    var json = plan instanceof JsonArray array ? array : new JsonArray(plan.toString());
    return ((Number) json.getJsonObject(0).getValue("Execution Time")).doubleValue();
  }

  private <T> T inTransaction(Function<Tx, T> work) {
    return world.platform().database().inTransaction(clinician.caller(), work);
  }

  private static double percentile(List<Double> figures, double part) {
    var sorted = figures.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(part * (sorted.size() - 1))));
  }
}
