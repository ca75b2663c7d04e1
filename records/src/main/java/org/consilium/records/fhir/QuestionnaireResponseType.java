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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.records.attachment.Part;

/**
 * QuestionnaireResponse, from the content of {@code records.request}: the answers to each form of a
 * request, with the version that they were given to; those of a draft for the person alone who
 * writes it. The number of the part is the form's place in the request.
 */
final class QuestionnaireResponseType extends ConsultRecordType implements Creates {
  private static final String SELECT =
      """
      SELECT r.consult_id, r.patient_id, r.requester_id, r.status, r.revision, r.saved_at,
             coalesce(r.submitted_at, r.saved_at) AS authored_at, a.answers, a.n::int AS n
        FROM records.request r
        CROSS JOIN LATERAL jsonb_array_elements(r.content -> 'answers')
                   WITH ORDINALITY AS a (answers, n)
       WHERE (r.status = 'submitted' OR r.requester_id = platform.current_account())
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
        token(
            "status",
            "CASE r.status WHEN 'draft' THEN 'in-progress' ELSE 'completed' END = ANY(?)"),
        reference("author", "Practitioner", "r.requester_id = ANY(?::uuid[])"),
        date("authored", "coalesce(r.submitted_at, r.saved_at)"));
  }

  /** Answers to a form of a draft, instead of earlier ones to the same form. */
  @Override
  public ResourceId create(Write write, Given given) {
    var consult =
        write.reference(given.at("basedOn"), "ServiceRequest", "Say which draft this belongs to.");
    var patient = write.reference(given.at("subject"), "Patient", "");
    write.mustBeCaller(given.at("author"));
    var command = new Command();
    write.check();
    var path = Map.of("consultId", consult.get().toString());
    write.mustBeOf(consult.get(), patient, given.at("subject"));
    var draft = write.perform("getRequest", path, Optional.empty(), null);
    ObjectNode content = draft.path("content").deepCopy();
    var answers = content.withArray("answers");
    int place = placeOf(answers, given.peek().path("questionnaire").asText());
    var answered = FormAnswers.read(write, given, command, "/answers/" + place);
    if (place == answers.size()) {
      answers.add(answered);
    } else {
      answers.set(place, answered);
    }
    var saved =
        write.perform(
            "saveRequest",
            path,
            Optional.of(draft.path("revision").asInt()),
            new Command(content).and(command));
    RequestWriting.warnOfDropped(write, saved);
    return new ResourceId(consult.get(), place + 1);
  }

  private static int placeOf(JsonNode answers, String questionnaire) {
    for (int i = 0; i < answers.size(); i++) {
      if (form(answers.get(i).path("questionnaire").asText()).equals(form(questionnaire))) {
        return i;
      }
    }
    return answers.size();
  }

  private static String form(String questionnaire) {
    return questionnaire.replaceFirst("\\|[^|]*$", "");
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    return rows.stream()
        .map(row ->
            Found.of(
                new ResourceId(row.getUUID("consult_id"), row.getInteger("n")),
                row,
                isDraft(row) ? "draft-" + row.getInteger("revision") : "1",
                Rows.optionalInstant(row, "authored_at"),
                body(row)))
        .toList();
  }

  private static boolean isDraft(Row row) {
    return row.getString("status").equals("draft");
  }

  private static ObjectNode body(Row row) {
    var answers = Rows.json(row, "answers", ObjectNode.class);
    var response = Fhir.resource("QuestionnaireResponse");
    Fhir.putOne(response, "basedOn", Fhir.reference("ServiceRequest", row.getUUID("consult_id")));
    response.set("questionnaire", answers.path("questionnaire"));
    response.put("status", isDraft(row) ? "in-progress" : "completed");
    response.set("subject", Fhir.reference("Patient", row.getUUID("patient_id")));
    response.put("authored", Rows.instant(row, "authored_at").toString());
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
