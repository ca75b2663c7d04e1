package org.consilium.signaling.call;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.identity.SignIn;
import org.consilium.signaling.record.CallEvent;
import org.consilium.signaling.record.RecordStore;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.CallTickets;

/** Gives out tickets for a consult's call and takes them back, each once. */
public final class CallDesk implements CallTickets {
  /** Long enough for a handshake on a bad link, too short to be passed on. */
  static final Duration TICKET_LIFE = Duration.ofMinutes(1);

  /** A page needs one for each new start of a call; a browser that reloads all day stays below. */
  static final int TICKETS_MAX = 100;

  static final Duration TICKETS_WINDOW = Duration.ofMinutes(10);

  /** A shift; then the right to sit in the call is looked up anew. */
  private static final Duration SEAT_LIFE = Duration.ofHours(12);

  private final Platform platform;
  private final Optional<URI> publicUrl;
  private final OpenConsults consults;
  private final CallStore calls = new CallStore();
  private final RecordStore record = new RecordStore();
  private final LeaseStore leases = new LeaseStore();
  private final Node node;

  public CallDesk(Platform platform, Optional<URI> publicUrl, OpenConsults consults, Node node) {
    this.node = node;
    this.consults = consults;
    this.platform = platform;
    this.publicUrl = publicUrl;
  }

  /** What a browser needs to take a seat. */
  public record CallTicket(
      String ticket,
      String url,
      Instant expiresAt,
      CallRole role,
      List<CallRole> roles,
      AdmissionMode admission) {}

  /** Who is in the call that is up, and who waits outside. */
  public record CallView(
      boolean active,
      CallId callId,
      Instant startedAt,
      List<Sitter> present,
      List<Sitter> waiting) {}

  /** A person in a call as others see them. */
  public record Sitter(String name, String role) {}

  CallView view(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    platform.audit().append(tx, "call.read", Subject.consult(consult, standing.patient()));
    return calls
        .findOpen(tx, consult)
        .filter(call -> call.startedAt() != null)
        .map(call -> {
          var seats = calls.seats(tx, call.id());
          return new CallView(
              seats.stream().anyMatch(seat -> !seat.state().equals("waiting")),
              call.id(),
              call.startedAt(),
              sitters(seats, false),
              sitters(seats, true));
        })
        .orElseGet(() -> new CallView(false, null, null, List.of(), List.of()));
  }

  private static List<Sitter> sitters(List<CallStore.SeatRow> seats, boolean waiting) {
    return seats.stream()
        .filter(seat -> seat.state().equals("waiting") == waiting)
        .map(seat -> new Sitter(seat.name(), seat.role()))
        .toList();
  }

  /** A ticket for the caller's own seat; the first one opens the call. */
  public CallTicket issue(Tx tx, ConsultId consult, SignIn signIn, String host) {
    var standing = platform.careTeam().standing(tx, consult);
    if (standing.is(Relation.SPECIALIST) && !mayPractise(tx, tx.caller().account())) {
      throw new Refusal(
          403,
          "licence-over",
          "Your licence has ended or is suspended, so you cannot advise in a call. Write to your"
              + " coordinator.");
    }
    var ticket =
        issue(
            tx,
            standing.owner(),
            consult,
            TicketHolder.of(tx.caller().account(), tx.caller().name(), signIn),
            role(standing),
            roles(standing),
            AdmissionMode.DIRECT,
            tx.now().plus(SEAT_LIFE),
            host);
    platform.audit().append(tx, "call.ticket", Subject.consult(consult, standing.patient()));
    return ticket;
  }

  /**
   * A ticket for anybody's seat, once the right to it is settled; 409 when the consult is over, 429
   * past {@value #TICKETS_MAX} in ten minutes.
   */
  public CallTicket issue(
      Tx tx,
      OrganisationId owner,
      ConsultId consult,
      TicketHolder holder,
      CallRole role,
      Set<CallRole> roles,
      AdmissionMode mode,
      Instant seatUntil,
      String host) {
    consults.requireCallable(tx, consult);
    if (!consults.isOpen(tx, consult)) {
      throw new Refusal(
          409,
          "consult-not-open",
          "There is no call about a consult that is over or not yet sent.");
    }
    refuseIfTooMany(tx, holder.person());
    var call = calls.open(tx, owner, consult);
    var ticket = Secrets.token();
    var expiresAt = tx.now().plus(TICKET_LIFE);
    var admission =
        new Admission(call, consult, holder.person(), holder.name(), role, roles, mode, seatUntil);
    calls.keepTicket(tx, ticket, owner, admission, holder, expiresAt);
    record.event(tx, call, CallEvent.ticket(tx.now(), holder.person(), holder.name(), role));
    return new CallTicket(
        ticket,
        PublicAddress.signal(publicUrl, host),
        expiresAt,
        role,
        List.copyOf(admission.roles()),
        mode);
  }

