package org.consilium.platform.mail;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.id.AccountId;

/**
 * What one person is told outside the product. Never anything about a patient: a letter passes
 * through strangers' servers.
 *
 * @param key names what it tells of; with the person it is one letter, however often it is given
 * @param purpose a code for counting, such as {@code invitation}
 * @param due when it may go out at the earliest
 * @param until from then on it would tell nothing any more, and is not sent
 */
public record Letter(
    String key,
    AccountId to,
    String purpose,
    String subject,
    String text,
    Optional<CalendarPart> calendar,
    Instant due,
    Instant until) {

  /** What a calendar program does with an invitation (RFC 5546 §3.2). */
  public enum Method {
    REQUEST,
    CANCEL
  }

  /**
   * An iTIP message beside the text.
   *
   * @param ics the iCalendar object, lines ended by CRLF
   */
  public record CalendarPart(Method method, String ics) {}
}
