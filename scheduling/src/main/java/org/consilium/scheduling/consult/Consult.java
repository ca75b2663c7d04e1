package org.consilium.scheduling.consult;

import static org.consilium.scheduling.consult.Status.ACCEPTED;
import static org.consilium.scheduling.consult.Status.ADVISED;
import static org.consilium.scheduling.consult.Status.BOOKED;
import static org.consilium.scheduling.consult.Status.CLOSED;
import static org.consilium.scheduling.consult.Status.IN_DISCUSSION;
import static org.consilium.scheduling.consult.Status.OFFERED;
import static org.consilium.scheduling.consult.Status.SUBMITTED;
import static org.consilium.scheduling.consult.Status.TRIAGED;
import static org.consilium.scheduling.consult.Status.WITHDRAWN;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.scheduling.catalogue.Catalogue.UrgencyTargets;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;

/**
 * The whole from request to outcome, and its rules. Waiting for the clinic has no due moment: that
 * time does not count against the specialist. Pure: no clock, no database.
 *
 * @param request what was submitted; it never changes
 * @param mode as confirmed, or as asked for
 * @param due empty when nobody is late by waiting
 * @param firstAnswerAt when the specialist first wrote
 * @param discussedAt when the newest message that is known of was written
 * @param endedAt when it was closed or withdrawn the last time
 * @param targetsVersion the target times under which it was opened
 */
