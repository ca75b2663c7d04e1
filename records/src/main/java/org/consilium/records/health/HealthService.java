package org.consilium.records.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.records.health.HealthItem.Kind;
import org.consilium.records.health.HealthItem.Status;
import org.consilium.records.patient.PatientService;
import org.consilium.records.text.CleanText;

/**
 * What can be done with a patient's health summary; each call within the caller's transaction.
 * Nothing is overwritten: every act is one more version of an item.
 */
public final class HealthService {
  private final Platform platform;
  private final PatientService patients;
  private final HealthStore items;

  public HealthService(Platform platform, PatientService patients) {
    this.platform = platform;
    this.patients = patients;
    this.items = new HealthStore();
  }

  /** A new item as the contract has it. */
  public record NewItem(HealthItemId id, Kind kind, HealthEntry entry) {}

  /** That there is none of a kind. */
  public record None(HealthItemId id, Kind kind, Optional<ConsultId> consultId) {}

  /** When and why it ended; of the version that was looked at. */
  record End(int version, Optional<String> on, Optional<String> reason) {}

  /** Why it was an error; of the version that was looked at. */
  record Error(int version, String reason) {}

  /** Of a patient of the caller's organisation. */
  HealthSummary read(Tx tx, PatientId id, boolean withErrors) {
    var patient = patients.read(tx, id);
    platform.audit().append(tx, "health-summary.read", Subject.patient(id));
    var all = items.ofPerson(tx, tx.caller().organisation(), id);
    return new HealthSummary(id, patient.allergies(), withErrors ? all : withoutErrors(all));
  }

  /** Of the patient of a consult, for whoever may read its case. */
  HealthSummary read(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(
        Relation.CLINIC,
        Relation.COORDINATOR,
        Relation.SUPERVISOR,
        Relation.REQUESTER,
        Relation.SPECIALIST,
        Relation.OBSERVER);
    platform
        .audit()
        .append(tx, "health-summary.read", Subject.consult(consult, standing.patient()));
    var patient = patients.ofConsult(tx, standing);
    // A merged record's other half is not the team's to see by itself, but it is the same person.
    var all = tx.asServer(() -> items.ofPerson(tx, standing.owner(), standing.patient()));
    return new HealthSummary(standing.patient(), patient.allergies(), withoutErrors(all));
  }

  private static List<HealthItem> withoutErrors(List<HealthItem> all) {
    return all.stream().filter(item -> !item.isInError()).toList();
  }

  List<HealthItem> versions(Tx tx, PatientId patient, HealthItemId id) {
    patients.read(tx, patient);
    var versions = items.versions(tx, tx.caller().organisation(), patient, id);
    if (versions.isEmpty()) {
      throw unknown();
    }
    platform.audit().append(tx, "health-summary.read", subject(patient, id));
    return versions;
  }

  /** Puts something on the list; the same id with the same words again answers what there is. */
  public HealthItem add(Tx tx, PatientId patient, NewItem given) {
    patients.hold(tx, patient);
    var entry = checked(tx, patient, given.kind(), given.entry(), "/entry");
    var item =
        HealthItem.added(given.id(), patient, given.kind(), entry, tx.caller().account(), tx.now());
    var there = sameAgain(tx, item);
    if (there.isPresent()) {
      return there.get();
    }
    if (item.isActive()) {
      noneNoLonger(tx, patient, given.kind());
    }
    return keep(tx, "add", item);
  }

  /** What was there says no longer that there is none. */
  private void noneNoLonger(Tx tx, PatientId patient, Kind kind) {
    items.ofPerson(tx, tx.caller().organisation(), patient).stream()
        .filter(item -> item.kind() == kind && item.noneKnown() && item.isActive())
        .forEach(none ->
            keep(
                tx,
                "end",
                none.now(
                    Status.ENDED,
                    Optional.empty(),
                    Optional.empty(),
                    tx.caller().account(),
                    tx.now())));
  }

  /** Says that somebody asked and there is none. */
  public HealthItem sayNone(Tx tx, PatientId patient, None given) {
    patients.hold(tx, patient);
    checkConsult(tx, patient, given.consultId(), "/consultId").ifPresent(this::refuse);
    var of =
        items.ofPerson(tx, tx.caller().organisation(), patient).stream()
            .filter(item -> item.kind() == given.kind() && item.isActive())
            .toList();
    if (of.stream().anyMatch(item -> !item.noneKnown())) {
      throw new Refusal(
          409,
          "items-listed",
          "There is something on the list. End it, or say that it was an error, first.");
    }
    var by = tx.caller().account();
    var none = HealthItem.none(given.id(), patient, given.kind(), given.consultId(), by, tx.now());
    var there = sameAgain(tx, none);
    if (there.isPresent()) {
      return there.get();
    }
    return of.stream()
        .findFirst()
        .map(before -> keep(tx, "change", before.again(given.consultId(), by, tx.now())))
        .orElseGet(() -> keep(tx, "add", none));
  }

