package org.consilium.records.fhir;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;

/**
 * Everything of a type that the transaction's caller may see, page by page as newline-delimited
 * JSON: what an export of a whole organisation is made of.
 */
public final class FhirPages {
  private final Map<String, ResourceType> types = new LinkedHashMap<>();

  FhirPages(Collection<ResourceType> types) {
    types.forEach(type -> this.types.put(type.name(), type));
  }

  /**
   * @param lines one resource a line, each with its newline
   * @param next where the next page begins; empty when this was the last
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  public record Page(byte[] lines, int count, Optional<String> next) {}

  /**
   * Who reads the pages of an export: sees what the organisation owns and, being nobody in
   * particular, no draft and no care team of whoever asked.
   */
  public static Caller reader(OrganisationId organisation) {
    return new Caller(
        AccountId.random(), organisation, Role.PROGRAM, "Export", Optional.empty(), ZoneOffset.UTC);
  }

  /** The names of the types, in the order of the table. */
  public List<String> types() {
    return List.copyOf(types.keySet());
  }

  /**
   * @param from where the page before said that this one begins
   * @param since only what was changed at this moment or later, of types that know when
   * @param most how many resources
   */
  public Page page(Tx tx, String name, Optional<String> from, Optional<Instant> since, int most) {
    var type = types.get(name);
    var statement = type.statement(tx);
    since.ifPresent(moment ->
        type.parameters().stream()
            .filter(parameter -> parameter.name().equals("_lastUpdated"))
            .forEach(parameter -> parameter.condition().add(statement, "ge" + moment)));
    var after = from.map(Cursor::parse).orElse(Cursor.BEFORE_ALL);
    var rows = statement.page(type, after, most + 1).rows(tx);
    var found = type.found(tx, rows.subList(0, Math.min(most, rows.size())));
    var lines = new ByteArrayOutputStream();
    for (var one : found) {
      lines.writeBytes(Json.write(one.json()));
      lines.write('\n');
    }
    return new Page(
        lines.toByteArray(),
        found.size(),
        rows.size() > most
            ? Optional.of(Cursor.of(found.getLast().id()).text())
            : Optional.empty());
  }
}
