package org.consilium.deploy.bench;

import java.io.IOException;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Loads a running server with demonstration data over loopback and prints one table: the queue page
 * and a write with its audit line, beside an answer that touches no database as the reference.
 * Started by {@code deploy/bench} as a source file, so it needs nothing but the JDK.
 *
 * <p>Arguments: the server's address, its process id, the demonstration password.
 */
public final class ApiLoad {
  private static final int CONNECTIONS = 16;
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration MEASURED = Duration.ofSeconds(8);
  private static final double TICKS_PER_SECOND = 100;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String server;
  private final Path stat;
  private final String password;

  private ApiLoad(String server, String pid, String password) {
    this.server = server;
    this.stat = Path.of("/proc", pid, "stat");
    this.password = password;
  }

  public static void main(String[] arguments) throws Exception {
    new ApiLoad(arguments[0], arguments[1], arguments[2]).run();
  }

  private record Measure(String what, double perSecond, double p50, double p99, double cpuMicros) {}

  private void run() throws Exception {
    var scheduler = signIn("scheduler@demo");
    var clinician = signIn("clinician@demo");
    var consult = firstConsult(clinician);
    var rows = new ArrayList<Measure>();
    rows.add(measure("reference: /health/live, no database", () -> get("/health/live", "")));
    rows.add(
        measure(
            "queue page (20 consults, audited)",
            () -> get("/api/v1/consults?view=queue&limit=20", scheduler)));
    rows.add(
        measure(
            "write with audit, event and notice (a message)", () -> message(consult, clinician)));
    System.out.printf(
        "%-50s %10s %9s %9s %14s%n", "request", "per s", "p50 ms", "p99 ms", "CPU µs/request");
    for (var row : rows) {
      System.out.printf(
          "%-50s %10.0f %9.2f %9.2f %14.0f%n",
          row.what, row.perSecond, row.p50, row.p99, row.cpuMicros);
    }
  }

  private Measure measure(String what, Supplier<HttpRequest> requests) throws Exception {
    load(requests, WARM_UP);
    double cpuBefore = cpuSeconds();
    long begun = System.nanoTime();
    var nanos = load(requests, MEASURED);
    double seconds = (System.nanoTime() - begun) / 1e9;
    double cpu = cpuSeconds() - cpuBefore;
    Collections.sort(nanos);
    return new Measure(
        what,
        nanos.size() / seconds,
        nanos.get(nanos.size() / 2) / 1e6,
        nanos.get(nanos.size() * 99 / 100) / 1e6,
        cpu * 1e6 / nanos.size());
  }

  private List<Long> load(Supplier<HttpRequest> requests, Duration time)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + time.toNanos();
    var all = new ArrayList<Long>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<List<Long>>>();
      for (int i = 0; i < CONNECTIONS; i++) {
        running.add(threads.submit(() -> untilThen(requests, end)));
      }
      for (var one : running) {
        all.addAll(one.get());
      }
    }
    return all;
  }

  private List<Long> untilThen(Supplier<HttpRequest> requests, long end)
      throws IOException, InterruptedException {
    var nanos = new ArrayList<Long>();
    while (System.nanoTime() < end) {
      long begun = System.nanoTime();
      var response = http.send(requests.get(), BodyHandlers.ofString());
      nanos.add(System.nanoTime() - begun);
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(response.statusCode() + " " + response.body());
      }
    }
    return nanos;
  }

  private HttpRequest get(String path, String cookie) {
    var request = HttpRequest.newBuilder(URI.create(server + path));
    return (cookie.isEmpty() ? request : request.header("Cookie", cookie)).build();
  }

  private HttpRequest message(String consult, String cookie) {
    var body =
        "{\"id\":\"%s\",\"text\":\"Temperature 38.2 at noon.\",\"language\":\"en\"}"
            .formatted(UUID.randomUUID());
    return HttpRequest.newBuilder(URI.create(server + "/api/v1/consults/" + consult + "/messages"))
        .header("Cookie", cookie)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private String signIn(String email) throws IOException, InterruptedException {
    var response =
        http.send(
            HttpRequest.newBuilder(URI.create(server + "/api/v1/sessions"))
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
        .split(";")[0];
  }

  private String firstConsult(String cookie) throws IOException, InterruptedException {
    var page = http.send(get("/api/v1/consults?view=open", cookie), BodyHandlers.ofString()).body();
    var id = Pattern.compile("\"items\":\\[\\{\"id\":\"([0-9a-f-]{36})\"").matcher(page);
    if (!id.find()) {
      throw new IllegalStateException("no open consult in the demonstration data: " + page);
    }
    return id.group(1);
  }

  /** User and system time of the server's process; its database is not counted. */
  private double cpuSeconds() throws IOException {
    var fields = Files.readString(stat).replaceFirst("^.*\\) ", "").split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }
}
