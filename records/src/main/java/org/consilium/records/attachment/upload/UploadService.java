package org.consilium.records.attachment.upload;

import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.Uuid7;
import org.consilium.records.attachment.AttachmentLimits;
import org.consilium.records.attachment.AttachmentService;
import org.consilium.records.attachment.AttachmentStore;
import org.consilium.records.attachment.Part;
import org.consilium.records.attachment.Reason;
import org.consilium.records.attachment.intake.FileType;
import org.consilium.records.request.Team;

/** What can be done with an upload; each call within the caller's transaction. */
public final class UploadService {
  private final Platform platform;
  private final Team team;
  private final AttachmentStore attachments;
  private final AttachmentLimits limits;
  private final UploadStore uploads = new UploadStore();

  public UploadService(
      Platform platform, Team team, AttachmentStore attachments, AttachmentLimits limits) {
    this.platform = platform;
    this.team = team;
    this.attachments = attachments;
    this.limits = limits;
  }

  AttachmentLimits limits() {
    return limits;
  }

  /** Opens an upload; the same again answers how far it has come. */
  Upload create(Tx tx, NewUpload given) {
    var standing = platform.careTeam().standing(tx, given.consult());
    AttachmentService.requireWriter(standing);
    var attachment =
        attachments.lock(tx, standing, given.attachment()).orElseThrow(UploadService::notFound);
    var before = uploads.find(tx, given.id());
    if (before.isPresent()) {
      return before
          .filter(upload -> upload.isSameAs(given, tx.caller().account()))
          .orElseThrow(UploadService::taken);
    }
    if (given.part() == Part.ORIGINAL && attachment.file(Part.ORIGINAL).isPresent()) {
      throw new Refusal(409, "already-here", "The original of this file is here already.");
    }
    requireRoom(given.part(), given.length());
    if (uploads.keptOfPatient(tx, standing) + given.length() > limits.bytesPerPatient()) {
      throw new Refusal(
          413, "patient-full", "No more files can be kept of this patient; send a smaller one.");
    }
    if (!uploads.create(tx, standing, given, tx.now().plus(limits.uploadLife()))) {
      throw taken();
    }
    uploads.removeOlder(tx, standing, given);
    if (given.part() == Part.ORIGINAL) {
      attachments.beginAgain(tx, standing.owner(), given.attachment());
    }
    team.tell(tx, standing);
    return uploads.find(tx, given.id()).orElseThrow();
  }

  /**
   * Takes the original of a file that came whole, as if it had been sent in one piece; 415 for what
   * its first bytes tell will not be taken.
   */
  public void receive(Tx tx, ConsultId consult, AttachmentId attachment, byte[] bytes) {
    unwelcome(bytes, bytes.length)
        .ifPresent(reason -> {
          throw new Refusal(415, reason.wire(), reason.sentence());
        });
    var hash = Optional.of(Secrets.sha256(bytes));
    var given = new NewUpload(Uuid7.next(), consult, attachment, Part.ORIGINAL, bytes.length, hash);
    var writer = Uuid7.next();
    var upload = create(tx, given);
    take(tx, upload.id(), writer, 0);
    append(tx, upload, writer, 0, bytes);
  }

  private void requireRoom(Part part, long length) {
    if (length <= 0) {
      throw new Refusal(400, "malformed", "Upload-Length is a number of bytes above 0.");
    }
    if (length > Math.min(part.bytesMax(), limits.bytesMax())) {
      throw new Refusal(
          413,
          "too-large",
          "A %s has at most %d kB."
              .formatted(part.wire(), Math.min(part.bytesMax(), limits.bytesMax()) / 1000));
    }
  }

  /** How far an upload of the caller's has come. */
  Upload find(Tx tx, UUID id) {
    return own(tx, uploads.find(tx, id));
  }

  /** Lets {@code writer} append from {@code offset} on; whoever did so before may no longer. */
  Upload take(Tx tx, UUID id, UUID writer, long offset) {
    var upload = own(tx, uploads.lock(tx, id));
    if (upload.received() != offset) {
      throw new Refusal(
              409, "wrong-offset", "Go on at the offset that the server names, not at another.")
          .withHeader("Upload-Offset", Long.toString(upload.received()));
    }
    if (!upload.complete()) {
      uploads.take(tx, id, writer);
    }
    return upload;
  }

  /** Keeps bytes. 409 when a newer connection has taken the upload over. */
  void append(Tx tx, Upload upload, UUID writer, long at, byte[] bytes) {
    if (!uploads.append(tx, upload.id(), writer, at, bytes)) {
      find(tx, upload.id());
      throw new Refusal(409, "taken-over", "Another connection goes on with this upload.");
    }
    if (at + bytes.length == upload.length()) {
      var standing = platform.careTeam().standing(tx, upload.consult());
      platform
          .audit()
          .append(
              tx,
              "attachment.upload",
              Subject.consult(upload.consult(), standing.patient())
                  .part("attachment", upload.attachment()));
      team.tell(tx, standing);
    }
  }

  void takeBack(Tx tx, UUID id, UUID writer, long offset) {
    uploads.takeBack(tx, id, writer, offset);
  }

  /** Ends an upload whose first bytes tell already that it will not be taken. */
  void refuse(Tx tx, Upload upload, Reason reason) {
    uploads.remove(tx, upload.id());
    attachments.refuse(tx, upload.owner(), upload.attachment(), reason);
    team.tell(tx, platform.careTeam().standing(tx, upload.consult()));
  }

  /** Why a file that begins so and has this length is not taken, if it is not. */
  Optional<Reason> unwelcome(byte[] head, long length) {
    return FileType.of(head)
        .map(type ->
            length > type.bytesMax(limits)
                ? Optional.of(Reason.TOO_LARGE)
                : Optional.<Reason>empty())
        .orElse(Optional.of(Reason.UNKNOWN_TYPE));
  }

  /** Throws away an upload that has not been looked at. */
  void terminate(Tx tx, UUID id) {
    var upload = own(tx, uploads.lock(tx, id));
    if (upload.complete()) {
      throw new Refusal(409, "already-here", "The file is here; remove it from the consult.");
    }
    uploads.remove(tx, id);
    team.tell(tx, platform.careTeam().standing(tx, upload.consult()));
  }

  /** 404 for other people's, 410 for what was not finished in time. */
  private Upload own(Tx tx, Optional<Upload> found) {
    var upload =
        found
            .filter(known -> known.uploader().equals(tx.caller().account()))
            .orElseThrow(UploadService::notFound);
    if (upload.isOver(tx.now())) {
      throw new Refusal(
          410, "upload-expired", "This upload was not finished in time; send the file anew.");
    }
    platform.careTeam().standing(tx, upload.consult());
    return upload;
  }

  private static Refusal taken() {
    return new Refusal(409, "id-taken", "Another upload has this id; begin it anew.");
  }

  private static Refusal notFound() {
    return Refusal.notFound("upload-not-found", "There is no such upload for you.");
  }
}
