package org.consilium.scheduling.consult;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;

/**
 * What can be done with a consult, each in the caller's own transaction. The methods that other
 * modules' events lead to may come twice: the second time changes nothing.
 */
public final class ConsultService {
  /** What must end when a consult does: its offers, its appointments. */
  @FunctionalInterface
  public interface Ending {
    void end(Tx tx, Consult consult, String reason);
  }

  /** Whether the people of a consult are to meet. */
  @FunctionalInterface
  public interface Meetings {
    boolean isComing(Tx tx, ConsultId consult);
  }

  /** What begins by itself when a consult does, and when it is confirmed what it is. */
  public interface Placement {
    void opened(Tx tx, Consult consult);

    /**
     * @param lifeThreatening more are asked at once
     */
    void confirmed(Tx tx, Consult consult, boolean lifeThreatening);
  }

  private final Platform platform;
  private final ConsultStore consults;
  private final CatalogueStore catalogue;
  private final ConsultChanges changes;
  private final Placement placement;
  private final List<Ending> endings;
  private final Meetings meetings;

  public ConsultService(
      Platform platform,
      ConsultStore consults,
      CatalogueStore catalogue,
      ConsultChanges changes,
      Placement placement,
      List<Ending> endings,
      Meetings meetings) {
    this.platform = platform;
    this.consults = consults;
    this.catalogue = catalogue;
    this.changes = changes;
    this.placement = placement;
    this.endings = List.copyOf(endings);
    this.meetings = meetings;
  }

  /** Takes a submitted request in. The same id again is the same consult, and nothing happens. */
  public void open(Tx tx, NewConsult request) {
    var current = catalogue.newest(tx);
    var urgency = request.computed().orMoreUrgent(request.requested());
    var consult = Consult.submitted(request, current.targets(urgency), current.version());
    platform
        .careTeam()
        .open(tx, request.id(), request.organisation(), request.patient(), request.site());
    if (!consults.insert(tx, consult)) {
      mustBeTheSame(tx, request);
      return;
    }
    platform.careTeam().join(tx, request.id(), request.requester(), Relation.REQUESTER);
    platform.audit().append(tx, "consult.open", consult.subject());
    changes.remember(
        tx,
        consult,
        Line.by(tx, Kind.SUBMITTED)
            .actor(Optional.of(request.requester()))
            .on(request.submittedAt()));
    asServer(tx, () -> placement.opened(tx, consult));
  }

  /** An id that stands for something else, perhaps elsewhere, must not pass for a submission. */
  private void mustBeTheSame(Tx tx, NewConsult request) {
    boolean same =
        consults
            .find(tx, request.id())
            .map(ConsultStore.Kept::consult)
            .filter(known -> known.organisation().equals(request.organisation()))
            .filter(known -> known.patient().equals(request.patient()))
            .isPresent();
    if (!same) {
      throw new Refusal(
          409, "consult-id-taken", "This id stands for another consult. Send it under a new one.");
    }
  }

  /** The coordinator says what it is. Another urgency than now needs a reason. */
  public void triage(
      Tx tx,
      ConsultId id,
      Urgency urgency,
      String specialty,
      ConsultMode mode,
      Optional<String> reason,
      boolean lifeThreatening) {
    platform.careTeam().standing(tx, id).require(Relation.COORDINATOR);
    var consult = changes.lock(tx, id);
    var targets = catalogue.version(tx, consult.targetsVersion());
    if (targets.specialty(specialty).isEmpty()) {
      throw Refusal.invalid("/specialty", "The catalogue has no such specialty.");
    }
    boolean changed =
        urgency != consult.urgency().now()
            || mode != consult.mode()
            || consult.specialty().filter(wanted -> !wanted.equals(specialty)).isPresent();
    if (changed && reason.filter(text -> !text.isBlank()).isEmpty()) {
      throw Refusal.invalid("/reason", "Say why you change what the clinic asked for.");
    }
    var triaged =
        ConsultChanges.taken(consult.triage(urgency, specialty, mode, targets.targets(urgency)));
    platform.audit().append(tx, "consult.triage", consult.subject());
    changes.save(
        tx,
        triaged,
        Line.by(tx, Kind.TRIAGED)
            .because(reason)
            .with(Map.of("urgency", urgency.wire(), "specialty", specialty, "mode", mode.wire())));
    asServer(tx, () -> placement.confirmed(tx, triaged, lifeThreatening));
  }

