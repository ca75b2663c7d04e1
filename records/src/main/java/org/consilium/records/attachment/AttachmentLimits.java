package org.consilium.records.attachment;

import java.time.Duration;

/**
 * How much is taken. A value out of range is an {@link IllegalArgumentException} that names it.
 *
 * @param pictureBytes the largest picture
 * @param documentBytes the largest document, sound or video
 * @param dicomBytes the largest DICOM object
 * @param filesPerConsult how many attachments a consult may have
 * @param bytesPerPatient how much may be kept of one patient, over all consults
 * @param uploadLife how long an upload that does not go on is kept
 */
public record AttachmentLimits(
    long pictureBytes,
    long documentBytes,
    long dicomBytes,
    int filesPerConsult,
    long bytesPerPatient,
    Duration uploadLife) {
  private static final long MEGABYTE = 1_000_000;

  public static final AttachmentLimits DEFAULT =
      new AttachmentLimits(
          15 * MEGABYTE, 20 * MEGABYTE, 60 * MEGABYTE, 40, 2_000 * MEGABYTE, Duration.ofDays(7));

  public AttachmentLimits {
    require(pictureBytes > 0, "pictureBytes");
    require(documentBytes > 0, "documentBytes");
    require(dicomBytes > 0, "dicomBytes");
    require(filesPerConsult > 0, "filesPerConsult");
    require(bytesPerPatient > 0, "bytesPerPatient");
    require(uploadLife.compareTo(Duration.ofHours(1)) >= 0, "uploadLife");
  }

  /** The largest file of any kind. */
  public long bytesMax() {
    return Math.max(pictureBytes, Math.max(documentBytes, dicomBytes));
  }

  private static void require(boolean fits, String name) {
    if (!fits) {
      throw new IllegalArgumentException(name + " is out of range");
    }
  }
}
