package org.consilium.records.attachment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;
import org.consilium.records.attachment.serve.PicturePermission;

/** The files of a consult over HTTP, all but their bytes. */
public final class AttachmentRoutes {
  private final Platform platform;
  private final AttachmentService attachments;

  public AttachmentRoutes(Platform platform, AttachmentService attachments) {
    this.platform = platform;
    this.attachments = attachments;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listAttachments", this::list)
        .operation("addAttachment", this::add)
        .operation("reviseAttachment", this::revise)
        .operation("removeAttachment", this::remove)
        .operation("askForOriginal", this::askForOriginal);
  }

  private record Listed(List<Shown> items, PicturePermission withheld) {}

  private record Shown(
      AttachmentId id,
      AttachmentDetails details,
      AttachmentState state,
      Optional<Reason> reason,
      Optional<String> sentence,
      Optional<String> type,
      Optional<Instant> cameraTakenAt,
      List<FileShown> files,
      List<UploadShown> uploads,
      Optional<DicomHeader> dicom,
      Optional<DicomIdentity> dicomIdentity,
      Optional<Instant> originalAskedAt,
      PersonRef addedBy,
      Instant addedAt,
      int version) {}

  private record FileShown(
      Part part,
      String type,
      long bytes,
      String sha256,
      Optional<Integer> width,
      Optional<Integer> height) {}

  private record UploadShown(UUID id, Part part, long length, long received, String state) {}

  private Answer list(Call call) {
    var listed = attachments.list(call.tx(), consult(call));
    return Answer.ok(new Listed(shown(call.tx(), listed.items()), listed.withheld()));
  }

  private Answer add(Call call) {
    return Answer.created(
        shown(
            call.tx(), attachments.add(call.tx(), consult(call), call.body(NewAttachment.class))));
  }

  private Answer revise(Call call) {
    return Answer.ok(
        shown(
            call.tx(),
            attachments.revise(
                call.tx(),
                consult(call),
                attachment(call),
                call.ifMatch(),
                call.body(AttachmentDetails.class))));
  }

  private Answer remove(Call call) {
    attachments.remove(call.tx(), consult(call), attachment(call));
    return Answer.noContent();
  }

  private Answer askForOriginal(Call call) {
    return Answer.ok(
        shown(call.tx(), attachments.askForOriginal(call.tx(), consult(call), attachment(call))));
  }

  private Shown shown(Tx tx, Attachment attachment) {
    return shown(tx, List.of(attachment)).getFirst();
  }

  private List<Shown> shown(Tx tx, List<Attachment> attachments) {
    var authors = attachments.stream().map(Attachment::addedBy).collect(Collectors.toSet());
    Map<AccountId, Person> people =
        authors.isEmpty() ? Map.of() : platform.directory().people(tx, authors);
    return attachments.stream()
        .map(a ->
            new Shown(
                a.id(),
                a.details(),
                a.state(),
                a.reason(),
                a.reason().map(Reason::sentence),
                a.type(),
                a.cameraTakenAt(),
                a.files().stream().map(AttachmentRoutes::shown).toList(),
                a.uploads().stream().map(AttachmentRoutes::shown).toList(),
                a.dicom(),
                a.dicomIdentity(),
                a.originalAskedAt(),
                new PersonRef(a.addedBy(), people.get(a.addedBy()).name()),
                a.addedAt(),
                a.version()))
        .toList();
  }

  private static FileShown shown(Attachment.File file) {
    return new FileShown(
        file.part(), file.type(), file.bytes(), file.sha256(), file.width(), file.height());
  }

  private static UploadShown shown(Attachment.Upload upload) {
    return new UploadShown(
        upload.id(), upload.part(), upload.length(), upload.received(), upload.state());
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }

  private static AttachmentId attachment(Call call) {
    return new AttachmentId(call.pathId("attachmentId"));
  }
}
