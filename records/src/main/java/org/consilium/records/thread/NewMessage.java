package org.consilium.records.thread;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.MessageId;

/**
 * A message as somebody wrote it.
 *
 * @param writtenAt the device's clock when it was typed
 * @param attachments files of the consult that it speaks of
 */
public record NewMessage(
    MessageId id,
    String text,
    String language,
    Optional<MessageId> replyTo,
    Optional<Instant> writtenAt,
    Optional<List<AttachmentId>> attachments) {
  public NewMessage {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(language, "language");
  }

  List<AttachmentId> named() {
    return attachments.orElse(List.of());
  }
}
