package org.consilium.scheduling.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.consilium.platform.testing.TestPerson;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.availability.TimeSlot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CalendarIT {
  private static final String MEETING =
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//test//test//EN
      BEGIN:VEVENT
      UID:1
      DTSTAMP:20260101T000000Z
      DTSTART:20260303T090000Z
      DTEND:20260303T110000Z
      SUMMARY:Something private
      END:VEVENT
      END:VCALENDAR
      """;

  private static Network net;
  private static HttpServer elsewhere;
  private static CalendarService calendars;
  private static TestPerson ada;
  private static TestPerson ben;

  @BeforeAll
  static void start() throws IOException {
    net = new Network();
    ada = net.specialist("Ada Osei", "dermatology", "en");
    ben = net.specialist("Ben Costa", "dermatology", "en");
    elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    elsewhere.createContext("/c.ics", exchange -> answer(exchange, 200, MEETING));
    elsewhere.createContext("/page", exchange -> answer(exchange, 200, "<html>Sign in</html>"));
    elsewhere.createContext("/gone", exchange -> answer(exchange, 404, "gone"));
    elsewhere.createContext("/moved", exchange -> redirect(exchange, "/c.ics"));
    elsewhere.createContext("/round", exchange -> redirect(exchange, "/round"));
    elsewhere.createContext("/inside", exchange -> redirect(exchange, "http://127.0.0.2/secret"));
    elsewhere.createContext(
        "/huge", exchange -> answer(exchange, 200, "x".repeat(CalendarFetch.BYTES_MAX + 1)));
    elsewhere.start();
    calendars =
        new CalendarService(
            net.world.platform(),
            new CalendarStore(),
            new AddressRule(Set.of("http"), InetAddress.getLoopbackAddress()::equals));
  }

  @AfterAll
  static void stop() {
    calendars.close();
    elsewhere.stop(0);
    net.close();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  @Test
  void a_feed_shows_shifts_by_a_secret_link_that_can_be_ended() throws Exception {
    net.asServer(tx ->
        net.scheduling
            .roster()
            .plan(
                tx,
                ada.id(),
                net.helpers,
                new TimeSlot(tx.now().plusSeconds(3600), tx.now().plusSeconds(7200))));
    var client = net.http.as(ada);
    var url = client.post("/calendar/feed", Map.of()).body().path("url").asText();

    var feed = fetch(url);
    assertThat(feed.statusCode()).as(url + feed.body()).isEqualTo(200);
    assertThat(feed.headers().firstValue("Content-Type")).contains("text/calendar; charset=utf-8");
    assertThat(Biweekly.parse(feed.body()).first().getEvents().getFirst().getSummary().getValue())
        .isEqualTo("On call for urgent consults");
    assertThat(client.get("/calendar").body().at("/feed/readAt").isMissingNode()).isFalse();

    var again = client.post("/calendar/feed", Map.of()).body().path("url").asText();
    assertThat(fetch(url).statusCode()).isEqualTo(404);
    assertThat(fetch(again).statusCode()).isEqualTo(200);
    assertThat(client.delete("/calendar/feed").status()).isEqualTo(204);
    assertThat(fetch(again).statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> fetch(String url) throws Exception {
    var at = URI.create(url);
    var here = net.http.url(at.getRawPath());
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(here).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void an_own_calendar_s_busy_time_is_not_offered_and_tells_no_word() {
    var read = importFrom(ben, "/moved");

    assertThat(read.path("busyCount").asInt()).isEqualTo(1);
    assertThat(read.path("host").asText()).isEqualTo("localhost");
    var row = coverageOf(ben);
    assertThat(row.path("booked").toString())
        .contains("2026-03-03T09:00:00Z", "2026-03-03T11:00:00Z");
    assertThat(row.toString()).doesNotContain("private");

    assertThat(net.http.as(ben).delete("/calendar/import").status()).isEqualTo(204);
    assertThat(coverageOf(ben).path("booked")).isEmpty();
  }

  private static JsonNode coverageOf(TestPerson person) {
    var rows =
        net.http
            .as(net.coordinator)
            .get("/roster/coverage?from=2026-03-02T00:00:00Z&days=7")
            .body();
    for (var row : rows.path("items")) {
      if (row.at("/volunteer/id").asText().equals(person.id().toString())) {
        return row;
      }
    }
    throw new AssertionError("nobody of that id in " + rows);
  }

  @Test
  void what_cannot_be_read_is_told_in_a_sentence_and_keeps_what_was_read_before() {
    assertThat(importFrom(ada, "/c.ics").path("problem").isMissingNode()).isTrue();
    var busy = coverageOf(ada).path("booked").toString();
    assertThat(busy).contains("2026-03-03T09:00:00Z");

    assertThat(importFrom(ada, "/page").path("problem").asText()).contains("no calendar");
    assertThat(importFrom(ada, "/gone").path("problem").asText()).contains("status 404");
    assertThat(importFrom(ada, "/round").path("problem").asText()).contains("on and on");
    assertThat(importFrom(ada, "/huge").path("problem").asText()).contains("larger than 4 MB");
    assertThat(importFrom(ada, "/inside").path("problem").asText()).contains("public internet");
    assertThat(coverageOf(ada).path("booked").toString()).isEqualTo(busy);
  }

  /** Saves the link as the service under test would, whose rule lets the loopback through. */
  private static JsonNode importFrom(TestPerson person, String path) {
    var link = "http://localhost:" + elsewhere.getAddress().getPort() + path;
    net.as(person, tx -> calendars.saveImport(tx, link));
    assertThat(calendars.runDue()).isEqualTo(1);
    return net.http.as(person).get("/calendar").body().path("import");
  }

  @Test
  void over_http_only_a_public_encrypted_address_is_taken() {
    var refused =
        net.http.as(ada).put("/calendar/import", 0, Map.of("url", "http://localhost:1/c.ics"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().at("/errors/0/pointer").asText()).isEqualTo("/url");
  }
}
