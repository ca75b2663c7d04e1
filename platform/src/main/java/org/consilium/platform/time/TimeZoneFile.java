package org.consilium.platform.time;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads one compiled zone of the tz database (TZif version 2 and later, RFC 9636) as the rules that
 * {@code java.time} computes with.
 */
final class TimeZoneFile {
  /** The zone's yearly rule is laid out until here; nobody books further. */
  private static final int LAST_YEAR = 2100;

  private static final int MAGIC = 0x545A6966; // "TZif"
  private static final int RESERVED_BYTES = 15;
  private static final int HOUR_SECONDS = 3600;

  private final ByteBuffer file;

  private TimeZoneFile(byte[] bytes) {
    file = ByteBuffer.wrap(bytes);
  }

  /** The rules in {@code bytes}; an {@link IllegalArgumentException} when they are no TZif 2+. */
  static ZoneRules rules(byte[] bytes) {
    try {
      return new TimeZoneFile(bytes).read();
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the file is cut short", e);
    }
  }

  /** What a clock shows from some moment on. */
  private record Clock(ZoneOffset offset, boolean saving) {}

  /** How much follows, RFC 9636 §3.1. */
  private record Header(
      int universalFlags, int standardFlags, int leaps, int times, int types, int nameChars) {
    int bytes(int timeBytes) {
      return times * (timeBytes + 1)
          + types * 6
          + nameChars
          + leaps * (timeBytes + 4)
          + standardFlags
          + universalFlags;
    }
  }

  private ZoneRules read() {
    Header old = header();
    file.position(file.position() + old.bytes(Integer.BYTES));
    Header header = header();
    var times = new long[header.times];
    for (int i = 0; i < times.length; i++) {
      times[i] = file.getLong();
    }
    var typeOf = new byte[header.times];
    file.get(typeOf);
    var types = new ArrayList<Clock>();
    for (int i = 0; i < header.types; i++) {
      types.add(new Clock(ZoneOffset.ofTotalSeconds(file.getInt()), file.get() != 0));
      file.get(); // where its abbreviation lies
    }
    int rest =
        header.nameChars
            + header.leaps * (Long.BYTES + Integer.BYTES)
            + header.standardFlags
            + header.universalFlags;
    file.position(file.position() + rest);

    var changes = new TreeMap<Instant, Clock>();
    for (int i = 0; i < times.length; i++) {
      changes.put(Instant.ofEpochSecond(times[i]), types.get(Byte.toUnsignedInt(typeOf[i])));
    }
    footer().ifPresent(zone -> addYearly(changes, zone));
    return rules(types.getFirst(), changes);
  }

  private Header header() {
    if (file.getInt() != MAGIC || file.get() < '2') {
      throw new IllegalArgumentException("not a TZif file of version 2 or later");
    }
    file.position(file.position() + RESERVED_BYTES);
    return new Header(
        file.getInt(), file.getInt(), file.getInt(), file.getInt(), file.getInt(), file.getInt());
  }

  private Optional<PosixZone> footer() {
    var bytes = new byte[file.remaining()];
    file.get(bytes);
    String text = new String(bytes, StandardCharsets.US_ASCII).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(PosixZone.parse(text));
  }

  /** The recorded changes go on by the yearly rule. */
  private static void addYearly(TreeMap<Instant, Clock> changes, PosixZone zone) {
    if (zone.saving().isEmpty()) {
      return;
    }
    var saving = zone.saving().get();
    var standard = new Clock(zone.standard(), false);
    var daylight = new Clock(saving.offset(), true);
    Instant recorded = changes.isEmpty() ? Instant.EPOCH : changes.lastKey();
    int firstYear = recorded.atOffset(ZoneOffset.UTC).getYear();
    for (int year = firstYear; year <= LAST_YEAR; year++) {
      Instant begins = saving.begins().in(year, zone.standard());
      Instant ends = saving.ends().in(year, saving.offset());
      if (ends.isAfter(recorded)) {
        // Where saving lasts all year, one begins as the other ends: the beginning stands.
        changes.putIfAbsent(ends, standard);
      }
      if (begins.isAfter(recorded)) {
        changes.put(begins, daylight);
      }
    }
  }

  private static ZoneRules rules(Clock first, Map<Instant, Clock> changes) {
    var wall = new ArrayList<ZoneOffsetTransition>();
    var standard = new ArrayList<ZoneOffsetTransition>();
    ZoneOffset firstStandard = standardOf(first, Optional.empty());
    ZoneOffset wallNow = first.offset;
    ZoneOffset standardNow = firstStandard;
    for (var change : changes.entrySet()) {
      Clock clock = change.getValue();
      add(wall, change.getKey(), wallNow, clock.offset);
      wallNow = clock.offset;
      ZoneOffset next = standardOf(clock, Optional.of(standardNow));
      add(standard, change.getKey(), standardNow, next);
      standardNow = next;
    }
    return ZoneRules.of(firstStandard, first.offset, standard, wall, List.of());
  }

  /** A file tells that the clock is moved forward, not from where: from what stood before. */
  private static ZoneOffset standardOf(Clock clock, Optional<ZoneOffset> before) {
    return clock.saving
        ? before.orElseGet(
            () -> ZoneOffset.ofTotalSeconds(clock.offset.getTotalSeconds() - HOUR_SECONDS))
        : clock.offset;
  }

  private static void add(
      List<ZoneOffsetTransition> transitions, Instant at, ZoneOffset before, ZoneOffset after) {
    if (!before.equals(after)) {
      var local = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, before);
      transitions.add(ZoneOffsetTransition.of(local, before, after));
    }
  }
}
