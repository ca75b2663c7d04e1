package org.consilium.records.attachment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;

/**
 * A file of a consult as the record knows it.
 *
 * @param type the media type by the bytes of the original
 * @param cameraTakenAt what the file itself said
 */
public record Attachment(
    AttachmentId id,
    ConsultId consult,
    AttachmentDetails details,
    AttachmentState state,
    Optional<Reason> reason,
    Optional<String> type,
    Optional<Instant> cameraTakenAt,
    List<File> files,
    List<Upload> uploads,
    Optional<DicomHeader> dicom,
    Optional<DicomIdentity> dicomIdentity,
    Optional<Instant> originalAskedAt,
    AccountId addedBy,
    Instant addedAt,
    int version) {

  /**
   * A part that can be fetched.
   *
   * @param shownInline whether the server itself has decoded it as a picture
   * @param sha256 hexadecimal
   */
  public record File(
      Part part,
      String type,
      boolean shownInline,
      long bytes,
      String sha256,
      Optional<Integer> width,
      Optional<Integer> height,
      UUID blob) {}

  /** A part on its way, in bytes. */
  public record Upload(UUID id, Part part, long length, long received, String state) {}

  public Optional<File> file(Part part) {
    return files.stream().filter(file -> file.part() == part).findFirst();
  }

  /** The same without what the file says about who the patient is. */
  Attachment withoutIdentity() {
    return new Attachment(
        id,
        consult,
        details,
        state,
        reason,
        type,
        cameraTakenAt,
        files,
        uploads,
        dicom,
        Optional.empty(),
        originalAskedAt,
        addedBy,
        addedAt,
        version);
  }
}
