package org.consilium.records.attachment.intake;

/** How large a picture may be, judged by its header before anything is decoded. */
final class PictureLimits {
  /** Refused unread beyond. */
  static final long PIXELS_MAX = 100_000_000;

  /** Decoded whole at most: two bytes a pixel and colour would be 150 MB. */
  static final long GRADUAL_PIXELS_MAX = 25_000_000;

  private PictureLimits() {}
}
