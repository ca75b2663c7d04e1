package org.consilium.records.patient;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.PatientId;
import org.consilium.records.text.CleanText;
import org.consilium.records.text.SearchText;

/** What can be done with patients; each call within the caller's transaction. */
public final class PatientService {
  private final Platform platform;
  private final PatientStore patients;

  public PatientService(Platform platform, PatientStore patients) {
    this.platform = platform;
    this.patients = patients;
  }

  /** The caller's today. */
  public static LocalDate today(Tx tx) {
    return LocalDate.ofInstant(tx.now(), tx.caller().zone());
  }

  /** Registers a patient of the caller's organisation; the same id again answers the same one. */
  public Patient register(Tx tx, PatientId id, PatientParticulars given) {
    var particulars = checked(tx, given, "/particulars");
    if (patients.add(tx, id, particulars, particulars.born(today(tx)))) {
      platform.audit().append(tx, "patient.register", Subject.patient(id));
      tell(tx, id);
    }
    return own(tx, id);
  }

  /** Corrects particulars that were read at {@code version}. */
  public Patient revise(Tx tx, PatientId id, int version, PatientParticulars given) {
    var before =
        patients.lock(tx, tx.caller().organisation(), id).orElseThrow(PatientService::unknown);
    var particulars = checked(tx, given, "");
    if (before.version() != version) {
      throw Refusal.editedElsewhere(before.version());
    }
    patients.revise(tx, before, particulars, bornAfter(tx, before, particulars));
    platform.audit().append(tx, "patient.revise", Subject.patient(id));
    tell(tx, id);
    return own(tx, id);
  }

  public Patient read(Tx tx, PatientId id) {
    var patient = own(tx, id);
    platform.audit().append(tx, "patient.read", Subject.patient(id));
    return patient;
  }

  List<Patient> byIds(Tx tx, Collection<PatientId> ids) {
    return seen(tx, patients.byIds(tx, tx.caller().organisation(), ids));
  }

  /** One more than {@code most} when there is a next page. */
  List<Patient> list(
      Tx tx, Optional<String> query, Optional<PatientStore.Position> after, int most) {
    var words = query.map(SearchText::of).filter(text -> !text.isEmpty());
    return seen(
        tx,
        words
            .map(text -> patients.search(tx, text, after, most + 1))
            .orElseGet(() -> patients.newest(tx, tx.caller().organisation(), after, most + 1)));
  }

  /** The patient of a consult as the caller may see them. */
  public Patient.Shared ofConsult(Tx tx, Standing standing) {
    var shared =
        standing.isOwners()
            ? patients.find(tx, standing.owner(), standing.patient()).map(p -> p.shared(today(tx)))
            : patients.shared(tx, standing, today(tx));
    return shared.orElseThrow(PatientService::unknown);
  }

  /** The patient without name and number, whoever asks: what a signed note speaks of. */
  public Patient.Shared asTheTeamSees(Tx tx, Standing standing) {
    return patients.shared(tx, standing, today(tx)).orElseThrow(PatientService::unknown);
  }

  /** A patient of the caller's own organisation, where there is one. */
  public Optional<Patient> find(Tx tx, PatientId id) {
    return patients.find(tx, tx.caller().organisation(), id);
  }

  private Patient own(Tx tx, PatientId id) {
    return find(tx, id).orElseThrow(PatientService::unknown);
  }

  private static Refusal unknown() {
    return Refusal.notFound("patient-not-found", "There is no such patient in your organisation.");
  }

  private PatientParticulars checked(Tx tx, PatientParticulars given, String base) {
    var particulars = CleanText.of(given, PatientParticulars.class, base);
    var errors = new ArrayList<FieldError>();
    for (var error : particulars.check(today(tx))) {
      errors.add(new FieldError(base + error.pointer(), error.detail()));
    }
    particulars
        .siteId()
        .filter(site ->
            platform.directory().sitesOf(tx, tx.caller().organisation()).stream()
                .noneMatch(own -> own.id().equals(site)))
        .ifPresent(_ ->
            errors.add(
                new FieldError(base + "/siteId", "This is not a site of your organisation.")));
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
    return particulars;
  }

  /**
   * An age that reads as before leaves the date as it was: a correction of the name ages nobody.
   */
  private static BirthDate bornAfter(Tx tx, Patient before, PatientParticulars particulars) {
    boolean ageAsBefore =
        particulars.birthDate().isEmpty()
            && particulars.age().equals(Optional.of(before.born().ageOn(today(tx))));
    return ageAsBefore ? before.born() : particulars.born(today(tx));
  }

  /** One line names everybody that a list showed, so "who saw this patient" has an answer. */
  private List<Patient> seen(Tx tx, List<Patient> shown) {
    var ids = shown.stream().map(p -> p.id().toString()).collect(Collectors.joining(","));
    platform.audit().append(tx, "patient.search", Subject.none().part("patients", ids));
    return shown;
  }

  private void tell(Tx tx, PatientId id) {
    platform.changes().tell(tx, "patient", id.value(), tx.caller().organisation(), List.of());
  }
}
