package org.consilium.platform.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.mail.Letter.CalendarPart;

/**
 * Writes a letter as a MIME message. An invitation is there twice: as an alternative to the text,
 * which Gmail and Outlook take (RFC 6047 §2.4), and as a file for programs that only open files.
 */
final class MimeLetter {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private MimeLetter() {}

  /**
   * @param id gives the Message-ID, so that a letter sent twice can be told to be one
   * @param name of the reader
   */
  record Envelope(
      UUID id,
      InternetAddress from,
      String address,
      String name,
      String subject,
      String text,
      Optional<CalendarPart> calendar,
      Instant at) {}

  static MimeMessage write(Session session, Envelope letter) throws MessagingException {
    var from = letter.from();
    var message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId(letter.id(), from));
          }
        };
    message.setFrom(from);
    message.setRecipient(RecipientType.TO, recipient(letter));
    message.setSubject(oneLine(letter.subject()), UTF_8);
    message.setSentDate(Date.from(letter.at()));
    // Holiday answers have no reader here (RFC 3834).
    message.setHeader("Auto-Submitted", "auto-generated");
    if (letter.calendar().isEmpty()) {
      message.setText(letter.text(), UTF_8);
    } else {
      message.setContent(withCalendar(letter.text(), letter.calendar().get()));
    }
    message.saveChanges();
    return message;
  }

  static String messageId(UUID id, InternetAddress from) {
    var address = from.getAddress();
    return "<" + id + address.substring(address.lastIndexOf('@')) + ">";
  }

  private static InternetAddress recipient(Envelope letter) throws MessagingException {
    try {
      return new InternetAddress(letter.address(), oneLine(letter.name()), UTF_8);
    } catch (UnsupportedEncodingException e) {
      throw new MessagingException("every Java has UTF-8", e);
    }
  }

  /** A line break in a header would begin the next header. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static Multipart withCalendar(String text, CalendarPart calendar)
      throws MessagingException {
    var plain = new MimeBodyPart();
    plain.setText(text, UTF_8);
    var alternative = new MimeMultipart("alternative", plain, calendar(calendar));
    var both = new MimeBodyPart();
    both.setContent(alternative);
    var file = calendar(calendar);
    file.setDisposition(Part.ATTACHMENT);
    file.setFileName("invite.ics");
    return new MimeMultipart("mixed", both, file);
  }

  private static MimeBodyPart calendar(CalendarPart calendar) throws MessagingException {
    var type = "text/calendar; charset=UTF-8; method=" + calendar.method().name();
    var part = new MimeBodyPart();
    part.setDataHandler(
        new DataHandler(
            new ByteArrayDataSource(calendar.ics().getBytes(StandardCharsets.UTF_8), type)));
    part.setHeader("Content-Type", type);
    part.setHeader("Content-Transfer-Encoding", "base64");
    return part;
  }
}
