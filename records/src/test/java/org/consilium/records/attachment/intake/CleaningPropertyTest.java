package org.consilium.records.attachment.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.consilium.records.attachment.store.Bytes;

/** Whatever the picture: cleaning changes no pixel and leaves no word; nothing breaks it. */
class CleaningPropertyTest {
  @Property(tries = 40)
  void a_cleaned_JPEG_decodes_to_the_same_pixels(
      @ForAll @IntRange(min = 1, max = 130) int width,
      @ForAll @IntRange(min = 1, max = 130) int height,
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 8) int orientation) {
    var jpeg = Pictures.jpeg(width, height, seed);
    var out = new ByteArrayOutputStream();

    JpegFile.clean(Bytes.of(Pictures.gossiping(jpeg, orientation)), ZoneOffset.UTC, out::write);

    assertSamePixels(Pictures.decoded(out.toByteArray()), Pictures.decoded(jpeg));
    assertThat(Pictures.holds(out.toByteArray(), Pictures.CANARY)).isFalse();
  }

  @Property(tries = 40)
  void a_cleaned_PNG_decodes_to_the_same_pixels(
      @ForAll @IntRange(min = 1, max = 130) int width,
      @ForAll @IntRange(min = 1, max = 130) int height,
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    var drawn = Pictures.drawn(width, height, seed);
    var out = new ByteArrayOutputStream();

    PngFile.clean(Bytes.of(Pictures.gossipingPng(drawn, 1)), ZoneOffset.UTC, out::write);

    assertSamePixels(Pictures.decoded(out.toByteArray()), drawn);
    assertThat(Pictures.holds(out.toByteArray(), Pictures.CANARY)).isFalse();
  }

  /** Every way of failing is one that the intake knows. */
  @Property(tries = 300)
  void damage_is_told_and_never_a_fault(
      @ForAll @IntRange(min = 0, max = 2) int which,
      @ForAll @Size(min = 1, max = 20) int[] places,
      @ForAll byte value) {
    var file =
        switch (which) {
          case 0 -> Pictures.gossiping(Pictures.jpeg(40, 30, 1), 6);
          case 1 -> Pictures.gossipingPng(Pictures.drawn(40, 30, 1), 6);
          default -> Films.xray(20, 10);
        };
    for (int place : places) {
      file[2 + Math.floorMod(place, file.length - 2)] = value;
    }
    var out = new ByteArrayOutputStream();
    try {
      switch (which) {
        case 0 -> JpegFile.clean(Bytes.of(file), ZoneOffset.UTC, out::write);
        case 1 -> PngFile.clean(Bytes.of(file), ZoneOffset.UTC, out::write);
        default -> {
          var film = DicomFile.read(Bytes.of(file));
          film.picture();
          film.writeClean(out::write);
        }
      }
    } catch (Unfit | org.consilium.records.attachment.store.Cursor.EndOfBytes expected) {
      assertThat(expected).isNotNull();
    }
  }

  private static void assertSamePixels(BufferedImage actual, BufferedImage expected) {
    assertThat(actual.getWidth()).isEqualTo(expected.getWidth());
    assertThat(actual.getHeight()).isEqualTo(expected.getHeight());
    assertThat(pixels(actual)).isEqualTo(pixels(expected));
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
