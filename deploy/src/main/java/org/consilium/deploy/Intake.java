package org.consilium.deploy;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.SiteId;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.SubmittedRequest;
import org.consilium.scheduling.Scheduling;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.Age;
import org.consilium.scheduling.consult.ConsultChange;
import org.consilium.scheduling.consult.GenderWish;
import org.consilium.scheduling.consult.NewConsult;
import org.consilium.scheduling.volunteer.Gender;

/** Records asks scheduling: a submitted request becomes a consult, in the same transaction. */
final class Intake implements ConsultIntake {
  private final Scheduling scheduling;

  Intake(Scheduling scheduling) {
    this.scheduling = scheduling;
  }

  @Override
  public void submit(Tx tx, SubmittedRequest request) {
    scheduling
        .consults()
        .open(
            tx,
            new NewConsult(
                request.consult(),
                request.organisation(),
                request.site(),
                request.patient(),
                request.requester(),
                new Age(request.age().value(), Wire.of(request.age().unit())),
                same(AgeGroup.class, request.ageGroup()),
                Wire.of(request.sex()),
                request.patientLanguage(),
                request.clinicLanguage(),
                same(ConsultMode.class, request.mode()),
                request.specialty(),
                request.question(),
                same(Urgency.class, request.computed()),
                same(Urgency.class, request.requested()),
                request
                    .genderWish()
                    .map(w -> new GenderWish(same(Gender.class, w.gender()), w.required())),
                request.submittedAt()));
  }

  @Override
  public boolean isTaken(Tx tx, ConsultId consult) {
    return scheduling.consults().isTaken(tx, consult);
  }

  @Override
  public boolean waitsForClinicAlone(Tx tx, ConsultId consult) {
    return scheduling.consults().waitsForClinicAlone(tx, consult);
  }

  @Override
  public Map<ConsultId, Progress> progress(Tx tx, Collection<ConsultId> consults) {
    return scheduling.consults().changes(tx, consults).stream()
        .collect(
            Collectors.toMap(
                ConsultChange::consult,
                change -> new Progress(stage(change), change.version(), change.changedAt())));
  }

  private static Stage stage(ConsultChange change) {
    return switch (change.status()) {
      case "closed" -> Stage.CLOSED;
      case "withdrawn" -> Stage.WITHDRAWN;
      default -> Stage.RUNNING;
    };
  }

  @Override
  public Optional<org.consilium.records.triage.Urgency> urgency(Tx tx, ConsultId consult) {
    return scheduling
        .consults()
        .urgency(tx, consult)
        .map(urgency -> same(org.consilium.records.triage.Urgency.class, urgency));
  }

  @Override
  public Instant openFrom(Tx tx, SiteId site, Instant from) {
    return scheduling.roster().openFrom(tx, site, from).orElse(from);
  }

  @Override
  public boolean mayPractise(Tx tx, AccountId specialist) {
    return scheduling.volunteers().mayNotPractise(tx, Set.of(specialist)).isEmpty();
  }

  @Override
  public void stop(Tx tx, ConsultId consult, String reason) {
    scheduling.consults().stopped(tx, consult, reason);
  }

  /** The modules do not see one another; their catalogues share the names on the wire. */
  private static <E extends Enum<E>> E same(Class<E> type, Enum<?> value) {
    return Wire.parse(type, Wire.of(value));
  }
}