  private boolean mayPractise(Tx tx, AccountId specialist) {
    return consults.mayNotPractise(tx, Set.of(specialist)).isEmpty();
  }

  /** Whether whoever may advise with this ticket may do so still. */
  private boolean mayPractise(Tx tx, Admission admission) {
    return !admission.roles().contains(CallRole.SPECIALIST)
        || mayPractise(tx, AccountId.parse(admission.person()));
  }

  private void refuseIfTooMany(Tx tx, String person) {
    var issued = calls.issuedSince(tx, person, tx.now().minus(TICKETS_WINDOW));
    if (issued.tickets() < TICKETS_MAX) {
      return;
    }
    var again = issued.firstAt().orElseThrow().plus(TICKETS_WINDOW);
    long seconds = Math.max(1, Duration.between(tx.now(), again).toSeconds());
    throw new Refusal(
            429,
            "too-many-tickets",
            "This call was joined too often just now; try again in %d seconds.".formatted(seconds))
        .withHeader("Retry-After", Long.toString(seconds));
  }

  /** The consult's open call, if there is one. */
  public Optional<CallId> openCall(Tx tx, ConsultId consult) {
    return calls.findOpen(tx, consult).map(CallStore.OpenCall::id);
  }

  @Override
  public Future<Optional<Admission>> redeem(String ticket) {
    Promise<Optional<Admission>> promise = Promise.promise();
    Thread.ofVirtual()
        .start(() -> {
          try {
            promise.complete(platform.database().asWorker(tx -> redeem(tx, ticket)));
          } catch (RuntimeException e) {
            promise.fail(e);
          }
        });
    return promise.future();
  }

  private Optional<Admission> redeem(Tx tx, String ticket) {
    var redeemed =
        calls
            .redeem(tx, ticket)
            .filter(good -> consults.isOpen(tx, good.admission().consult()))
            .filter(good -> mayPractise(tx, good.admission()));
    redeemed.ifPresent(used -> {
      var good = used.admission();
      if (used.unserved()) {
        calls.reopen(tx, good.call(), node.name());
      }
      if (!node.reachesOthers().getAsBoolean()
          && leases.isServedElsewhere(tx, node.name(), good.call())) {
        // Rolls back: the ticket stays good.
        throw new IllegalStateException("another node serves the call, and cannot be reached now");
      }
    });
    return redeemed.map(CallStore.Redeemed::admission);
  }

  private static CallRole role(Standing standing) {
    if (standing.is(Relation.SPECIALIST)) {
      return CallRole.SPECIALIST;
    }
    if (standing.is(Relation.CLINIC)) {
      return CallRole.CLINICIAN;
    }
    if (standing.is(Relation.COORDINATOR) || standing.is(Relation.SUPERVISOR)) {
      return CallRole.COORDINATOR;
    }
    if (standing.is(Relation.INTERPRETER)) {
      return CallRole.INTERPRETER;
    }
    if (standing.is(Relation.OBSERVER)) {
      return CallRole.OBSERVER;
    }
    throw new Refusal(403, "not-your-part", "Your role has no seat in this call.");
  }

  /**
   * What a host of the call may make this person: whatever the care team says they are, and whoever
   * treats or coordinates may also interpret or look on.
   */
  private static Set<CallRole> roles(Standing standing) {
    var roles = EnumSet.of(CallRole.OBSERVER);
    if (standing.is(Relation.SPECIALIST)) {
      roles.add(CallRole.SPECIALIST);
    }
    if (standing.is(Relation.CLINIC)) {
      roles.add(CallRole.CLINICIAN);
    }
    if (standing.is(Relation.COORDINATOR) || standing.is(Relation.SUPERVISOR)) {
      roles.add(CallRole.COORDINATOR);
    }
    if (roles.size() > 1 || standing.is(Relation.INTERPRETER)) {
      roles.add(CallRole.INTERPRETER);
    }
    return roles;
  }
}
