package org.consilium.records.patient;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Directory;
import org.consilium.platform.identity.Site;
import org.consilium.platform.identity.SiteRef;

/** A patient as the contract shows one to the own organisation. */
record PatientShown(
    PatientId id,
    Optional<SiteRef> site,
    String localNumber,
    Optional<String> name,
    Optional<String> phone,
    Age age,
    BirthDate birthDate,
    Sex sex,
    Allergies allergies,
    String language,
    Optional<String> guardian,
    Identity identity,
    Optional<PatientId> mergedInto,
    List<PatientId> mergedFrom,
    int version,
    Instant registeredAt) {

  static List<PatientShown> of(Tx tx, Directory directory, List<Patient> list) {
    var ids = list.stream().flatMap(p -> p.site().stream()).collect(Collectors.toSet());
    var sites = ids.isEmpty() ? Map.<SiteId, Site>of() : directory.sites(tx, ids);
    var today = PatientService.today(tx);
    return list.stream()
        .map(p ->
            new PatientShown(
                p.id(),
                p.site().map((SiteId id) -> SiteRef.of(sites.get(id))),
                p.localNumber(),
                p.name(),
                p.phone(),
                p.born().ageOn(today),
                p.born(),
                p.sex(),
                p.allergies(),
                p.language(),
                p.guardian(),
                p.identity(),
                p.mergedInto(),
                List.of(),
                p.version(),
                p.registeredAt()))
        .toList();
  }

  /** The same, naming the records that were merged into this one. */
  PatientShown from(List<PatientId> merged) {
    return new PatientShown(
        id,
        site,
        localNumber,
        name,
        phone,
        age,
        birthDate,
        sex,
        allergies,
        language,
        guardian,
        identity,
        mergedInto,
        merged,
        version,
        registeredAt);
  }
}