  /** New findings mean another urgency; it is written down, and told to whoever coordinates. */
  public void recomputed(Tx tx, ConsultId id, AccountId by, Urgency computed, Instant at) {
    step(
            tx,
            id,
            consult -> {
              var graver = consult.urgency().computedAnew(computed).now();
              var targets = catalogue.version(tx, consult.targetsVersion()).targets(graver);
              return consult.recompute(
                  computed,
                  at,
                  due -> due == Due.For.TRIAGE ? targets.triageMinutes() : targets.acceptMinutes());
            })
        .ifPresent(change ->
            changes.remember(
                tx,
                change.is(),
                Line.by(tx, Kind.RECOMPUTED)
                    .actor(Optional.of(by))
                    .on(at)
                    .with(
                        Map.of(
                            "from", change.was().urgency().computed().wire(),
                            "urgency", computed.wire(),
                            "now", change.is().urgency().now().wire()))));
  }

  /** Takes the consult back; its offers and appointments end with it. */
  public void withdraw(Tx tx, ConsultId id, String reason) {
    platform
        .careTeam()
        .standing(tx, id)
        .require(Relation.CLINIC, Relation.REQUESTER, Relation.COORDINATOR);
    withdraw(tx, id, "consult.withdraw", reason, Line.by(tx, Kind.WITHDRAWN));
  }

  /**
   * The patient no longer agrees: whatever is still to come ends. What was advised or closed stays
   * so, for the clinic to tell the outcome.
   */
  public void stopped(Tx tx, ConsultId id, String reason) {
    if (status(tx, id).filter(now -> now != Status.ADVISED && !now.isOver()).isPresent()) {
      withdraw(tx, id, "consult.withdraw", reason, Line.by(tx, Kind.WITHDRAWN));
    }
  }

  /** The coordinator says that it is not for this network; it ends here, with the reason. */
  public void redirect(Tx tx, ConsultId id, String where, String reason) {
    platform.careTeam().standing(tx, id).require(Relation.COORDINATOR);
    var line = Line.by(tx, Kind.REDIRECTED).with(Map.of("where", where));
    withdraw(tx, id, "consult.redirect", reason, line);
  }

  private void withdraw(Tx tx, ConsultId id, String action, String reason, Line line) {
    var step = changes.lock(tx, id).withdraw(reason, tx.now());
    var withdrawn = ConsultChanges.taken(step);
    if (step instanceof Step.AlreadySo) {
      return;
    }
    platform.audit().append(tx, action, withdrawn.subject());
    changes.save(tx, withdrawn, line.because(Optional.of(reason)));
    endAll(tx, withdrawn, reason);
  }

  /**
   * Somebody wrote in the thread.
   *
   * @param at when it was written
   */
  public void discussed(Tx tx, ConsultId id, AccountId author, boolean bySpecialist, Instant at) {
    step(tx, id, consult -> consult.discuss(bySpecialist, at))
        .ifPresent(change -> {
          var was = change.was();
          var line = Line.by(tx, Kind.FIRST_ANSWER).actor(Optional.of(author)).on(at);
          if (was.status() == Status.CLOSED) {
            changes.remember(
                tx, change.is(), Line.by(tx, Kind.REOPENED).actor(Optional.of(author)).on(at));
          } else if (was.firstAnswerAt().isEmpty() && bySpecialist) {
            changes.remember(tx, change.is(), line);
          } else {
            changes.tell(tx, change.is());
          }
        });
  }

  /** The specialist signed a note with recommendations. */
  public void advised(Tx tx, ConsultId id, AccountId by, Instant at) {
    step(tx, id, consult -> consult.advise(at))
        .ifPresent(change ->
            changes.remember(
                tx, change.is(), Line.by(tx, Kind.ADVISED).actor(Optional.of(by)).on(at)));
  }

  /** The outcome is to be known by the end of that date at the clinic. */
  public void followUpDue(Tx tx, ConsultId id, LocalDate date) {
    step(
            tx,
            id,
            consult -> {
              var site = platform.directory().site(tx, consult.request().site());
              return consult.followUp(date, site.zone());
            })
        .ifPresent(change ->
            changes.remember(
                tx,
                change.is(),
                Line.by(tx, Kind.FOLLOW_UP_SET).with(Map.of("date", date.toString()))));
  }

  /** The outcome is known. Coming appointments are cancelled. */
  public void close(Tx tx, ConsultId id, AccountId by, String result, Instant at) {
    step(tx, id, consult -> consult.close(result, at))
        .ifPresent(change -> {
          changes.remember(
              tx,
              change.is(),
              Line.by(tx, Kind.CLOSED).actor(Optional.of(by)).because(Optional.of(result)).on(at));
          endAll(tx, change.is(), "The consult was closed.");
        });
  }

