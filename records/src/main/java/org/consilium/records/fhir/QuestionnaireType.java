package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.string;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;

/**
 * Questionnaire, from {@code records.form_definition}: the published versions of forms, of the
 * caller's organisation, of the consults they see, and those for everybody. A version never
 * changes, so its id comes from its content.
 */
final class QuestionnaireType extends PlaceType {
  private static final String SELECT =
      """
      SELECT f.id, f.questionnaire, f.published_at
        FROM (SELECT DISTINCT ON (d.sha256) encode(substring(d.sha256 FOR 16), 'hex')::uuid AS id, d.*
                FROM records.form_definition d WHERE :scope
               ORDER BY d.sha256, d.published_at) f
       WHERE true
      """
          .replace(
              ":scope",
              "d.organisation_id IS NULL OR (" + ofOrganisations("d.organisation_id") + ")");

  @Override
  String name() {
    return "Questionnaire";
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "f.id";
  }

  @Override
  String scope(Caller caller) {
    return "true"; // In the SELECT: the same content, published twice, is one.
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.uri("url", "f.url = ANY(?)"),
        token("version", "f.version = ANY(?)"),
        token("status", "'active' = ANY(?)"),
        string("title", PersonType.BEGINS.formatted("f.title")),
        date("date", "f.published_at"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row ->
            new Found(
                new ResourceId(row.getUUID("id"), 0),
                Optional.empty(),
                Optional.of("1"),
                Rows.optionalInstant(row, "published_at"),
                body(row)))
        .toList();
  }

  private static ObjectNode body(Row row) {
    var form = Rows.json(row, "questionnaire", ObjectNode.class);
    for (var asked : form.findParents("enableWhen")) {
      // R4 has no default for it (que-12); ours is that all must hold.
      if (asked.path("enableWhen").size() > 1 && !asked.has("enableBehavior")) {
        ((ObjectNode) asked).put("enableBehavior", "all");
      }
    }
    return form.put("date", Rows.instant(row, "published_at").toString());
  }
}
