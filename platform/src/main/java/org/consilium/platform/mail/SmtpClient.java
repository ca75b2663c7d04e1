package org.consilium.platform.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.Properties;
import org.consilium.platform.mail.MimeLetter.Envelope;
import org.consilium.platform.mail.SmtpServer.Protection;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Hands letters to the mail server over one connection. Waits for it: not on an event loop. */
final class SmtpClient implements AutoCloseable {
  private static final String CONNECT_MILLIS = "10000";
  private static final String ANSWER_MILLIS = "30000";

  private final SmtpServer server;
  private final Session session;
  private Transport open;

  SmtpClient(SmtpServer server) {
    this.server = server;
    this.session = Session.getInstance(properties(server));
  }

  private static Properties properties(SmtpServer server) {
    var properties = new Properties();
    properties.put("mail.smtp.host", server.host());
    properties.put("mail.smtp.port", Integer.toString(server.port()));
    properties.put("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
    properties.put("mail.smtp.from", server.from().getAddress());
    properties.put("mail.smtp.ssl.enable", Boolean.toString(server.protection() == Protection.TLS));
    properties.put(
        "mail.smtp.starttls.required",
        Boolean.toString(server.protection() == Protection.STARTTLS));
    properties.put("mail.smtp.starttls.enable", "true");
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.connectiontimeout", CONNECT_MILLIS);
    properties.put("mail.smtp.timeout", ANSWER_MILLIS);
    properties.put("mail.smtp.writetimeout", ANSWER_MILLIS);
    return properties;
  }

  Sending send(Envelope letter) {
    try {
      connect();
    } catch (MessagingException e) {
      return new Sending.Away(reason(e));
    }
    try {
      var message = MimeLetter.write(session, letter);
      open.sendMessage(message, new Address[] {message.getAllRecipients()[0]});
      return new Sending.Sent();
    } catch (MessagingException e) {
      return isForGood(e) ? new Sending.Refused(reason(e)) : new Sending.Later(reason(e));
    }
  }

  private void connect() throws MessagingException {
    if (open != null && open.isConnected()) {
      return;
    }
    open = session.getTransport("smtp");
    if (server.login().isPresent()) {
      open.connect(server.login().get().user(), server.login().get().password());
    } else {
      open.connect();
    }
  }

  /**
   * Whether the server has refused this address or this message (RFC 5321 §4.2.1). A refusal of the
   * sender is ours to mend, and the letter waits for that.
   */
  private static boolean isForGood(MessagingException failure) {
    for (Exception cause = failure;
        cause instanceof MessagingException;
        cause = ((MessagingException) cause).getNextException()) {
      int code =
          switch (cause) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSendFailedException whole
                when "DATA".equals(whole.getCommand()) || ".".equals(whole.getCommand()) ->
                whole.getReturnCode();
            default -> 0;
          };
      if (code >= 500 && code < 600) {
        return true;
      }
    }
    return false;
  }

  /** The server's words of the innermost failure, in one line. */
  private static String reason(MessagingException failure) {
    Exception innermost = failure;
    while (innermost instanceof MessagingException outer && outer.getNextException() != null) {
      innermost = outer.getNextException();
    }
    var words = String.valueOf(innermost.getMessage()).replaceAll("\\s+", " ").strip();
    return words.length() > 300 ? words.substring(0, 300) : words;
  }

  @Override
  public void close() {
    try {
      if (open != null) {
        open.close();
      }
    } catch (MessagingException e) {
      // What was sent is sent: the server had said so before.
    }
  }
}
