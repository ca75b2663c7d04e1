package org.consilium.deploy.archive;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One table as its rows leave and arrive.
 *
 * @param name schema and table, for example {@code records.patient}
 * @param sql the same, quoted where SQL needs it
 * @param columns those that are not computed, in their order
 * @param times the columns that hold a moment
 * @param ordering what its rows are sorted by, the same on every server
 * @param forced whether row security holds for its owner too
 * @param rule which of its rows
 */
record Table(
    String name,
    String sql,
    List<String> columns,
    List<String> times,
    List<String> ordering,
    boolean forced,
    Ownership.Rule rule) {
  /** Whoever is not of the organisation goes along by name only: they cannot sign in there. */
  private static final Map<String, String> ACCOUNT =
      Map.of(
          "password_hash",
          "''",
          "email",
          "CASE WHEN t.id IN ("
              + Ownership.MEMBERS
              + ") THEN t.email"
              + " ELSE t.id || '@elsewhere.invalid' END");

  /** The file of its rows in the archive. */
  String path() {
    return "records/" + name + ".ndjson";
  }

  /** A SELECT of its rows of an organisation: one JSON text each, nothing lost of any type. */
  String lines(UUID organisation) {
    var whole = "SELECT %s FROM %s t WHERE %s".formatted(selected(), sql, condition());
    return Ownership.forOrganisation(
        "SELECT to_jsonb(r)::text FROM (%s) AS r ORDER BY %s"
            .formatted(
                whole,
                ordering.isEmpty()
                    ? "to_jsonb(r)::text COLLATE \"C\""
                    : ordering.stream().map(one -> "r." + one).collect(Collectors.joining(", "))),
        organisation);
  }

  /** Which rows are the organisation's, as a condition on {@code t}. */
  String condition() {
    return switch (rule) {
      case Ownership.Rule.Owned(var owned) -> owned;
      case Ownership.Rule.Shared(var shared) -> shared;
      case Ownership.Rule.AsFiles _, Ownership.Rule.LeftOut _ ->
          throw new IllegalStateException(name + " has no rows in an archive");
    };
  }

  private String selected() {
    return columns.stream()
        .map(column ->
            name.equals("platform.account") && ACCOUNT.containsKey(column)
                ? ACCOUNT.get(column) + " AS " + column
                : "t." + quoted(column))
        .collect(Collectors.joining(", "));
  }

  String columnList() {
    return columns.stream().map(Table::quoted).collect(Collectors.joining(", "));
  }

  static String quoted(String name) {
    return '"' + name + '"';
  }

  boolean isShared() {
    return rule instanceof Ownership.Rule.Shared;
  }

  boolean hasRows() {
    return rule instanceof Ownership.Rule.Owned || isShared();
  }

  Table with(Ownership.Rule other) {
    return new Table(name, sql, columns, times, ordering, forced, other);
  }
}
