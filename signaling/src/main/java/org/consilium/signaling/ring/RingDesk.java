package org.consilium.signaling.ring;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.access.TeamMember;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.id.RingId;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.SignIn;
import org.consilium.signaling.call.CallDesk.CallTicket;
import org.consilium.signaling.call.OpenConsults;

/**
 * Rings people and ends rings. A ring is a row; whoever changes it tells every node in the same
 * transaction, so it makes no difference which node a device is connected to.
 */
public final class RingDesk {
  /** Where the nodes hear that a ring has changed. */
  static final String CHANNEL = "consilium_rings";

  /** As long as a telephone rings before nobody is there. */
  static final Duration RINGS_FOR = Duration.ofSeconds(45);

  /** An urgent offer rings longer: the specialist may have to find a quiet place. */
  static final Duration OFFER_RINGS_FOR = Duration.ofMinutes(2);

  /** What one person may ring; a misled client must not wake a whole team all night. */
  static final int RINGS_MAX = 30;

  static final Duration RINGS_WINDOW = Duration.ofMinutes(10);

  /** Claimed in one transaction; the rest follow at once. */
  private static final int EXPIRED_MAX = 100;

  private static final int LISTED_MAX = 50;

  /** Gives the person who answers their way into the call. */
  @FunctionalInterface
  public interface CallTickets {
    CallTicket issue(Tx tx, ConsultId consult, SignIn signIn, String host);
  }

  /** What the nodes are told: which ring, and whom it concerns. */
  record Notice(RingId ring, AccountId callee, Optional<AccountId> caller) {}

  /** Every way an answer or a refusal to answer can end. */
  sealed interface Outcome {
    /** Answered here: {@code call} leads into the call, and is absent for an offer. */
    record Answered(Ring ring, Optional<CallTicket> call) implements Outcome {}

    record Declined(Ring ring) implements Outcome {}

    /** It had ended before. */
    record Over(Ring ring) implements Outcome {}

    record NotFound() implements Outcome {}
  }

  private final Platform platform;
  private final OpenConsults consults;
  private final CallTickets tickets;
  private final RingStore rings = new RingStore();

  public RingDesk(Platform platform, OpenConsults consults, CallTickets tickets) {
    this.platform = platform;
    this.consults = consults;
    this.tickets = tickets;
  }

  RingStore store() {
    return rings;
  }

  /** The ring, and whether it began with this request. */
  record Rung(Ring ring, boolean isNew) {}

