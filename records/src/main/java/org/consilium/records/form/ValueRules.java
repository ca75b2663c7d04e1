package org.consilium.records.form;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether one value can be the answer to one question, for a patient of an age at a time. Pure. */
final class ValueRules {
  /** Devices' clocks go wrong by minutes; beyond this the time was mistyped. */
  private static final Duration CLOCK_AHEAD_MAX = Duration.ofHours(1);

  /** Somewhere on Earth it is tomorrow already. */
  private static final int DAYS_AHEAD_MAX = 1;

  private static final int YEAR_MIN = 1900;
  private static final int YEAR_MAX = 2200;
  private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");
  private static final Pattern TIME = Pattern.compile("\\d{2}:\\d{2}(:\\d{2})?");

  private final int ageDays;
  private final Instant now;

  ValueRules(int ageDays, Instant now) {
    this.ageDays = ageDays;
    this.now = now;
  }

  /** What is wrong with a value: where below it, and a sentence. */
  record Fault(String at, String sentence) {
    static Optional<Fault> of(String at, String sentence) {
      return Optional.of(new Fault(at, sentence));
    }
  }

  /** The name that a value of this kind of question has. */
  static String nameFor(ItemType type) {
    return switch (type) {
      case BOOLEAN -> "valueBoolean";
      case INTEGER -> "valueInteger";
      case DECIMAL -> "valueDecimal";
      case QUANTITY -> "valueQuantity";
      case DATE -> "valueDate";
      case DATE_TIME -> "valueDateTime";
      case TIME -> "valueTime";
      case STRING, TEXT -> "valueString";
      case CHOICE, OPEN_CHOICE -> "valueCoding";
      case ATTACHMENT -> "valueAttachment";
      case GROUP, DISPLAY -> "";
    };
  }

  /** Nothing when the value fits the question. */
  Optional<Fault> fault(Item item, Value value) {
    var kinds = value.kinds();
    var expected = nameFor(item.type());
    boolean ownWords = item.type() == ItemType.OPEN_CHOICE && kinds.contains("valueString");
    if (kinds.size() != 1 || !(kinds.contains(expected) || ownWords)) {
      return Fault.of("", "This question is answered by %s.".formatted(words(item)));
    }
    return switch (item.type()) {
      case BOOLEAN, ATTACHMENT -> Optional.empty();
      case INTEGER ->
          inRange(item, value.valueInteger().orElseThrow(), Optional.empty(), "/valueInteger");
      case DECIMAL -> number(item, value.valueDecimal().orElseThrow(), "/valueDecimal");
      case QUANTITY -> quantity(item, value.valueQuantity().orElseThrow());
      case DATE -> date(item, value.valueDate().orElseThrow());
      case DATE_TIME -> dateTime(item, value.valueDateTime().orElseThrow());
      case TIME -> time(value.valueTime().orElseThrow());
      case STRING, TEXT -> written(item, value.valueString().orElseThrow());
      case CHOICE -> chosen(item, value.valueCoding().orElseThrow());
      case OPEN_CHOICE ->
          ownWords
              ? written(item, value.valueString().orElseThrow())
              : chosen(item, value.valueCoding().orElseThrow());
      case GROUP, DISPLAY -> Fault.of("", "Nothing is asked here.");
    };
  }

  private Optional<Fault> number(Item item, double value, String at) {
    int decimals = Math.max(0, BigDecimal.valueOf(value).stripTrailingZeros().scale());
    return item.decimals().filter(most -> decimals > most).isPresent()
        ? Fault.of(
            at, "At most %d digits after the point.".formatted(item.decimals().orElseThrow()))
        : inRange(item, value, Optional.empty(), at);
  }

  private Optional<Fault> quantity(Item item, Quantity quantity) {
    if (item.units().stream().noneMatch(unit -> unit.code().equals(quantity.code()))) {
      var units =
          item.units().stream()
              .map(unit -> unit.display().orElse(unit.code()))
              .collect(Collectors.joining(" or "));
      return Fault.of("/valueQuantity/code", "This is measured in %s.".formatted(units));
    }
    int decimals = Math.max(0, BigDecimal.valueOf(quantity.value()).stripTrailingZeros().scale());
    return item.decimals().filter(most -> decimals > most).isPresent()
        ? Fault.of(
            "/valueQuantity/value",
            "At most %d digits after the point.".formatted(item.decimals().orElseThrow()))
        : inRange(item, quantity.value(), Optional.of(quantity.code()), "/valueQuantity/value");
  }

  private Optional<Fault> inRange(Item item, double value, Optional<String> unit, String at) {
    var low = limit(item, Extension.MINIMUM, "min", unit);
    var high = limit(item, Extension.MAXIMUM, "max", unit);
    if (low.filter(least -> value < least).isEmpty()
        && high.filter(most -> value > most).isEmpty()) {
      return Optional.empty();
    }
    return Fault.of(at, "%s is not possible here; %s.".formatted(plain(value), between(low, high)));
  }

