package org.consilium.deploy;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.records.Records;
import org.consilium.scheduling.Scheduling;
import org.consilium.scheduling.offer.Offer;
import org.consilium.signaling.call.OpenConsults;

/** Signaling asks scheduling which consults go on, and records whether the patient agrees. */
record ConsultsInCalls(Scheduling scheduling, Records records) implements OpenConsults {
  @Override
  public boolean isOpen(Tx tx, ConsultId consult) {
    return scheduling.consults().isOpen(tx, consult)
        && records.consents().withoutVideo(tx, Set.of(consult)).isEmpty();
  }

  @Override
  public Set<ConsultId> openAmong(Tx tx, Collection<ConsultId> consults) {
    var open = new HashSet<>(scheduling.consults().openAmong(tx, consults));
    open.removeAll(records.consents().withoutVideo(tx, consults));
    return open;
  }

  @Override
  public void requireCallable(Tx tx, ConsultId consult) {
    if (!records.consents().withoutVideo(tx, Set.of(consult)).isEmpty()) {
      throw new Refusal(
          409,
          "video-not-agreed",
          "The patient does not agree to live calls. Write in the thread, or the clinic asks again.");
    }
  }

  @Override
  public Set<AccountId> mayNotPractise(Tx tx, Collection<AccountId> specialists) {
    return scheduling.volunteers().mayNotPractise(tx, specialists);
  }

  @Override
  public Optional<Instant> appointmentEnd(Tx tx, ConsultId consult) {
    return scheduling.booking().service().lastComingEnd(tx, consult);
  }

  @Override
  public Optional<Brief> brief(Tx tx, ConsultId consult) {
    return scheduling
        .consults()
        .find(tx, consult)
        .map(found -> new Brief(found.urgency().now().wire(), found.specialty()));
  }

  @Override
  public Map<AccountId, OfferId> openOffers(Tx tx, ConsultId consult) {
    return scheduling.offers().open(tx, consult).stream()
        .collect(Collectors.toMap(Offer::specialist, Offer::id, (first, _) -> first));
  }
}
