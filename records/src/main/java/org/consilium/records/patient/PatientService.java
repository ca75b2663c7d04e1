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
import org.consilium.platform.http.Sentence;
import org.consilium.platform.id.PatientId;
import org.consilium.records.text.CleanText;
import org.consilium.records.text.SearchText;

/** What can be done with patients; each call within the caller's transaction. */
public final class PatientService {
  private final Platform platform;
  private final PatientStore patients;
  private final PatientIndex index;

  public PatientService(Platform platform, PatientStore patients) {
    this.platform = platform;
    this.patients = patients;
    this.index = new PatientIndex(patients);
  }

  PatientStore store() {
    return patients;
  }

  PatientIndex index() {
    return index;
  }

  /** The caller's today. */
  public static LocalDate today(Tx tx) {
    return LocalDate.ofInstant(tx.now(), tx.caller().zone());
  }

  /** Registers a patient of the caller's organisation; the same id again answers the same one. */
  public Patient register(Tx tx, PatientId id, PatientParticulars given) {
    var particulars = checked(tx, given, "/particulars");
    if (patients.add(tx, id, particulars, particulars.born(today(tx)))) {
      setIdentifiers(tx, id, particulars, "/particulars");
      var registered = own(tx, id);
      index.add(tx, registered);
      patients.keepVersion(tx, registered, "register", Optional.empty());
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
    if (before.mergedInto().isPresent()) {
      throw merged();
    }
    if (before.version() != version) {
      throw Refusal.editedElsewhere(before.version());
    }
    write(tx, before, particulars, "");
    index.refresh(tx, id);
    boolean named = before.identity().unidentified() && !particulars.known().unidentified();
    var act = named ? "identify" : "revise";
    var after = own(tx, id);
    patients.keepVersion(tx, after, act, Optional.empty());
    platform.audit().append(tx, "patient." + act, Subject.patient(id));
    tell(tx, id);
    return after;
  }

  /** Writes particulars that were checked, over those of {@code before}. */
  void write(Tx tx, Patient before, PatientParticulars particulars, String base) {
    patients.revise(tx, before.id(), particulars, bornAfter(tx, before, particulars));
    setIdentifiers(tx, before.id(), particulars, base);
  }

  private void setIdentifiers(Tx tx, PatientId id, PatientParticulars particulars, String base) {
    var identifiers = particulars.known().identifiers();
    index
        .setIdentifiers(tx, id, identifiers)
        .ifPresent(taken -> {
          var whose =
              index
                  .withIdentifier(tx, identifiers.get(taken))
                  .flatMap(other -> find(tx, other))
                  .map(other ->
                      Sentence.of(
                              "field.number-of-other",
                              "The patient No. {number} has this number already.")
                          .with("number", other.localNumber()))
                  .orElseGet(() ->
                      Sentence.of("field.number-taken", "Somebody else has this number already."));
          throw Refusal.invalid(base + "/identity/identifiers/" + taken + "/value", whose);
        });
  }

  public Patient read(Tx tx, PatientId id) {
    var patient = own(tx, id);
    platform.audit().append(tx, "patient.read", Subject.patient(id));
    return patient;
  }

  /** Records that were merged into this one, or into one of those. */
  List<PatientId> mergedFrom(Tx tx, PatientId id) {
    return patients.family(tx, id).stream()
        .map(Patient::id)
        .filter(one -> !one.equals(id))
        .toList();
  }

  List<Patient> byIds(Tx tx, Collection<PatientId> ids) {
    return seen(tx, patients.byIds(tx, tx.caller().organisation(), ids));
  }

  /** One more than {@code most} when there is a next page. */
  List<Patient> list(
      Tx tx, Optional<String> query, Optional<PatientStore.Position> after, int most) {
    var words =
        query.map(SearchText::of).filter(text -> !text.isEmpty()).map(text -> text.split(" "));
    return seen(
        tx,
        words
            .map(all -> index.search(tx, List.of(all), after, most + 1))
            .orElseGet(() -> patients.newest(tx, tx.caller().organisation(), after, most + 1)));
  }

  /** The patient of a consult as the caller may see them. */
  public Patient.Shared ofConsult(Tx tx, Standing standing) {
    var shared =
        standing.isOwners()
            ? surviving(tx, standing).map(p -> p.shared(today(tx)).of(standing.patient()))
            : patients.shared(tx, standing, today(tx));
    return shared.orElseThrow(PatientService::unknown);
  }

  /** The patient, or the one into whom they were merged. */
  private Optional<Patient> surviving(Tx tx, Standing standing) {
    var patient = patients.find(tx, standing.owner(), standing.patient());
    while (patient.flatMap(Patient::mergedInto).isPresent()) {
      patient = patients.find(tx, standing.owner(), patient.get().mergedInto().get());
    }
    return patient;
  }

  /** The patient without name and number, whoever asks: what a signed note speaks of. */
  public Patient.Shared asTheTeamSees(Tx tx, Standing standing) {
    return patients.shared(tx, standing, today(tx)).orElseThrow(PatientService::unknown);
  }

  /** A patient of the caller's own organisation, where there is one. */
  public Optional<Patient> find(Tx tx, PatientId id) {
    return patients.find(tx, tx.caller().organisation(), id);
  }

  Patient own(Tx tx, PatientId id) {
    return find(tx, id).orElseThrow(PatientService::unknown);
  }

  /**
   * Keeps others from writing about this patient until the transaction ends. 404 when there is no
   * such patient in the caller's organisation, 409 when the record was merged into another one.
   */
  public void hold(Tx tx, PatientId id) {
    var patient =
        patients.lock(tx, tx.caller().organisation(), id).orElseThrow(PatientService::unknown);
    if (patient.mergedInto().isPresent()) {
      throw merged();
    }
  }

  static Refusal unknown() {
    return Refusal.notFound("patient-not-found", "There is no such patient in your organisation.");
  }

  static Refusal merged() {
    return new Refusal(
        409,
        "patient-merged",
        "This record was merged into another one. Open that one, or undo the merge first.");
  }

  PatientParticulars checked(Tx tx, PatientParticulars given, String base) {
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
  List<Patient> seen(Tx tx, List<Patient> shown) {
    var ids = shown.stream().map(p -> p.id().toString()).collect(Collectors.joining(","));
    platform.audit().append(tx, "patient.search", Subject.none().part("patients", ids));
    return shown;
  }

  void tell(Tx tx, PatientId id) {
    platform.changes().tell(tx, "patient", id.value(), tx.caller().organisation(), List.of());
  }
}
