package org.consilium.records.bench;

import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestPlatform;
import org.consilium.records.Records;
import org.consilium.records.attachment.TusClient;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.SubmittedRequest;

/**
 * What an upload costs: megabytes a second over several links at once, CPU a megabyte, and the heap
 * that each upload holds while its link stands still in the middle. The database of the tests, over
 * loopback, server and load in one process.
 */
public final class UploadBench {
  private static final int FILES = 24;
  private static final int AT_ONCE = 4;
  private static final int FILE_BYTES = 8_000_000;
  private static final int IDLE = 150;
  private static final int IDLE_BYTES = 60_000;

  private final TestHttp http;
  private final TestHttp.Client clinician;
  private final String cookie;
  private final String patient = UUID.randomUUID().toString();

  private UploadBench(TestPlatform world) {
    var records = new Records(world.platform(), Optional.empty(), new Nobody());
    http = world.serve(records.routes());
    var clinic = world.organisation("Bench", "clinic-network");
    var site = world.site(clinic, "Bench", "Africa/Nairobi", "KE");
    var person = world.person("Amina", clinic, Role.CLINICIAN, site, "Africa/Nairobi");
    clinician = http.as(person);
    cookie = http.cookie(person);
  }

  public static void main(String[] arguments) throws Exception {
    try (var world = TestPlatform.start(Records.SCHEMA)) {
      new UploadBench(world).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    register();
    send(AT_ONCE);
    long cpu = cpuNanos();
    long begun = System.nanoTime();
    send(FILES);
    double seconds = (System.nanoTime() - begun) / 1e9;
    double megabytes = (double) FILES * FILE_BYTES / 1e6;
    print("uploads of 8 MB, 4 at once, MB a second", megabytes / seconds);
    print("CPU of server and load a MB, ms", (cpuNanos() - cpu) / 1e6 / megabytes);
    standStill();
  }

  private void send(int files) throws Exception {
    var uploads = opened(files, FILE_BYTES);
    var bytes = new byte[FILE_BYTES];
    System.arraycopy("%PDF-1.7".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 8);
    try (var threads = Executors.newFixedThreadPool(AT_ONCE);
        var tus = new TusClient(http.url("/"), cookie)) {
      var sent =
          threads.invokeAll(
              uploads.stream()
                  .map(id -> (Callable<Integer>) () -> tus.patch(id, 0, bytes).statusCode())
                  .toList());
      for (var one : sent) {
        if (one.get() != 204) {
          throw new IllegalStateException("answered " + one.get());
        }
      }
    }
  }

  /** Links that stop in the middle of their bodies. */
  private void standStill() throws Exception {
    var uploads = opened(IDLE, FILE_BYTES);
    long before = heap();
    var links = new ArrayList<Socket>();
    try (var tus = new TusClient(http.url("/"), cookie)) {
      var head = "%PDF-1.7".getBytes(StandardCharsets.US_ASCII);
      for (var id : uploads) {
        var bytes = new byte[IDLE_BYTES];
        System.arraycopy(head, 0, bytes, 0, head.length);
        links.add(tus.begin(id, 0, FILE_BYTES, bytes));
      }
      for (var id : uploads) {
        tus.awaitOffset(id, IDLE_BYTES);
      }
      print("heap an open upload, kB", (heap() - before) / 1000.0 / IDLE);
    } finally {
      for (var link : links) {
        link.close();
      }
    }
  }

  private List<UUID> opened(int many, int bytes) {
    var uploads = new ArrayList<UUID>();
    ConsultId consult = null;
    try (var tus = new TusClient(http.url("/"), cookie)) {
      for (int i = 0; i < many; i++) {
        if (i % 40 == 0) {
          consult = consult();
        }
        var attachment = AttachmentId.random();
        var details = Map.of("kind", "document", "title", "Bench");
        require(
            clinician
                .post(
                    "/consults/" + consult + "/attachments",
                    Map.of("id", attachment, "details", details))
                .status(),
            201);
        var id = UUID.randomUUID();
        var created =
            tus.create(
                bytes,
                Map.of(
                    "id", id.toString(),
                    "consult", consult.toString(),
                    "attachment", attachment.toString(),
                    "part", "original"));
        require(created.statusCode(), 201);
        uploads.add(id);
      }
    }
    return uploads;
  }

  private void register() {
    var particulars =
        Map.of(
            "localNumber", "B-1",
            "age", Map.of("value", 30, "unit", "years"),
            "sex", "female",
            "allergies", Map.of("state", "none"),
            "language", "sw");
    require(
        clinician.post("/patients", Map.of("id", patient, "particulars", particulars)).status(),
        201);
  }

  private ConsultId consult() {
    var consult = ConsultId.random();
    var form = Map.of("patientId", patient, "mode", "clinician-advice", "language", "en");
    require(clinician.put("/consults/" + consult + "/request", 0, form).status(), 200);
    return consult;
  }

  private static void require(int status, int expected) {
    if (status != expected) {
      throw new IllegalStateException("answered " + status);
    }
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long cpuNanos() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime();
  }

  private static void print(String what, double value) {
    System.out.printf(Locale.ROOT, "%-50s %10.1f%n", what, value);
  }

  /** Takes no request on: none is sent here. */
  private static final class Nobody implements ConsultIntake {
    @Override
    public void submit(Tx tx, SubmittedRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isTaken(Tx tx, ConsultId consult) {
      return true;
    }

    @Override
    public Map<ConsultId, Progress> progress(Tx tx, Collection<ConsultId> consults) {
      return Map.of();
    }

    @Override
    public void stop(Tx tx, ConsultId consult, String reason) {
      throw new UnsupportedOperationException();
    }
  }
}
