package org.consilium.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.consilium.platform.database.Await;
import org.consilium.platform.identity.Role;
import org.consilium.platform.live.LiveHub;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFrontIT {
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir static Path folder;

  private static TestPlatform world;
  private static TestHttp http;
  private static Entries entries;
  private static HttpServer hasty;
  private static TestPerson ada;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(folder.resolve("webroot/assets"));
    Files.writeString(
        folder.resolve("webroot/index.html"),
        "<title>Consilium</title><style>p{margin:0}</style><script>early()</script>");
    Files.createDirectories(folder.resolve("webroot/.doors"));
    Files.writeString(
        folder.resolve("webroot/.doors/doors.json"),
        """
        {"languages": ["en", "fr"], "withoutDoor": ["/guest"]}
        """);
    Files.writeString(folder.resolve("webroot/.doors/en.html"), "<title>Consilium</title>Sign in");
    Files.writeString(folder.resolve("webroot/.doors/fr.html"), "Se connecter");
    Files.writeString(folder.resolve("webroot/assets/app-1.js"), "export {};");
    Files.writeString(folder.resolve("webroot/assets/app-1.js.gz"), "packed small");
    Files.writeString(folder.resolve("webroot/assets/app-1.js.br"), "packed smaller");
    world = TestPlatform.start();
    entries = new Entries(world);
    http = withWebClient(() -> world.serve(entries.routes()));
    ada = world.person("Ada Osei", world.organisation("Mara", "clinic-network"), Role.CLINICIAN);
    hasty = serve(new HttpFront(world.vertx(), world.platform(), Optional.empty(), true, SHORT));
  }

  @AfterAll
  static void stop() throws Exception {
    Await.on(hasty.close());
    CLIENT.close();
    world.close();
  }

  /** The server reads the web client by the class loader of the thread that started it. */
  private static TestHttp withWebClient(Supplier<TestHttp> start) throws IOException {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    var urls = new URL[] {folder.toUri().toURL()};
    thread.setContextClassLoader(new URLClassLoader(urls, before));
    try {
      return start.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static HttpServer serve(HttpFront front) {
    var live = new LiveHub(world.vertx(), world.platform().database(), world.platform().identity());
    var router = Await.on(front.router(List.of(world.platform().routes()), live));
    return Await.on(
        world
            .vertx()
            .createHttpServer(HttpFront.options())
            .requestHandler(router)
            .listen(0, "127.0.0.1"));
  }

  private static HttpResponse<String> get(String path) {
    return send("GET", path);
  }

  private static HttpResponse<String> send(String method, String path) {
    return answer(HttpRequest.newBuilder(http.url(path)).method(method, BodyPublishers.noBody()));
  }

  private static HttpResponse<String> answer(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/consults/7",
        "/assets/app-1.js",
        "/assets/gone.js",
        "/health/live",
        "/health/ready",
        "/api/v1/openapi.json",
        "/api/v1/live",
        "/api/v1/sites",
        "/api/v1/nothing",
        "/api/docs",
        "/api/docs/",
        "/api/docs/gone.js",
        "/api/other"
      })
  void every_kind_of_answer_has_the_security_headers(String path) {
    var answer = get(path);
    assertThat(header(answer, "Content-Security-Policy"))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(header(answer, "Cache-Control")).isNotEmpty();
    assertThat(header(answer, "X-Request-Id")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/nothing",
        "/api/v1/",
        "/api/v1",
        "/api/other",
        "/assets/gone.js",
        "/favicon.ico",
        "/health/other",
        "/fhir/R4/Patient/1",
        "/api/docs/gone.js",
        "/../etc/passwd.txt"
      })
  void what_is_not_there_is_a_404_problem(String path) {
    var answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.body()).contains("\"code\":\"no-such-page\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/consults/7", "/clinic", "/guest/"})
  void page_like_addresses_get_the_web_client_which_is_asked_for_anew_each_time(String path) {
    var answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<title>Consilium</title>");
    assertThat(header(answer, "Content-Type")).startsWith("text/html");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/clinic  | fr-CA, en;q=0.5  |                      | Se connecter",
        "/clinic  | fr;q=0.5, en     |                      | Sign in",
        "/clinic  | de, fr           |                      | Se connecter",
        "/clinic  | de               |                      | Sign in",
        "/        | ;;q=x            |                      | Sign in",
        "/        | ../../fr         |                      | Sign in",
        "/clinic  | fr               | __Host-session=any   | <style>",
        "/guest   | fr               |                      | <style>",
        "/index.html | fr            |                      | <style>",
      })
  void who_shows_no_session_gets_the_door_in_their_language(
      String path, String languages, String cookie, String shown) {
    var request = HttpRequest.newBuilder(http.url(path)).header("Accept-Language", languages);
    var answer = answer(cookie == null ? request : request.header("Cookie", cookie));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains(shown);
    if (!path.equals("/index.html")) {
      assertThat(String.join(", ", answer.headers().allValues("Vary")))
          .contains("Accept-Language", "Cookie", "Accept-Encoding");
    }
  }

  @Test
  void doors_have_no_address_of_their_own() {
    assertThat(get("/.doors/fr.html").statusCode()).isEqualTo(404);
    assertThat(get("/.doors/doors.json").statusCode()).isEqualTo(404);
  }

  @Test
  void the_policy_of_pages_lets_through_what_the_build_has_put_into_them_and_nothing_else() {
    // printf 'early()' | openssl dgst -sha256 -binary | base64
    assertThat(header(get("/clinic"), "Content-Security-Policy"))
        .contains("script-src 'self' 'sha256-G2Y/0fpEoq/QMzbid/byF0KE5sX9e6ar19Om2+xoMnU=';")
        .contains("style-src 'self' 'sha256-QRQPRLGyxt3RJiKpYNjpkgHcmHU2PywsfL2e8oI0LQA=';")
        .contains("connect-src 'self' ws://" + http.url("/").getAuthority() + " ");
    assertThat(header(get("/api/v1/sites"), "Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
  }

  @Test
  void named_assets_are_kept_by_browsers_and_missing_ones_are_not() {
    assertThat(header(get("/assets/app-1.js"), "Cache-Control")).contains("immutable");
    assertThat(header(get("/assets/gone.js"), "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void files_of_the_client_come_as_small_as_the_browser_takes_them_and_once() {
    assertThat(asset("br, gzip").body()).isEqualTo("packed smaller");
    assertThat(header(asset("gzip, deflate, br"), "Content-Encoding")).isEqualTo("br");
    assertThat(asset("gzip;q=0.5, br;q=0").body()).isEqualTo("packed small");
    var plain = asset("");
    assertThat(plain.body()).isEqualTo("export {};");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(header(plain, "Vary")).containsIgnoringCase("Accept-Encoding");
    assertThat(header(plain, "Content-Type")).contains("javascript");

    var again = asset("br", "If-None-Match", header(plain, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(asset("br", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    assertThat(get("/assets/.vite/manifest.json").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> asset(String accepted, String... headers) {
    var request = HttpRequest.newBuilder(http.url("/assets/app-1.js"));
    request.header("Accept-Encoding", accepted);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void head_answers_as_get_does_without_a_body() {
    for (var path : List.of("/", "/consults/7", "/health/live", "/health/ready", "/api/docs/")) {
      var answer = send("HEAD", path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void other_methods_are_a_405_problem_and_no_other_site_is_let_in() {
    for (var method : List.of("OPTIONS", "TRACE", "PATCH")) {
      var answer = send(method, "/api/v1/sites");
      assertThat(answer.statusCode()).as(method).isIn(404, 405);
      assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
    assertThat(send("POST", "/consults/7").statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/%zz", "/%", "/consults/%e", "/api/v1/sites?text=%zz"})
  void a_damaged_address_is_a_400_problem(String address) throws IOException {
    try (var socket = new Socket("127.0.0.1", http.server().actualPort())) {
      write(socket, "GET " + address + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      var answer = readAll(socket);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }
  }

  @Test
  void a_body_that_streams_past_the_limit_is_a_413_problem() throws IOException {
    try (var socket = new Socket("127.0.0.1", http.server().actualPort())) {
      write(
          socket,
          "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
      var chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
      for (int i = 0; i < 17; i++) {
        write(socket, chunk);
      }
      assertThat(readSome(socket)).startsWith("HTTP/1.1 413").contains("\"code\":\"too-large\"");
    }
  }

  @Test
  void a_streamed_body_within_the_limit_is_read() throws Exception {
    var answer =
        CLIENT.send(
            HttpRequest.newBuilder(http.url("/api/v1/sessions"))
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream("{\"email\":\"a\"}".getBytes())))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.body()).contains("/password");
  }

  @Test
  void a_body_that_dribbles_is_cut_off() throws IOException {
    try (var socket = new Socket("127.0.0.1", hasty.actualPort())) {
      write(
          socket,
          "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Content-Length: 1000\r\n\r\n{");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 408").contains("\"code\":\"too-slow\"");
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Until the server closes; fails when it does not. */
  private static String readAll(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String readSome(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    var text = new StringBuilder();
    var bytes = new byte[8_192];
    while (!text.toString().contains("\"code\"")) {
      int n = socket.getInputStream().read(bytes);
      if (n < 0) {
        break;
      }
      text.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  @Test
  void only_json_is_taken() {
    for (var type : List.of("text/plain", "application/jsonx", "application/json-patch+json")) {
      var answer =
          http.anonymous()
              .send(
                  HttpRequest.newBuilder(http.url("/api/v1/sessions"))
                      .header("Content-Type", type)
                      .POST(BodyPublishers.ofString("{}")));
      assertThat(answer.status()).as(type).isEqualTo(415);
    }
  }

  @Test
  void an_edit_says_which_version_it_was_based_on() {
    var put =
        HttpRequest.newBuilder(http.url("/api/v1/entries/" + UUID.randomUUID()))
            .header("Content-Type", "application/json")
            .header("Cookie", http.cookie(ada))
            .PUT(BodyPublishers.ofString("{\"text\":\"a\"}"));
    assertThat(http.anonymous().send(put.copy()).status()).isEqualTo(428);
    assertThat(http.anonymous().send(put.copy().header("If-Match", "\"x\"")).status())
        .isEqualTo(400);
    assertThat(http.anonymous().send(put.copy().header("If-Match", "\"3\"")).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "not-a-uuid", "%00", "00000000-0000-0000-0000-00000000000g"})
  void an_id_that_is_none_is_a_400_problem(String id) {
    var answer = http.as(ada).put("/entries/" + id, 1, "{\"text\":\"a\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("malformed");
    var audit = http.as(ada).get("/audit-events?consultId=" + id);
    assertThat(audit.status()).isIn(400, 403);
  }

  @Test
  void the_contract_of_the_running_build_is_served() {
    var contract = http.anonymous().get("/openapi.json").body();
    assertThat(contract.at("/openapi").asText()).isEqualTo("3.1.0");
    assertThat(contract.at("/servers/0/url").asText()).isEqualTo("/api/v1");
    assertThat(contract.at("/paths/~1entries/post/parameters/0/name").asText())
        .isEqualTo("Idempotency-Key");
    assertThat(contract.at("/paths/~1entries/post/responses/default").isMissingNode()).isFalse();
  }

  @Test
  void the_docs_page_and_its_parts_are_served_without_inline_code() {
    var bare = get("/api/docs");
    assertThat(bare.statusCode()).isEqualTo(308);
    assertThat(URI.create("/api/docs").resolve(header(bare, "Location")))
        .isEqualTo(URI.create("/api/docs/"));
    var page = get("/api/docs/");
    assertThat(header(page, "Content-Type")).startsWith("text/html");
    assertThat(page.body())
        .contains("src=\"docs.js\"")
        .contains("href=\"docs.css\"")
        .doesNotContain("style=")
        .doesNotContain("onclick");
    assertThat(header(get("/api/docs/docs.js"), "Content-Type")).contains("javascript");
    assertThat(header(get("/api/docs/docs.css"), "Content-Type")).startsWith("text/css");
  }

  @Test
  void contract_and_code_must_match_or_nothing_starts() {
    var nobody = new Routes("openapi/platform-test-no-handler.yaml");
    assertThatThrownBy(() -> world.serve(nobody))
        .hasMessageContaining("not in both")
        .hasMessageContaining("nobodysEntry");
    var unknown = entries.routes().operation("unheardOf", _ -> Answer.noContent());
    assertThatThrownBy(() -> world.serve(unknown)).hasMessageContaining("unheardOf");
    var open =
        new Routes("openapi/platform-test-no-access.yaml")
            .operation("openEntry", _ -> Answer.noContent());
    assertThatThrownBy(() -> world.serve(open))
        .hasMessageContaining("openEntry")
        .hasMessageContaining("x-access");
  }
}
