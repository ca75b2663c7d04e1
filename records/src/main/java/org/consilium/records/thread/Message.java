package org.consilium.records.thread;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.MessageId;

/** A message as kept; never changed. */
public record Message(
    MessageId id,
    AccountId author,
    String authorRole,
    String text,
    String language,
    Optional<MessageId> replyTo,
    Instant sentAt,
    List<AttachmentId> attachments,
    List<Seen> seenBy) {

  /** That somebody else has had it on their screen. */
  record Seen(AccountId person, Instant at) {}

  Message naming(List<AttachmentId> files) {
    return new Message(id, author, authorRole, text, language, replyTo, sentAt, files, seenBy);
  }

  Message seenBy(List<Seen> people) {
    return new Message(
        id, author, authorRole, text, language, replyTo, sentAt, attachments, people);
  }

  /** Whether {@code sent} says the same: the message came a second time. */
  boolean isSameAs(NewMessage sent, AccountId from) {
    return author.equals(from)
        && text.equals(sent.text())
        && language.equals(sent.language())
        && replyTo.equals(sent.replyTo())
        && attachments.equals(sent.named());
  }
}
