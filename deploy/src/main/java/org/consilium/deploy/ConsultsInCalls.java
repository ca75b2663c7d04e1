package org.consilium.deploy;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.scheduling.Scheduling;
import org.consilium.scheduling.offer.Offer;
import org.consilium.signaling.call.OpenConsults;

/** Signaling asks scheduling which consults go on. */
record ConsultsInCalls(Scheduling scheduling) implements OpenConsults {
  @Override
  public boolean isOpen(Tx tx, ConsultId consult) {
    return scheduling.consults().isOpen(tx, consult);
  }

  @Override
  public Set<ConsultId> openAmong(Tx tx, Collection<ConsultId> consults) {
    return scheduling.consults().openAmong(tx, consults);
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
