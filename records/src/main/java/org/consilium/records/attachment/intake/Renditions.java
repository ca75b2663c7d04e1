package org.consilium.records.attachment.intake;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.consilium.records.attachment.Part;
import org.consilium.records.attachment.Reason;
import org.consilium.records.attachment.store.Bytes;

/** Small pictures made of large ones, leaving out rows and columns while decoding. */
final class Renditions {
  private static final float QUALITY = 0.7f;
  private static final float QUALITY_MIN = 0.3f;

  /** A rendition as a JPEG. */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  record Rendition(Part part, byte[] jpeg, int width, int height) {}

  private Renditions() {}

  /**
   * Decodes a cleaned JPEG or PNG whose header has been judged, upright, no side longer than {@code
   * sideMax}. What cannot be decoded is {@link Unfit}.
   */
  static BufferedImage decode(Bytes bytes, FileType type, int orientation, int sideMax) {
    ImageReader reader =
        ImageIO.getImageReadersByFormatName(type == FileType.PNG ? "png" : "jpeg").next();
    try (var input = new BytesInput(bytes)) {
      reader.setInput(input, true, true);
      int longer = Math.max(reader.getWidth(0), reader.getHeight(0));
      int step = Math.max(1, longer / sideMax);
      var parameters = reader.getDefaultReadParam();
      parameters.setSourceSubsampling(step, step, 0, 0);
      return turned(scaled(reader.read(0, parameters), sideMax), orientation);
    } catch (IOException | RuntimeException e) {
      throw new Unfit(Reason.UNREADABLE);
    } finally {
      reader.dispose();
    }
  }

  /** The picture as a JPEG that keeps to the part's size in pixels and bytes. */
  static Rendition of(BufferedImage picture, Part part) {
    var small = scaled(picture, part.sideMax());
    for (float quality = QUALITY; ; quality -= 0.1f) {
      var jpeg = jpeg(small, quality);
      if (jpeg.length <= part.bytesMax()) {
        return new Rendition(part, jpeg, small.getWidth(), small.getHeight());
      }
      if (quality <= QUALITY_MIN) {
        small = scaled(small, Math.max(small.getWidth(), small.getHeight()) * 3 / 4);
        quality = QUALITY;
      }
    }
  }

  private static byte[] jpeg(BufferedImage picture, float quality) {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var bytes = new ByteArrayOutputStream();
    try (var output = new MemoryCacheImageOutputStream(bytes)) {
      var parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality);
      writer.setOutput(output);
      writer.write(null, new IIOImage(picture, null, null), parameters);
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** At most so long, on white where it was clear, in the web's colours. */
  private static BufferedImage scaled(BufferedImage picture, int sideMax) {
    int longer = Math.max(picture.getWidth(), picture.getHeight());
    double factor = Math.min(1, (double) sideMax / longer);
    int wide = Math.max(1, (int) Math.round(picture.getWidth() * factor));
    int high = Math.max(1, (int) Math.round(picture.getHeight() * factor));
    var small = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
    var pen = small.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.drawImage(picture, 0, 0, wide, high, Color.WHITE, null);
    pen.dispose();
    return small;
  }

  /** Upright, by EXIF 2.32 §4.6.4. */
  private static BufferedImage turned(BufferedImage picture, int orientation) {
    if (orientation == 1) {
      return picture;
    }
    int wide = picture.getWidth();
    int high = picture.getHeight();
    boolean across = orientation >= 5;
    var upright =
        new BufferedImage(across ? high : wide, across ? wide : high, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        int toX =
            switch (orientation) {
              case 2, 3 -> wide - 1 - x;
              case 4 -> x;
              case 5, 8 -> y;
              default -> high - 1 - y;
            };
        int toY =
            switch (orientation) {
              case 2 -> y;
              case 3, 4 -> high - 1 - y;
              case 5, 6 -> x;
              default -> wide - 1 - x;
            };
        upright.setRGB(toX, toY, picture.getRGB(x, y));
      }
    }
    return upright;
  }
}
