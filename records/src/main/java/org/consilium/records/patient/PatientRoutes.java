package org.consilium.records.patient;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.PatientId;
import org.consilium.records.patient.PatientStore.Position;

/** Patients over HTTP. */
public final class PatientRoutes {
  /** The operations on patients. */
  public static final String CONTRACT = "openapi/patients.yaml";

  private static final int PAGE = 50;
  private static final int IDS_MAX = 100;

  private final Platform platform;
  private final PatientService patients;

  public PatientRoutes(Platform platform, PatientService patients) {
    this.platform = platform;
    this.patients = patients;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listPatients", this::list)
        .operation("registerPatient", this::register)
        .operation("getPatient", this::get)
        .operation("revisePatient", this::revise);
  }

  private record NewPatient(PatientId id, PatientParticulars particulars) {}

  private record Page(List<PatientShown> items, Optional<String> nextCursor) {}

  private Answer list(Call call) {
    var ids = call.query("ids");
    if (ids.isPresent()) {
      return Answer.ok(
          new Page(shown(call, patients.byIds(call.tx(), ids(ids.get()))), Optional.empty()));
    }
    int most = call.queryNumber("limit").orElse(PAGE);
    var after = call.query("cursor").map(PatientRoutes::position);
    var found = patients.list(call.tx(), call.query("query"), after, most);
    var page = found.subList(0, Math.min(most, found.size()));
    var next = found.size() > most ? Optional.of(cursor(page.getLast())) : Optional.<String>empty();
    return Answer.ok(new Page(shown(call, page), next));
  }

  private List<PatientShown> shown(Call call, List<Patient> page) {
    return PatientShown.of(call.tx(), platform.directory(), page);
  }

  private Answer register(Call call) {
    var given = call.body(NewPatient.class);
    return Answer.created(
        shown(call.tx(), patients.register(call.tx(), given.id(), given.particulars())));
  }

  private Answer get(Call call) {
    return versioned(call, patients.read(call.tx(), patientId(call)));
  }

  private Answer revise(Call call) {
    var particulars = call.body(PatientParticulars.class);
    return versioned(
        call, patients.revise(call.tx(), patientId(call), call.ifMatch(), particulars));
  }

  private Answer versioned(Call call, Patient patient) {
    var shown = shown(call.tx(), patient).from(patients.mergedFrom(call.tx(), patient.id()));
    return Answer.ok(shown).withHeader("ETag", "\"" + patient.version() + "\"");
  }

  private static PatientId patientId(Call call) {
    return new PatientId(call.pathId("patientId"));
  }

  private PatientShown shown(Tx tx, Patient patient) {
    return PatientShown.of(tx, platform.directory(), List.of(patient)).getFirst();
  }

  private static List<PatientId> ids(String list) {
    try {
      var ids = Arrays.stream(list.split(",")).map(String::strip).map(PatientId::parse).toList();
      if (ids.size() <= IDS_MAX) {
        return ids;
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed("ids", "Write ids with commas between.");
    }
    throw Refusal.malformed("ids", "Ask for %d ids at most.".formatted(IDS_MAX));
  }

  private static String cursor(Patient last) {
    var text = last.registeredAt() + "|" + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Position position(String cursor) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      var bar = text.indexOf('|');
      return new Position(
          Instant.parse(text.substring(0, bar)), PatientId.parse(text.substring(bar + 1)));
    } catch (RuntimeException e) {
      throw new Refusal(400, "cursor-malformed", "This cursor is not from a page before.");
    }
  }
}
