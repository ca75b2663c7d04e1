package org.consilium.records.attachment.intake;

import java.awt.image.BufferedImage;
import java.util.Optional;
import org.consilium.records.attachment.store.Bytes;

/** The first frame of a DICOM object in a form that the server can draw. */
sealed interface DicomPicture {

  /** A JPEG inside the object. */
  record Packed(Bytes jpeg) implements DicomPicture {}

  /**
   * Bare samples (PS3.3 §C.7.6.3).
   *
   * @param inverted whether the smallest value is white
   * @param planar whether colours lie in planes, one after the other
   * @param center of the window that is shown, after slope and intercept (PS3.3 §C.11.2)
   */
  record Plain(
      Bytes samples,
      int rows,
      int columns,
      int bits,
      int perPixel,
      boolean signed,
      boolean bigEndian,
      boolean inverted,
      boolean planar,
      Optional<Double> center,
      Optional<Double> width,
      double slope,
      double intercept)
      implements DicomPicture {

    /** The picture, no side longer than {@code sideMax}, by leaving out rows and columns. */
    BufferedImage draw(int sideMax) {
      int step = Math.max(1, (Math.max(rows, columns) + sideMax - 1) / sideMax);
      int wide = (columns + step - 1) / step;
      int high = (rows + step - 1) / step;
      var image = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
      if (perPixel == 3) {
        colours(image, step);
      } else {
        greys(image, step);
      }
      return image;
    }

    private void greys(BufferedImage image, int step) {
      int bytesPer = bits / 8;
      var values = new double[image.getHeight()][image.getWidth()];
      double low = Double.MAX_VALUE;
      double high = -Double.MAX_VALUE;
      for (int y = 0; y < image.getHeight(); y++) {
        var row = row((long) y * step * columns * bytesPer, columns * bytesPer);
        for (int x = 0; x < image.getWidth(); x++) {
          double value = sample(row, x * step * bytesPer) * slope + intercept;
          values[y][x] = value;
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      if (center.isPresent() && width.filter(span -> span > 1).isPresent()) {
        low = center.get() - width.get() / 2;
        high = center.get() + width.get() / 2;
      }
      double span = Math.max(1, high - low);
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          int grey = (int) Math.round(Math.clamp((values[y][x] - low) / span, 0.0, 1.0) * 255);
          int shown = inverted ? 255 - grey : grey;
          image.setRGB(x, y, shown << 16 | shown << 8 | shown);
        }
      }
    }

    private void colours(BufferedImage image, int step) {
      long plane = planar ? (long) rows * columns : 1;
      int across = planar ? 1 : 3;
      for (int y = 0; y < image.getHeight(); y++) {
        long from = (long) y * step * columns * across;
        var red = row(from, columns * across);
        var green = planar ? row(from + plane, columns) : red;
        var blue = planar ? row(from + 2 * plane, columns) : red;
        for (int x = 0; x < image.getWidth(); x++) {
          int at = x * step * across;
          image.setRGB(
              x,
              y,
              (red[at] & 0xff) << 16
                  | (green[planar ? at : at + 1] & 0xff) << 8
                  | blue[planar ? at : at + 2] & 0xff);
        }
      }
    }

    private byte[] row(long at, int length) {
      var row = new byte[length];
      for (int filled = 0; filled < length; ) {
        var piece = samples.read(at + filled, length - filled);
        if (piece.length == 0) {
          return row;
        }
        System.arraycopy(piece, 0, row, filled, piece.length);
        filled += piece.length;
      }
      return row;
    }

    private int sample(byte[] row, int at) {
      if (bits == 8) {
        return signed ? row[at] : row[at] & 0xff;
      }
      int first = row[at] & 0xff;
      int second = row[at + 1] & 0xff;
      int value = bigEndian ? first << 8 | second : second << 8 | first;
      return signed ? (short) value : value;
    }
  }
}