  /**
   * No news came after the last reminder: closed by the server itself, unless by now it is not the
   * clinic alone that is waited for.
   */
  public void lose(Tx tx, ConsultId id, Instant at) {
    if (meetings.isComing(tx, id)) {
      return;
    }
    step(tx, id, consult -> consult.lose(at))
        .ifPresent(change -> {
          changes.remember(
              tx, change.is(), Line.by(tx, Kind.LOST).because(Optional.of(Consult.LOST)).on(at));
          endAll(tx, change.is(), "The consult was closed.");
        });
  }

  /** The patient is worse, or the clinic asks again: the specialist is waited for. */
  public void reopen(Tx tx, ConsultId id, AccountId by, Instant at) {
    step(
            tx,
            id,
            consult -> {
              var targets = catalogue.version(tx, consult.targetsVersion());
              return consult.reopen(at, targets.targets(consult.urgency().now()));
            })
        .ifPresent(change -> {
          var was = change.was();
          boolean isOpenAgain =
              was.status() == Status.IN_DISCUSSION && was.waitingOn() == WaitingOn.SPECIALIST;
          if (isOpenAgain) {
            // The question that came with the news has opened it.
            changes.tell(tx, change.is());
          } else {
            changes.remember(
                tx, change.is(), Line.by(tx, Kind.REOPENED).actor(Optional.of(by)).on(at));
          }
        });
  }

  /** Whether it is open, the clinic alone is waited for, and no appointment is coming. */
  public boolean waitsForClinicAlone(Tx tx, ConsultId id) {
    return find(tx, id).filter(Consult::waitsForClinic).isPresent() && !meetings.isComing(tx, id);
  }

  /** How urgent it is as far as the caller may know; empty before it was sent. */
  public Optional<Urgency> urgency(Tx tx, ConsultId id) {
    return find(tx, id).map(consult -> consult.urgency().now());
  }

  public void callStarted(Tx tx, ConsultId id, Instant at) {
    consults.lock(tx, id).ifPresent(c -> changes.rememberOnce(tx, c, Kind.CALL_STARTED, at));
  }

  public void callEnded(Tx tx, ConsultId id, Instant at) {
    consults.lock(tx, id).ifPresent(c -> changes.rememberOnce(tx, c, Kind.CALL_ENDED, at));
  }

  /** As it stands, as far as the caller may know. */
  public Optional<Consult> find(Tx tx, ConsultId id) {
    return consults.find(tx, id).map(ConsultStore.Kept::consult);
  }

  /** Whether it was sent and is neither closed nor withdrawn, as far as the caller may know. */
  public boolean isOpen(Tx tx, ConsultId id) {
    return status(tx, id).filter(status -> !status.isOver()).isPresent();
  }

  /** Which of these, never none, go on; in one statement. */
  public Set<ConsultId> openAmong(Tx tx, Collection<ConsultId> ids) {
    return consults.notOver(tx, ids);
  }

  /** Where these stand, as far as the caller may know. */
  public List<ConsultChange> changes(Tx tx, Collection<ConsultId> ids) {
    return ids.isEmpty() ? List.of() : consults.changes(tx, ids);
  }

  /** Whether somebody has taken it, so that there may be an outcome to tell; also once closed. */
  public boolean isTaken(Tx tx, ConsultId id) {
    return status(tx, id)
        .filter(status -> status.isCarried() || status == Status.CLOSED)
        .isPresent();
  }

  private Optional<Status> status(Tx tx, ConsultId id) {
    return consults.find(tx, id).map(kept -> kept.consult().status());
  }

  private record Change(Consult was, Consult is) {}

  /**
   * Carries out what another part of the program has brought about; too late or twice is nothing.
   */
  private Optional<Change> step(Tx tx, ConsultId id, Function<Consult, Step> rule) {
    var found = consults.lock(tx, id);
    if (found.isEmpty() || !(rule.apply(found.get()) instanceof Step.Taken(var changed))) {
      return Optional.empty();
    }
    consults.save(tx, changed);
    return Optional.of(new Change(found.get(), changed));
  }

  private void endAll(Tx tx, Consult consult, String reason) {
    asServer(tx, () -> endings.forEach(ending -> ending.end(tx, consult, reason)));
  }

  private static void asServer(Tx tx, Runnable work) {
    tx.asServer(() -> {
      work.run();
    });
  }
}
