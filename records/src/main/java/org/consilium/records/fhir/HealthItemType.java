package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.Uuid7;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;
import org.consilium.records.health.HealthItem;
import org.consilium.records.health.PartialDate;

/**
 * What comes from one kind of {@code records.clinical_item}: the newest version of each item. That
 * there is none of the kind is said by the code of the International Patient Summary.
 */
abstract class HealthItemType extends ResourceType implements Creates {
  private static final String ABSENT =
      "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";

  private static final String SELECT =
      """
      SELECT i.item_id, i.version, i.patient_id, i.none_known, i.text, i.code_system, i.code,
             i.status, i.verification, i.onset_on, i.onset_precision, i.ended_on, i.ended_precision,
             i.dose, i.dose_number, i.lot, i.reason, i.asserted_by, i.asserted_at, :consult
        FROM records.clinical_item i
        JOIN records.patient p ON p.organisation_id = i.organisation_id AND p.id = i.patient_id
       WHERE i.kind = ':kind' AND (NOT i.none_known OR i.status = 'active')
         AND (:owners OR i.status <> 'entered-in-error')
         AND NOT EXISTS (SELECT FROM records.clinical_item n
                          WHERE n.organisation_id = i.organisation_id AND n.item_id = i.item_id
                            AND n.version > i.version)
      """
          .replace(":consult", PatientType.CONSULT);

  private static final String CODED =
      """
      CASE WHEN i.none_known THEN '%1$s|%2$s' ELSE i.code_system || '|' || i.code END = ANY(?)
      OR CASE WHEN i.none_known THEN '%2$s' ELSE i.code END = ANY(?)\
      """;

  private final HealthItem.Kind kind;
  private final String noneCode;
  private final String noneDisplay;

  /**
   * @param noneCode what the International Patient Summary calls that there is none
   */
  HealthItemType(HealthItem.Kind kind, String noneCode, String noneDisplay) {
    this.kind = kind;
    this.noneCode = noneCode;
    this.noneDisplay = noneDisplay;
  }

  @Override
  final Set<Role> readers() {
    return READERS_OF_NOTES;
  }

  @Override
  final String select() {
    return SELECT.replace(":kind", Wire.of(kind));
  }

  @Override
  final String key() {
    return "i.item_id";
  }

  @Override
  final String scope(Caller caller) {
    return PatientType.scopeOf(caller);
  }

  /** A code alone, or with its system and a bar before it. */
  final SearchParameter code(String name) {
    return new SearchParameter(
        name,
        "token",
        (statement, value) ->
            statement.and(
                CODED.formatted(ABSENT, noneCode),
                Arrays.stream(value.split(",")).map(String::strip).toList()));
  }

  @Override
  final List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row ->
            Found.of(
                new ResourceId(row.getUUID("item_id"), 0),
                row,
                row.getInteger("version").toString(),
                Rows.optionalInstant(row, "asserted_at"),
                body(row)))
        .toList();
  }

  abstract ObjectNode body(Row row);

  /** The element that says whose it is. */
  abstract Given whose(Given resource);

  /** The element that says what it is. */
  abstract Given named(Given resource);

  /** Puts what else the resource says into an entry of the product's, under {@code /entry}. */
  abstract void entry(Write write, Given resource, Command command);

  @Override
  public final ResourceId create(Write write, Given resource) {
    var patient = write.reference(whose(resource), "Patient", "Say whose this is.");
    var named = named(resource);
    var absent = named.code(ABSENT);
    var command = new Command();
    command.body().put("id", Uuid7.next().toString()).put("kind", Wire.of(kind));
    if (absent.isPresent()) {
      named.keep();
      if (!absent.get().equals(noneCode)) {
        write.fault(named, "That nobody could say is not kept: leave it out.");
      }
    } else {
      name(write, named, command);
    }
    entry(write, resource, command);
    write.check();
    var operation = absent.isPresent() ? "sayNoneKnown" : "addHealthItem";
    if (absent.isPresent()) {
      command.body().remove("entry");
    }
    var path = Map.of("patientId", patient.orElseThrow().toString());
    var made = write.perform(operation, path, Optional.empty(), command);
    return new ResourceId(UUID.fromString(made.path("id").asText()), 0);
  }

  /** The words, and the first code as it was given. */
  private static void name(Write write, Given named, Command command) {
    var words = named.concept().filter(text -> !text.isBlank());
    words.ifPresentOrElse(
        text -> command.put("/entry/text", text, named),
        () -> write.fault(named, "Say in words what it is."));
    var coding = named.at("coding");
    if (coding.peek().has("system") && coding.peek().has("code")) {
      var code = Fhir.object();
      code.put("system", coding.text("system").orElseThrow());
      code.put("code", coding.text("code").orElseThrow());
      command.put("/entry/code", code, coding);
      words.ifPresent(text -> coding.says("display", text));
    }
  }

  /** A day, a month or a year; of a moment the day alone, and that is told. */
  static void keepDate(Command command, String pointer, Given element) {
    if (element.isThere()) {
      var text = element.peek().asText();
      command.put(pointer, text.split("T", 2)[0], element);
      if (!text.contains("T")) {
        element.keep();
      }
    }
  }

  static void verified(Command command, boolean confirmed, Given element) {
    command.put("/entry/verification", confirmed ? "confirmed" : "unconfirmed", element);
  }

  final ObjectNode concept(Row row) {
    if (row.getBoolean("none_known")) {
      return Fhir.concept(ABSENT, noneCode, noneDisplay);
    }
    var concept = Fhir.object();
    if (row.getString("code") != null) {
      concept
          .putArray("coding")
          .addObject()
          .put("system", row.getString("code_system"))
          .put("code", row.getString("code"));
    }
    return concept.put("text", row.getString("text"));
  }

  static boolean isConfirmed(Row row) {
    return row.getString("verification").equals("confirmed");
  }

  static ObjectNode patient(Row row) {
    return Fhir.reference("Patient", row.getUUID("patient_id"));
  }

  /** As exactly as it is known. */
  static Optional<String> dateOf(Row row, String name) {
    return Optional.ofNullable(row.getLocalDate(name + "_on"))
        .map(from ->
            new PartialDate(
                from, Wire.parse(PartialDate.Precision.class, row.getString(name + "_precision"))))
        .map(PartialDate::toString);
  }

  /** What was said besides, and whether it was only told. */
  static void notes(ObjectNode into, Row row, boolean mayBeUnconfirmed) {
    var words =
        Stream.of(
                mayBeUnconfirmed && !isConfirmed(row) ? "Told, not confirmed." : null,
                row.getString("reason"))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    if (!words.isEmpty()) {
      Fhir.putOne(into, "note", Fhir.text(words));
    }
  }
}
