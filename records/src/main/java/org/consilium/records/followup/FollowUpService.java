package org.consilium.records.followup;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Sentence;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.records.followup.FollowUp.Channel;
import org.consilium.records.followup.FollowUp.NewOutcome;
import org.consilium.records.followup.FollowUp.Origin;
import org.consilium.records.followup.loop.FollowUpLoop;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.RequestStore;
import org.consilium.records.request.Team;
import org.consilium.records.text.CleanText;

/** What can be done about follow-up; each call within the caller's transaction. */
public final class FollowUpService {
  /** A date further away was mistyped. */
  private static final int YEARS_AHEAD_MAX = 3;

  /** Takes a question that came with news to where the specialist answers questions. */
  @FunctionalInterface
  public interface Carrier {
    void carry(Tx tx, Standing standing, String text, Author author);
  }

  /** Who asks, and as what. */
  public record Author(AccountId account, Role role, Relation relation) {}

  private final Platform platform;
  private final Team team;
  private final RequestStore requests;
  private final FollowUpStore followUps;
  private final FollowUpLoop loop;
  private final Carrier questions;
  private final ConsultIntake intake;

  public FollowUpService(
      Platform platform,
      Team team,
      RequestStore requests,
      FollowUpStore followUps,
      FollowUpLoop loop,
      Carrier questions,
      ConsultIntake intake) {
    this.platform = platform;
    this.team = team;
    this.requests = requests;
    this.followUps = followUps;
    this.loop = loop;
    this.questions = questions;
    this.intake = intake;
  }

  /** What is known, how the asking stands, and whether the outcome has closed the consult. */
  record Read(FollowUp followUp, FollowUpLoop.View loop, boolean isClosed) {}

  Read read(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    audit(tx, "follow-up.read", standing);
    return read(tx, standing);
  }

  private Read read(Tx tx, Standing standing) {
    var known = followUps.find(tx, standing);
    return new Read(
        known, loop.view(tx, standing, newsAt(known)), followUps.isClosed(tx, standing));
  }

  private static Optional<Instant> newsAt(FollowUp known) {
    return known.outcome().map(FollowUp.Outcome::recordedAt);
  }

