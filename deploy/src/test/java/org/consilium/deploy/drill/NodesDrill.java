package org.consilium.deploy.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.consilium.platform.database.embedded.Durability;
import org.consilium.platform.database.embedded.EmbeddedPostgres;

/**
 * Kills one of three nodes again and again while people are in calls over all three, and measures
 * until each hears each other again. Prints one table; exit status 1 when a trial took longer than
 * 10 s or a rule was broken. Started by {@code deploy/drill nodes}.
 *
 * <p>Arguments: the product's jar, the number of trials.
 */
public final class NodesDrill {
  private static final long BACK_MILLIS_MAX = 10_000;
  private static final long GIVE_UP_MILLIS = 30_000;
  private static final int NODES = 3;
  private static final int CALLS = 2;
  private static final List<String> PEOPLE =
      List.of("clinician@demo", "scheduler@demo", "supervisor@demo");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Node> nodes = new ArrayList<>();
  private final List<List<Seat>> calls = new ArrayList<>();

  private NodesDrill() {}

  public static void main(String[] arguments) throws Exception {
    System.exit(run(Path.of(arguments[0]), Integer.parseInt(arguments[1])) ? 0 : 1);
  }

  /** True when every trial was good. */
  static boolean run(Path jar, int trials) throws Exception {
    var drill = new NodesDrill();
    Path work = Files.createTempDirectory("consilium-drill");
    Process nats = null;
    boolean good = false;
    try (var database = EmbeddedPostgres.start(work.resolve("postgres"), Durability.DURABLE)) {
      try {
        int natsPort = freePort();
        nats =
            new ProcessBuilder("nats-server", "-a", "127.0.0.1", "-p", Integer.toString(natsPort))
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("nats.log").toFile())
                .start();
        var address = database.address();
        var settings =
            Map.of(
                "CONSILIUM_DATA",
                work.resolve("data").toString(),
                "CONSILIUM_DATABASE_URL",
                "postgresql://%s:%s@%s:%d/%s"
                    .formatted(
                        address.user(),
                        address.password(),
                        address.host(),
                        address.port(),
                        address.database()),
                "CONSILIUM_NATS_URL",
                "nats://127.0.0.1:" + natsPort);
        drill.start(jar, work, settings);
        drill.enter(Files.readString(work.resolve("data").resolve("demo-password")).strip());
        good = drill.trials(trials);
      } finally {
        drill.stop();
        if (nats != null) {
          nats.destroy();
        }
      }
    } finally {
      if (good) {
        delete(work);
      } else {
        System.err.println("The nodes' logs are in " + work);
      }
    }
    return good;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first node fills the database; all use one folder of keys. */
  private void start(Path jar, Path work, Map<String, String> settings) throws Exception {
    for (int i = 0; i < NODES; i++) {
      var own = new HashMap<>(settings);
      own.put("CONSILIUM_DEMO", Boolean.toString(i == 0));
      nodes.add(new Node(jar, freePort(), work.resolve("node-" + i + ".log"), own));
      nodes.get(i).start();
      nodes.get(i).awaitReady();
    }
  }

  private void stop() {
    calls.forEach(call -> call.forEach(Seat::close));
    nodes.forEach(Node::close);
  }

  // ---- people ----------------------------------------------------------------------------------

  private void enter(String password) throws Exception {
    var cookies = new ArrayList<String>();
    for (String person : PEOPLE) {
      cookies.add(signIn(person, password));
    }
    var ports = nodes.stream().map(node -> node.port).toList();
    var open = get("/api/v1/consults?view=open", cookies.getFirst()).path("items");
    for (JsonNode consult : open) {
      if (calls.size() == CALLS) {
        break;
      }
      var call = new ArrayList<Seat>();
      for (int i = 0; i < PEOPLE.size(); i++) {
        var seat = new Seat(PEOPLE.get(i) + "/" + calls.size(), ports, (i + calls.size()) % NODES);
        call.add(seat);
        seat.enter(ticket(consult.get("id").asText(), cookies.get(i)));
        awaitTrue(seat::isConnected, "the welcome of " + seat.name);
      }
      calls.add(call);
    }
    if (calls.size() < CALLS) {
      throw new IllegalStateException("the demonstration data has too few open consults");
    }
  }

