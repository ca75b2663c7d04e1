package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;

/**
 * One search of one type. A parameter that is not in the type's table is refused: leaving a filter
 * out would show more patients than were asked for.
 */
final class Search {
  static final int COUNT_MAX = 200;
  private static final int COUNT = 50;
  private static final String CURSOR = "_cursor";

  /** Say how to answer, not what to find. */
  private static final Set<String> ABOUT_THE_ANSWER = Set.of("_format", "_pretty");

  private final ResourceType type;
  private final List<Map.Entry<String, String>> query;
  private int count = COUNT;
  private Cursor after = Cursor.BEFORE_ALL;

  Search(ResourceType type, List<Map.Entry<String, String>> query) {
    this.type = type;
    this.query =
        query.stream().filter(given -> !ABOUT_THE_ANSWER.contains(given.getKey())).toList();
  }

  /** A page of what was found, and the way to the next. */
  record Page(List<Found> found, ObjectNode bundle) {}

  Page run(Tx tx, String url) {
    var statement = type.statement(tx);
    for (var given : query) {
      switch (given.getKey()) {
        case "_count" -> count = count(given.getValue());
        case CURSOR -> after = Cursor.parse(given.getValue());
        default -> condition(given.getKey()).add(statement, given.getValue());
      }
    }
    var rows = statement.page(type, after, count + 1).rows(tx);
    var shown = rows.subList(0, Math.min(count, rows.size()));
    type.remember(tx, shown);
    var found = type.found(tx, shown);
    return new Page(found, bundle(found, rows.size() > count ? shown : List.of(), url));
  }

  private SearchParameter.Condition condition(String name) {
    return type.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .map(SearchParameter::condition)
        .orElseThrow(() -> unknown(name));
  }

  private Refusal unknown(String name) {
    var known =
        type.parameters().stream().map(SearchParameter::name).collect(Collectors.joining(", "));
    return new Refusal(
        400,
        "search-not-supported",
        "%s cannot be searched by %s.".formatted(type.name(), name),
        List.of(new FieldError("/" + name, "Use " + known + ", _count.")));
  }

  private static int count(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1) {
        return Math.min(count, COUNT_MAX);
      }
    } catch (NumberFormatException notOne) {
      throw uncountable();
    }
    throw uncountable();
  }

  private static Refusal uncountable() {
    return Refusal.malformed("_count", "Write a number from 1 to " + COUNT_MAX + ".");
  }

  /**
   * @param more the rows of this page when there is a next one, else none
   */
  private ObjectNode bundle(List<Found> found, List<Row> more, String url) {
    var bundle = Fhir.resource("Bundle").put("type", "searchset");
    var links = bundle.putArray("link");
    links.addObject().put("relation", "self").put("url", link(url, query));
    if (!more.isEmpty()) {
      var next = new ArrayList<>(query);
      next.removeIf(given -> given.getKey().equals(CURSOR));
      next.add(Map.entry(CURSOR, Cursor.of(found.getLast().id()).text()));
      links.addObject().put("relation", "next").put("url", link(url, next));
    }
    if (!found.isEmpty()) {
      var entries = bundle.putArray("entry");
      for (var one : found) {
        var entry = entries.addObject().put("fullUrl", fullUrl(url, one));
        entry.set("resource", one.json());
        entry.putObject("search").put("mode", "match");
      }
    }
    return bundle;
  }

  static String fullUrl(String url, Found found) {
    return url + "/" + found.body().path("resourceType").asText() + "/" + found.id();
  }

  private String link(String url, List<Map.Entry<String, String>> parameters) {
    var address = url + "/" + type.name();
    return parameters.isEmpty()
        ? address
        : address
            + parameters.stream()
                .map(given -> given.getKey() + "=" + encoded(given.getValue()))
                .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
