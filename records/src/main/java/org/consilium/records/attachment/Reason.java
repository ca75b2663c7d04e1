package org.consilium.records.attachment;

import org.consilium.platform.http.Wire;

/** Why an attachment is not simply ready, and what the person who sent it can do. */
public enum Reason implements Wire {
  ALTERED_ON_THE_WAY(
      AttachmentState.DAMAGED, "The file was altered on its way here. Send it again."),
  CUT_SHORT(
      AttachmentState.DAMAGED,
      "The end of the file is missing, also on the device that sent it. If you can, take the"
          + " picture again or send the file anew from where it was made."),
  UNREADABLE(
      AttachmentState.QUARANTINED,
      "The file cannot be opened safely and is kept aside. Take the picture again, or send it as"
          + " JPEG or PDF."),
  CHECK_FAILED(
      AttachmentState.QUARANTINED,
      "The server could not finish looking at this file and keeps it aside. Send it in another"
          + " form, for example as JPEG or PDF."),
  UNKNOWN_TYPE(
      AttachmentState.REFUSED,
      "This kind of file is not taken. Send a picture (JPEG, PNG, WebP, HEIC), a PDF, a DICOM file,"
          + " a sound (WAV, OGG) or a video (MP4)."),
  TOO_MANY_PIXELS(
      AttachmentState.REFUSED,
      "The picture is larger than 100 megapixels. Set the camera to a smaller size and take it"
          + " again."),
  TOO_LARGE(
      AttachmentState.REFUSED,
      "The file is larger than is taken of its kind. Send a smaller picture or a part of the"
          + " document."),
  MOVING_PICTURE(
      AttachmentState.REFUSED, "Moving pictures are not taken in this form. Send a video (MP4).");

  private final AttachmentState state;
  private final String sentence;

  Reason(AttachmentState state, String sentence) {
    this.state = state;
    this.sentence = sentence;
  }

  /** What the attachment becomes for this reason. */
  public AttachmentState state() {
    return state;
  }

  /** For the clinician. */
  public String sentence() {
    return sentence;
  }
}