  /** The limit at the patient's age, else the general one; of a unit, when it names one. */
  private Optional<Double> limit(Item item, String general, String part, Optional<String> unit) {
    var atAge =
        item.extension().stream()
            .filter(one -> one.url().equals(Extension.RANGE_AT_AGE))
            .filter(one -> bound(one, "fromAgeDays").filter(from -> ageDays < from).isEmpty())
            .filter(one -> bound(one, "toAgeDays").filter(to -> ageDays >= to).isEmpty())
            .findFirst()
            .flatMap(one -> bound(one, part));
    return atAge.or(() ->
        item.extension().stream()
            .filter(one -> one.url().equals(general))
            .filter(one ->
                one.valueQuantity()
                    .filter(it -> unit.filter(it.code()::equals).isEmpty())
                    .isEmpty())
            .findFirst()
            .flatMap(Extension::number));
  }

  private static Optional<Double> bound(Extension range, String part) {
    return Extension.of(range.extension(), part).flatMap(Extension::number);
  }

  private static String between(Optional<Double> low, Optional<Double> high) {
    if (low.isPresent() && high.isPresent()) {
      return "it lies between %s and %s".formatted(plain(low.get()), plain(high.get()));
    }
    return low.map(least -> "it is %s at least".formatted(plain(least)))
        .orElseGet(() -> "it is %s at most".formatted(plain(high.orElseThrow())));
  }

  private Optional<Fault> date(Item item, String text) {
    var first = firstDay(text);
    if (first.isEmpty()) {
      return Fault.of("/valueDate", "Write the date as year-month-day, for example 2026-03-01.");
    }
    var latest = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(DAYS_AHEAD_MAX);
    return first.get().isAfter(latest) && !item.mayLieAhead()
        ? Fault.of("/valueDate", "This day has not come yet.")
        : Optional.empty();
  }

  /** The day, or the first day of a month or a year alone. */
  private static Optional<LocalDate> firstDay(String text) {
    if (!DATE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      var day =
          switch (text.length()) {
            case 4 -> Year.parse(text).atDay(1);
            case 7 -> YearMonth.parse(text).atDay(1);
            default -> LocalDate.parse(text);
          };
      return Optional.of(day).filter(it -> it.getYear() >= YEAR_MIN && it.getYear() <= YEAR_MAX);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<Fault> dateTime(Item item, String text) {
    try {
      var at = OffsetDateTime.parse(text);
      if (at.getYear() < YEAR_MIN || at.getYear() > YEAR_MAX) {
        return Fault.of("/valueDateTime", "This is not a time of anybody living.");
      }
      return at.toInstant().isAfter(now.plus(CLOCK_AHEAD_MAX)) && !item.mayLieAhead()
          ? Fault.of("/valueDateTime", "This time has not come yet.")
          : Optional.empty();
    } catch (DateTimeException e) {
      return Fault.of(
          "/valueDateTime", "Write the time with its offset, for example 2026-03-01T12:00:00Z.");
    }
  }

  private static Optional<Fault> time(String text) {
    try {
      if (TIME.matcher(text).matches() && LocalTime.parse(text) != null) {
        return Optional.empty();
      }
    } catch (DateTimeException e) {
      return Fault.of("/valueTime", "There is no such time of day.");
    }
    return Fault.of("/valueTime", "Write the time as hours and minutes, for example 14:30.");
  }

  private static Optional<Fault> written(Item item, String text) {
    if (text.isBlank()) {
      return Fault.of("/valueString", "Leave the answer out when there is nothing to say.");
    }
    return text.codePointCount(0, text.length()) > item.charsMax()
        ? Fault.of("/valueString", "At most %d characters.".formatted(item.charsMax()))
        : Optional.empty();
  }

  private static Optional<Fault> chosen(Item item, Coding coding) {
    boolean offered =
        item.answerOption().stream()
            .flatMap(option -> option.valueCoding().stream())
            .anyMatch(option -> option.code().equals(coding.code()));
    return offered
        ? Optional.empty()
        : Fault.of("/valueCoding/code", "This is not one of the answers to choose from.");
  }

  private static String words(Item item) {
    return switch (item.type()) {
      case BOOLEAN -> "yes or no";
      case INTEGER -> "a whole number";
      case DECIMAL -> "a number";
      case QUANTITY -> "a number with its unit";
      case DATE -> "a date";
      case DATE_TIME -> "a date and time";
      case TIME -> "a time of day";
      case STRING, TEXT -> "words";
      case CHOICE -> "one of its answers";
      case OPEN_CHOICE -> "one of its answers or own words";
      case ATTACHMENT -> "a file";
      case GROUP, DISPLAY -> "nothing";
    };
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
