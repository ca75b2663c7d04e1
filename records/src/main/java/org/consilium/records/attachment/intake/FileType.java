package org.consilium.records.attachment.intake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.consilium.records.attachment.AttachmentLimits;

/** What is taken, told by the first bytes; names and announced types count for nothing. */
public enum FileType {
  JPEG("image/jpeg", "jpg"),
  PNG("image/png", "png"),
  WEBP("image/webp", "webp"),
  /** Kept and handed out; the server cannot look into it. */
  HEIC("image/heic", "heic"),
  PDF("application/pdf", "pdf"),
  DICOM("application/dicom", "dcm"),
  WAV("audio/wav", "wav"),
  OGG("audio/ogg", "ogg"),
  MP4("video/mp4", "mp4");

  private static final List<String> HEIC_BRANDS =
      List.of("heic", "heix", "heim", "heis", "hevc", "mif1", "msf1");
  private static final List<String> MP4_BRANDS =
      List.of(
          "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4A ", "M4V ", "3gp4",
          "3gp5", "3gp6");

  private final String mediaType;
  private final String extension;

  FileType(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  public String mediaType() {
    return mediaType;
  }

  /** Without the dot. */
  public String extension() {
    return extension;
  }

  /** The extension that goes with a media type; {@code bin} for one that is not taken. */
  public static String extension(String mediaType) {
    for (var type : values()) {
      if (type.mediaType.equals(mediaType)) {
        return type.extension;
      }
    }
    return "bin";
  }

  public long bytesMax(AttachmentLimits limits) {
    return switch (this) {
      case JPEG, PNG, WEBP, HEIC -> limits.pictureBytes();
      case DICOM -> limits.dicomBytes();
      case PDF, WAV, OGG, MP4 -> limits.documentBytes();
    };
  }

  /** The type of a file that begins with {@code head}, of which 132 bytes are enough. */
  public static Optional<FileType> of(byte[] head) {
    if (starts(head, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (starts(head, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (starts(head, 0, "RIFF")) {
      return starts(head, 8, "WEBP")
          ? Optional.of(WEBP)
          : Optional.of(WAV).filter(_ -> starts(head, 8, "WAVE"));
    }
    if (starts(head, 0, "%PDF-")) {
      return Optional.of(PDF);
    }
    if (starts(head, 0, "OggS")) {
      return Optional.of(OGG);
    }
    if (starts(head, 128, "DICM")) {
      return Optional.of(DICOM);
    }
    if (starts(head, 4, "ftyp") && head.length >= 12) {
      var brand = new String(head, 8, 4, StandardCharsets.ISO_8859_1);
      return HEIC_BRANDS.contains(brand)
          ? Optional.of(HEIC)
          : Optional.of(MP4).filter(_ -> MP4_BRANDS.contains(brand));
    }
    return Optional.empty();
  }

  private static boolean starts(byte[] head, int at, String latin) {
    if (head.length < at + latin.length()) {
      return false;
    }
    for (int i = 0; i < latin.length(); i++) {
      if ((head[at + i] & 0xff) != latin.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