  /** Sets the day on which news is due. */
  public Read set(Tx tx, ConsultId consult, LocalDate dueOn, Optional<String> note) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(
        Relation.CLINIC, Relation.REQUESTER, Relation.SPECIALIST, Relation.COORDINATOR);
    team.requireSubmitted(tx, requests, consult);
    var today = today(tx, standing);
    if (dueOn.isBefore(today)) {
      throw Refusal.invalid("/dueOn", "This day is over; choose today or later.");
    }
    if (dueOn.isAfter(today.plusYears(YEARS_AHEAD_MAX))) {
      throw Refusal.invalid(
          "/dueOn",
          Sentence.of("field.within-years", "Choose a day within {years} years.")
              .with("years", YEARS_AHEAD_MAX));
    }
    followUps.lock(tx, standing.consult());
    set(tx, standing, dueOn, note.map(FollowUpService::clean), Origin.PERSON);
    loop.date(tx, standing, dueOn);
    team.tell(tx, standing);
    return read(tx, standing);
  }

  private static String clean(String note) {
    return CleanText.of(new Note(note), Note.class).note();
  }

  /** The member of the body that holds free text, so that a refusal names it. */
  private record Note(String note) {}

  /**
   * Advice was signed: when the clinic is asked is laid out by the rules, from the day that the
   * note names, or that somebody has named before. Where there is nobody left to ask about, nobody
   * is asked unless the note names a day.
   *
   * @param isAddition whether it adds to advice whose dates stand, or are over, unless it names its
   *     own
   */
  public void advised(Tx tx, Standing standing, Optional<Integer> inDays, boolean isAddition) {
    boolean isEnded =
        followUps.find(tx, standing).outcome().filter(o -> o.told().result().isEnd()).isPresent();
    if (inDays.isEmpty() && (isEnded || (isAddition && loop.wasLaid(tx, standing)))) {
      return;
    }
    followUps.lock(tx, standing.consult());
    var today = today(tx, standing);
    var named = inDays.map(today::plusDays);
    var before =
        followUps
            .find(tx, standing)
            .due()
            .filter(due -> due.origin() == Origin.PERSON && due.on().isAfter(today))
            .map(FollowUp.Due::on);
    var first = loop.lay(tx, standing, named.or(() -> before));
    if (named.isPresent() || before.isEmpty()) {
      var origin = named.isPresent() ? Origin.NOTE : Origin.RULE;
      set(tx, standing, first, Optional.empty(), origin);
    }
  }

  /** No advice is left to ask about, or it is nobody's business any more. */
  public void adviceTakenBack(Tx tx, Standing standing) {
    followUps.lock(tx, standing.consult());
    loop.drop(tx, standing);
  }

  private void set(
      Tx tx, Standing standing, LocalDate dueOn, Optional<String> note, Origin origin) {
    followUps.set(tx, standing, dueOn, note, origin);
    platform.outbox().publish(tx, new FollowUpSet(standing.consult(), dueOn));
    audit(tx, "follow-up.set", standing);
  }

  /** Records how the patient fared, which closes the consult. The same again changes nothing. */
  public Read record(Tx tx, ConsultId consult, NewOutcome given) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC, Relation.COORDINATOR);
    team.requireSubmitted(tx, requests, consult);
    var outcome = CleanText.of(given, NewOutcome.class);
    followUps.lock(tx, standing.consult());
    var before = followUps.find(tx, standing);
    if (!loop.isAwaited(tx, standing, newsAt(before))) {
      boolean isSame =
          before.outcome().filter(known -> known.told().equals(outcome)).isPresent()
              && followUps.isLastWord(tx, standing);
      if (isSame) {
        return read(tx, standing);
      }
      if (followUps.isClosed(tx, standing)) {
        throw new Refusal(
            409, "already-closed", "The outcome is recorded; write a message to add news.");
      }
    }
    var channel = standing.is(Relation.CLINIC) ? Channel.PRODUCT : Channel.TELEPHONE;
    var caller = tx.caller();
    var by = new Author(caller.account(), caller.role(), team.closest(standing));
    keep(tx, standing, outcome, by, channel);
    return read(tx, standing);
  }

  /**
   * News by link or short message, in the name of who was asked.
   *
   * @param given clean text
   */
  public void take(Tx tx, Standing standing, NewOutcome given, AccountId by, Channel channel) {
    keep(tx, standing, given, new Author(by, Role.CLINICIAN, Relation.CLINIC), channel);
  }

  /** Held until the transaction ends: two who tell at once do so one after the other. */
  public void lock(Tx tx, Standing standing) {
    followUps.lock(tx, standing.consult());
  }

  private void keep(Tx tx, Standing standing, NewOutcome outcome, Author by, Channel channel) {
    var consult = standing.consult();
    if (!intake.isTaken(tx, consult)) {
      throw new Refusal(
          409,
          "not-taken",
          "There is no outcome to tell: no specialist has taken this consult, or it was withdrawn.");
    }
    boolean isKeptHome = platform.careTeam().isKeptHome(tx, consult);
    if (isKeptHome && outcome.question().isPresent()) {
      throw new Refusal(
          409,
          "consent-withdrawn",
          "The patient no longer agrees to advice: your question would reach nobody. Leave it out.");
    }
    // The question first: what is written after an outcome opens it again by itself.
    outcome.question().ifPresent(text -> questions.carry(tx, standing, text, by));
    followUps.record(tx, standing, outcome, by.account(), channel);
    loop.answered(tx, standing, outcome.result());
    platform
        .outbox()
        .publish(
            tx,
            new OutcomeRecorded(
                consult,
                outcome.result(),
                by.account(),
                tx.now(),
                Optional.of(outcome.reopens() && !isKeptHome)));
    audit(tx, "outcome.record", standing);
    team.tell(tx, standing);
  }

  /** Today where the patient is. */
  private LocalDate today(Tx tx, Standing standing) {
    return LocalDate.ofInstant(tx.now(), platform.directory().site(tx, standing.site()).zone());
  }

  private void audit(Tx tx, String action, Standing standing) {
    platform.audit().append(tx, action, Subject.consult(standing.consult(), standing.patient()));
  }
}
