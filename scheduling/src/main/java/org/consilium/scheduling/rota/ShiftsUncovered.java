package org.consilium.scheduling.rota;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.OrganisationId;

/**
 * Times in which somebody was on call have nobody any more: all that one act opened in the rotas of
 * an organisation.
 *
 * @param gaps in the order of their time
 */
public record ShiftsUncovered(OrganisationId organisation, List<Gap> gaps, Instant at)
    implements DomainEvent {

  /** One of them. */
  public record Gap(UUID rota, Instant start, Instant end) {}
}
