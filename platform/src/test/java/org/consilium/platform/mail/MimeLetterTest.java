package org.consilium.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.consilium.platform.mail.Letter.CalendarPart;
import org.consilium.platform.mail.Letter.Method;
import org.consilium.platform.mail.MimeLetter.Envelope;
import org.junit.jupiter.api.Test;

class MimeLetterTest {
  private static final UUID ID = UUID.fromString("01960000-0000-7000-8000-000000000001");

  private static byte[] wire(String name, String subject, Optional<CalendarPart> calendar)
      throws Exception {
    var message =
        MimeLetter.write(
            Session.getInstance(new Properties()),
            new Envelope(
                ID,
                new InternetAddress("care@example.org", "Consilium"),
                "zoe@example.org",
                name,
                subject,
                "Grüße\n",
                calendar,
                Instant.parse("2026-03-02T09:00:00Z")));
    var bytes = new ByteArrayOutputStream();
    message.writeTo(bytes);
    return bytes.toByteArray();
  }

  private static MimeMessage read(byte[] wire) throws Exception {
    return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(wire));
  }

  @Test
  void a_name_or_a_subject_cannot_bring_headers_of_its_own() throws Exception {
    var wire =
        wire("Zoe\r\nBcc: all@example.org", "Hello\nX-Evil: 1\r\n\r\nbody", Optional.empty());

    var message = read(wire);
    assertThat(message.getAllRecipients()).hasSize(1);
    assertThat(message.getHeader("Bcc")).isNull();
    assertThat(message.getHeader("X-Evil")).isNull();
    assertThat(message.getSubject()).isEqualTo("Hello X-Evil: 1 body");
    assertThat(message.getContent().toString().strip()).isEqualTo("Grüße");
  }

  @Test
  void names_of_every_script_travel_as_ASCII_and_arrive_as_they_are() throws Exception {
    var wire = wire("Zoë Müller-Østergård আমিনা", "Über Nacht 夜", Optional.empty());

    var headers = new String(wire, StandardCharsets.ISO_8859_1).split("\r\n\r\n", 2)[0];
    assertThat(headers.chars()).allMatch(c -> c < 128);
    var to = (InternetAddress) read(wire).getAllRecipients()[0];
    assertThat(to.getPersonal()).isEqualTo("Zoë Müller-Østergård আমিনা");
    assertThat(read(wire).getSubject()).isEqualTo("Über Nacht 夜");
  }

  @Test
  void the_same_letter_has_the_same_message_id_and_asks_for_no_automatic_answer() throws Exception {
    var first = read(wire("Zoe", "Hello", Optional.empty()));
    var second = read(wire("Zoe", "Hello", Optional.empty()));

    assertThat(first.getMessageID())
        .isEqualTo("<" + ID + "@example.org>")
        .isEqualTo(second.getMessageID());
    assertThat(first.getHeader("Auto-Submitted")).containsExactly("auto-generated");
  }

  @Test
  void an_invitation_is_an_alternative_to_the_text_and_a_file() throws Exception {
    var ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
    var message = read(wire("Zoe", "Hello", Optional.of(new CalendarPart(Method.REQUEST, ics))));

    var mixed = (MimeMultipart) message.getContent();
    assertThat(mixed.getContentType()).startsWith("multipart/mixed");
    var alternative = (MimeMultipart) mixed.getBodyPart(0).getContent();
    assertThat(alternative.getContentType()).startsWith("multipart/alternative");
    assertThat(alternative.getBodyPart(0).getContentType()).startsWith("text/plain");
    var calendar = alternative.getBodyPart(1);
    assertThat(calendar.getContentType()).isEqualTo("text/calendar; charset=UTF-8; method=REQUEST");
    assertThat(new String(calendar.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(ics);
    assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("invite.ics");
  }

  @Test
  void pauses_grow_to_an_hour() {
    assertThat(MailQueue.pauseAfter(1)).isEqualTo(Duration.ofMinutes(1));
    assertThat(MailQueue.pauseAfter(4)).isEqualTo(Duration.ofMinutes(8));
    assertThat(MailQueue.pauseAfter(50)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void only_an_address_of_the_internet_gets_mail() {
    assertThat(MailAddresses.isRoutable("zoe@example.org")).isTrue();
    for (var not :
        new String[] {
          "clinician@demo",
          "zoe",
          "",
          "a@b.org, c@d.org",
          "<a@b.org>",
          "a b@c.org",
          "a@b..org",
          "a@b.org\r\nRCPT TO:<c@d.org>"
        }) {
      assertThat(MailAddresses.isRoutable(not)).as(not).isFalse();
    }
  }
}
