package org.consilium.records.attachment.upload;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.records.attachment.Part;

/**
 * One transfer of one part of an attachment.
 *
 * @param received how many bytes are kept so far; they are never asked for again
 * @param expiresAt after it the upload is gone unless it is complete
 */
record Upload(
    UUID id,
    OrganisationId owner,
    ConsultId consult,
    AttachmentId attachment,
    Part part,
    AccountId uploader,
    long length,
    long received,
    Optional<String> sha256,
    boolean complete,
    Instant expiresAt) {

  /** Whether {@code again} begins the same transfer: its answer was lost on the way. */
  boolean isSameAs(NewUpload again, AccountId by) {
    return uploader.equals(by)
        && attachment.equals(again.attachment())
        && part == again.part()
        && length == again.length();
  }

  boolean isOver(Instant now) {
    return !complete && !now.isBefore(expiresAt);
  }
}
