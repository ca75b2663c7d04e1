package org.consilium.scheduling.availability;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Wire;

/** Hours as the contract and the database write them. Notes stay with what they were said of. */
public record HoursJson(
    String zone,
    List<Weekly> weekly,
    Optional<List<Exception>> exceptions,
    Optional<List<ZoneChange>> zoneChanges) {
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  public record Weekly(
      List<String> days,
      String start,
      String end,
      Optional<Integer> everyWeeks,
      Optional<String> anchor,
      Optional<String> validFrom,
      Optional<String> validTo) {}

  public record Exception(
      String kind,
      Optional<String> date,
      Optional<String> lastDate,
      Optional<String> start,
      Optional<String> end,
      Optional<String> from,
      Optional<String> to,
      Optional<String> note) {}

  public record ZoneChange(String from, String zone) {}

  /** Nothing said yet, in this zone. */
  public static HoursJson none(ZoneId zone) {
    return new HoursJson(zone.getId(), List.of(), Optional.empty(), Optional.empty());
  }

  /**
   * The hours meant.
   *
   * @param pointer where in the body these hours stand, for example {@code /hours}
   * @throws Refusal 422 that names every field to mend
   */
  public Hours read(String pointer) {
    return new Reader(pointer).hours(this);
  }

  /** Gathers what is wrong instead of stopping at the first. */
  private static final class Reader {
    private final String root;
    private final List<FieldError> errors = new ArrayList<>();

    Reader(String root) {
      this.root = root;
    }

    Hours hours(HoursJson json) {
      var zone = zone("/zone", json.zone());
      var weekly = new ArrayList<WeeklyHours>();
      for (int i = 0; i < json.weekly().size(); i++) {
        weekly("/weekly/" + i, json.weekly().get(i)).ifPresent(weekly::add);
      }
      var exceptions = new ArrayList<HoursException>();
      var said = json.exceptions().orElse(List.of());
      for (int i = 0; i < said.size(); i++) {
        exception("/exceptions/" + i, said.get(i)).ifPresent(exceptions::add);
      }
      var changes = new ArrayList<Hours.ZoneChange>();
      var moves = json.zoneChanges().orElse(List.of());
      for (int i = 0; i < moves.size(); i++) {
        var at = "/zoneChanges/" + i;
        var from = date(at + "/from", moves.get(i).from());
        var to = zone(at + "/zone", moves.get(i).zone());
        if (from.isPresent() && to.isPresent()) {
          changes.add(new Hours.ZoneChange(from.get(), to.get()));
        }
      }
      if (!errors.isEmpty()) {
        throw Refusal.invalid(errors);
      }
      return new Hours(zone.orElseThrow(), weekly, exceptions, changes);
    }

    private Optional<WeeklyHours> weekly(String at, Weekly json) {
      var start = start(at + "/start", json.start());
      var end = time(at + "/end", json.end());
      int every = json.everyWeeks().orElse(1);
      var from = json.validFrom().flatMap(text -> date(at + "/validFrom", text));
      var to = json.validTo().flatMap(text -> date(at + "/validTo", text));
      var anchor = json.anchor().flatMap(text -> date(at + "/anchor", text)).or(() -> from);
      if (every > 1 && anchor.isEmpty()) {
        wrong(at + "/anchor", "Every %d weeks from which week on? Give a date.".formatted(every));
        return Optional.empty();
      }
      if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
        wrong(at + "/validTo", "The last date lies before the first.");
      }
      if (start.isEmpty() || end.isEmpty()) {
        return Optional.empty();
      }
      var days = EnumSet.noneOf(DayOfWeek.class);
      json.days().forEach(day -> days.add(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT))));
      return Optional.of(new WeeklyHours(days, start.get(), end.get(), every, anchor, from, to));
    }

    private Optional<HoursException> exception(String at, Exception json) {
      return switch (json.kind()) {
        case "closed" -> date(at, "date", json.date()).map(HoursException.Closed::new);
        case "replace", "extra" -> window(at, json);
        case "away" -> away(at, json);
        default -> busy(at, json);
      };
    }

    private Optional<HoursException> window(String at, Exception json) {
      var date = date(at, "date", json.date());
      var start = json.start().flatMap(text -> start(at + "/start", text));
      var end = json.end().flatMap(text -> time(at + "/end", text));
      if (json.start().isEmpty()) {
        wrong(at + "/start", "From when on?");
      }
      if (json.end().isEmpty()) {
        wrong(at + "/end", "Until when?");
      }
      if (date.isEmpty() || start.isEmpty() || end.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          json.kind().equals("extra")
              ? new HoursException.Extra(date.get(), start.get(), end.get())
              : new HoursException.Replace(date.get(), start.get(), end.get()));
    }

    private Optional<HoursException> away(String at, Exception json) {
      var first = date(at, "date", json.date());
      var last = json.lastDate().isEmpty() ? first : date(at, "lastDate", json.lastDate());
      if (first.isEmpty() || last.isEmpty()) {
        return Optional.empty();
      }
      if (last.get().isBefore(first.get())) {
        wrong(at + "/lastDate", "The last date lies before the first.");
      }
      return Optional.of(new HoursException.Away(first.get(), last.get()));
    }

    private Optional<HoursException> busy(String at, Exception json) {
      var from = instant(at, "from", json.from());
      var to = instant(at, "to", json.to());
      if (from.isEmpty() || to.isEmpty()) {
        return Optional.empty();
      }
      if (!from.get().isBefore(to.get())) {
        wrong(at + "/to", "It must end after it starts.");
        return Optional.empty();
      }
      return Optional.of(new HoursException.Busy(new TimeSlot(from.get(), to.get())));
    }

    private Optional<ZoneId> zone(String at, String name) {
      if (ZONES.contains(name)) {
        return Optional.of(ZoneId.of(name));
      }
      wrong(at, "There is no time zone called " + name + ". Use a name like Africa/Nairobi.");
      return Optional.empty();
    }

    private Optional<ClockTime> start(String at, String text) {
      var start = time(at, text);
      if (start.filter(t -> t.minutes() == 24 * 60).isPresent()) {
        wrong(at, "A start at 24:00 is 00:00 of the next day.");
        return Optional.empty();
      }
      return start;
    }

    private Optional<ClockTime> time(String at, String text) {
      try {
        return Optional.of(ClockTime.parse(text));
      } catch (IllegalArgumentException malformed) {
        wrong(at, malformed.getMessage());
        return Optional.empty();
      }
    }

    private Optional<LocalDate> date(String at, String field, Optional<String> text) {
      if (text.isEmpty()) {
        wrong(at + "/" + field, "On which date?");
      }
      return text.flatMap(t -> date(at + "/" + field, t));
    }

    private Optional<LocalDate> date(String at, String text) {
      try {
        var date = LocalDate.parse(text);
        if (date.getYear() >= 1900 && date.getYear() <= 2200) {
          return Optional.of(date);
        }
        wrong(at, "The year must lie between 1900 and 2200.");
      } catch (DateTimeParseException malformed) {
        wrong(at, "There is no such date. Write it as 2026-03-31.");
      }
      return Optional.empty();
    }

    private Optional<Instant> instant(String at, String field, Optional<String> text) {
      if (text.isEmpty()) {
        wrong(at + "/" + field, "At which moment?");
        return Optional.empty();
      }
      try {
        return Optional.of(Instant.parse(text.get()));
      } catch (DateTimeParseException malformed) {
        wrong(at + "/" + field, "Write a moment as 2026-03-31T12:00:00Z.");
        return Optional.empty();
      }
    }

    private void wrong(String at, String sentence) {
      errors.add(new FieldError(root + at, sentence));
    }
  }

  /** The same hours in the shape of the contract; for those that programs make. */
  public static HoursJson of(Hours hours) {
    return new HoursJson(
        hours.zone().getId(),
        hours.weekly().stream().map(HoursJson::weekly).toList(),
        Optional.of(hours.exceptions().stream().map(HoursJson::exception).toList()),
        Optional.of(
            hours.zoneChanges().stream()
                .map(change -> new ZoneChange(change.from().toString(), change.zone().getId()))
                .toList()));
  }

  private static Weekly weekly(WeeklyHours rule) {
    return new Weekly(
        rule.days().stream().sorted().map(Wire::of).toList(),
        rule.start().toString(),
        rule.end().toString(),
        Optional.of(rule.everyWeeks()),
        rule.anchor().map(LocalDate::toString),
        rule.validFrom().map(LocalDate::toString),
        rule.validTo().map(LocalDate::toString));
  }

  private static Exception exception(HoursException exception) {
    return switch (exception) {
      case HoursException.Closed(var date) -> at("closed", date, null, null, null);
      case HoursException.Replace(var date, var start, var end) ->
          at("replace", date, null, start, end);
      case HoursException.Extra(var date, var start, var end) ->
          at("extra", date, null, start, end);
      case HoursException.Away(var first, var last) -> at("away", first, last, null, null);
      case HoursException.Busy(var slot) ->
          new Exception(
              "busy",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(slot.start().toString()),
              Optional.of(slot.end().toString()),
              Optional.empty());
    };
  }

  private static Exception at(
      String kind, LocalDate date, LocalDate last, ClockTime start, ClockTime end) {
    return new Exception(
        kind,
        Optional.of(date.toString()),
        Optional.ofNullable(last).map(LocalDate::toString),
        Optional.ofNullable(start).map(ClockTime::toString),
        Optional.ofNullable(end).map(ClockTime::toString),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