  /** The caller rings somebody of the care team, or one to whom this consult is offered. */
  Rung ring(Tx tx, ConsultId consult, AccountId callee) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(
        Relation.CLINIC, Relation.COORDINATOR, Relation.SPECIALIST, Relation.INTERPRETER);
    var caller = tx.caller().account();
    if (callee.equals(caller)) {
      throw new Refusal(409, "rings-oneself", "You cannot ring yourself.");
    }
    var team = platform.careTeam().members(tx, consult);
    return tx.asServer(() -> {
      if (!consults.isOpen(tx, consult)) {
        throw new Refusal(
            409,
            "consult-not-open",
            "There is no call about a consult that is over or not yet sent.");
      }
      var offer =
          isOn(team, callee) ? Optional.<OfferId>empty() : offerTo(tx, standing, consult, callee);
      var running = rings.ringing(tx, consult, callee);
      if (running.isPresent()) {
        return new Rung(running.get(), false);
      }
      refuseIfTooMany(tx, caller);
      var seated = rings.seated(tx, callee, consult);
      if (seated.here()) {
        throw new Refusal(409, "already-in-call", "They are in this call already.");
      }
      platform
          .audit()
          .append(
              tx,
              "call.ring",
              Subject.consult(consult, standing.patient()).part("account", callee));
      return begin(
          tx,
          new RingStore.Draft(
              RingId.random(),
              offer.isPresent() ? RingKind.OFFER : RingKind.CALL,
              consult,
              offer,
              Optional.of(caller),
              callee,
              consults.brief(tx, consult),
              seated.elsewhere() ? RingState.BUSY : RingState.RINGING,
              tx.now().plus(RINGS_FOR)));
    });
  }

  private static boolean isOn(List<TeamMember> team, AccountId account) {
    return team.stream()
        .anyMatch(
            member -> member.account().equals(account) && member.relation() != Relation.OBSERVER);
  }

  /** Who is only asked can be rung about the offer, by those who may see whom it was made to. */
  private Optional<OfferId> offerTo(
      Tx tx, Standing standing, ConsultId consult, AccountId specialist) {
    return Optional.of(
        Optional.ofNullable(consults.openOffers(tx, consult).get(specialist))
            .filter(_ -> standing.is(Relation.CLINIC) || standing.is(Relation.COORDINATOR))
            .orElseThrow(() ->
                Refusal.notFound(
                    "person-not-found", "There is no such person to ring about this consult.")));
  }

  private void refuseIfTooMany(Tx tx, AccountId caller) {
    if (rings.rungSince(tx, caller, tx.now().minus(RINGS_WINDOW)) >= RINGS_MAX) {
      throw new Refusal(
              429, "too-many-rings", "You have rung very often; wait a few minutes, or write.")
          .withHeader("Retry-After", Long.toString(RINGS_WINDOW.toSeconds()));
    }
  }

  private Rung begin(Tx tx, RingStore.Draft draft) {
    if (!rings.insert(tx, draft)) {
      // Somebody else was quicker by a moment.
      return new Rung(rings.ringing(tx, draft.consult(), draft.callee()).orElseThrow(), false);
    }
    return new Rung(changed(tx, draft.id()), true);
  }

  /** The caller gives up. Giving up what has ended changes nothing. */
  Ring cancel(Tx tx, RingId id) {
    var ring = own(tx, id);
    return tx.asServer(() -> {
      boolean ended = rings.end(tx, id, RingState.CANCELLED, Optional.empty(), Optional.empty());
      return ended ? changed(tx, id) : rings.find(tx, ring.id()).orElseThrow();
    });
  }

  private Ring own(Tx tx, RingId id) {
    return rings
        .find(tx, id)
        .filter(
            ring -> ring.caller().filter(by -> by.id().equals(tx.caller().account())).isPresent())
        .orElseThrow(() -> Refusal.notFound("ring-not-found", "You have no such ring."));
  }

  /** The latest attempts to reach somebody about this consult, newest first. */
  List<Ring> ofConsult(Tx tx, ConsultId consult) {
    platform.careTeam().standing(tx, consult);
    return rings.ofConsult(tx, consult, LISTED_MAX);
  }

  /** What the caller has missed and not seen yet, newest first. */
  List<Ring> missed(Tx tx) {
    return rings.missed(tx, tx.caller().account(), LISTED_MAX);
  }

  /** The caller has seen these. */
  void seen(Tx tx, Collection<RingId> ids) {
    var callee = tx.caller().account();
    tx.asServer(() -> rings.seen(tx, callee, ids));
  }

  // ---- from a device ---------------------------------------------------------------------------

  /** The first answer wins; asking again from the same sign-in gives another ticket. */
  Outcome answer(Caller callee, SignIn signIn, String host, RingId id) {
    return platform
        .database()
        .inTransaction(
            callee,
            tx -> {
              var known = mine(tx, id);
              if (known.isEmpty()) {
                return new Outcome.NotFound();
              }
              mustBeSignedIn(tx, signIn);
              var by = Optional.of(signIn.id());
              var ring =
                  tx.asServer(() ->
                      rings.end(tx, id, RingState.ANSWERED, Optional.empty(), by)
                          ? changed(tx, id)
                          : rings.find(tx, id).orElseThrow());
              return ring.answeredBy().equals(by)
                  ? new Outcome.Answered(ring, way(tx, ring, signIn, host))
                  : new Outcome.Over(ring);
            });
  }

  private void mustBeSignedIn(Tx tx, SignIn signIn) {
    if (platform.identity().caller(tx, signIn).isEmpty()) {
      throw new Refusal(401, "not-signed-in", "Sign in again to answer.");
    }
  }

  private Optional<CallTicket> way(Tx tx, Ring ring, SignIn signIn, String host) {
    return switch (ring.kind()) {
      case CALL -> Optional.of(tickets.issue(tx, ring.consultId(), signIn, host));
      case OFFER -> Optional.empty();
    };
  }

  Outcome decline(Caller callee, RingId id, DeclineReason reason) {
    return platform
        .database()
        .inTransaction(
            callee,
            tx -> {
              var known = mine(tx, id);
              if (known.isEmpty()) {
                return new Outcome.NotFound();
              }
              return tx.asServer(() ->
                  rings.end(tx, id, RingState.DECLINED, Optional.of(reason), Optional.empty())
                      ? new Outcome.Declined(changed(tx, id))
                      : new Outcome.Over(rings.find(tx, id).orElseThrow()));
            });
  }

  private Optional<Ring> mine(Tx tx, RingId id) {
    return rings.find(tx, id).filter(ring -> ring.callee().id().equals(tx.caller().account()));
  }

  // ---- of itself -------------------------------------------------------------------------------

  /**
   * Ends what has rung long enough; each ring once, however many nodes do this. To be run each
   * second, off the event loop.
   *
   * @return how many were missed
   */
  public int runDue() {
    int missed = 0;
    int claimed;
    do {
      claimed = platform.database().asWorker(this::expire);
      missed += claimed;
    } while (claimed == EXPIRED_MAX);
    return missed;
  }

  private int expire(Tx tx) {
    var expired = rings.expire(tx, EXPIRED_MAX);
    expired.forEach(id -> missed(tx, changed(tx, id)));
    return expired.size();
  }

  private void missed(Tx tx, Ring ring) {
    platform
        .outbox()
        .publish(
            tx,
            new RingMissed(ring.id(), ring.consultId(), ring.kind(), ring.callee().id(), tx.now()));
  }

  /**
   * Who leaves the call waits for nobody any more. In the server's own transaction.
   *
   * @param person the text of an account's id; a guest's rings nobody
   */
  public void somebodyLeft(Tx tx, ConsultId consult, String person) {
    end(tx, rings.byCaller(tx, consult, AccountId.parse(person)), RingState.CANCELLED);
  }

  /**
   * Rings somebody about an offer, from now on or until it ends. Several offers of one consult ring
   * beside each other. The same offer again changes nothing. In the server's own transaction.
   */
  public void ringForOffer(
      Tx tx, OfferId offer, ConsultId consult, AccountId to, Instant offerExpiresAt) {
    boolean open = offer.equals(consults.openOffers(tx, consult).get(to));
    if (!open || rings.hasRung(tx, offer)) {
      return;
    }
    var longest = tx.now().plus(OFFER_RINGS_FOR);
    begin(
        tx,
        new RingStore.Draft(
            RingId.random(),
            RingKind.OFFER,
            consult,
            Optional.of(offer),
            Optional.empty(),
            to,
            consults.brief(tx, consult),
            rings.seated(tx, to, consult).elsewhere() ? RingState.BUSY : RingState.RINGING,
            longest.isBefore(offerExpiresAt) ? longest : offerExpiresAt.plusSeconds(1)));
  }

  /**
   * The offer was accepted, refused, taken back or has expired. In the server's own transaction.
   */
  public void offerEnded(Tx tx, OfferId offer, RingState how) {
    end(tx, rings.byOffer(tx, offer), how);
  }

  private void end(Tx tx, List<RingId> ids, RingState how) {
    for (var id : ids) {
      if (rings.end(tx, id, how, Optional.empty(), Optional.empty())) {
        var ring = changed(tx, id);
        if (how == RingState.MISSED) {
          missed(tx, ring);
        }
      }
    }
  }

  /** Tells every node and the pages of the care team. */
  private Ring changed(Tx tx, RingId id) {
    var ring = rings.find(tx, id).orElseThrow();
    tell(tx, ring);
    var team =
        Stream.concat(
                platform.careTeam().members(tx, ring.consultId()).stream().map(TeamMember::account),
                Stream.of(ring.callee().id()))
            .distinct()
            .toList();
    platform.changes().tell(tx, "call", ring.consultId().value(), rings.ownerOf(tx, id), team);
    return ring;
  }

  private void tell(Tx tx, Ring ring) {
    platform
        .notices()
        .tell(
            tx,
            CHANNEL,
            Json.text(
                new Notice(
                    ring.id(), ring.callee().id(), ring.caller().map(caller -> caller.id()))));
  }
}
