package org.consilium.platform.text;

import java.time.Instant;
import org.consilium.platform.id.AccountId;

/**
 * What one person is told by short message. Never anything about a patient: it passes through
 * strangers' networks, and telephones are shared.
 *
 * @param key names what it tells of; with the person it is one message, however often it is given
 * @param purpose a code for counting, such as {@code follow-up}
 * @param due when it may go out at the earliest
 * @param until from then on it would tell nothing any more, and is not sent
 */
public record TextMessage(
    String key, AccountId to, String purpose, String text, Instant due, Instant until) {}
