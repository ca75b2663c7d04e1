package org.consilium.records.attachment.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.consilium.records.attachment.Reason;
import org.consilium.records.attachment.store.Bytes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CleaningTest {
  private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Cleaned jpeg(byte[] bytes) {
    return JpegFile.clean(Bytes.of(bytes), NAIROBI, out::write);
  }

  private Cleaned png(byte[] bytes) {
    return PngFile.clean(Bytes.of(bytes), NAIROBI, out::write);
  }

  private static void assertUnfit(Runnable act, Reason reason) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(Unfit.class, unfit -> assertThat(unfit.reason()).isEqualTo(reason));
  }

  @Nested
  class A_JPEG {
    @Test
    void says_which_way_is_up_and_when_it_was_taken_and_nothing_else() {
      var facts = jpeg(Pictures.gossiping(Pictures.jpeg(320, 240, 1), 6));

      assertThat(facts.orientation()).isEqualTo(6);
      assertThat(facts.width()).contains(320);
      assertThat(facts.takenAt()).contains(Instant.parse("2026-02-28T11:30:00Z"));
      assertThat(Pictures.holds(out.toByteArray(), Pictures.CANARY)).isFalse();
      assertThat(Pictures.holds(out.toByteArray(), "<script>")).isFalse();
      var again = new ByteArrayOutputStream();
      assertThat(JpegFile.clean(Bytes.of(out.toByteArray()), NAIROBI, again::write).orientation())
          .isEqualTo(6);
      assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
    }

    @Test
    void cut_short_is_closed_and_marked() {
      var whole = Pictures.jpeg(640, 480, 2);

      var facts = jpeg(Arrays.copyOf(whole, whole.length / 2));

      assertThat(facts.cut()).isTrue();
      assertThat(Pictures.decoded(out.toByteArray()).getHeight()).isEqualTo(480);
    }

    @Test
    void of_a_head_alone_is_cut_short() {
      assertUnfit(() -> jpeg(Arrays.copyOf(Pictures.jpeg(64, 64, 3), 100)), Reason.CUT_SHORT);
    }

    @Test
    void that_claims_more_than_a_hundred_megapixels_is_not_decoded() {
      var huge = Pictures.jpeg(64, 64, 4);
      for (int i = 0; i < huge.length - 9; i++) {
        if ((huge[i] & 0xff) == 0xff && (huge[i + 1] & 0xff) == 0xc0) {
          ByteBuffer.wrap(huge, i + 5, 4).putShort((short) 60_000).putShort((short) 60_000);
          break;
        }
      }
      assertUnfit(() -> jpeg(huge), Reason.TOO_MANY_PIXELS);
    }
  }

  @Nested
  class A_PNG {
    @Test
    void keeps_its_pixels_and_no_text() {
      var drawn = Pictures.drawn(90, 70, 5);

      var facts = png(Pictures.gossipingPng(drawn, 3));

      assertThat(facts.orientation()).isEqualTo(3);
      assertThat(Pictures.holds(out.toByteArray(), Pictures.CANARY)).isFalse();
      assertThat(Pictures.holds(out.toByteArray(), "Text")).isFalse();
      assertThat(Pictures.decoded(out.toByteArray()).getRGB(40, 30))
          .isEqualTo(drawn.getRGB(40, 30));
    }

    @Test
    void that_claims_gigapixels_is_refused_by_its_header() {
      assertUnfit(() -> png(Pictures.gigapixels()), Reason.TOO_MANY_PIXELS);
    }

    @Test
    void with_a_packed_bomb_is_never_unpacked() {
      png(Pictures.packedBomb());

      assertThat(out.size()).isLessThan(10_000);
    }
  }

  @Nested
  class A_WebP_or_WAV {
    private byte[] riff(String form, byte[]... chunks) {
      var body = Pictures.join(Pictures.latin(form), Pictures.join(chunks));
      return Pictures.join(head("RIFF", body.length), body);
    }

    private byte[] head(String name, int length) {
      return ByteBuffer.allocate(8)
          .order(ByteOrder.LITTLE_ENDIAN)
          .put(Pictures.latin(name))
          .putInt(length)
          .array();
    }

    private byte[] chunk(String name, byte[] data) {
      return Pictures.join(head(name, data.length), data, new byte[data.length & 1]);
    }

    @Test
    void loses_EXIF_and_XMP_but_not_which_way_is_up() {
      var wide = new byte[] {0x0c, 0, 0, 0, 63, 0, 0, 47, 0, 0};
      var facts =
          RiffFile.webp(
              Bytes.of(
                  riff(
                      "WEBP",
                      chunk("VP8X", wide),
                      chunk("VP8 ", new byte[33]),
                      chunk("EXIF", Pictures.exif(8)),
                      chunk("XMP ", Pictures.latin(Pictures.CANARY)))),
              NAIROBI,
              out::write);

      assertThat(facts.width()).contains(64);
      assertThat(facts.height()).contains(48);
      assertThat(facts.orientation()).isEqualTo(8);
      assertThat(Pictures.holds(out.toByteArray(), Pictures.CANARY)).isFalse();
      var size = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
      assertThat(size + 8).isEqualTo(out.size());
    }

    @Test
    void that_moves_is_refused() {
      var moving = riff("WEBP", chunk("VP8X", new byte[10]), chunk("ANIM", new byte[6]));
      assertUnfit(
          () -> RiffFile.webp(Bytes.of(moving), NAIROBI, out::write), Reason.MOVING_PICTURE);
    }

    @Test
    void sounds_without_the_list_of_names() {
      RiffFile.wav(
          Bytes.of(
              riff(
                  "WAVE",
                  chunk("LIST", Pictures.latin("INFOIART" + Pictures.CANARY)),
                  chunk("fmt ", new byte[16]),
                  chunk("data", new byte[99]))),
          out::write);

      assertThat(Pictures.holds(out.toByteArray(), Pictures.CANARY)).isFalse();
      assertThat(out.size()).isEqualTo(12 + 24 + 8 + 100);
    }
  }

  @Nested
  class A_video_or_HEIC {
    private byte[] box(String name, byte[]... parts) {
      var body = Pictures.join(parts);
      return Pictures.join(
          ByteBuffer.allocate(8).putInt(8 + body.length).put(Pictures.latin(name)).array(), body);
    }

    @Test
    void keeps_every_offset_and_loses_where_it_was_taken() {
      var video =
          Pictures.join(
              box("ftyp", Pictures.latin("isom\0\0\2\0")),
              box(
                  "moov",
                  box("mvhd", new byte[100]),
                  box("udta", box("\u00a9xyz", Pictures.latin(Pictures.CANARY)))),
              box("mdat", new byte[500]));

      BoxFile.clean(Bytes.of(video), false, out::write);

      assertThat(out.size()).isEqualTo(video.length);
      assertThat(Pictures.holds(out.toByteArray(), Pictures.CANARY)).isFalse();
      assertThat(Pictures.holds(out.toByteArray(), "free")).isTrue();
    }

    @Test
    void has_the_EXIF_of_a_picture_overwritten_where_it_lies() {
      var entry = box("infe", new byte[] {2, 0, 0, 0, 0, 7, 0, 0}, Pictures.latin("Exif\0"));
      int canaryAt = 300;
      var place =
          ByteBuffer.allocate(4 + 2 + 2 + 2 + 2 + 2 + 4 + 4)
              .putInt(0)
              .putShort((short) 0x4400)
              .putShort((short) 1)
              .putShort((short) 7)
              .putShort((short) 0)
              .putShort((short) 1)
              .putInt(canaryAt)
              .putInt(Pictures.CANARY.length())
              .array();
      var head =
          Pictures.join(
              box("ftyp", Pictures.latin("heic\0\0\0\0")),
              box(
                  "meta",
                  new byte[4],
                  box("iinf", new byte[] {0, 0, 0, 0, 0, 1}, entry),
                  box("iloc", place)));
      var fill = new byte[canaryAt - head.length - 8];
      var picture =
          Pictures.join(head, box("mdat", fill, Pictures.latin(Pictures.CANARY), new byte[40]));

      BoxFile.clean(Bytes.of(picture), true, out::write);

      assertThat(out.size()).isEqualTo(picture.length);
      assertThat(Pictures.holds(out.toByteArray(), Pictures.CANARY)).isFalse();
      assertThat(Pictures.holds(out.toByteArray(), "meta")).isTrue();
    }
  }

  @Nested
  class A_DICOM_object {
    @Test
    void tells_the_film_to_all_and_the_name_to_none_in_the_copy() {
      var film = Films.xray(300, 200);

      var read = DicomFile.read(Bytes.of(film));
      read.writeClean(out::write);

      assertThat(read.header(true).modality()).contains("DX");
      assertThat(read.header(true).bodyPart()).contains("CHEST");
      assertThat(read.header(true).burnedIn()).isTrue();
      assertThat(read.header(true).rows()).contains(300);
      assertThat(read.identity().name()).contains("Private Naisula");
      assertThat(read.identity().number()).contains("OPD-17/26");
      assertThat(out.size()).isEqualTo(film.length);
      assertThat(Pictures.holds(out.toByteArray(), "Naisula")).isFalse();
      assertThat(Pictures.holds(out.toByteArray(), "OPD-17")).isFalse();
      assertThat(Pictures.holds(out.toByteArray(), "<<<<")).isFalse();
      assertThat(Pictures.holds(out.toByteArray(), "Chest two views")).isTrue();
    }

    @Test
    void is_drawn_from_black_to_white() {
      var picture = DicomFile.read(Bytes.of(Films.xray(300, 200))).picture().orElseThrow();

      var drawn = ((DicomPicture.Plain) picture).draw(1280);

      assertThat(drawn.getHeight()).isEqualTo(300);
      assertThat(drawn.getRGB(0, 10) & 0xff).isZero();
      assertThat(drawn.getRGB(199, 10) & 0xff).isEqualTo(255);
    }

    @Test
    void nested_deeper_than_anybody_means_is_not_followed() {
      assertUnfit(() -> DicomFile.read(Bytes.of(Films.nested(400))), Reason.UNREADABLE);
    }

    @Test
    void cut_in_its_header_is_cut_short() {
      var film = Films.xray(30, 20);
      assertUnfit(() -> DicomFile.read(Bytes.of(Arrays.copyOf(film, 250))), Reason.CUT_SHORT);
    }
  }

  @Test
  void what_a_file_is_its_bytes_say() {
    assertThat(FileType.of(Pictures.latin("<svg xmlns='http://www.w3.org/2000/svg'>"))).isEmpty();
    assertThat(FileType.of(Pictures.latin("<!doctype html>"))).isEmpty();
    assertThat(FileType.of(Pictures.latin("PK\u0003\u0004 office"))).isEmpty();
    assertThat(FileType.of(new byte[0])).isEmpty();
    assertThat(FileType.of(Films.xray(2, 2))).contains(FileType.DICOM);
    assertThat(FileType.of(Pictures.jpeg(8, 8, 1))).contains(FileType.JPEG);
  }

  @Test
  void a_preview_is_upright_and_keeps_to_its_size() {
    var wide = Pictures.jpeg(2000, 1000, 9);

    var upright = Renditions.decode(Bytes.of(wide), FileType.JPEG, 6, 1280);
    var thumbnail = Renditions.of(upright, org.consilium.records.attachment.Part.THUMBNAIL);

    assertThat(upright.getHeight()).isEqualTo(1280);
    assertThat(upright.getWidth()).isBetween(635, 645);
    assertThat(thumbnail.jpeg().length).isLessThanOrEqualTo(20_000);
    assertThat(thumbnail.height()).isEqualTo(320);
  }
}
