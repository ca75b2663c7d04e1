package org.consilium.deploy.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pieces of a log follow on which, and when a night has begun. */
class LogPiecesTest {
  private static final Instant KEPT = Instant.parse("2026-03-01T12:00:00Z");
  private static final String FIRST = "0000000100000000000000FE";
  private static final String SECOND = "0000000100000000000000FF";
  private static final String THIRD = "000000010000000100000000";
  private static final String FOURTH = "000000010000000100000001";

  @TempDir Path folder;

  @Test
  void the_number_goes_on_over_the_end_of_its_lower_half() {
    assertThat(LogPieces.after(FIRST)).isEqualTo(SECOND);
    assertThat(LogPieces.after(SECOND)).isEqualTo(THIRD);
    assertThat(LogPieces.after(THIRD)).isEqualTo(FOURTH);
  }

  @Test
  void a_hole_is_named_with_the_time_up_to_which_all_is_there() throws Exception {
    assertThat(LogPieces.in(folder.resolve("none")).gapAfter(FIRST)).isEmpty();
    keep(SECOND);
    keep(FOURTH);

    var pieces = LogPieces.in(folder);

    assertThat(pieces.gapAfter(FIRST).orElseThrow())
        .isEqualTo(new LogPieces.Gap(THIRD, Optional.of(KEPT)));
    assertThat(pieces.gapAfter(SECOND).orElseThrow())
        .isEqualTo(new LogPieces.Gap(THIRD, Optional.empty()));
    assertThat(pieces.gapAfter(THIRD)).isEmpty();
    keep(THIRD);
    assertThat(LogPieces.in(folder).gapAfter(FIRST)).isEmpty();
  }

  @Test
  void what_no_backup_needs_is_removed() throws Exception {
    keep(FIRST);
    keep(SECOND);
    keep(THIRD);
    Files.writeString(folder.resolve(".unfinished-" + FOURTH), "");

    assertThat(LogPieces.in(folder).removeBefore(THIRD)).isEqualTo(2);
    assertThat(LogPieces.in(folder).count()).isEqualTo(1);
  }

  @Test
  void a_night_begins_at_two_by_the_clock_of_the_place() {
    var nairobi = ZoneId.of("Africa/Nairobi");
    var lastNight = Instant.parse("2026-02-28T23:00:30Z");

    assertThat(NightlyBackup.isDue(lastNight, Instant.parse("2026-03-01T22:59:59Z"), nairobi))
        .isFalse();
    assertThat(NightlyBackup.isDue(lastNight, Instant.parse("2026-03-01T23:00:00Z"), nairobi))
        .isTrue();
    assertThat(NightlyBackup.isDue(Instant.parse("2026-02-20T23:00:30Z"), lastNight, nairobi))
        .isTrue();
  }

  private void keep(String name) throws Exception {
    var file = Files.writeString(folder.resolve(name + ".gz"), "");
    Files.setLastModifiedTime(file, FileTime.from(KEPT));
  }
}
