package org.consilium.records.fhir;

import static org.consilium.records.fhir.SearchParameter.date;
import static org.consilium.records.fhir.SearchParameter.reference;
import static org.consilium.records.fhir.SearchParameter.token;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.identity.Directory;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.RequestContent;
import org.consilium.records.triage.Urgency;

/**
 * ServiceRequest, from {@code records.request} with how far the consult is; drafts are for the
 * person alone who writes them.
 */
final class ServiceRequestType extends ConsultRecordType implements Creates {
  /** What every request here is. */
  static final String CATEGORY = "Teleconsultation";

  private static final String SELECT =
      """
      SELECT r.consult_id, r.patient_id, r.site_id, r.requester_id, r.content, r.urgency_computed,
             r.urgency_requested, r.submitted_at, r.saved_at, r.revision
        FROM records.request r
       WHERE (r.status = 'submitted' OR r.requester_id = platform.current_account())
      """;

  /** The more urgent of the two that the form keeps, as the priority that FHIR has for it. */
  private static final String PRIORITY =
      """
      CASE WHEN 'red' IN (r.urgency_computed, r.urgency_requested) THEN 'stat'
           WHEN 'orange' IN (r.urgency_computed, r.urgency_requested) THEN 'asap'
           WHEN 'yellow' IN (r.urgency_computed, r.urgency_requested) THEN 'urgent'
           WHEN r.urgency_requested IS NOT NULL THEN 'routine' END = ANY(?)\
      """;

  private final ConsultIntake intake;
  private final Directory directory;

  ServiceRequestType(ConsultIntake intake, Directory directory) {
    super("r");
    this.intake = intake;
    this.directory = directory;
  }

  @Override
  String name() {
    return "ServiceRequest";
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
  List<SearchParameter> parameters() {
    return List.of(
        SearchParameter.id(this),
        SearchParameter.patient("r.patient_id"),
        reference("requester", "Practitioner", "r.requester_id = ANY(?::uuid[])"),
        token("priority", PRIORITY),
        token("performer-type", "r.content ->> 'specialty' = ANY(?)"),
        date("authored", "coalesce(r.submitted_at, r.saved_at)"));
  }

  @Override
  public ResourceId create(Write write, Given given) {
    return RequestWriting.create(write, given, directory);
  }

  @Override
  List<Found> found(Tx tx, List<Row> rows) {
    var progress =
        intake.progress(
            tx, rows.stream().map(row -> new ConsultId(row.getUUID("consult_id"))).toList());
    return rows.stream().map(row -> request(row, progress)).toList();
  }

  private static Found request(Row row, Map<ConsultId, ConsultIntake.Progress> all) {
    var id = row.getUUID("consult_id");
    if (isDraft(row)) {
      return Found.of(
          new ResourceId(id, 0),
          row,
          "draft-" + row.getInteger("revision"),
          Rows.optionalInstant(row, "saved_at"),
          body(row, Optional.empty()));
    }
    var progress = Optional.ofNullable(all.get(new ConsultId(id)));
    return new Found(
        new ResourceId(id, 0),
        Optional.of(new PatientId(row.getUUID("patient_id"))),
        Optional.of(new ConsultId(id)),
        progress.map(known -> Integer.toString(known.version())),
        progress.map(ConsultIntake.Progress::changedAt),
        body(row, progress));
  }

  private static ObjectNode body(Row row, Optional<ConsultIntake.Progress> progress) {
    var content = Rows.json(row, "content", RequestContent.class);
    var request = Fhir.resource("ServiceRequest");
    var unknown = isDraft(row) ? "draft" : "unknown";
    request.put("status", progress.map(ServiceRequestType::status).orElse(unknown));
    request.put("intent", "order");
    request
        .putArray("category")
        .add(Fhir.concept(RequestWriting.MODES, Wire.of(content.mode()), CATEGORY));
    if (!isDraft(row)) {
      request.put("priority", priority(row));
    }
    content.question().ifPresent(question -> request.set("code", Fhir.text(question)));
    request.set("subject", Fhir.reference("Patient", row.getUUID("patient_id")));
    request.put(
        "authoredOn",
        Rows.optionalInstant(row, "submitted_at")
            .orElseGet(() -> Rows.instant(row, "saved_at"))
            .toString());
    request.set("requester", Fhir.reference("Practitioner", row.getUUID("requester_id")));
    content.specialty().ifPresent(specialty -> request.set("performerType", Fhir.text(specialty)));
    Fhir.putOne(request, "locationReference", Fhir.reference("Location", row.getUUID("site_id")));
    content
        .situation()
        .flatMap(RequestContent.Situation::concern)
        .ifPresent(concern -> Fhir.putOne(request, "reasonCode", Fhir.text(concern)));
    var notes = notes(content);
    if (!notes.isEmpty()) {
      request.set("note", notes);
    }
    return request;
  }

  private static boolean isDraft(Row row) {
    return row.getValue("submitted_at") == null;
  }

  private static String status(ConsultIntake.Progress progress) {
    return switch (progress.stage()) {
      case RUNNING -> "active";
      case CLOSED -> "completed";
      case WITHDRAWN -> "revoked";
    };
  }

  private static String priority(Row row) {
    var computed = Wire.parse(Urgency.class, row.getString("urgency_computed"));
    var requested = Wire.parse(Urgency.class, row.getString("urgency_requested"));
    return switch (computed.orMoreUrgent(requested)) {
      case RED -> "stat";
      case ORANGE -> "asap";
      case YELLOW -> "urgent";
      case GREEN, BLUE -> "routine";
    };
  }

  /** What the form says in prose, each under its heading. */
  private static ArrayNode notes(RequestContent content) {
    var notes = Fhir.array();
    content
        .background()
        .ifPresent(background -> {
          note(notes, "Onset", background.onset());
          note(notes, "History", background.history());
          note(notes, "Medicines", background.medicines());
          note(notes, "Social", background.social());
        });
    content
        .assessment()
        .ifPresent(found -> {
          note(notes, "Findings", found.findings());
          note(notes, "Tests", found.tests());
          note(notes, "Working diagnosis", found.diagnosis());
        });
    content
        .recommendation()
        .ifPresent(wanted -> {
          note(notes, "Treatment given", wanted.treatmentGiven());
          note(notes, "Possible here", wanted.possibleHere());
          note(notes, "Transfer", wanted.transfer());
        });
    return notes;
  }

  private static void note(ArrayNode notes, String heading, Optional<String> text) {
    text.filter(words -> !words.isBlank())
        .ifPresent(words -> notes.add(Fhir.text(heading + ": " + words)));
  }
}
