package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.deploy.CareWorld.expect;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.InternetAddress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.consilium.deploy.browser.Chromium;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.mail.SmtpServer;
import org.consilium.platform.mail.SmtpServer.Protection;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.scheduling.availability.Hours;
import org.consilium.scheduling.availability.WeeklyHours;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The clinic is asked how the patient fares until it answers, by link, by short message or in the
 * product; the specialist is told, and what is worse opens the consult again.
 */
class FollowUpLoopIT {
  private static final String INES = "ines@volunteers.example";
  private static final String AMINA = "amina@clinics.example";
  private static final String PHONE = "+254712345678";
  private static final Pattern LINK = Pattern.compile(CareWorld.PAGE + "/follow-up#([\\w-]{43})");

  private static GreenMail post;
  private static TextNetwork network;
  private static CareWorld care;

  @BeforeAll
  static void start() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    post = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
    post.start();
    network = new TextNetwork();
    var from = new InternetAddress("care@consilium.example", "Consilium");
    var smtp = new SmtpServer("127.0.0.1", port, Protection.LOOPBACK, Optional.empty(), from);
    care = new CareWorld(Optional.of(smtp), Optional.of(network.gateway()));
    care.asServer(tx -> {
      var platform = care.world.platform();
      platform.mailAddresses().enter(tx, care.ines.id(), INES);
      platform.mailAddresses().enter(tx, care.clinician.id(), AMINA);
      platform.phoneNumbers().enter(tx, care.clinician.id(), PHONE);
    });
  }

  @AfterAll
  static void stop() throws Exception {
    care.close();
    network.close();
    post.stop();
  }

  /** Time passes; what is due happens and goes out. */
  private static void pass(Duration time) {
    care.world.clock().advance(time);
    care.http.forgetSessions();
    care.settle();
    care.settle();
    care.world.platform().mail().runDue();
    care.world.platform().texts().runDue();
  }

  /** A consult of orange urgency that Ines has answered with a signed note. */
  private static ConsultId advised() {
    var consult = care.accepted();
    sign(consult, 0, Optional.empty());
    assertThat(care.status(consult)).isEqualTo("advised");
    return consult;
  }

  private static void sign(ConsultId consult, int seen, Optional<Integer> followUpInDays) {
    var path = "/consults/" + consult;
    var note = care.http.as(care.ines);
    var content = new HashMap<String, Object>();
    content.put("language", "en");
    content.put("answer", "She can stay with you if she drinks.");
    content.put("impression", "Pneumonia without danger signs.");
    content.put("certainty", "likely");
    content.put(
        "recommendations",
        List.of(Map.of("kind", "watch-for", "text", "Drawing in", "urgency", "today")));
    followUpInDays.ifPresent(days -> content.put("followUpInDays", days));
    var line = UUID.randomUUID();
    var typed = Map.of("deviceId", line, "kind", "note", "seenVersion", seen, "content", content);
    expect(200, note.put(path + "/notes/drafts/" + line, 0, typed));
    var act = Map.of("kind", "note", "draftId", line, "revision", 1);
    var shown = expect(200, note.post(path + "/notes/preview", act)).path("sha256").asText();
    expect(
        201,
        note.post(
            path + "/notes",
            Map.of(
                "draftId",
                line,
                "revision",
                1,
                "shownSha256",
                shown,
                "password",
                care.ines.password())));
    care.settle();
    care.settle();
  }

  private static JsonNode followUp(ConsultId consult) {
    return expect(200, care.http.as(care.clinician).get("/consults/" + consult + "/follow-up"));
  }

  private static int reminders(ConsultId consult) {
    return care.world
        .platform()
        .database()
        .asWorker(tx ->
            tx.one("SELECT count(*) FROM records.follow_up_reminder WHERE consult_id = $1", consult)
                .orElseThrow()
                .getInteger(0));
  }

  private static List<String> letters(String address, String subject) {
    return Arrays.stream(post.getReceivedMessages())
        .filter(mail -> {
          try {
            return mail.getRecipients(RecipientType.TO)[0].toString().contains(address)
                && mail.getSubject().startsWith(subject);
          } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
          }
        })
        .map(mail -> {
          try {
            return mail.getContent().toString();
          } catch (java.io.IOException | jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
          }
        })
        .toList();
  }

  /** The secret of the newest link by mail for this consult. */
  private static String newestToken(ConsultId consult) {
    var reference = followUp(consult).path("reference").asText();
    return Stream.of("How is the patient?", "Still waiting")
        .flatMap(subject -> letters(AMINA, subject).stream())
        .filter(letter -> letter.contains("consult " + reference))
        .map(LINK::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private static Reply open(String token) {
    return care.http.anonymous().post("/follow-up-forms/opening", Map.of("token", token));
  }

  private static Reply answer(String token, UUID sending, Map<String, Object> answer) {
    return care.http
        .anonymous()
        .post(
            "/follow-up-forms/answers",
            Map.of("token", token, "sending", sending, "answer", answer));
  }

  private static Map<String, Object> told(String result) {
    return Map.of("result", result, "adviceFollowed", "fully");
  }

  private static List<String> noticesOf(TestPerson person, ConsultId consult) {
    var items = expect(200, care.http.as(person).get("/notices")).path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .filter(notice -> notice.path("consultId").asText().equals(consult.toString()))
        .map(notice -> notice.path("kind").asText())
        .toList();
  }

  private static Optional<JsonNode> chased(ConsultId consult) {
    var items = expect(200, care.http.as(care.scheduler).get("/follow-ups")).path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .filter(chase -> chase.path("consultId").asText().equals(consult.toString()))
        .findFirst();
  }

  private static String result(ConsultId consult) {
    return care.world
        .platform()
        .database()
        .asWorker(tx ->
            tx.one("SELECT result FROM scheduling.consult WHERE id = $1", consult)
                .orElseThrow()
                .getString("result"));
  }

  private static JsonNode summary(ConsultId consult) {
    return expect(200, care.http.as(care.ines).get("/consults/" + consult)).path("summary");
  }

  @Test
  void three_reminders_by_day_and_then_the_specialist_hears_that_there_is_no_news()
      throws Exception {
    var consult = advised();
    var laid = followUp(consult);
    assertThat(laid.path("origin").asText()).isEqualTo("rule");
    var week = care.world.clock().instant().plus(Duration.ofDays(7)).toString().substring(0, 10);
    assertThat(laid.path("dueOn").asText()).isEqualTo(week);
    assertThat(laid.path("checks").findValuesAsText("kind")).containsExactly("first", "last");
    assertThat(summary(consult).path("waitingOn").asText()).isEqualTo("clinic");

    pass(Duration.ofDays(7).minusMinutes(1));
    assertThat(reminders(consult)).as("not before its time").isZero();
    care.world.clock().advance(Duration.ofMinutes(1));
    race(() -> care.records.followUps().clock().runDue());
    assertThat(reminders(consult)).as("once, by two servers").isEqualTo(1);
    pass(Duration.ZERO);
    pass(Duration.ofHours(5));
    assertThat(reminders(consult)).isEqualTo(1);
    assertThat(noticesOf(care.clinician, consult)).containsExactly("follow-up-due");
    var due = chased(consult).orElseThrow();
    assertThat(due.path("tries").asInt()).isEqualTo(1);
    assertThat(due.at("/asked/0/phone").asText()).isEqualTo(PHONE);
    assertThat(due.toString()).doesNotContain("Naisula");
    var first = newestToken(consult);

    pass(Duration.ofHours(43));
    assertThat(reminders(consult)).isEqualTo(2);
    assertThat(open(first).code()).as("a new link kills the old").isEqualTo("link-not-good");

    // At half past eleven in the evening at the clinic nobody is asked; in the morning they are.
    var evening = care.world.clock().instant().plus(Duration.ofHours(48));
    var night = Instant.parse(evening.toString().substring(0, 10) + "T20:30:00Z");
    pass(Duration.between(care.world.clock().instant(), night));
    assertThat(reminders(consult)).isEqualTo(2);
    pass(Duration.ofHours(9));
    assertThat(reminders(consult)).isEqualTo(3);
    assertThat(care.status(consult)).isEqualTo("advised");
    var last = newestToken(consult);

    pass(Duration.ofHours(48));
    assertThat(care.status(consult)).isEqualTo("closed");
    assertThat(result(consult)).isEqualTo("lost-to-follow-up");
    assertThat(noticesOf(care.ines, consult)).containsExactly("no-news");
    assertThat(letters(INES, "No news of a patient")).isNotEmpty();
    assertThat(chased(consult).orElseThrow().path("state").asText()).isEqualTo("unanswered");
    assertThat(followUp(consult).path("unansweredAt").asText()).isNotBlank();

    assertThat(expect(200, answer(last, UUID.randomUUID(), told("better"))).path("reopens"))
        .as("late news are taken")
        .isEqualTo(Json.tree(false));
    pass(Duration.ZERO);
    assertThat(result(consult)).isEqualTo("better");
    assertThat(noticesOf(care.ines, consult)).containsExactly("news", "no-news");
    assertThat(chased(consult)).isEmpty();
  }

  /** Two servers at the same moment. */
  private static void race(Runnable work) throws Exception {
    var together = new CyclicBarrier(2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var both =
          List.of(
              threads.submit(() -> {
                together.await();
                work.run();
                return 1;
              }),
              threads.submit(() -> {
                together.await();
                work.run();
                return 2;
              }));
      for (var one : both) {
        one.get();
      }
    }
  }

  @Test
  void a_link_shows_the_questions_alone_and_takes_one_answer() {
    var consult = advised();
    pass(Duration.ofDays(7));
    var letter = letters(AMINA, "How is the patient?").getLast();
    assertThat(letter).doesNotContain("Naisula", "OL-", "Ines", "pneumonia");
    var token = newestToken(consult);
    var form = expect(200, open(token));
    assertThat(form.path("reference").asText())
        .isEqualTo(followUp(consult).path("reference").asText());
    assertThat(form.toString())
        .doesNotContain("Naisula", "Amina", "Ines", "Olkeri", consult.toString());
    assertThat(form.path("languages")).hasSize(9);
    assertThat(
            expect(
                    200,
                    care.http
                        .anonymous()
                        .post("/follow-up-forms/opening", Map.of("token", token, "language", "sw")))
                .at("/words/better")
                .asText())
        .isEqualTo("Nafuu");

    var sending = UUID.randomUUID();
    assertThat(answer("x".repeat(43), sending, told("better")).code()).isEqualTo("link-not-good");
    assertThat(answer(token, sending, Map.of("result", "fine", "adviceFollowed", "fully")).status())
        .isBetween(400, 422);
    assertThat(answer(token, sending, Map.of("result", "better")).status()).isBetween(400, 422);
    var overridden =
        Map.<String, Object>of("result", "same", "adviceFollowed", "no", "why", "none \u202E left");
    assertThat(answer(token, sending, overridden).body().path("errors").findValuesAsText("pointer"))
        .containsExactly("/answer/why");
    assertThat(followUp(consult).has("outcome")).as("nothing was kept").isFalse();

    var said =
        Map.<String, Object>of(
            "result",
            "same",
            "adviceFollowed",
            "partly",
            "why",
            "No oxygen here.",
            "diagnosis",
            "confirmed",
            "nextQuestion",
            "How long shall we go on?");
    assertThat(expect(200, answer(token, sending, said)).path("reopens").asBoolean()).isTrue();
    expect(200, answer(token, sending, said));
    assertThat(answer(token, UUID.randomUUID(), said).code()).isEqualTo("already-answered");
    assertThat(answer(token, sending, told("better")).code()).isEqualTo("already-answered");
    assertThat(expect(200, open(token)).path("answered").asBoolean()).isTrue();
    pass(Duration.ZERO);

    var outcome = followUp(consult).path("outcome");
    assertThat(outcome.path("channel").asText()).isEqualTo("link");
    assertThat(outcome.path("nextQuestion").asText()).isEqualTo("How long shall we go on?");
    var thread = expect(200, care.http.as(care.ines).get("/consults/" + consult + "/messages"));
    assertThat(thread.at("/items/0/text").asText()).isEqualTo("How long shall we go on?");
    assertThat(thread.path("items")).hasSize(1);
    assertThat(summary(consult).path("waitingOn").asText()).isEqualTo("specialist");
    assertThat(noticesOf(care.ines, consult)).containsExactly("news-worse");
  }

  /** The answer arrives and its receipt does not: the thumb presses again. */
  @Test
  void the_form_is_answered_on_a_small_screen_over_a_link_that_is_cut() {
    var consult = advised();
    pass(Duration.ofDays(7));
    var cut = new AtomicBoolean(true);
    try (var chromium = new Chromium()) {
      var page = chromium.page();
      page.setViewportSize(360, 640);
      page.route(
          "**/follow-up-forms/answers",
          route -> {
            if (cut.getAndSet(false)) {
              route.fetch();
              route.abort();
            } else {
              route.resume();
            }
          });
      page.navigate(care.http.url("/follow-up#" + newestToken(consult)).toString());
      page.getByLabel("Worse").check();
      page.getByLabel("Fully").check();
      assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
      assertThat(page.textContent("body")).doesNotContain("Naisula", "Amina", "Ines", "Olkeri");
      page.getByText("Send", new Page.GetByTextOptions().setExact(true)).click();
      page.getByText("Not sent yet").waitFor();
      page.getByText("Try again").click();
      page.getByText("The consult is open again").waitFor();
    }
    pass(Duration.ZERO);
    assertThat(summary(consult).path("waitingOn").asText()).isEqualTo("specialist");
    assertThat(noticesOf(care.ines, consult)).as("told once").containsExactly("news-worse");
  }

  @Test
  void a_link_ends_with_its_week() {
    var consult = advised();
    pass(Duration.ofDays(7));
    pass(Duration.ofDays(2));
    pass(Duration.ofDays(2));
    assertThat(reminders(consult)).isEqualTo(3);
    var token = newestToken(consult);
    pass(Duration.ofDays(6));
    assertThat(open(token).status()).as("the consult is lost, but news are welcome").isEqualTo(200);
    pass(Duration.ofDays(1));
    assertThat(open(token).status()).isEqualTo(410);
    assertThat(answer(token, UUID.randomUUID(), told("better")).code()).isEqualTo("link-over");
    assertThat(result(consult)).isEqualTo("lost-to-follow-up");
  }

  @Test
  void worse_opens_the_same_consult_and_its_clock_runs() {
    var consult = advised();
    pass(Duration.ofDays(7));
    expect(200, answer(newestToken(consult), UUID.randomUUID(), told("better")));
    pass(Duration.ZERO);
    assertThat(care.status(consult)).isEqualTo("closed");
    assertThat(followUp(consult).path("closed").asBoolean()).isTrue();
    assertThat(followUp(consult).path("checks").findValuesAsText("kind"))
        .as("everybody is asked once more at the end")
        .containsExactly("last");

    pass(Duration.ofDays(14));
    assertThat(reminders(consult)).isEqualTo(2);
    expect(200, answer(newestToken(consult), UUID.randomUUID(), told("worse")));
    pass(Duration.ZERO);
    var open = summary(consult);
    assertThat(open.path("status").asText()).isEqualTo("in-discussion");
    assertThat(open.path("waitingOn").asText()).isEqualTo("specialist");
    assertThat(open.path("dueFor").asText()).isEqualTo("first-answer");
    assertThat(noticesOf(care.ines, consult)).containsExactly("news-worse", "news");
    assertThat(letters(INES, "A patient you advised on needs you again")).isNotEmpty();
    assertThat(followUp(consult).path("closed").asBoolean()).isFalse();

    sign(consult, 1, Optional.of(3));
    var anew = followUp(consult);
    assertThat(anew.path("origin").asText()).as("asked anew, as the note wishes").isEqualTo("note");
    assertThat(anew.path("checks")).hasSize(2);
  }

  @Test
  void silence_ends_nothing_while_the_specialist_owes_the_answer() {
    var consult = advised();
    pass(Duration.ofDays(7));
    var question = Map.of("id", UUID.randomUUID(), "text", "How long?", "language", "en");
    expect(201, care.http.as(care.clinician).post("/consults/" + consult + "/messages", question));
    for (int i = 0; i < 8; i++) {
      pass(Duration.ofDays(1));
    }
    assertThat(reminders(consult)).isEqualTo(3);
    assertThat(care.status(consult)).isEqualTo("advised");
    assertThat(noticesOf(care.ines, consult)).isEmpty();
    expect(
        201,
        care.http
            .as(care.ines)
            .post(
                "/consults/" + consult + "/messages",
                Map.of("id", UUID.randomUUID(), "text", "A week.", "language", "en")));
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofDays(1));
    }
    assertThat(care.status(consult)).isEqualTo("closed");
    assertThat(result(consult)).isEqualTo("lost-to-follow-up");
  }

  @Test
  void who_recorded_that_it_is_worse_and_says_so_again_changes_nothing() {
    var consult = advised();
    var path = "/consults/" + consult + "/outcome";
    var worse = new HashMap<>(told("worse"));
    worse.put("nextQuestion", "Shall we refer her?");
    expect(201, care.http.as(care.scheduler).post(path, worse));
    expect(201, care.http.as(care.scheduler).post(path, worse));
    pass(Duration.ZERO);
    assertThat(noticesOf(care.ines, consult)).containsExactly("news-worse");
    var open = summary(consult);
    assertThat(open.path("status").asText()).as("it was advised").isEqualTo("advised");
    assertThat(open.path("waitingOn").asText()).isEqualTo("specialist");
    var thread = expect(200, care.http.as(care.ines).get("/consults/" + consult + "/messages"));
    assertThat(thread.path("items")).hasSize(1);
    assertThat(thread.toString()).contains("\"authorRole\":\"scheduler\"", "Grace Wanjiru");
  }

  @Test
  void a_last_check_that_nobody_answers_reaches_the_coordinators() {
    var consult = advised();
    pass(Duration.ofDays(7));
    expect(200, answer(newestToken(consult), UUID.randomUUID(), told("better")));
    for (int i = 0; i < 24; i++) {
      pass(Duration.ofDays(1));
    }
    assertThat(reminders(consult)).isEqualTo(4);
    assertThat(chased(consult).orElseThrow().path("state").asText()).isEqualTo("unanswered");
    assertThat(followUp(consult).path("asking").asBoolean()).isTrue();
    expect(
        201, care.http.as(care.scheduler).post("/consults/" + consult + "/outcome", told("same")));
    pass(Duration.ZERO);
    assertThat(result(consult)).isEqualTo("same");
    assertThat(chased(consult)).isEmpty();
  }

  @Test
  void a_clinic_that_opens_in_the_evening_is_asked_in_the_evening() {
    var consult = advised();
    hours("18:00", "22:00");
    try {
      pass(Duration.ofDays(7));
      for (int hour = 0; hour < 24; hour++) {
        pass(Duration.ofHours(1));
      }
      assertThat(reminders(consult)).isEqualTo(1);
      var sent = Instant.parse(followUp(consult).at("/remindedAt/0").asText());
      assertThat(sent.atZone(ZoneId.of("Africa/Nairobi")).getHour()).isBetween(18, 21);
    } finally {
      hours("07:00", "20:00");
    }
  }

  private static void hours(String from, String until) {
    var evenings =
        new Hours(
            ZoneId.of("Africa/Nairobi"),
            List.of(WeeklyHours.each(EnumSet.allOf(DayOfWeek.class), from, until)),
            List.of(),
            List.of());
    care.asServer(tx -> care.scheduling.roster().save(tx, care.olkeri, evenings));
  }

  @Test
  void a_link_is_good_for_nobody_who_has_left_or_whose_patient_wants_no_advice()
      throws SQLException {
    var consult = advised();
    pass(Duration.ofDays(7));
    var token = newestToken(consult);
    employ(false);
    assertThat(answer(token, UUID.randomUUID(), told("worse")).code()).isEqualTo("link-not-good");
    employ(true);
    expect(200, open(token));
    var withdrawal =
        Map.of(
            "purpose", "advice",
            "givenBy", "guardian",
            "relation", "mother",
            "form", "spoken",
            "witness", "Sister Ruth",
            "reason", "The family decided so",
            "notRecalled", "Ines has read the case");
    expect(
        201,
        care.http
            .as(care.clinician)
            .post("/consults/" + consult + "/consent-withdrawals", withdrawal));
    assertThat(answer(token, UUID.randomUUID(), told("worse")).code()).isEqualTo("link-not-good");
    assertThat(followUp(consult).path("checks")).isEmpty();
    pass(Duration.ofDays(30));
    assertThat(reminders(consult)).isEqualTo(1);
  }

  private static void employ(boolean active) throws SQLException {
    var there = care.world.address();
    var url = "jdbc:postgresql://%s:%d/%s".formatted(there.host(), there.port(), there.database());
    try (var owner = DriverManager.getConnection(url, there.user(), there.password());
        var change =
            owner.prepareStatement(
                "UPDATE platform.membership SET active = ? WHERE account_id = ?")) {
      change.setBoolean(1, active);
      change.setObject(2, care.clinician.id().value());
      change.executeUpdate();
    }
  }

  @Test
  void who_died_is_never_asked_about_again() {
    var consult = advised();
    pass(Duration.ofDays(7));
    expect(200, answer(newestToken(consult), UUID.randomUUID(), told("died")));
    pass(Duration.ofDays(30));
    assertThat(reminders(consult)).isEqualTo(1);
    assertThat(followUp(consult).path("checks")).isEmpty();
    assertThat(result(consult)).isEqualTo("died");
    sign(consult, 1, Optional.empty());
    assertThat(followUp(consult).path("checks")).as("nor by another note").isEmpty();
  }

  @Test
  void digits_by_short_message_are_an_answer() {
    var consult = advised();
    network.answering(503);
    pass(Duration.ofDays(7));
    network.answering(401);
    pass(Duration.ofMinutes(2));
    network.answering(202);
    pass(Duration.ofMinutes(10));
    var reference = followUp(consult).path("reference").asText();
    var texts = network.sentTo(PHONE).stream().filter(one -> one.contains(reference)).toList();
    assertThat(texts).as("tried again, and sent once").hasSize(1);
    var text = texts.getFirst();
    assertThat(text)
        .contains(CareWorld.PAGE + "/follow-up#")
        .doesNotContain("Naisula", "Ines", "infant");
    var code = text.replaceFirst("(?s).*?Answer (\\d{4}),.*", "$1");
    assertThat(code).hasSize(4);

    assertThat(
            TextNetwork.handOver(
                    care.http, "wrong secret", Map.of("id", "1", "from", PHONE, "text", code))
                .status())
        .isEqualTo(401);
    var nonsense = TextNetwork.handOver(care.http, "m-1", PHONE, "she is fine");
    assertThat(nonsense.status()).isEqualTo(422);
    assertThat(nonsense.body().path("detail").asText()).contains("4821 1 2", "Nothing was kept");
    assertThat(TextNetwork.handOver(care.http, "m-2", PHONE, code + " 9 1").code())
        .isEqualTo("text-not-understood");
    var other = code.equals("0000") ? "0001" : "0000";
    assertThat(TextNetwork.handOver(care.http, "m-3", PHONE, other + " 1 1").code())
        .isEqualTo("text-wrong-code");
    assertThat(TextNetwork.handOver(care.http, "m-4", "+254700000000", code + " 1 1").code())
        .as("the digits are good on one telephone")
        .isEqualTo("text-wrong-code");
    assertThat(
            TextNetwork.handOver(care.http, "m-5", PHONE, code + " 1 1 " + "x".repeat(200_000))
                .status())
        .isBetween(400, 422);
    assertThat(followUp(consult).has("outcome")).isFalse();

    var taken = TextNetwork.handOver(care.http, "m-6", PHONE, code + " 3 2 ? Shall we refer her");
    assertThat(expect(200, taken).path("reply").asText()).contains("open again");
    assertThat(
            TextNetwork.handOver(care.http, "m-6", PHONE, code + " 3 2 ? Shall we refer her")
                .body())
        .as("handed over again")
        .isEqualTo(taken.body());
    assertThat(TextNetwork.handOver(care.http, "m-6", PHONE, code + " 1 1").code())
        .isEqualTo("message-id-reused");
    assertThat(TextNetwork.handOver(care.http, "m-7", PHONE, code + " 1 1").code())
        .as("answered")
        .isEqualTo("text-wrong-code");
    pass(Duration.ZERO);
    var outcome = followUp(consult).path("outcome");
    assertThat(outcome.path("result").asText()).isEqualTo("worse");
    assertThat(outcome.path("adviceFollowed").asText()).isEqualTo("partly");
    assertThat(outcome.path("channel").asText()).isEqualTo("text");
    assertThat(outcome.path("nextQuestion").asText()).isEqualTo("Shall we refer her");
    assertThat(summary(consult).path("waitingOn").asText()).isEqualTo("specialist");

    for (int i = 0; i < 10; i++) {
      TextNetwork.handOver(care.http, "w-" + i, "+254733000000", "0000 1 1");
    }
    var stopped = TextNetwork.handOver(care.http, "w-10", "+254733000000", "0000 1 1");
    assertThat(stopped.status()).isEqualTo(429);
    assertThat(stopped.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void a_coordinator_telephones_and_records_the_news() {
    var consult = advised();
    pass(Duration.ofDays(7));
    var path = "/consults/" + consult + "/outcome";
    expect(201, care.http.as(care.scheduler).post(path, told("transferred")));
    pass(Duration.ZERO);
    assertThat(followUp(consult).at("/outcome/channel").asText()).isEqualTo("telephone");
    assertThat(care.status(consult)).isEqualTo("closed");
    assertThat(expect(200, open(newestToken(consult))).path("answered").asBoolean()).isTrue();
    assertThat(chased(consult)).isEmpty();
  }

  @Test
  void a_telephone_is_somebodys_when_they_tell_the_code_that_was_sent_to_it() {
    var arjun = care.http.as(care.arjun);
    var typed = Map.of("number", "00351 912 345-678");
    assertThat(arjun.post("/phone-number/claim", Map.of("number", "12345")).code())
        .isEqualTo("invalid");
    expect(201, arjun.post("/phone-number/claim", typed));
    care.world.platform().texts().runDue();
    var code =
        network.sentTo("+351912345678").getFirst().replaceFirst("(?s).*: (\\d{6})\\..*", "$1");
    assertThat(arjun.post("/phone-number/confirmation", Map.of("code", "1")).code())
        .isEqualTo("invalid");
    var confirmed = expect(200, arjun.post("/phone-number/confirmation", Map.of("code", code)));
    assertThat(confirmed.path("number").asText()).isEqualTo("+351912345678");
    assertThat(expect(200, arjun.delete("/phone-number")).has("number")).isFalse();
  }
}
