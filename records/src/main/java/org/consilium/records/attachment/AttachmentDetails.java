package org.consilium.records.attachment;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.http.Wire;

/**
 * What a file shows, in the words of who added it.
 *
 * @param takenAt when the picture was taken, if it was not just now
 */
public record AttachmentDetails(
    Kind kind,
    String title,
    Optional<String> bodySite,
    Optional<Laterality> laterality,
    Optional<String> caption,
    Optional<Instant> takenAt) {

  /** What it is to a clinician, whatever its format. */
  public enum Kind implements Wire {
    PHOTO,
    ECG,
    X_RAY,
    ULTRASOUND,
    SCAN,
    DOCUMENT,
    SOUND,
    VIDEO,
    OTHER
  }

  /** The side of the body. */
  public enum Laterality implements Wire {
    LEFT,
    RIGHT,
    BOTH,
    MIDLINE
  }

  public AttachmentDetails {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(title, "title");
  }
}
