package org.consilium.records.attachment;

import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.attachment.serve.PicturePermission;
import org.consilium.records.request.RequestStore;
import org.consilium.records.request.Team;
import org.consilium.records.text.CleanText;

/** What can be done with the files of a consult; each call within the caller's transaction. */
public final class AttachmentService {
  private final Platform platform;
  private final Team team;
  private final RequestStore requests;
  private final AttachmentStore attachments;
  private final AttachmentLimits limits;

  public AttachmentService(
      Platform platform,
      Team team,
      RequestStore requests,
      AttachmentStore attachments,
      AttachmentLimits limits) {
    this.platform = platform;
    this.team = team;
    this.requests = requests;
    this.attachments = attachments;
    this.limits = limits;
  }

  /** The files of a consult as this caller may know of them. */
  record Listed(List<Attachment> items, PicturePermission withheld) {}

  Listed list(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    audit(tx, "attachment.list", standing, Optional.empty());
    return new Listed(
        attachments.of(tx, standing).stream().map(file -> shared(standing, file)).toList(),
        PicturePermission.of(tx, standing));
  }

  /** Who the file says the patient is stays with those whose patient it is. */
  private static Attachment shared(Standing standing, Attachment file) {
    return standing.isOwners() ? file : file.withoutIdentity();
  }

  /** Makes a file known. The same again is answered as it is. */
  Attachment add(Tx tx, ConsultId consult, NewAttachment given) {
    var standing = standingToWrite(tx, consult);
    var attachment = CleanText.of(given, NewAttachment.class);
    requireTitle(attachment.details());
    if (attachments.find(tx, standing, attachment.id()).isEmpty()
        && attachments.count(tx, standing) >= limits.filesPerConsult()) {
      throw new Refusal(
          409,
          "too-many-files",
          "A consult has at most %d files; remove one that is not needed."
              .formatted(limits.filesPerConsult()));
    }
    if (attachments.add(tx, standing, attachment.id(), attachment.details())) {
      audit(tx, "attachment.add", standing, Optional.of(attachment.id()));
      team.tell(tx, standing);
    }
    return attachments
        .find(tx, standing, attachment.id())
        .filter(kept -> kept.addedBy().equals(tx.caller().account()))
        .map(kept -> shared(standing, kept))
        .orElseThrow(() -> new Refusal(409, "id-taken", "Another file has this id; add it anew."));
  }

  /** Says anew what a file shows. */
  Attachment revise(
      Tx tx, ConsultId consult, AttachmentId id, int basedOn, AttachmentDetails given) {
    var standing = standingToWrite(tx, consult);
    var kept = existing(attachments.lock(tx, standing, id));
    var details = CleanText.of(given, AttachmentDetails.class);
    requireTitle(details);
    if (kept.version() != basedOn) {
      throw Refusal.editedElsewhere(kept.version());
    }
    attachments.revise(tx, standing, id, details);
    audit(tx, "attachment.revise", standing, Optional.of(id));
    team.tell(tx, standing);
    return shared(standing, existing(attachments.find(tx, standing, id)));
  }

  /** What was sent stays; what is not sent yet, or is of no use, may go. */
  void remove(Tx tx, ConsultId consult, AttachmentId id) {
    var standing = standingToWrite(tx, consult);
    var kept = existing(attachments.lock(tx, standing, id));
    boolean unsent = !requests.isSubmitted(tx, consult);
    boolean useless = kept.files().isEmpty() && kept.addedBy().equals(tx.caller().account());
    if (attachments.isNamed(tx, standing, id) || !(unsent || useless)) {
      throw new Refusal(
          409, "already-sent", "This file was sent and stays; add a message that corrects it.");
    }
    attachments.remove(tx, standing, id);
    audit(tx, "attachment.remove", standing, Optional.of(id));
    team.tell(tx, standing);
  }

  /** Tells the clinic that the original is wanted; once is enough. */
  Attachment askForOriginal(Tx tx, ConsultId consult, AttachmentId id) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.SPECIALIST, Relation.COORDINATOR, Relation.SUPERVISOR);
    var kept = existing(attachments.lock(tx, standing, id));
    if (kept.file(Part.ORIGINAL).isEmpty() && attachments.askOriginal(tx, standing, id)) {
      audit(tx, "attachment.ask-original", standing, Optional.of(id));
      team.tell(tx, standing);
    }
    return shared(standing, existing(attachments.find(tx, standing, id)));
  }

  private Standing standingToWrite(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    requireWriter(standing);
    return standing;
  }

  /** 403 for those of a consult who only look on. */
  public static void requireWriter(Standing standing) {
    standing.require(
        Relation.CLINIC,
        Relation.REQUESTER,
        Relation.SPECIALIST,
        Relation.COORDINATOR,
        Relation.SUPERVISOR);
  }

  private static void requireTitle(AttachmentDetails details) {
    if (details.title().isBlank()) {
      throw Refusal.invalid("/title", "Say in a few words what the file shows.");
    }
  }

  private static Attachment existing(Optional<Attachment> attachment) {
    return attachment.orElseThrow(
        () -> Refusal.notFound("attachment-not-found", "There is no such file in this consult."));
  }

  private void audit(Tx tx, String action, Standing standing, Optional<AttachmentId> id) {
    var subject = Subject.consult(standing.consult(), standing.patient());
    platform
        .audit()
        .append(tx, action, id.map(known -> subject.part("attachment", known)).orElse(subject));
  }
}