public record Consult(
    NewConsult request,
    ConsultMode mode,
    Optional<String> specialty,
    UrgencyHistory urgency,
    Status status,
    WaitingOn waitingOn,
    Optional<Due> due,
    Optional<AccountId> specialist,
    Optional<Instant> firstAnswerAt,
    Optional<Instant> discussedAt,
    Optional<LocalDate> followUpOn,
    Optional<String> result,
    Optional<Instant> endedAt,
    int targetsVersion) {
  /** The result of a consult of whose patient nobody could be asked. */
  static final String LOST = "lost-to-follow-up";

  public ConsultId id() {
    return request.id();
  }

  public OrganisationId organisation() {
    return request.organisation();
  }

  public PatientId patient() {
    return request.patient();
  }

  public Subject subject() {
    return Subject.consult(id(), patient());
  }

  public static Consult submitted(NewConsult request, UrgencyTargets targets, int version) {
    var urgency = new UrgencyHistory(request.computed(), request.requested(), Optional.empty());
    return new Consult(
        request,
        request.mode(),
        request.specialty(),
        urgency,
        SUBMITTED,
        WaitingOn.COORDINATOR,
        Optional.of(due(request.submittedAt(), targets.triageMinutes(), Due.For.TRIAGE)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        version);
  }

  /** The coordinator has confirmed what it is; possible until it is offered. */
  public Step triage(
      Urgency confirmed, String field, ConsultMode confirmedMode, UrgencyTargets targets) {
    if (status != SUBMITTED && status != TRIAGED) {
      return new Step.NotNow(status);
    }
    return new Step.Taken(
        new Consult(
            request,
            confirmedMode,
            Optional.of(field),
            urgency.confirmed(confirmed),
            TRIAGED,
            WaitingOn.COORDINATOR,
            Optional.of(due(request.submittedAt(), targets.acceptMinutes(), Due.For.ACCEPTANCE)),
            specialist,
            firstAnswerAt,
            discussedAt,
            followUpOn,
            result,
            endedAt,
            targetsVersion));
  }

  /**
   * New findings mean another urgency. What the coordinator confirmed stays; nobody gets more time
   * by it, and less when what counts now is graver and no specialist has it yet.
   *
   * @param minutes the time that the graver urgency leaves for what is due
   */
  public Step recompute(Urgency computed, Instant at, ToIntFunction<Due.For> minutes) {
    if (status == CLOSED || status == WITHDRAWN) {
      return new Step.NotNow(status);
    }
    var anew = urgency.computedAnew(computed);
    boolean graver =
        anew.now() != urgency.now() && anew.now().orMoreUrgent(urgency.now()) == anew.now();
    var sooner =
        graver
            ? due.filter(d -> d.what() == Due.For.TRIAGE || d.what() == Due.For.ACCEPTANCE)
                .map(d -> due(at, minutes.applyAsInt(d.what()), d.what()))
                .filter(d -> d.at().isBefore(due.orElseThrow().at()))
                .or(() -> due)
            : due;
    return taken(
        new Consult(
            request,
            mode,
            specialty,
            anew,
            status,
            waitingOn,
            sooner,
            specialist,
            firstAnswerAt,
            discussedAt,
            followUpOn,
            result,
            endedAt,
            targetsVersion));
  }

  /** An offer went out. */
  public Step offer() {
    return switch (status) {
      case TRIAGED -> new Step.Taken(with(OFFERED, WaitingOn.SPECIALIST, due));
      case OFFERED -> new Step.AlreadySo(this);
      case SUBMITTED, ACCEPTED, IN_DISCUSSION, BOOKED, ADVISED, CLOSED, WITHDRAWN ->
          new Step.NotNow(status);
    };
  }

  /** No offer is open any more and nobody else is to be asked: the coordinator decides. */
  public Step returnToCoordinator() {
    return status == OFFERED
        ? new Step.Taken(with(TRIAGED, WaitingOn.COORDINATOR, due))
        : new Step.NotNow(status);
  }

  /** Somebody took it: the clock runs for the first answer. */
  public Step accept(AccountId by, UrgencyTargets targets) {
    if (status != OFFERED) {
      return status.isCarried() && specialist.filter(by::equals).isPresent()
          ? new Step.AlreadySo(this)
          : new Step.NotNow(status);
    }
    var answer =
        Optional.of(due(request.submittedAt(), targets.answerMinutes(), Due.For.FIRST_ANSWER));
    return new Step.Taken(with(ACCEPTED, WaitingOn.SPECIALIST, answer).by(Optional.of(by)));
  }

  /**
   * Somebody wrote in the thread: the other side is waited for. News after closing reopens. Told
   * late, an older message neither turns round whom is waited for nor reopens anything.
   *
   * @param at when it was written
   */
  public Step discuss(boolean bySpecialist, Instant at) {
    boolean closedSince = status == CLOSED && endedAt.filter(end -> !at.isAfter(end)).isPresent();
    if (closedSince || (!status.isCarried() && status != CLOSED)) {
      return new Step.NotNow(status);
    }
    if (discussedAt.filter(at::isBefore).isPresent()) {
      return bySpecialist && firstAnswerAt.isEmpty()
          ? taken(with(status, waitingOn, followUpDue()).answered(at))
          : new Step.AlreadySo(this);
    }
    var next = status == ACCEPTED || status == CLOSED ? IN_DISCUSSION : status;
    return bySpecialist
        ? taken(with(next, WaitingOn.CLINIC, followUpDue()).answered(at).heard(at))
        : taken(with(next, WaitingOn.SPECIALIST, due).heard(at));
  }

  /** A time for everybody is fixed. */
  public Step book() {
    return status.isCarried()
        ? taken(with(status == ADVISED ? ADVISED : BOOKED, waitingOn, due))
        : new Step.NotNow(status);
  }

  /** The last coming appointment was cancelled. */
  public Step unbook() {
    return status == BOOKED
        ? taken(with(firstAnswerAt.isPresent() ? IN_DISCUSSION : ACCEPTED, waitingOn, due))
        : new Step.AlreadySo(this);
  }

  /** The specialist has signed recommendations: the clinic carries them out. */
  public Step advise(Instant at) {
    return status.isCarried()
        ? taken(with(ADVISED, WaitingOn.CLINIC, followUpDue()).answered(at))
        : new Step.NotNow(status);
  }

  /** The outcome is to be known by the end of {@code date} at the clinic. */
  public Step followUp(LocalDate date, ZoneId clinicZone) {
    if (!status.isCarried()) {
      return new Step.NotNow(status);
    }
    var end = date.plusDays(1).atStartOfDay(clinicZone).toInstant();
    var due = Optional.of(new Due(end, Due.For.FOLLOW_UP));
    return taken(with(status, waitingOn, due).followedUp(date));
  }

  /** The outcome is known. What is known later takes the place of what was thought before. */
  public Step close(String outcome, Instant at) {
    return switch (status) {
      case ACCEPTED, IN_DISCUSSION, BOOKED, ADVISED ->
          new Step.Taken(with(CLOSED, WaitingOn.NOBODY, Optional.empty()).ended(outcome, at));
      case CLOSED ->
          endedAt.filter(at::isBefore).isEmpty() && !result.equals(Optional.of(outcome))
              ? new Step.Taken(ended(outcome, at))
              : new Step.AlreadySo(this);
      case SUBMITTED, TRIAGED, OFFERED, WITHDRAWN -> new Step.NotNow(status);
    };
  }

  /**
   * Nobody could be asked how the patient fares. News, when they come, are taken all the same.
   * Nothing is lost while the specialist owes the answer.
   */
  public Step lose(Instant at) {
    return waitsForClinic()
        ? new Step.Taken(with(CLOSED, WaitingOn.NOBODY, Optional.empty()).ended(LOST, at))
        : new Step.AlreadySo(this);
  }

  /** Somebody has taken it, it is not over, and the clinic alone is waited for. */
  boolean waitsForClinic() {
    return status.isCarried() && waitingOn == WaitingOn.CLINIC;
  }

  /**
   * The patient is worse, or the clinic has another question: the specialist is waited for again,
   * closed or not, with as much time as for a first answer. Advice that was given, and a time that
   * was fixed, stay.
   */
  public Step reopen(Instant at, UrgencyTargets targets) {
    if (!status.isCarried() && status != CLOSED) {
      return new Step.NotNow(status);
    }
    var answer = Optional.of(due(at, targets.answerMinutes(), Due.For.FIRST_ANSWER));
    var next = status == ADVISED || status == BOOKED ? status : IN_DISCUSSION;
    return taken(with(next, WaitingOn.SPECIALIST, answer).heard(at));
  }

  /** The clinic or the coordinator takes it back; once advice is given it is closed instead. */
  public Step withdraw(String reason, Instant at) {
    return switch (status) {
      case SUBMITTED, TRIAGED, OFFERED, ACCEPTED, IN_DISCUSSION, BOOKED ->
          new Step.Taken(with(WITHDRAWN, WaitingOn.NOBODY, Optional.empty()).ended(reason, at));
      case WITHDRAWN -> new Step.AlreadySo(this);
      case ADVISED, CLOSED -> new Step.NotNow(status);
    };
  }

  /** The specialist's part is done: of the clock, only a date for news is left. */
  private Optional<Due> followUpDue() {
    return due.filter(d -> d.what() == Due.For.FOLLOW_UP);
  }

  private Step taken(Consult changed) {
    return changed.equals(this) ? new Step.AlreadySo(this) : new Step.Taken(changed);
  }

  private static Due due(Instant since, int minutes, Due.For what) {
    return new Due(since.plus(Duration.ofMinutes(minutes)), what);
  }

  private Consult with(Status next, WaitingOn whom, Optional<Due> until) {
    return copy(
        next, whom, until, specialist, firstAnswerAt, discussedAt, followUpOn, result, endedAt);
  }

  private Consult by(Optional<AccountId> who) {
    return copy(
        status, waitingOn, due, who, firstAnswerAt, discussedAt, followUpOn, result, endedAt);
  }

  private Consult answered(Instant at) {
    var first = Optional.of(firstAnswerAt.orElse(at));
    return copy(
        status, waitingOn, due, specialist, first, discussedAt, followUpOn, result, endedAt);
  }

  private Consult heard(Instant at) {
    return copy(
        status,
        waitingOn,
        due,
        specialist,
        firstAnswerAt,
        Optional.of(at),
        followUpOn,
        result,
        endedAt);
  }

  private Consult followedUp(LocalDate date) {
    var on = Optional.of(date);
    return copy(
        status, waitingOn, due, specialist, firstAnswerAt, discussedAt, on, result, endedAt);
  }

  private Consult ended(String how, Instant at) {
    return copy(
        status,
        waitingOn,
        due,
        specialist,
        firstAnswerAt,
        discussedAt,
        followUpOn,
        Optional.of(how),
        Optional.of(at));
  }

  private Consult copy(
      Status status,
      WaitingOn waitingOn,
      Optional<Due> due,
      Optional<AccountId> specialist,
      Optional<Instant> firstAnswerAt,
      Optional<Instant> discussedAt,
      Optional<LocalDate> followUpOn,
      Optional<String> result,
      Optional<Instant> endedAt) {
    return new Consult(
        request,
        mode,
        specialty,
        urgency,
        status,
        waitingOn,
        due,
        specialist,
        firstAnswerAt,
        discussedAt,
        followUpOn,
        result,
        endedAt,
        targetsVersion);
  }
}
