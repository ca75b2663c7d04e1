package org.consilium.platform.time;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In this module the JVM keeps the JDK's own zones, so that both can be compared. */
class ZoneDataTest {
  private static final ZoneData BUNDLED = ZoneData.bundled();

  /**
   * From when the tz database and the JDK's compiler agree on every zone, to where rules are laid.
   */
  private static final Instant FROM = Instant.parse("1970-01-01T00:00:00Z");

  private static final Instant UNTIL = Instant.parse("2100-01-01T00:00:00Z");

  private static ZoneRules rules(String zone) {
    return TimeZoneFile.rules(BUNDLED.files().get(zone));
  }

  @Test
  void every_zone_of_the_JDK_is_there_but_the_invented_ones() {
    var missing = new TreeSet<>(ZoneId.getAvailableZoneIds());
    missing.removeAll(BUNDLED.files().keySet());

    assertThat(missing).allMatch(zone -> zone.startsWith("SystemV/"));
    assertThat(BUNDLED.files()).hasSizeGreaterThan(590);
    assertThat(BUNDLED.version()).matches("20\\d\\d[a-z]+");
  }

  @Test
  void every_zone_changes_when_the_JDK_says_unless_the_law_has_changed_since() {
    var different =
        ZoneId.getAvailableZoneIds().stream()
            .filter(BUNDLED.files()::containsKey)
            .filter(zone -> !changes(rules(zone)).equals(changes(ZoneId.of(zone).getRules())))
            .collect(toCollection(TreeSet::new));

    // What editions 2026b to 2026f changed: a newer JDK makes the list shorter, an error longer.
    assertThat(different).isSubsetOf(Editions.CHANGED_SINCE_2026A);
  }

  /** The zone's changes as pairs of moment and offset after it. */
  private static Map<Instant, ZoneOffset> changes(ZoneRules rules) {
    var changes = new java.util.TreeMap<Instant, ZoneOffset>();
    changes.put(FROM, rules.getOffset(FROM));
    Stream.iterate(
            rules.nextTransition(FROM),
            next -> next != null && next.getInstant().isBefore(UNTIL),
            next -> rules.nextTransition(next.getInstant()))
        .forEach(change -> changes.put(change.getInstant(), change.getOffsetAfter()));
    return changes;
  }

  @Test
  void Morocco_stays_on_Greenwich_time_from_September_2026() {
    var casablanca = rules("Africa/Casablanca");

    assertThat(casablanca.getOffset(Instant.parse("2026-09-19T12:00:00Z")))
        .isEqualTo(ZoneOffset.ofHours(1));
    assertThat(casablanca.getOffset(Instant.parse("2026-09-21T12:00:00Z")))
        .isEqualTo(ZoneOffset.UTC);
    assertThat(casablanca.nextTransition(Instant.parse("2026-09-21T12:00:00Z"))).isNull();
  }

  @Test
  void a_local_time_that_does_not_exist_and_one_that_exists_twice_are_told_apart() {
    var paris = rules("Europe/Paris");

    assertThat(paris.getValidOffsets(LocalDateTime.parse("2026-03-29T02:30"))).isEmpty();
    assertThat(paris.getValidOffsets(LocalDateTime.parse("2026-10-25T02:30")))
        .containsExactly(ZoneOffset.ofHours(2), ZoneOffset.ofHours(1));
    assertThat(rules("Pacific/Apia").getTransition(LocalDateTime.parse("2011-12-30T12:00")))
        .extracting(ZoneOffsetTransition::isGap)
        .isEqualTo(true);
  }

  @Test
  void a_folder_of_the_system_is_read_without_its_tables(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("Africa"));
    Files.createDirectories(folder.resolve("right"));
    var nairobi = BUNDLED.files().get("Africa/Nairobi");
    Files.write(folder.resolve("Africa/Nairobi"), nairobi);
    Files.write(folder.resolve("right/Nairobi"), nairobi);
    Files.writeString(folder.resolve("zone.tab"), "KE\t-0117+03649\tAfrica/Nairobi");
    Files.writeString(folder.resolve("tzdata.zi"), "# version 2031c\nR ...");

    var data = ZoneData.inFolder(folder).orElseThrow();

    assertThat(data.version()).isEqualTo("2031c");
    assertThat(data.files()).containsOnlyKeys("Africa/Nairobi");
    assertThat(ZoneData.inFolder(folder.resolve("right"))).isEqualTo(Optional.empty());
  }

  @Test
  void a_file_cut_short_and_one_of_another_kind_are_refused() {
    byte[] whole = BUNDLED.files().get("Europe/Paris");

    assertThatThrownBy(() -> TimeZoneFile.rules(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TimeZoneFile.rules(new byte[100]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
