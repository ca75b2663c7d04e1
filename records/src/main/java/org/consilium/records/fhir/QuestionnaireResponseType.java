package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.records.attachment.Part;

/**
 * QuestionnaireResponse, from the content of {@code records.request}: the answers to each form of a
 * sent request, with the version that they were given to. The number of the part is the form's
 * place in the request.
 */
final class QuestionnaireResponseType extends ConsultRecordType {
  private static final String SELECT =
      """
      SELECT r.consult_id, r.patient_id, r.requester_id, r.submitted_at, a.answers, a.n::int AS n
        FROM records.request r
        CROSS JOIN LATERAL jsonb_array_elements(r.content -> 'answers')
                   WITH ORDINALITY AS a (answers, n)
       WHERE r.status = 'submitted'
      """;

  /** With its version, or any version of it. */
  private static final String ANSWERED =
      """
      a.answers ->> 'questionnaire' = ANY(?)
      OR regexp_replace(a.answers ->> 'questionnaire', '[|][^|]*$', '') = ANY(?)\
      """;

  QuestionnaireResponseType() {
    super("r");
  }

  @Override
  String name() {
    return "QuestionnaireResponse";
  }

  @Override
  String select() {
    return SELECT;
  }

  @Override
  String key() {
    return "r.consult_id";
  }

  @Override
  String part() {
    return "a.n::int";
  }

  @Override
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("r.patient_id"),
        reference("based-on", "ServiceRequest", "r.consult_id = ANY(?::uuid[])"),
        SearchParameter.canonical("questionnaire", ANSWERED),
        token("status", "'completed' = ANY(?)"),
        reference("author", "Practitioner", "r.requester_id = ANY(?::uuid[])"),
        date("authored", "r.submitted_at"));
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row ->
            Found.unchanging(
                new ResourceId(row.getUUID("consult_id"), row.getInteger("n")),
                row,
                "submitted_at",
                body(row)))
        .toList();
  }

  private static ObjectNode body(Row row) {
    var answers = Rows.json(row, "answers", ObjectNode.class);
    var response = Fhir.resource("QuestionnaireResponse");
    Fhir.putOne(response, "basedOn", Fhir.reference("ServiceRequest", row.getUUID("consult_id")));
    response.set("questionnaire", answers.path("questionnaire"));
    response.put("status", "completed");
    response.set("subject", Fhir.reference("Patient", row.getUUID("patient_id")));
    response.put("authored", Rows.instant(row, "submitted_at").toString());
    response.set("author", Fhir.reference("Practitioner", row.getUUID("requester_id")));
    if (!answers.path("item").isEmpty()) {
      response.set("item", items(answers.path("item")));
    }
    return response;
  }

  /**
   * As they are kept, in FHIR's shape, but for what it writes otherwise: files are fetched as a
   * Binary, and times have seconds.
   */
  private static JsonNode items(JsonNode items) {
    for (var answer : items.findParents("valueAttachment")) {
      var file = (ObjectNode) answer.path("valueAttachment");
      var id = UUID.fromString(file.remove("id").asText());
      file.put("url", "Binary/" + BinaryOperation.id(id, Part.ORIGINAL));
    }
    for (var answer : items.findParents("valueTime")) {
      var time = LocalTime.parse(answer.path("valueTime").asText());
      ((ObjectNode) answer).put("valueTime", DateTimeFormatter.ISO_LOCAL_TIME.format(time));
    }
    for (var answer : items.findParents("valueDateTime")) {
      var at = OffsetDateTime.parse(answer.path("valueDateTime").asText());
      ((ObjectNode) answer).put("valueDateTime", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at));
    }
    return items;
  }
}
