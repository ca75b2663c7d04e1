package org.consilium.records.fhir;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.consilium.platform.http.Refusal;
import org.consilium.records.text.SearchText;

/**
 * One thing that a type can be searched by.
 *
 * @param type as the CapabilityStatement names it: token, reference, date, string or uri
 * @param condition adds the condition that a value of the address stands for
 */
record SearchParameter(String name, String type, Condition condition) {
  private static final Pattern DATE =
      Pattern.compile("(eq|gt|lt|ge|le)?(\\d{4}.*)", Pattern.DOTALL);

  private static final String FAMILY =
      """
      %s IN (WITH RECURSIVE family (id) AS (
               SELECT unnest(?::uuid[])
               UNION
               SELECT p.id FROM family f JOIN records.patient p
                   ON p.organisation_id = platform.current_organisation() AND p.merged_into = f.id)
             SELECT id FROM family)\
      """;

  /** Adds to a statement what {@code value} asks for; 400 for a value that cannot be read. */
  @FunctionalInterface
  interface Condition {
    void add(Statement statement, String value);
  }

  /** Any of the codes with commas between; a system before a bar is the only one there is. */
  static SearchParameter token(String name, String sql) {
    return token(name, sql, Function.identity());
  }

  static SearchParameter token(String name, String sql, Function<String, String> ours) {
    return new SearchParameter(
        name,
        "token",
        (statement, value) ->
            statement.and(
                sql, each(value, one -> ours.apply(one.substring(one.indexOf('|') + 1)))));
  }

  /** One address, whole. */
  static SearchParameter uri(String name, String sql) {
    return new SearchParameter(
        name, "uri", (statement, value) -> statement.and(sql, each(value, Function.identity())));
  }

  /** What is named by an address and not by an id; a version may stand behind a bar. */
  static SearchParameter canonical(String name, String sql) {
    return new SearchParameter(
        name,
        "reference",
        (statement, value) -> statement.and(sql, each(value, Function.identity())));
  }

  /** Any of the numbers with commas between, each with or without its system before a bar. */
  static SearchParameter identifier(String sql) {
    return new SearchParameter(
        "identifier",
        "token",
        (statement, value) -> statement.and(sql, each(value, Function.identity())));
  }

  /** {@code Type/id}, an address that ends so, or the id alone. */
  static SearchParameter reference(String name, String type, String sql) {
    return new SearchParameter(
        name, "reference", (statement, value) -> statement.and(sql, ids(name, type, value)));
  }

  /** A patient, with the rows of those who were merged into them, as the product shows them. */
  static SearchParameter patient(String column) {
    return reference("patient", "Patient", FAMILY.formatted(column));
  }

  /** The logical id, of a part of a row too. */
  static SearchParameter id(ResourceType type) {
    return new SearchParameter(
        "_id",
        "token",
        (statement, value) ->
            statement
                .and(type.key() + " = ANY(?::uuid[])", ids("_id", "", value))
                .and(
                    "%s::text || '-' || %s = ANY(?)".formatted(type.key(), type.part()),
                    each(value, SearchParameter::keyAndPart)));
  }

  private static String keyAndPart(String id) {
    return ResourceId.parse(id).map(known -> known.key() + "-" + known.part()).orElse("");
  }

  /** Beginnings of words, in any script. */
  static SearchParameter string(String name, String sql) {
    return new SearchParameter(
        name,
        "string",
        (statement, value) -> {
          var words = SearchText.of(value);
          if (words.isEmpty()) {
            throw Refusal.malformed(name, "Write some of its letters.");
          }
          statement.and(sql, words.replaceAll("([\\\\%_])", "\\\\$1"));
        });
  }

  /** A day, a month, a year or a moment, with eq, gt, lt, ge or le before it. */
  static SearchParameter date(String name, String column) {
    return new SearchParameter(
        name, "date", (statement, value) -> date(statement, name, column, value));
  }

  private static void date(Statement statement, String name, String column, String value) {
    var shape = DATE.matcher(value);
    if (!shape.matches()) {
      throw unreadableDate(name);
    }
    var span = Span.parse(name, shape.group(2));
    switch (shape.group(1) == null ? "eq" : shape.group(1)) {
      case "eq" -> statement.and(column + " >= ?", span.from()).and(column + " < ?", span.until());
      case "ge" -> statement.and(column + " >= ?", span.from());
      case "gt" -> statement.and(column + " >= ?", span.until());
      case "le" -> statement.and(column + " < ?", span.until());
      default -> statement.and(column + " < ?", span.from());
    }
  }

  /** The time that a date of FHIR covers, in UTC. */
  private record Span(Instant from, Instant until) {
    static Span parse(String name, String text) {
      try {
        if (text.contains("T")) {
          var at = OffsetDateTime.parse(text).toInstant();
          return new Span(at, at.plusSeconds(1));
        }
        return switch (text.length()) {
          case 4 -> of(Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1));
          case 7 ->
              of(YearMonth.parse(text).atDay(1), YearMonth.parse(text).plusMonths(1).atDay(1));
          default -> of(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
        };
      } catch (DateTimeParseException unreadable) {
        throw unreadableDate(name);
      }
    }

    private static Span of(LocalDate from, LocalDate until) {
      return new Span(
          from.atStartOfDay().toInstant(ZoneOffset.UTC),
          until.atStartOfDay().toInstant(ZoneOffset.UTC));
    }
  }

  private static Refusal unreadableDate(String name) {
    return Refusal.malformed(name, "Write a date, for example ge2026-03-01.");
  }

  private static <T> List<T> each(String value, Function<String, T> reader) {
    return Arrays.stream(value.split(",")).map(String::strip).map(reader).toList();
  }

  private static List<UUID> ids(String name, String type, String value) {
    return each(
        value,
        one -> {
          int slash = one.lastIndexOf('/');
          if (slash >= 0 && !one.substring(0, slash).matches("(.*/)?" + type)) {
            throw Refusal.malformed(name, "This refers to a " + type + ".");
          }
          return ResourceId.parse(one.substring(slash + 1))
              .map(ResourceId::key)
              .orElse(new UUID(0, 0));
        });
  }
}
