package org.consilium.signaling.ring;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.PersonRef;
import org.consilium.signaling.call.OpenConsults;

/** Tells a caller whom they can ring, and whether it would be heard. */
public final class WhoToRing {
  /** Whether ringing a person would be heard. */
  enum Reach implements Wire {
    REACHABLE,
    /** Sits in this consult's call. */
    HERE,
    /** Sits in another call. */
    IN_CALL,
    /** No page of theirs is open. */
    AWAY
  }

  /**
   * Somebody to ring.
   *
   * @param relation what they are to the consult; absent for one to whom it is offered
   */
  record Ringable(PersonRef person, Optional<Relation> relation, Reach reach) {}

  private final Platform platform;
  private final OpenConsults consults;
  private final RingStore rings = new RingStore();
  private final PresenceStore presence = new PresenceStore();

  public WhoToRing(Platform platform, OpenConsults consults) {
    this.platform = platform;
    this.consults = consults;
  }

  /** Whom the caller may ring about this consult, and whether it would be heard. */
  List<Ringable> people(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    var own = tx.caller().account();
    boolean seesOffers = standing.is(Relation.CLINIC) || standing.is(Relation.COORDINATOR);
    return tx.asServer(() -> {
      var relations = new LinkedHashMap<AccountId, Optional<Relation>>();
      for (var member : platform.careTeam().members(tx, consult)) {
        if (member.relation() != Relation.OBSERVER) {
          relations.putIfAbsent(member.account(), Optional.of(member.relation()));
        }
      }
      if (seesOffers) {
        consults
            .openOffers(tx, consult)
            .keySet()
            .forEach(asked -> relations.putIfAbsent(asked, Optional.empty()));
      }
      relations.remove(own);
      if (relations.isEmpty()) {
        return List.of();
      }
      var names = platform.directory().people(tx, relations.keySet());
      var reachable = presence.reachable(tx, relations.keySet());
      return relations.entrySet().stream()
          .map(entry -> {
            var account = entry.getKey();
            var seated = rings.seated(tx, account, consult);
            return new Ringable(
                new PersonRef(account, names.get(account).name()),
                entry.getValue(),
                seated.here()
                    ? Reach.HERE
                    : seated.elsewhere()
                        ? Reach.IN_CALL
                        : reachable.contains(account) ? Reach.REACHABLE : Reach.AWAY);
          })
          .toList();
    });
  }

  /** Which of these people can be rung now: volunteers, and the caller's own organisation. */
  List<AccountId> reachable(Tx tx, Collection<AccountId> accounts) {
    return List.copyOf(presence.reachableFor(tx, accounts));
  }
}
