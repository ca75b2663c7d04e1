package org.consilium.records.patient;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.PatientId;
import org.consilium.records.text.CleanText;

/**
 * Two records of one person become one, and are two again when that was a mistake. Consults, notes
 * and letters stay where they are: they are shown under the surviving record.
 */
final class MergeService {
  private final Platform platform;
  private final PatientService patients;
  private final PatientStore store;
  private final PatientIndex index;
  private final MergeStore merges;

  MergeService(Platform platform, PatientService patients, MergeStore merges) {
    this.platform = platform;
    this.patients = patients;
    this.store = patients.store();
    this.index = patients.index();
    this.merges = merges;
  }

  /**
   * What shall become one.
   *
   * @param version the version of the surviving record that was looked at
   * @param mergedVersion that of the other one
   * @param particulars what the surviving record says from here on
   */
  record Merging(
      int version,
      PatientId mergedId,
      int mergedVersion,
      PatientParticulars particulars,
      String reason) {}

  /** Why a merge is undone. */
  record Unmerging(String reason) {}

  Patient merge(Tx tx, PatientId survivorId, Merging given) {
    var mergedId = given.mergedId();
    if (survivorId.equals(mergedId)) {
      throw Refusal.invalid("/mergedId", "A record cannot be merged into itself.");
    }
    lock(tx, survivorId, mergedId);
    var survivor = alone(patients.own(tx, survivorId));
    var merged = alone(patients.own(tx, mergedId));
    unchanged(survivor, given.version());
    unchanged(merged, given.mergedVersion());
    var particulars = patients.checked(tx, given.particulars(), "/particulars");
    var reason = reason(given.reason());
    merges.add(tx, survivor, merged, reason);
    index.setIdentifiers(tx, mergedId, List.of());
    store.mergeInto(tx, mergedId, Optional.of(survivorId));
    patients.write(tx, survivor, particulars, "/particulars");
    kept(tx, "merge", reason, survivorId, mergedId);
    return patients.own(tx, survivorId);
  }

  /** Both say again what they said before; what was written meanwhile stays in the history. */
  Patient unmerge(Tx tx, PatientId mergedId, Unmerging given) {
    var survivorId = patients.own(tx, mergedId).mergedInto().orElseThrow(MergeService::notMerged);
    lock(tx, survivorId, mergedId);
    if (patients.own(tx, mergedId).mergedInto().filter(survivorId::equals).isEmpty()) {
      throw notMerged();
    }
    var survivor = alone(patients.own(tx, survivorId));
    var merge = merges.newestInto(tx, survivorId).orElseThrow(MergeService::notMerged);
    if (!merge.merged().equals(mergedId)) {
      throw new Refusal(
          409,
          "merged-later",
          "Another record, No. %s, was merged into this patient later. Undo that one first."
              .formatted(merge.mergedBefore().localNumber()));
    }
    var reason = reason(given.reason());
    merges.undo(tx, merge, reason);
    store.mergeInto(tx, mergedId, Optional.empty());
    patients.write(tx, survivor, merge.survivorBefore(), "");
    if (index
        .setIdentifiers(tx, mergedId, merge.mergedBefore().known().identifiers())
        .isPresent()) {
      throw numberTaken();
    }
    kept(tx, "unmerge", reason, survivorId, mergedId);
    return patients.own(tx, mergedId);
  }

  /** In one order, so that two who do the same at once wait for each other and not for ever. */
  private void lock(Tx tx, PatientId one, PatientId other) {
    Stream.of(one, other)
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .forEach(id -> {
          if (store.lock(tx, tx.caller().organisation(), id).isEmpty()) {
            throw PatientService.unknown();
          }
        });
  }

  private void kept(Tx tx, String act, String reason, PatientId survivor, PatientId merged) {
    for (var id : List.of(survivor, merged)) {
      index.refresh(tx, id);
      store.keepVersion(tx, patients.own(tx, id), act, Optional.of(reason));
      var other = id.equals(survivor) ? merged : survivor;
      platform.audit().append(tx, "patient." + act, Subject.patient(id).part("patient", other));
      patients.tell(tx, id);
    }
  }

  private static Patient alone(Patient patient) {
    if (patient.mergedInto().isPresent()) {
      throw PatientService.merged();
    }
    return patient;
  }

  private static void unchanged(Patient patient, int version) {
    if (patient.version() != version) {
      throw Refusal.editedElsewhere(patient.version());
    }
  }

  private static String reason(String given) {
    var reason = CleanText.of(new Unmerging(given), Unmerging.class).reason().strip();
    if (reason.isEmpty()) {
      throw Refusal.invalid("/reason", "Say in a few words why.");
    }
    return reason;
  }

  private static Refusal notMerged() {
    return new Refusal(
        409, "patient-not-merged", "This record is not merged into another one any more.");
  }

  private static Refusal numberTaken() {
    return new Refusal(
        409,
        "identifier-taken",
        "A number that this record had belongs to somebody else by now. Remove it there first.");
  }
}
