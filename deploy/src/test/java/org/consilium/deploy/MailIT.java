package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.deploy.CareWorld.expect;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.BodyPart;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Property;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.id.RingId;
import org.consilium.platform.identity.NewDevice;
import org.consilium.platform.mail.MailQueue;
import org.consilium.platform.mail.SmtpServer;
import org.consilium.platform.mail.SmtpServer.Protection;
import org.consilium.platform.testing.TestPerson;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.offer.ConsultOffered;
import org.consilium.scheduling.rota.ShiftSwapped;
import org.consilium.scheduling.rota.ShiftsUncovered;
import org.consilium.scheduling.rota.ShiftsUncovered.Gap;
import org.consilium.scheduling.volunteer.CredentialExpiring;
import org.consilium.scheduling.volunteer.VolunteerSuspended;
import org.consilium.signaling.ring.RingKind;
import org.consilium.signaling.ring.RingMissed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Letters that leave the program, taken by a real mail server on this machine. */
class MailIT {
  private static final String INES = "ines@volunteers.example";
  private static final String ARJUN = "arjun@volunteers.example";
  private static final String AMINA = "amina@clinics.example";

  private static GreenMail post;
  private static CareWorld care;
  private static InternetAddress from;

  @BeforeAll
  static void start() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    post = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
    post.start();
    from = new InternetAddress("care@consilium.example", "Consilium");
    care = new CareWorld(Optional.of(server(port, Protection.LOOPBACK)));
    care.asServer(tx -> {
      var addresses = care.world.platform().mailAddresses();
      addresses.enter(tx, care.ines.id(), INES);
      addresses.enter(tx, care.clinician.id(), AMINA);
    });
  }

  @AfterAll
  static void stop() throws Exception {
    care.close();
    post.stop();
  }

  private static SmtpServer server(int port, Protection protection) {
    return new SmtpServer("127.0.0.1", port, protection, Optional.empty(), from);
  }

  /** Delivers what was published and sends what is due. */
  private static int send() {
    care.settle();
    return care.world.platform().mail().runDue();
  }

  private static void publish(DomainEvent event) {
    care.asServer(tx -> care.world.platform().outbox().publish(tx, event));
  }

  private static List<MimeMessage> mailTo(String address) {
    return Arrays.stream(post.getReceivedMessages())
        .filter(mail -> recipient(mail).equals(address))
        .toList();
  }

  private static MimeMessage lastTo(String address) {
    return mailTo(address).getLast();
  }

  private static String recipient(MimeMessage mail) {
    try {
      return ((InternetAddress) mail.getRecipients(RecipientType.TO)[0]).getAddress();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String words(Part part) throws Exception {
    if (part.getContent() instanceof Multipart many) {
      var all = new StringBuilder();
      for (int i = 0; i < many.getCount(); i++) {
        all.append(words(many.getBodyPart(i))).append('\n');
      }
      return all.toString();
    }
    return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Calendar invitation(MimeMessage mail) throws Exception {
    var alternative = (Multipart) ((Multipart) mail.getContent()).getBodyPart(0).getContent();
    BodyPart calendar = alternative.getBodyPart(1);
    assertThat(calendar.getContentType()).startsWith("text/calendar; charset=UTF-8; method=");
    return new CalendarBuilder().build(new StringReader(words(calendar)));
  }

  private static String of(Calendar calendar, String property) {
    return calendar.getComponents().getFirst().getRequiredProperty(property).getValue();
  }

  private static String method(Calendar calendar) {
    return calendar.getRequiredProperty(Property.METHOD).getValue();
  }

  @Test
  void an_appointment_enters_calendars_moves_there_and_leaves_them() throws Exception {
    var consult = care.accepted();
    send();
    assertThat(lastTo(INES).getSubject()).startsWith("A consult needs you: answer by ");
    assertThat(words(lastTo(INES))).contains(CareWorld.PAGE + "/specialist", "(Europe/Lisbon)");

    var coordinator = care.http.as(care.scheduler);
    var slots = expect(200, coordinator.get("/consults/" + consult + "/slots?minutes=30&days=4"));
    var starts = slots.path("items");
    var first = starts.get(14).path("start").asText();
    var second = starts.get(starts.size() - 4).path("start").asText();
    var booked =
        expect(
            201,
            coordinator.post(
                "/consults/" + consult + "/appointments", Map.of("start", first, "minutes", 30)));
    int before = post.getReceivedMessages().length;
    assertThat(send()).as("specialist and clinic").isEqualTo(2);
    assertThat(send()).as("once").isZero();
    assertThat(post.getReceivedMessages()).hasSize(before + 2);
    var request = invitation(lastTo(INES));
    assertThat(method(request)).isEqualTo("REQUEST");
    assertThat(of(request, Property.UID)).isEqualTo(booked.path("id").asText() + "@consilium");
    assertThat(of(request, Property.SEQUENCE)).isEqualTo("0");
    assertThat(of(request, Property.DTSTART)).isEqualTo(basic(first));
    assertThat(of(request, Property.ORGANIZER)).isEqualTo("mailto:care@consilium.example");
    assertThat(of(request, Property.ATTENDEE)).isEqualTo("mailto:" + INES);
    assertThat(request.toString()).contains("RSVP=FALSE").doesNotContain(AMINA);
    assertThat(words(lastTo(INES))).contains("Your time: ", "At the clinic: ", "Africa/Nairobi");
    assertThat(of(invitation(lastTo(AMINA)), Property.ATTENDEE)).isEqualTo("mailto:" + AMINA);

    care.world.clock().set(Instant.parse(first).minus(Duration.ofHours(2)));
    care.scheduling.booking().clock().runDue();
    assertThat(send()).isEqualTo(2);
    assertThat(lastTo(AMINA).getSubject()).startsWith("Teleconsult in two hours: ");

    var moved =
        expect(
            201,
            coordinator.post(
                "/appointments/" + booked.path("id").asText() + "/rescheduling",
                Map.of("start", second, "minutes", 30)));
    // As if an interpreter had been booked, who is not needed at the new time.
    care.asServer(tx -> {
      care.world.platform().mailAddresses().enter(tx, care.arjun.id(), ARJUN);
      tx.run(
          """
          INSERT INTO scheduling.booking (id, organisation_id, appointment_id, resource_id, role,
                                          zone, during, cancelled)
          SELECT $2, organisation_id, id, $3, 'interpreter', 'Europe/Lisbon',
                 tstzrange(start_at, end_at), true
            FROM scheduling.appointment WHERE id = $1
          """,
          UUID.fromString(booked.path("id").asText()),
          UUID.randomUUID(),
          care.arjun.id());
    });
    assertThat(send()).isEqualTo(3);
    var again = invitation(lastTo(INES));
    assertThat(method(again)).isEqualTo("REQUEST");
    assertThat(of(again, Property.UID)).isEqualTo(of(request, Property.UID));
    assertThat(of(again, Property.SEQUENCE)).isEqualTo("1");
    assertThat(of(again, Property.DTSTART)).isEqualTo(basic(second));
    assertThat(method(invitation(lastTo(ARJUN)))).isEqualTo("CANCEL");
    var feed = feed(care.ines);
    assertThat(feed).contains("UID:" + of(request, Property.UID)).containsOnlyOnce("BEGIN:VEVENT");

    var path = "/appointments/" + moved.path("id").asText() + "/cancellation";
    expect(200, coordinator.post(path, Map.of("reason", "Naisula Private-Name went home")));
    assertThat(send()).isEqualTo(2);
    var cancel = invitation(lastTo(INES));
    assertThat(method(cancel)).isEqualTo("CANCEL");
    assertThat(of(cancel, Property.UID)).isEqualTo(of(request, Property.UID));
    assertThat(of(cancel, Property.SEQUENCE)).isEqualTo("2");
    assertThat(of(cancel, Property.STATUS)).isEqualTo("CANCELLED");

    noMailTellsOfThePatient();
  }

  private static void noMailTellsOfThePatient() throws Exception {
    for (var mail : post.getReceivedMessages()) {
      assertThat(mail.getSubject() + words(mail))
          .doesNotContainIgnoringCase(
              "Naisula",
              "Private-Name",
              "OL-",
              "infant",
              "cough",
              "Born at term",
              "crackles",
              "Olkeri",
              "mother",
              "paediatric");
    }
  }

  private static String basic(String instant) {
    return instant.replaceAll("[-:]", "");
  }

  private static String feed(TestPerson person) {
    var link = expect(201, care.http.as(person).post("/calendar/feed")).path("url").asText();
    var path = link.substring(link.indexOf("/calendar-feeds"));
    try (var client = java.net.http.HttpClient.newHttpClient()) {
      var request = java.net.http.HttpRequest.newBuilder(care.http.url("/api/v1" + path)).build();
      return client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void volunteers_hear_of_rings_licences_and_shifts() throws Exception {
    var now = care.world.clock().instant();
    var ines = care.ines.id();
    publish(new RingMissed(RingId.random(), ConsultId.random(), RingKind.CALL, ines, now));
    var licence = UUID.randomUUID();
    publish(
        new CredentialExpiring(ines, care.volunteers, licence, LocalDate.parse("2026-05-01"), 30));
    publish(
        new ShiftSwapped(
            UUID.randomUUID(), ines, care.arjun.id(), now, now.plus(Duration.ofHours(8))));
    publish(new VolunteerSuspended(ines, care.volunteers, now));
    publish(new NewDevice(ines, now));
    send();

    var subjects = mailTo(INES).stream().map(MailIT::subject).toList();
    assertThat(subjects)
        .anyMatch(subject -> subject.startsWith("You were rung at "))
        .contains(
            "Your licence ends on 1 May 2026",
            "Your on-call shift was taken over",
            "Your account was opened on a new device",
            "No consults for you until your licence is verified");
  }

  @Test
  void schedulers_hear_in_one_letter_of_all_that_one_act_has_opened() throws Exception {
    send();
    var scheduler = "scheduler@clinics.example";
    care.asServer(
        tx -> care.world.platform().mailAddresses().enter(tx, care.scheduler.id(), scheduler));
    var now = care.world.clock().instant();
    var rota = UUID.randomUUID();
    var gaps =
        IntStream.range(0, 12)
            .mapToObj(week -> now.plus(Duration.ofDays(7L * week + 1)))
            .map(start -> new Gap(rota, start, start.plus(Duration.ofHours(8))))
            .toList();
    publish(new ShiftsUncovered(care.clinics, gaps, now));
    assertThat(send()).isEqualTo(1);
    assertThat(lastTo(scheduler).getSubject()).startsWith("Nobody is on call from ");
    assertThat(words(lastTo(scheduler)))
        .contains("12 shifts that were covered are not any more.", "and 2 more");
  }

  private static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void quiet_hours_hold_back_what_can_wait_and_not_a_red_consult() {
    care.asServer(tx ->
        tx.run(
            """
            UPDATE scheduling.volunteer SET quiet_from = '00:00', quiet_until = '00:00'
             WHERE account_id = $1
            """,
            care.ines.id()));
    var expires = care.world.clock().instant().plus(Duration.ofMinutes(20));
    var ines = care.ines.id();
    publish(
        new ConsultOffered(
            OfferId.random(), ConsultId.random(), ines, expires, Urgency.ORANGE, false));
    assertThat(send()).isZero();
    publish(
        new ConsultOffered(OfferId.random(), ConsultId.random(), ines, expires, Urgency.RED, true));
    assertThat(send()).isEqualTo(1);
    care.asServer(tx ->
        tx.run(
            """
            UPDATE scheduling.volunteer
               SET quiet_from = NULL, quiet_until = NULL, channels = '{ring,app}'
             WHERE account_id = $1
            """,
            ines));
    publish(
        new ConsultOffered(OfferId.random(), ConsultId.random(), ines, expires, Urgency.RED, true));
    assertThat(send()).as("who wants no mail").isZero();
    care.asServer(tx ->
        tx.run(
            "UPDATE scheduling.volunteer SET channels = '{ring,app,mail}' WHERE account_id = $1",
            ines));
  }

  @Test
  void while_the_mail_server_is_away_letters_wait_and_then_arrive_once() {
    send();
    post.stop();
    int there;
    try {
      publish(suspended());
      assertThat(send()).isZero();
      assertThat(send()).as("not before the pause").isZero();
    } finally {
      post.start();
    }
    there = post.getReceivedMessages().length;
    care.world.clock().advance(Duration.ofMinutes(2));
    assertThat(send()).isEqualTo(1);
    assertThat(send()).isZero();
    assertThat(post.getReceivedMessages()).hasSize(there + 1);
  }

  private static VolunteerSuspended suspended() {
    // Each another moment: the same would be the same letter.
    care.world.clock().advance(Duration.ofSeconds(1));
    return new VolunteerSuspended(care.ines.id(), care.volunteers, care.world.clock().instant());
  }

  @Test
  void a_refusal_for_good_is_recorded_and_without_encryption_nothing_is_sent() throws Exception {
    send();
    publish(suspended());
    care.settle();
    var database = care.world.platform().database();
    try (var nobody = new RefusingSmtp()) {
      var strict = Optional.of(server(nobody.port(), Protection.STARTTLS));
      assertThat(new MailQueue(database, strict, new SimpleMeterRegistry()).runDue()).isZero();
      assertThat(letter()).startsWith("waiting STARTTLS is required");

      care.world.clock().advance(Duration.ofMinutes(2));
      var open = Optional.of(server(nobody.port(), Protection.LOOPBACK));
      var meters = new SimpleMeterRegistry();
      assertThat(new MailQueue(database, open, meters).runDue()).isZero();
      assertThat(letter()).isEqualTo("refused 550 5.1.1 No such person here");
      assertThat(meters.get("mail.letters").tag("outcome", "refused").counter().count())
          .isEqualTo(1);
    }
    care.world.clock().advance(Duration.ofMinutes(5));
    assertThat(send()).as("never tried again").isZero();
  }

  /** The state of the youngest letter, and what the server said. */
  private static String letter() {
    return care.world
        .platform()
        .database()
        .asWorker(tx ->
            tx.one("SELECT state, error FROM platform.letter ORDER BY id DESC LIMIT 1")
                .map(row -> row.getString("state") + " " + row.getString("error"))
                .orElseThrow());
  }

  @Test
  void nobody_directs_mail_to_a_stranger() throws Exception {
    var officer = care.http.as(care.officer);
    var none = expect(200, officer.get("/mail-address"));
    assertThat(none.path("sends").asBoolean()).isTrue();
    assertThat(none.has("address")).as("a sign-in name is no address").isFalse();

    assertThat(officer.post("/mail-address/claim", Map.of("address", "a@b.org,c@d.org")).status())
        .isEqualTo(422);
    var mine = "officer@clinics.example";
    var claimed = expect(201, officer.post("/mail-address/claim", Map.of("address", mine)));
    assertThat(claimed.path("claimed").asText()).isEqualTo(mine);
    assertThat(claimed.has("address")).isFalse();
    assertThat(send()).isEqualTo(1);
    var code = Pattern.compile("\\b\\d{8}\\b").matcher(words(lastTo(mine)));
    assertThat(code.find()).isTrue();

    var wrong = code.group().equals("00000000") ? "11111111" : "00000000";
    assertThat(confirm(wrong).status()).isEqualTo(422);
    var confirmed = expect(200, confirm(code.group()));
    assertThat(confirmed.path("address").asText()).isEqualTo(mine);
    assertThat(confirmed.path("confirmed").asBoolean()).isTrue();
    assertThat(confirm(code.group()).code()).isEqualTo("code-over");

    expect(201, officer.post("/mail-address/claim", Map.of("address", "other@clinics.example")));
    for (int i = 0; i < 5; i++) {
      assertThat(confirm("x").status()).isEqualTo(422);
    }
    assertThat(confirm("x").code()).as("guessing ends").isEqualTo("code-over");
    assertThat(expect(200, officer.delete("/mail-address")).has("address")).isFalse();
  }

  private static org.consilium.platform.testing.TestHttp.Reply confirm(String code) {
    return care.http.as(care.officer).post("/mail-address/confirmation", Map.of("code", code));
  }
}
