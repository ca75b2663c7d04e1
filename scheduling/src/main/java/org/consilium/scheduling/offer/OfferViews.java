package org.consilium.scheduling.offer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;
import org.consilium.scheduling.catalogue.RefusalReason;
import org.consilium.scheduling.matching.Term;

/** Offers as the contract shows them. */
public final class OfferViews {
  /** More are history that nobody pages through. */
  private static final int OWN_MAX = 100;

  record View(
      OfferId id,
      ConsultId consultId,
      PersonRef specialist,
      OfferStatus status,
      Instant sentAt,
      Instant expiresAt,
      Optional<Instant> answeredAt,
      int rank,
      List<Term> terms,
      Optional<Refused> refusal,
      Optional<Instant> seenAt,
      Optional<Instant> remindedAt,
      boolean rang,
      About about) {}

  record Refused(RefusalReason reason, Optional<String> comment, Optional<PersonRef> colleague) {}

  private final Platform platform;
  private final OfferService service;

  public OfferViews(Platform platform, OfferService service) {
    this.platform = platform;
    this.service = service;
  }

  View one(Tx tx, OfferStore.Kept kept) {
    return views(tx, List.of(kept)).getFirst();
  }

  List<View> own(Tx tx) {
    return views(tx, service.store().ofSpecialist(tx, tx.caller().account(), OWN_MAX));
  }

  /** Every attempt to place this consult, in order. */
  public List<?> ofConsult(Tx tx, ConsultId consult) {
    return views(tx, service.store().ofConsult(tx, consult));
  }

  private List<View> views(Tx tx, List<OfferStore.Kept> offers) {
    if (offers.isEmpty()) {
      return List.of();
    }
    var ids = offers.stream().map(o -> o.offer().specialist()).collect(Collectors.toSet());
    offers.forEach(o -> o.trace().colleague().ifPresent(ids::add));
    var people = platform.directory().people(tx, ids);
    return offers.stream().map(kept -> view(kept, people)).toList();
  }

  private static View view(OfferStore.Kept kept, Map<AccountId, Person> people) {
    var offer = kept.offer();
    return new View(
        offer.id(),
        offer.consult(),
        ref(people, offer.specialist()),
        offer.status(),
        offer.sentAt(),
        offer.expiresAt(),
        offer.answeredAt(),
        kept.rank(),
        kept.terms(),
        offer
            .reason()
            .map(reason ->
                new Refused(
                    reason, offer.comment(), kept.trace().colleague().map(id -> ref(people, id)))),
        kept.trace().seenAt(),
        kept.trace().remindedAt(),
        kept.trace().rang(),
        kept.about());
  }

  private static PersonRef ref(Map<AccountId, Person> people, AccountId id) {
    return new PersonRef(id, people.get(id).name());
  }
}