  private String signIn(String email, String password) throws Exception {
    var response =
        http.send(
            request("/api/v1/sessions")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password)))
                .build(),
            BodyHandlers.ofString());
    return response
        .headers()
        .firstValue("set-cookie")
        .orElseThrow(() -> new IllegalStateException("sign-in: " + response.body()))
        .split(";", -1)[0];
  }

  private String ticket(String consult, String cookie) throws Exception {
    var response =
        http.send(
            request("/api/v1/consults/" + consult + "/call/tickets")
                .header("Cookie", cookie)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    var ticket = JSON.readTree(response.body()).path("ticket");
    if (ticket.isMissingNode()) {
      throw new IllegalStateException("ticket: " + response.body());
    }
    return ticket.asText();
  }

  private JsonNode get(String path, String cookie) throws Exception {
    var request = request(path).header("Cookie", cookie).build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nodes.getFirst().port + path));
  }

  // ---- trials ----------------------------------------------------------------------------------

  private boolean trials(int trials) throws Exception {
    var identities = new HashMap<Seat, String>();
    calls.forEach(call -> call.forEach(seat -> identities.put(seat, seat.identity())));
    var took = new ArrayList<Long>();
    var broken = new ArrayList<String>();
    awaitTrue(flowSince(marks()), "the first words");
    for (int trial = 1; trial <= trials; trial++) {
      Node victim = nodes.get(trial % NODES);
      victim.kill();
      long begun = System.nanoTime();
      var marks = marks();
      long millis = awaitMillis(flowSince(marks), begun);
      took.add(millis);
      if (millis > BACK_MILLIS_MAX) {
        broken.add("trial " + trial + " took " + millis + " ms");
      }
      int nth = trial;
      identities.forEach((seat, identity) -> {
        if (!seat.identity().equals(identity)) {
          broken.add(
              "trial " + nth + ": " + seat.name + " was " + identity + ", is " + seat.identity());
        }
        seat.faults().forEach(fault -> broken.add("trial " + nth + ": " + fault));
      });
      System.err.printf("trial %d of %d: %d ms%n", trial, trials, millis);
      if (!broken.isEmpty()) {
        break;
      }
      victim.start();
      victim.awaitReady();
      calls.forEach(call -> call.forEach(Seat::goHome));
      awaitTrue(flowSince(marks()), "words after trial " + trial);
    }
    print(took, broken);
    return broken.isEmpty();
  }

  private void print(List<Long> took, List<String> broken) {
    var sorted = new ArrayList<>(took);
    Collections.sort(sorted);
    var seats = calls.stream().flatMap(List::stream).toList();
    System.out.printf("%-62s %10s%n", "kill -9 of one of three nodes", "");
    System.out.printf("%-62s %10d%n", "trials", took.size());
    System.out.printf(
        "%-62s %10d%n", "trials in which a rule was broken", broken.isEmpty() ? 0 : 1);
    System.out.printf(
        "%-62s %10s%n",
        "people in calls, seats spread over the nodes", seats.size() + " in " + CALLS);
    System.out.printf(
        "%-62s %9.1fs%n", "each hears each other again, median", at(sorted, 0.5) / 1e3);
    System.out.printf("%-62s %9.1fs%n", "p99", at(sorted, 0.99) / 1e3);
    System.out.printf("%-62s %9.1fs%n", "longest", sorted.getLast() / 1e3);
    System.out.printf("%-62s %10d%n", "lines said", seats.stream().mapToLong(Seat::lastSaid).sum());
    System.out.printf(
        "%-62s %10d%n",
        "seats given back by another node", seats.stream().mapToLong(Seat::restored).sum());
    System.out.printf(
        "%-62s %10d%n",
        "lines that came again and were known by their number",
        seats.stream().mapToLong(Seat::again).sum());
    System.out.printf(
        "%-62s %10d%n",
        "lines that a hearer missed, accepted by a node that died",
        seats.stream().mapToLong(Seat::missed).sum());
    broken.forEach(rule -> System.out.println("BROKEN " + rule));
  }

  private static double at(List<Long> sorted, double part) {
    return sorted.get(
        (int) Math.min(sorted.size() - 1L, Math.round(Math.ceil(part * sorted.size())) - 1));
  }

  /** What each has said so far. */
  private Map<Seat, Long> marks() {
    var marks = new HashMap<Seat, Long>();
    calls.forEach(call -> call.forEach(seat -> marks.put(seat, seat.lastSaid())));
    return marks;
  }

  /** Whether everybody is connected and has heard of everybody a line said after the mark. */
  private Condition flowSince(Map<Seat, Long> marks) {
    return () -> {
      for (var call : calls) {
        for (Seat speaker : call) {
          for (Seat hearer : call) {
            if (hearer != speaker
                && (!hearer.isConnected()
                    || hearer.heardOf(speaker.number()) <= marks.get(speaker))) {
              return false;
            }
          }
        }
      }
      return true;
    };
  }

  private interface Condition {
    boolean holds();
  }

  private static long awaitMillis(Condition condition, long begun) throws InterruptedException {
    while (!condition.holds()) {
      long millis = (System.nanoTime() - begun) / 1_000_000;
      if (millis > GIVE_UP_MILLIS) {
        return millis;
      }
      Thread.sleep(20);
    }
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private static void awaitTrue(Condition condition, String what) throws InterruptedException {
    if (awaitMillis(condition, System.nanoTime()) > GIVE_UP_MILLIS) {
      throw new IllegalStateException(
          "waited for " + what + " longer than " + Duration.ofMillis(GIVE_UP_MILLIS));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
