package org.consilium.deploy.bench.records;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Files by tus 1.0.0: several at once, and many whose links stand still in the middle. */
final class Uploads {
  static final int FILE_BYTES = 8_000_000;
  private static final int FILES = 24;
  private static final int AT_ONCE = 4;
  private static final int IDLE = 150;
  private static final int IDLE_BYTES = 60_000;

  private static final int SETTLES_WITHIN = 15;
  private static final long SETTLED_BYTES = 100_000;

  /** A consult takes 40 files at most. */
  private static final int FILES_OF_A_CONSULT = 30;

  private static final byte[] PDF = "%PDF-1.7".getBytes(StandardCharsets.US_ASCII);

  private final Client client;
  private final List<String> consults;
  private final Meter meter;
  private final long server;
  private int used;

  Uploads(Client client, List<String> consults, Meter meter, long server) {
    this.client = client;
    this.consults = consults;
    this.meter = meter;
    this.server = server;
  }

  /** The table's line for whole files. */
  String throughput() throws Exception {
    send(AT_ONCE);
    var before = meter.cpu();
    long begun = System.nanoTime();
    var nanos = send(FILES);
    double seconds = (System.nanoTime() - begun) / 1e9;
    var cost = Meter.cost(nanos, before, meter.cpu());
    return cost.row(
        "upload of 8 MB, %d at once".formatted(AT_ONCE),
        String.format(Locale.ROOT, "%.1f MB/s", FILES * FILE_BYTES / 1e6 / seconds));
  }

  private List<Long> send(int files) throws Exception {
    var uploads = opened(files);
    var bytes = new byte[FILE_BYTES];
    System.arraycopy(PDF, 0, bytes, 0, PDF.length);
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var sent =
          threads.invokeAll(
              uploads.stream().map(id -> (Callable<Long>) () -> patch(id, bytes)).toList());
      var nanos = new ArrayList<Long>();
      for (var one : sent) {
        nanos.add(one.get());
      }
      return nanos;
    }
  }

  private long patch(UUID id, byte[] bytes) throws Exception {
    long begun = System.nanoTime();
    client.send(
        client
            .request("/api/v1/uploads/" + id)
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Offset", "0")
            .setHeader("Content-Type", "application/offset+octet-stream")
            .method("PATCH", BodyPublishers.ofByteArray(bytes)));
    return System.nanoTime() - begun;
  }

  /** The table's line for what the server's heap holds for each open upload. */
  String memory() throws Exception {
    var uploads = opened(IDLE);
    long before = settledBytes();
    var links = new ArrayList<Socket>();
    try {
      for (var id : uploads) {
        links.add(begin(id));
      }
      for (var id : uploads) {
        awaitOffset(id);
      }
      return String.format(
          Locale.ROOT,
          "| open uploads whose links stand still, %d | | | | | %.1f kB of heap each |",
          IDLE,
          (settledBytes() - before) / 1e3 / IDLE);
    } finally {
      for (var link : links) {
        link.close();
      }
    }
  }

  private Socket begin(UUID id) throws IOException {
    var socket = new Socket(client.server.getHost(), client.server.getPort());
    var head =
        """
        PATCH /api/v1/uploads/%s HTTP/1.1\r
        Host: %s:%d\r
        Cookie: %s\r
        Tus-Resumable: 1.0.0\r
        Upload-Offset: 0\r
        Content-Type: application/offset+octet-stream\r
        Content-Length: %d\r
        \r
        """
            .formatted(
                id, client.server.getHost(), client.server.getPort(), client.cookie, FILE_BYTES);
    var bytes = new byte[IDLE_BYTES];
    System.arraycopy(PDF, 0, bytes, 0, PDF.length);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return socket;
  }

  private void awaitOffset(UUID id) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (offset(id) < IDLE_BYTES) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("an upload stays at " + offset(id));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private long offset(UUID id) throws Exception {
    return client
        .raw(
            client
                .request("/api/v1/uploads/" + id)
                .header("Tus-Resumable", "1.0.0")
                .method("HEAD", BodyPublishers.noBody()))
        .headers()
        .firstValueAsLong("Upload-Offset")
        .orElse(-1);
  }

  private List<UUID> opened(int many) throws Exception {
    var uploads = new ArrayList<UUID>();
    for (int i = 0; i < many; i++) {
      var consult = consults.get(used++ / FILES_OF_A_CONSULT);
      var attachment = UUID.randomUUID();
      var details = Map.of("kind", "document", "title", "Bench");
      client.send(
          client
              .request("/api/v1/consults/" + consult + "/attachments")
              .POST(Client.body(Map.of("id", attachment, "details", details))));
      var id = UUID.randomUUID();
      var metadata =
          Map.of(
              "id",
              id.toString(),
              "consult",
              consult,
              "attachment",
              attachment.toString(),
              "part",
              "original");
      client.send(
          client
              .request("/api/v1/uploads")
              .header("Tus-Resumable", "1.0.0")
              .header("Upload-Length", Integer.toString(FILE_BYTES))
              .header("Upload-Metadata", encoded(metadata))
              .POST(BodyPublishers.noBody()));
      uploads.add(id);
    }
    return uploads;
  }

  private static String encoded(Map<String, String> metadata) {
    return metadata.entrySet().stream()
        .map(entry ->
            entry.getKey()
                + " "
                + Base64.getEncoder()
                    .encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)))
        .collect(Collectors.joining(","));
  }

  /** Once what other work had left behind is gone: twice about the same. */
  private long settledBytes() throws IOException, InterruptedException {
    long before = liveBytes();
    for (int i = 0; i < SETTLES_WITHIN; i++) {
      TimeUnit.SECONDS.sleep(1);
      long now = liveBytes();
      if (Math.abs(now - before) < SETTLED_BYTES) {
        return now;
      }
      before = now;
    }
    return before;
  }

  /** After a collection, as the JDK's own tool counts it. */
  private long liveBytes() throws IOException, InterruptedException {
    var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(tool, Long.toString(server), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    var total = said.substring(said.lastIndexOf('\n') + 1).strip().split("\\s+");
    if (!total[0].equals("Total")) {
      throw new IllegalStateException(said);
    }
    return Long.parseLong(total[2]);
  }
}