  HealthItem change(Tx tx, PatientId patient, HealthItemId id, int version, HealthEntry given) {
    var before = held(tx, patient, id, version);
    if (before.noneKnown()) {
      throw new Refusal(
          409, "nothing-to-change", "Add what there is: that there is none ends by itself.");
    }
    var entry = checked(tx, patient, before.kind(), given, "");
    var after = before.changedTo(entry, tx.caller().account(), tx.now());
    if (after.isActive() && !before.isActive()) {
      noneNoLonger(tx, patient, before.kind());
    }
    return keep(tx, "change", after);
  }

  HealthItem end(Tx tx, PatientId patient, HealthItemId id, End given) {
    var before = held(tx, patient, id, given.version());
    if (before.kind() == Kind.IMMUNIZATION && !before.noneKnown()) {
      throw new Refusal(
          409, "does-not-end", "A vaccine was given. If it was not, say that this was an error.");
    }
    if (!before.isActive()) {
      throw new Refusal(409, "has-ended", "This has ended already. Correct it to change the day.");
    }
    var end = CleanText.of(given, End.class);
    var errors = new ArrayList<FieldError>();
    var on = HealthEntry.date(errors, "/on", end.on(), PatientService.today(tx));
    if (on.isPresent()
        && before.onset().filter(since -> on.get().until().isBefore(since.from())).isPresent()) {
      errors.add(new FieldError("/on", "It cannot have ended before it began."));
    }
    refuse(errors);
    return keep(
        tx, "end", before.now(Status.ENDED, on, end.reason(), tx.caller().account(), tx.now()));
  }

  HealthItem markError(Tx tx, PatientId patient, HealthItemId id, Error given) {
    var before = held(tx, patient, id, given.version());
    var reason = CleanText.of(given, Error.class).reason().strip();
    if (reason.isEmpty()) {
      throw Refusal.invalid("/reason", "Say in a few words what was wrong.");
    }
    return keep(
        tx,
        "mark-error",
        before.now(
            Status.ENTERED_IN_ERROR,
            before.ended(),
            Optional.of(reason),
            tx.caller().account(),
            tx.now()));
  }

  /** The newest version, which nobody else can follow with another until the transaction ends. */
  private HealthItem held(Tx tx, PatientId patient, HealthItemId id, int version) {
    patients.hold(tx, patient);
    var newest =
        items.versions(tx, tx.caller().organisation(), patient, id).stream()
            .findFirst()
            .orElseThrow(HealthService::unknown);
    if (newest.version() != version) {
      throw Refusal.editedElsewhere(newest.version());
    }
    if (newest.isInError()) {
      throw new Refusal(
          409, "was-an-error", "This was marked as an error. Add it anew if it is so after all.");
    }
    return newest;
  }

  /** The item that this id has already; 409 when it is another one. */
  private Optional<HealthItem> sameAgain(Tx tx, HealthItem item) {
    var owner = tx.caller().organisation();
    var versions = items.versions(tx, owner, item.patient(), item.id());
    boolean same = !versions.isEmpty() && versions.getLast().saysTheSameAs(item);
    if (!same && items.isTaken(tx, owner, item.id())) {
      throw new Refusal(409, "item-id-taken", "This id belongs to another item; make a new one.");
    }
    return versions.stream().findFirst();
  }

  private HealthEntry checked(Tx tx, PatientId patient, Kind kind, HealthEntry given, String base) {
    var entry = CleanText.of(given, HealthEntry.class, base);
    var errors = new ArrayList<FieldError>();
    for (var error : entry.check(kind, PatientService.today(tx))) {
      errors.add(new FieldError(base + error.pointer(), error.detail()));
    }
    checkConsult(tx, patient, entry.consultId(), base + "/consultId").ifPresent(errors::addAll);
    refuse(errors);
    return entry;
  }

  private Optional<List<FieldError>> checkConsult(
      Tx tx, PatientId patient, Optional<ConsultId> consult, String pointer) {
    return consult
        .filter(id -> !items.isConsultOf(tx, tx.caller().organisation(), patient, id))
        .map(_ -> List.of(new FieldError(pointer, "This is not a consult about this patient.")));
  }

  private void refuse(List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
  }

  private HealthItem keep(Tx tx, String act, HealthItem item) {
    items.add(tx, tx.caller().organisation(), act, item);
    platform.audit().append(tx, "health-item." + act, subject(item.patient(), item.id()));
    tell(tx, item.patient());
    return item;
  }

  /** Tells open pages of the patient, and of the consults in which others read the summary. */
  private void tell(Tx tx, PatientId patient) {
    var owner = tx.caller().organisation();
    platform.changes().tell(tx, "patient", patient.value(), owner, List.of());
    items
        .teams(tx, owner, patient)
        .forEach((consult, team) ->
            platform.changes().tell(tx, "consult", consult.value(), owner, team));
  }

  private static Subject subject(PatientId patient, HealthItemId id) {
    return Subject.patient(patient).part("health-item", id);
  }

  private static Refusal unknown() {
    return Refusal.notFound("item-not-found", "There is no such item in this patient's summary.");
  }
}
