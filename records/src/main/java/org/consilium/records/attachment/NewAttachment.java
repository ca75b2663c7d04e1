package org.consilium.records.attachment;

import java.util.Objects;
import org.consilium.platform.id.AttachmentId;

/** A file that somebody is about to send. */
public record NewAttachment(AttachmentId id, AttachmentDetails details) {
  public NewAttachment {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(details, "details");
  }
}
