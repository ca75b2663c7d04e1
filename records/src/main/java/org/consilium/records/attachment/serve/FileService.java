package org.consilium.records.attachment.serve;

import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.attachment.Attachment;
import org.consilium.records.attachment.AttachmentStore;
import org.consilium.records.attachment.Part;
import org.consilium.records.attachment.store.BlobStore;
import org.consilium.records.attachment.store.ReadBytes;

/** Who may fetch which bytes now; each call within the caller's transaction. */
public final class FileService {
  private final Platform platform;
  private final AttachmentStore attachments;
  private final BlobStore blobs;

  public FileService(Platform platform, AttachmentStore attachments, BlobStore blobs) {
    this.platform = platform;
    this.attachments = attachments;
    this.blobs = blobs;
  }

  /** A file that the caller may fetch at this moment. */
  record Open(Standing standing, Attachment attachment, Attachment.File file) {}

  /** Opens a file and writes down that it was read. */
  Open open(Tx tx, ConsultId consult, AttachmentId id, Part part) {
    var open = permitted(tx, consult, id, part);
    platform
        .audit()
        .append(
            tx,
            "attachment.read",
            Subject.consult(consult, open.standing().patient())
                .part("attachment", id + "/" + part.wire()));
    return open;
  }

  /** Refuses whoever may not read the file now. */
  void requireReadable(Tx tx, ConsultId consult, AttachmentId id, Part part) {
    var _ = permitted(tx, consult, id, part);
  }

  /** The next bytes of a file, if the caller may still see it. */
  byte[] read(Tx tx, Open opened, long at, int most) {
    requirePermission(tx, standing(tx, opened.attachment().consult()), opened.file().type());
    return blobs.read(tx, opened.standing().owner(), opened.file().blob(), at, most);
  }

  /** A file with its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  public record Whole(String type, byte[] bytes) {}

  /** The same in one piece; empty when there are more bytes than {@code most}. */
  public Optional<Whole> whole(Tx tx, ConsultId consult, AttachmentId id, Part part, int most) {
    var open = open(tx, consult, id, part);
    long length = open.file().bytes();
    if (length > most) {
      return Optional.empty();
    }
    var owner = open.standing().owner();
    var bytes =
        new ReadBytes(length, at -> blobs.read(tx, owner, open.file().blob(), at, (int) length))
            .read(0, (int) length);
    return Optional.of(new Whole(open.file().type(), bytes));
  }

  private Open permitted(Tx tx, ConsultId consult, AttachmentId id, Part part) {
    var standing = standing(tx, consult);
    var attachment = attachments.find(tx, standing, id).orElseThrow(FileService::notFound);
    var file = attachment.file(part).orElseThrow(FileService::notFound);
    requirePermission(tx, standing, file.type());
    return new Open(standing, attachment, file);
  }

  private Standing standing(Tx tx, ConsultId consult) {
    return platform.careTeam().standing(tx, consult);
  }

  private static void requirePermission(Tx tx, Standing standing, String type) {
    if (type.equals("application/pdf") || type.startsWith("audio/")) {
      return;
    }
    switch (PicturePermission.of(tx, standing)) {
      case NONE -> {}
      case NOT_AGREED ->
          throw new Refusal(
              403,
              "pictures-not-agreed",
              "The patient has not been asked about pictures; the clinic can ask and record it.");
      case TAKEN_BACK ->
          throw new Refusal(
              403, "pictures-taken-back", "The patient does not want pictures to be shown.");
    }
  }

  static Refusal notFound() {
    return Refusal.notFound("file-not-found", "There is no such file in this consult.");
  }
}
