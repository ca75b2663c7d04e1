package org.consilium.records.patient;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;
import org.consilium.records.patient.History.Side;
import org.consilium.records.patient.MergeService.Merging;
import org.consilium.records.patient.MergeService.Unmerging;

/** Records that look like one person, are made one, are two again; over HTTP. */
public final class MergeRoutes {
  private final Platform platform;
  private final PatientService patients;
  private final LookAlikeService lookAlikes;
  private final MergeService merges;
  private final MergeStore store = new MergeStore();

  public MergeRoutes(Platform platform, PatientService patients) {
    this.platform = platform;
    this.patients = patients;
    this.lookAlikes = new LookAlikeService(platform, patients, store);
    this.merges = new MergeService(platform, patients, store);
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("findLookAlikes", this::find)
        .operation("listLookAlikes", this::list)
        .operation("keepPatientsApart", this::keepApart)
        .operation("mergePatients", this::merge)
        .operation("unmergePatients", this::unmerge)
        .operation("getPatientHistory", this::history);
  }

  private record LookAlikes(List<LookAlikeShown> items) {}

  private record LookAlikeShown(PatientShown patient, List<String> reasons) {}

  private record Distinction(PatientId otherId) {}

  private Answer find(Call call) {
    return shown(call, lookAlikes.of(call.tx(), call.body(PatientParticulars.class)));
  }

  private Answer list(Call call) {
    return shown(call, lookAlikes.of(call.tx(), patientId(call)));
  }

  private Answer shown(Call call, List<LookAlike> likely) {
    var shown =
        PatientShown.of(
            call.tx(), platform.directory(), likely.stream().map(LookAlike::patient).toList());
    var items =
        Stream.iterate(0, i -> i < likely.size(), i -> i + 1)
            .map(i -> new LookAlikeShown(shown.get(i), likely.get(i).reasons()))
            .toList();
    return Answer.ok(new LookAlikes(items));
  }

  private Answer keepApart(Call call) {
    lookAlikes.keepApart(call.tx(), patientId(call), call.body(Distinction.class).otherId());
    return Answer.noContent();
  }

  private Answer merge(Call call) {
    return versioned(call, merges.merge(call.tx(), patientId(call), call.body(Merging.class)));
  }

  private Answer unmerge(Call call) {
    return versioned(call, merges.unmerge(call.tx(), patientId(call), call.body(Unmerging.class)));
  }

  private Answer versioned(Call call, Patient patient) {
    var shown =
        PatientShown.of(call.tx(), platform.directory(), List.of(patient))
            .getFirst()
            .from(patients.mergedFrom(call.tx(), patient.id()));
    return Answer.ok(shown).withHeader("ETag", "\"" + patient.version() + "\"");
  }

  private Answer history(Call call) {
    var id = patients.read(call.tx(), patientId(call)).id();
    var versions = store.versions(call.tx(), id);
    var together = store.ofPatient(call.tx(), id);
    var people =
        platform
            .directory()
            .people(
                call.tx(),
                Stream.of(
                        versions.stream().map(MergeStore.Version::by),
                        together.stream().map(Merge::by),
                        together.stream().flatMap(m -> m.undone().stream()).map(Merge.Undone::by))
                    .flatMap(ids -> ids)
                    .distinct()
                    .toList());
    return Answer.ok(
        new History(
            History.entries(versions, by -> person(people, by)),
            together.stream().map(merge -> shown(merge, people)).toList()));
  }

  private static History.MergeShown shown(Merge merge, Map<AccountId, Person> people) {
    return new History.MergeShown(
        side(merge.survivor(), merge.survivorBefore()),
        side(merge.merged(), merge.mergedBefore()),
        merge.reason(),
        person(people, merge.by()),
        merge.at(),
        merge
            .undone()
            .map(undone ->
                new History.UndoneShown(
                    undone.reason(), person(people, undone.by()), undone.at())));
  }

  private static Side side(PatientId id, PatientParticulars before) {
    return new Side(id, before.localNumber(), before.name());
  }

  private static PersonRef person(Map<AccountId, Person> people, AccountId id) {
    return new PersonRef(id, people.get(id).name());
  }

  private static PatientId patientId(Call call) {
    return new PatientId(call.pathId("patientId"));
  }
}
