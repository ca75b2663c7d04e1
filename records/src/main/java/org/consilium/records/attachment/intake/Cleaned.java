package org.consilium.records.attachment.intake;

import java.time.Instant;
import java.util.Optional;
import org.consilium.records.attachment.DicomHeader;
import org.consilium.records.attachment.DicomIdentity;

/**
 * What was learnt of a file while it was cleaned.
 *
 * @param width in pixels, as stored (before turning upright)
 * @param orientation EXIF 2.32 §4.6.4, 1 to 8; 1 is upright
 * @param gradual whether the whole must be held to decode any of it (progressive, interlaced)
 * @param cut whether the end is missing
 */
record Cleaned(
    Optional<Integer> width,
    Optional<Integer> height,
    int orientation,
    boolean gradual,
    boolean cut,
    Optional<Instant> takenAt,
    Optional<DicomHeader> dicom,
    Optional<DicomIdentity> identity) {

  /** A file of which nothing but its bytes is known. */
  static Cleaned plain(boolean cut) {
    return new Cleaned(
        Optional.empty(),
        Optional.empty(),
        1,
        false,
        cut,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Cleaned picture(int width, int height, boolean gradual, boolean cut, Exif exif) {
    return new Cleaned(
        Optional.of(width),
        Optional.of(height),
        exif.orientation(),
        gradual,
        cut,
        exif.takenAt(),
        Optional.empty(),
        Optional.empty());
  }

  Cleaned withDicom(DicomHeader header, DicomIdentity said) {
    return new Cleaned(
        header.columns(),
        header.rows(),
        1,
        false,
        cut,
        Optional.empty(),
        Optional.of(header),
        Optional.of(said));
  }

  long pixels() {
    return (long) width.orElse(0) * height.orElse(0);
  }
}
