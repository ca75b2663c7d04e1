package org.consilium.deploy.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.consilium.platform.http.Json;
import org.consilium.platform.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged product is killed while a picture comes in: what was told to be kept is there. */
class UploadKillIT {
  private static final String TUS = "1.0.0";

  @TempDir Path work;
  private final HttpClient http = HttpClient.newHttpClient();
  private String cookie = "";
  private Node node;

  @Test
  void a_killed_server_goes_on_where_the_picture_stopped() throws Exception {
    var jar = Path.of("target", "consilium.jar").toAbsolutePath();
    assertThat(Files.exists(jar)).as("the packaged product").isTrue();
    var database = TestServer.createDatabase();
    node = new Node(jar, freePort(), work.resolve("node.log"), settings(database));
    try {
      node.start();
      node.awaitReady();
      signIn();
      interrupted();
    } finally {
      node.close();
      TestServer.drop(database);
    }
  }

  private Map<String, String> settings(
      org.consilium.platform.database.embedded.DatabaseAddress database) {
    return Map.of(
        "CONSILIUM_DATA",
        work.resolve("data").toString(),
        "CONSILIUM_DEMO",
        "true",
        "CONSILIUM_DATABASE_URL",
        "postgresql://%s:%s@%s:%d/%s"
            .formatted(
                database.user(),
                database.password(),
                database.host(),
                database.port(),
                database.database()));
  }

  private void interrupted() throws Exception {
    var consult = get("/consults?view=open").at("/items/0/id").asText();
    var attachment = UUID.randomUUID();
    var details = Map.of("kind", "photo", "title", "Left calf");
    post("/consults/" + consult + "/attachments", Map.of("id", attachment, "details", details));
    var upload = UUID.randomUUID();
    var picture = picture();
    assertThat(create(upload, consult, attachment, picture.length).statusCode()).isEqualTo(201);
    int half = picture.length / 2;

    try (var link = begin(upload, picture.length, Arrays.copyOf(picture, half))) {
      awaitOffset(upload, half);
      node.kill();
      assertThat(link.isConnected()).isTrue();
    }
    node.start();
    node.awaitReady();

    assertThat(offset(upload)).isEqualTo(half);
    var rest = patch(upload, half, Arrays.copyOfRange(picture, half, picture.length));
    assertThat(rest.statusCode()).isEqualTo(204);
    awaitReady(consult);
  }

  private void awaitReady(String consult) throws Exception {
    long end = System.nanoTime() + 30_000_000_000L;
    var path = "/consults/" + consult + "/attachments";
    while (!get(path).at("/items/0/state").asText().equals("ready")) {
      assertThat(System.nanoTime()).as(get(path).toString()).isLessThan(end);
      Thread.sleep(100);
    }
    assertThat(get(path).at("/items/0/files")).hasSize(3);
  }

  private static byte[] picture() throws IOException {
    var image = new BufferedImage(800, 600, BufferedImage.TYPE_INT_RGB);
    var random = new java.util.Random(7);
    for (int y = 0; y < 600; y++) {
      for (int x = 0; x < 800; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }

  private void signIn() throws Exception {
    var password = Files.readString(work.resolve("data").resolve("demo-password")).strip();
    var answer = post("/sessions", Map.of("email", "clinician@demo", "password", password));
    cookie = answer.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
  }

  private JsonNode get(String path) throws Exception {
    return Json.MAPPER.readTree(send(path, HttpRequest.Builder::GET).body());
  }

  private HttpResponse<byte[]> post(String path, Object body) throws Exception {
    var answer =
        send(
            path,
            request ->
                request
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .POST(BodyPublishers.ofByteArray(Json.write(body))));
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isLessThan(300);
    return answer;
  }

  private HttpResponse<byte[]> create(UUID id, String consult, UUID attachment, int length)
      throws Exception {
    var metadata =
        Map.of(
                "id",
                id.toString(),
                "consult",
                consult,
                "attachment",
                attachment.toString(),
                "part",
                "original")
            .entrySet()
            .stream()
            .map(e ->
                e.getKey()
                    + " "
                    + Base64.getEncoder()
                        .encodeToString(e.getValue().getBytes(StandardCharsets.UTF_8)))
            .collect(Collectors.joining(","));
    return send(
        "/uploads",
        request ->
            request
                .header("Tus-Resumable", TUS)
                .header("Upload-Length", Integer.toString(length))
                .header("Upload-Metadata", metadata)
                .POST(BodyPublishers.noBody()));
  }

  private HttpResponse<byte[]> patch(UUID id, int offset, byte[] bytes) throws Exception {
    return send(
        "/uploads/" + id,
        request ->
            request
                .header("Tus-Resumable", TUS)
                .header("Upload-Offset", Integer.toString(offset))
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", BodyPublishers.ofByteArray(bytes)));
  }

  /** Begins a request that says more than it sends. */
  private Socket begin(UUID id, int announced, byte[] sent) throws IOException {
    var socket = new Socket("127.0.0.1", node.port);
    var head =
        """
        PATCH /api/v1/uploads/%s HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Cookie: %s\r
        Tus-Resumable: 1.0.0\r
        Upload-Offset: 0\r
        Content-Type: application/offset+octet-stream\r
        Content-Length: %d\r
        \r
        """
            .formatted(id, node.port, cookie, announced);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(sent);
    socket.getOutputStream().flush();
    return socket;
  }

  private long offset(UUID id) throws Exception {
    var head =
        send(
            "/uploads/" + id,
            request ->
                request.header("Tus-Resumable", TUS).method("HEAD", BodyPublishers.noBody()));
    return head.headers().firstValueAsLong("Upload-Offset").orElse(-1);
  }

  private void awaitOffset(UUID id, long bytes) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (offset(id) < bytes) {
      assertThat(System.nanoTime()).as("still at %d", offset(id)).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private HttpResponse<byte[]> send(String path, UnaryOperator<HttpRequest.Builder> as)
      throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/api/v1%s".formatted(node.port, path)))
            .header("Cookie", cookie);
    return http.send(as.apply(request).build(), BodyHandlers.ofByteArray());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
