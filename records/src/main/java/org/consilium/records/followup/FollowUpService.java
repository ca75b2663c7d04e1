package org.consilium.records.followup;

import java.time.LocalDate;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.followup.FollowUp.NewOutcome;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.RequestStore;
import org.consilium.records.request.Team;
import org.consilium.records.text.CleanText;

/** What can be done about follow-up; each call within the caller's transaction. */
public final class FollowUpService {
  /** A date further away was mistyped. */
  private static final int YEARS_AHEAD_MAX = 3;

  private final Platform platform;
  private final Team team;
  private final RequestStore requests;
  private final FollowUpStore followUps;
  private final ConsultIntake intake;

  public FollowUpService(
      Platform platform,
      Team team,
      RequestStore requests,
      FollowUpStore followUps,
      ConsultIntake intake) {
    this.intake = intake;
    this.platform = platform;
    this.team = team;
    this.requests = requests;
    this.followUps = followUps;
  }

  FollowUp read(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    audit(tx, "follow-up.read", standing);
    return followUps.find(tx, standing);
  }

  /** Sets the day on which news is due. */
  public FollowUp set(Tx tx, ConsultId consult, LocalDate dueOn, Optional<String> note) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(
        Relation.CLINIC, Relation.REQUESTER, Relation.SPECIALIST, Relation.COORDINATOR);
    team.requireSubmitted(tx, requests, consult);
    var today = today(tx, standing);
    if (dueOn.isBefore(today)) {
      throw Refusal.invalid("/dueOn", "This day is over; choose today or later.");
    }
    if (dueOn.isAfter(today.plusYears(YEARS_AHEAD_MAX))) {
      throw Refusal.invalid("/dueOn", "Choose a day within %d years.".formatted(YEARS_AHEAD_MAX));
    }
    set(tx, standing, dueOn, note.map(FollowUpService::clean));
    team.tell(tx, standing);
    return followUps.find(tx, standing);
  }

  private static String clean(String note) {
    return CleanText.of(new Note(note), Note.class).note();
  }

  /** The member of the body that holds free text, so that a refusal names it. */
  private record Note(String note) {}

  /** Sets the day that a signed note asks for, so many days from today. */
  public void setByNote(Tx tx, Standing standing, int inDays) {
    set(tx, standing, today(tx, standing).plusDays(inDays), Optional.empty());
  }

  private void set(Tx tx, Standing standing, LocalDate dueOn, Optional<String> note) {
    followUps.set(tx, standing, dueOn, note);
    platform.outbox().publish(tx, new FollowUpSet(standing.consult(), dueOn));
    audit(tx, "follow-up.set", standing);
  }

  /** Records how the patient fared, which closes the consult. The same again changes nothing. */
  public FollowUp record(Tx tx, ConsultId consult, NewOutcome given) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC);
    team.requireSubmitted(tx, requests, consult);
    var outcome = CleanText.of(given, NewOutcome.class);
    followUps.lock(tx, standing);
    var known = followUps.find(tx, standing);
    if (followUps.isClosed(tx, standing)) {
      if (known.outcome().filter(before -> before.told().equals(outcome)).isPresent()) {
        return known;
      }
      throw new Refusal(
          409, "already-closed", "The outcome is recorded; write a message to add news.");
    }
    if (!intake.isTaken(tx, consult)) {
      throw new Refusal(
          409,
          "not-taken",
          "There is no outcome to tell: no specialist has taken this consult, or it was withdrawn.");
    }
    followUps.record(tx, standing, outcome);
    platform
        .outbox()
        .publish(
            tx, new OutcomeRecorded(consult, outcome.result(), tx.caller().account(), tx.now()));
    audit(tx, "outcome.record", standing);
    team.tell(tx, standing);
    return followUps.find(tx, standing);
  }

  /** Today where the patient is. */
  private LocalDate today(Tx tx, Standing standing) {
    return LocalDate.ofInstant(tx.now(), platform.directory().site(tx, standing.site()).zone());
  }

  private void audit(Tx tx, String action, Standing standing) {
    platform.audit().append(tx, action, Subject.consult(standing.consult(), standing.patient()));
  }
}
