package org.consilium.records.patient;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.PatientId;
import org.consilium.records.text.SearchText;

/** Who of the organisation may be the same person, and who was said not to be. */
final class LookAlikeService {
  private static final int SHOWN_MAX = 10;
  private static final int SAME_NUMBER_MAX = 20;
  private static final int NUMBER_SAYS_SOMETHING_FROM = 3;

  /** Beside the doubt of the date itself: the two may have been told differently. */
  private static final int TOLD_DIFFERENTLY_DAYS = 1100;

  private final Platform platform;
  private final PatientService patients;
  private final PatientIndex index;
  private final MergeStore merges;

  LookAlikeService(Platform platform, PatientService patients, MergeStore merges) {
    this.platform = platform;
    this.patients = patients;
    this.index = patients.index();
    this.merges = merges;
  }

  /** For somebody who is about to be registered. */
  List<LookAlike> of(Tx tx, PatientParticulars given) {
    return likely(tx, patients.checked(tx, given, ""), Set.of());
  }

  /** For somebody who is registered; those who were said to be others are left out. */
  List<LookAlike> of(Tx tx, PatientId id) {
    var patient = patients.own(tx, id);
    if (patient.mergedInto().isPresent()) {
      return List.of();
    }
    var others = Stream.concat(Stream.of(id), merges.keptApart(tx, id).stream());
    return likely(tx, patient.particulars(), others.collect(Collectors.toSet()));
  }

  /** Keeps that these are two people however alike. */
  void keepApart(Tx tx, PatientId one, PatientId other) {
    patients.own(tx, one);
    patients.own(tx, other);
    if (one.equals(other)) {
      throw Refusal.invalid("/otherId", "This is the same record.");
    }
    merges.keepApart(tx, one, other);
    platform.audit().append(tx, "patient.keep-apart", Subject.patient(one).part("patient", other));
  }

  private List<LookAlike> likely(Tx tx, PatientParticulars given, Set<PatientId> leftOut) {
    var today = PatientService.today(tx);
    var likely =
        candidates(tx, given).stream()
            .filter(candidate -> !leftOut.contains(candidate.id()))
            .flatMap(candidate -> LookAlike.judge(given, candidate, today).stream())
            .sorted(Comparator.comparingInt(LookAlike::points).reversed())
            .limit(SHOWN_MAX)
            .toList();
    patients.seen(tx, likely.stream().map(LookAlike::patient).toList());
    return likely;
  }

  private List<Patient> candidates(Tx tx, PatientParticulars given) {
    var today = PatientService.today(tx);
    var born = given.born(today);
    int doubt = born.doubtDays() + TOLD_DIFFERENTLY_DAYS;
    var found = new LinkedHashMap<PatientId, Patient>();
    var alike =
        index.lookAlikes(
            tx,
            SearchKeys.of(List.of(given)),
            given.sex(),
            born.date().minusDays(doubt),
            born.date().plusDays(doubt));
    Stream.of(alike, withNumber(tx, given), withIdentifiers(tx, given))
        .flatMap(List::stream)
        .forEach(patient -> found.put(patient.id(), patient));
    return List.copyOf(found.values());
  }

  private List<Patient> withNumber(Tx tx, PatientParticulars given) {
    var number = SearchText.of(given.localNumber());
    return number.length() < NUMBER_SAYS_SOMETHING_FROM
        ? List.of()
        : index.search(tx, List.of(number), Optional.empty(), SAME_NUMBER_MAX);
  }

  private List<Patient> withIdentifiers(Tx tx, PatientParticulars given) {
    return given.known().identifiers().stream()
        .flatMap(one -> index.withIdentifier(tx, one).stream())
        .flatMap(id -> patients.find(tx, id).stream())
        .toList();
  }
}
