package org.consilium.deploy.bench.records;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.consilium.platform.crypto.PasswordHash;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.database.embedded.EmbeddedPostgres;

/**
 * Measures what keeping records costs in one organisation with very many of them: the running
 * server over HTTP from one connection, beside the same work bare. First fills the server's empty
 * database. Prints one table, in milliseconds.
 *
 * <p>Arguments: the server's address, its process id, its data folder, the command that verifies
 * notes, how many patients, how many signed notes, how often each is measured.
 */
public final class RecordsBench {
  private static final int PAGE = 50;
  private static final String NOBODY = "nobody at all";

  private final URI server;
  private final long pid;
  private final Path data;
  private final Path verify;
  private final int rounds;
  private final DatabaseAddress address;
  private final Signer signer;
  private final Meter meter;

  private RecordsBench(URI server, long pid, Path data, Path verify, int rounds)
      throws IOException {
    this.server = server;
    this.pid = pid;
    this.data = data;
    this.verify = verify;
    this.rounds = rounds;
    var postgres = data.resolve("postgres");
    address = EmbeddedPostgres.running(postgres).orElseThrow();
    signer = Signer.keptIn(data.resolve("keys"));
    meter = new Meter(pid, postmaster(postgres));
  }

  public static void main(String[] arguments) throws Exception {
    var bench =
        new RecordsBench(
            URI.create(arguments[0]),
            Long.parseLong(arguments[1]),
            Path.of(arguments[2]),
            Path.of(arguments[3]),
            Integer.parseInt(arguments[6]));
    bench.run(Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
    System.exit(0);
  }

  private void run(int patients, int notes) throws Exception {
    World world;
    try (var connection = connect()) {
      world = World.enter(connection);
    }
    long begun = System.nanoTime();
    var seeded = new Seeding(address, signer, world, patients, notes).run();
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%n%,d patients of one organisation, %,d signed notes; filled in %.0f s, %.1f GB."
            + " %d rounds each, ms.%n%n",
        patients,
        notes,
        seconds,
        databaseBytes() / 1e9,
        rounds);
    System.out.println(
        "| | median | p99 | CPU, server | CPU, PostgreSQL | besides |\n|---|---|---|---|---|---|");
    try (var bare = new Bare(address, world)) {
      searches(world, bare);
      queue(world, bare);
      signing(world, bare, seeded);
      uploads(world, bare, seeded);
      summary(world, bare, seeded);
      verifier(bare);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  private long databaseBytes() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_database_size(current_database())")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void searches(World world, Bare bare) throws Exception {
    var kinds = new LinkedHashMap<String, String>();
    kinds.put("no words, the newest", "");
    kinds.put("part of a name that many have", "moh");
    kinds.put("two letters that few have", "xo");
    kinds.put("a rare name", "xochitl");
    kinds.put("two words, in the other order", "baraka zawadi");
    kinds.put("part of a number", "opd-0042");
    kinds.put("end of a phone number", "4217");
    kinds.put("Arabic, typed without marks", "ادريس");
    kinds.put("Burmese", "ဝင်း");
    kinds.put("Amharic, two letters", "ዮሐ");
    kinds.put("Hindi", "ज्योति");
    kinds.put("nobody", NOBODY);
    var client = new Client(server, world.clinician());
    for (var kind : kinds.entrySet()) {
      var words = kind.getValue();
      var path =
          "/api/v1/patients?limit=%d&query=%s"
              .formatted(PAGE, URLEncoder.encode(words, StandardCharsets.UTF_8));
      int found = client.get(path).path("items").size();
      if (found == 0 && !words.equals(NOBODY)) {
        throw new IllegalStateException(
            "The search for %s finds nobody; among 5000 patients it would."
                .formatted(kind.getKey()));
      }
      var cost = meter.measure(rounds, () -> client.get(path));
      print(cost.row("patient search: " + kind.getKey(), found + " shown"));
      if (!words.isEmpty()) {
        print(meter.measure(rounds, () -> bare.search(words)).row("reference: its SQL alone", ""));
      }
    }
    int few = Math.max(3, rounds / 40);
    print(
        meter
            .measure(few, () -> bare.searchWithoutIndex("xochitl"))
            .row("reference: a rare name without an index", ""));
  }

  private void queue(World world, Bare bare) throws Exception {
    var client = new Client(server, world.scheduler());
    var cost = meter.measure(rounds, () -> client.get("/api/v1/consults?view=queue&limit=20"));
    print(cost.row("queue page, 20 consults", ""));
    print(meter.measure(rounds, bare::queue).row("reference: its rows by bare SQL", ""));
  }

  private void signing(World world, Bare bare, Seeding.Seeded seeded) throws Exception {
    var client = new Client(server, world.specialists().getFirst());
    var writer = new NoteWriter(client, seeded.openConsults());
    print(meter.measure(rounds, writer::save).row("draft of a note saved", ""));
    print(
        meter
            .measure(rounds, writer::sign)
            .row("note signed: draft saved, shown, password asked, signed", "three requests"));
    var like = bare.anyNote();
    print(
        meter
            .measure(rounds, () -> bare.insertNote(like))
            .row("reference: bare insert of such a row", ""));
    print(
        meter
            .measure(rounds, () -> bare.sign(signer))
            .row("reference: canonical JSON, SHA-256, Ed25519 alone", "no server"));
    var hash = PasswordHash.of(World.PASSWORD);
    print(
        meter
            .measure(Math.min(rounds, 50), () -> Bare.password(hash))
            .row("reference: the password's hash (Argon2id) alone", "no server"));
  }

  private void uploads(World world, Bare bare, Seeding.Seeded seeded) throws Exception {
    var client = new Client(server, world.clinician());
    var uploads = new Uploads(client, seeded.openConsults(), meter, pid);
    // First, because what was sent whole is still looked at afterwards.
    print(uploads.memory());
    print(uploads.throughput());
    print(
        meter
            .measure(10, () -> bare.insertBytes(Uploads.FILE_BYTES))
            .row("reference: the same bytes by bare inserts, one at a time", ""));
  }

  /** Only where the server has it. */
  private void summary(World world, Bare bare, Seeding.Seeded seeded) throws Exception {
    var client = new Client(server, world.clinician());
    var patients = seeded.patients();
    var path = "/fhir/R4/Patient/%s/$summary";
    var first =
        client.raw(
            client
                .request(path.formatted(patients.getFirst()))
                .setHeader("Accept", "application/fhir+json")
                .GET());
    if (first.statusCode() != 200) {
      print("| `$summary`: answered %d | | | | | not measured |".formatted(first.statusCode()));
      return;
    }
    var next = patients.iterator();
    var cost =
        meter.measure(
            Math.min(rounds, patients.size() / 2),
            () ->
                client.send(
                    client
                        .request(path.formatted(next.next()))
                        .setHeader("Accept", "application/fhir+json")
                        .GET()));
    print(
        cost.row(
            "`$summary` of a patient",
            String.format(Locale.ROOT, "%.1f kB", first.body().length / 1e3)));
    print(
        meter
            .measure(rounds, () -> bare.summary(patients.getFirst()))
            .row("reference: the notes of a patient by bare SQL", ""));
  }

  private void verifier(Bare bare) throws Exception {
    var command = new ProcessBuilder(verify.toString());
    command.environment().put("CONSILIUM_DATA", data.toString());
    var before = meter.cpu();
    long begun = System.nanoTime();
    var process = command.redirectErrorStream(true).start();
    double cpu = 0;
    long resident = 0;
    while (process.isAlive()) {
      cpu = Math.max(cpu, Meter.seconds(process.pid()));
      resident = Math.max(resident, residentKilobytes(process.pid()));
      Thread.sleep(50);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.exitValue() != 0) {
      throw new IllegalStateException(said);
    }
    int checked = Integer.parseInt(said.split(" ", 2)[0]);
    var each =
        new Meter.Cost(
            seconds * 1e3 / checked,
            Double.NaN,
            cpu * 1e3 / checked,
            (meter.cpu().postgres() - before.postgres()) * 1e3 / checked);
    print(
        each.row(
            "`deploy/verify-notes`, each note (CPU of the command)",
            String.format(
                Locale.ROOT, "%,d in %.0f s, %d MB at most", checked, seconds, resident / 1000)));
    var signature = bare.signature(signer);
    print(
        meter
            .measure(rounds * 10, () -> bare.verify(signer, signature))
            .row("reference: SHA-256 and Ed25519 of a note alone", "one thread"));
  }

  private static long residentKilobytes(long process) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException ended) {
      return 0;
    }
  }

  /** The process that was told to serve this folder and is nobody's of the same. */
  private static long postmaster(Path folder) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .map(path -> path.getFileName().toString())
          .filter(name -> Character.isDigit(name.charAt(0)))
          .filter(name -> serves(name, folder))
          .mapToLong(Long::parseLong)
          .max()
          .orElseThrow(() -> new IllegalStateException("no PostgreSQL of " + folder));
    }
  }

  private static boolean serves(String process, Path folder) {
    try {
      var words = Files.readString(Path.of("/proc", process, "cmdline")).split("\0");
      return words.length > 2
          && Stream.of(words).anyMatch(word -> word.endsWith("/bin/postgres"))
          && Stream.of(words).anyMatch(word -> word.startsWith(folder.toString()));
    } catch (IOException gone) {
      return false;
    }
  }

  private static void print(String row) {
    System.out.println(row);
    System.out.flush();
  }

  /** One specialist at work, each note in the next consult. */
  private static final class NoteWriter {
    private final Client client;
    private final List<String> consults;
    private int at;

    NoteWriter(Client client, List<String> consults) {
      this.client = client;
      this.consults = consults;
    }

    private record Draft(String path, String id) {}

    void save() throws Exception {
      saved();
    }

    private Draft saved() throws Exception {
      var path = "/api/v1/consults/" + consults.get(at++ % consults.size()) + "/notes";
      var id = UUID.randomUUID().toString();
      var advice = Map.of("kind", "procedure", "text", "Raise the leg", "urgency", "today");
      var content =
          Map.of(
              "language",
              "en",
              "answer",
              "Most likely cellulitis; no need for an ultrasound today.",
              "impression",
              "Warm, tender, well marked edge, no calf pain. ".repeat(6).strip(),
              "recommendations",
              List.of(advice));
      client.send(
          client
              .request(path + "/drafts/" + id)
              .header("If-Match", "\"0\"")
              .PUT(
                  Client.body(
                      Map.of(
                          "deviceId",
                          id,
                          "kind",
                          "note",
                          "seenVersion",
                          1_000_000,
                          "content",
                          content))));
      return new Draft(path, id);
    }

    void sign() throws Exception {
      var draft = saved();
      var act = Map.of("kind", "note", "draftId", draft.id(), "revision", 1);
      var shown = client.send(client.request(draft.path() + "/preview").POST(Client.body(act)));
      var signature =
          Map.of(
              "draftId",
              draft.id(),
              "revision",
              1,
              "shownSha256",
              shown.path("sha256").asText(),
              "password",
              World.PASSWORD);
      client.send(client.request(draft.path()).POST(Client.body(signature)));
    }
  }
}
