package org.consilium.records.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.consilium.platform.crypto.Secrets;

/** Speaks tus 1.0.0 and plain HTTP as one signed-in person, also badly where a test wants it. */
public final class TusClient implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;
  private final String cookie;

  public TusClient(URI server, String cookie) {
    this.server = server;
    this.cookie = cookie;
  }

  /** Opens an upload of these bytes. */
  public HttpResponse<byte[]> create(
      UUID id, Object consult, Object attachment, String part, byte[] bytes) {
    return create(
        bytes.length,
        Map.of(
            "id", id.toString(),
            "consult", consult.toString(),
            "attachment", attachment.toString(),
            "part", part,
            "sha256", HexFormat.of().formatHex(Secrets.sha256(bytes))));
  }

  public HttpResponse<byte[]> create(long length, Map<String, String> metadata) {
    return send(
        "/uploads",
        request ->
            request
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", Long.toString(length))
                .header(
                    "Upload-Metadata",
                    metadata.entrySet().stream()
                        .map(e ->
                            e.getKey()
                                + " "
                                + Base64.getEncoder()
                                    .encodeToString(e.getValue().getBytes(StandardCharsets.UTF_8)))
                        .collect(Collectors.joining(",")))
                .POST(BodyPublishers.noBody()));
  }

  public HttpResponse<byte[]> head(UUID id) {
    return send(
        "/uploads/" + id,
        request ->
            request.header("Tus-Resumable", "1.0.0").method("HEAD", BodyPublishers.noBody()));
  }

  public HttpResponse<byte[]> patch(UUID id, long offset, byte[] bytes) {
    return patch(id, offset, bytes, UnaryOperator.identity());
  }

  public HttpResponse<byte[]> patch(
      UUID id, long offset, byte[] bytes, UnaryOperator<HttpRequest.Builder> more) {
    return send(
        "/uploads/" + id,
        request ->
            more.apply(
                request
                    .header("Tus-Resumable", "1.0.0")
                    .header("Upload-Offset", Long.toString(offset))
                    .header("Content-Type", "application/offset+octet-stream")
                    .method("PATCH", BodyPublishers.ofByteArray(bytes))));
  }

  public HttpResponse<byte[]> send(String path, UnaryOperator<HttpRequest.Builder> as) {
    try {
      var request =
          HttpRequest.newBuilder(server.resolve("/api/v1" + path)).header("Cookie", cookie);
      return http.send(as.apply(request).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Begins a PATCH of {@code announced} bytes and sends only these; the link stays open. */
  public Socket begin(UUID id, long offset, int announced, byte[] sent) throws IOException {
    var socket = new Socket(server.getHost(), server.getPort());
    var head =
        """
        PATCH /api/v1/uploads/%s HTTP/1.1\r
        Host: %s:%d\r
        Cookie: %s\r
        Tus-Resumable: 1.0.0\r
        Upload-Offset: %d\r
        Content-Type: application/offset+octet-stream\r
        Content-Length: %d\r
        \r
        """
            .formatted(id, server.getHost(), server.getPort(), cookie, offset, announced);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(sent);
    socket.getOutputStream().flush();
    return socket;
  }

  /** What the server answers until it closes or falls silent for two seconds. */
  public static String answer(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    InputStream in = socket.getInputStream();
    var buffer = new byte[4096];
    int read = in.read(buffer);
    return read < 0 ? "" : new String(buffer, 0, read, StandardCharsets.US_ASCII);
  }

  /** Waits until the server has kept {@code bytes} of an upload. */
  public void awaitOffset(UUID id, long bytes) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (offset(head(id)) < bytes) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still at " + offset(head(id)));
      }
      Thread.sleep(20);
    }
  }

  public static long offset(HttpResponse<byte[]> response) {
    return response.headers().firstValueAsLong("Upload-Offset").orElse(-1);
  }

  public static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
