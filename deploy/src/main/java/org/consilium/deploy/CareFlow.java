package org.consilium.deploy;

import org.consilium.platform.access.Relation;
import org.consilium.platform.events.Events;
import org.consilium.platform.http.Wire;
import org.consilium.records.followup.FollowUpSet;
import org.consilium.records.followup.OutcomeRecorded;
import org.consilium.records.note.NoteSigned;
import org.consilium.records.thread.MessagePosted;
import org.consilium.scheduling.Scheduling;
import org.consilium.signaling.call.CallEnded;
import org.consilium.signaling.call.CallStarted;

/** What one module does because of another. Every such rule is a line here. */
final class CareFlow {
  private CareFlow() {}

  static void connect(Events events, Scheduling scheduling) {
    var consults = scheduling.consults();
    events.on(
        MessagePosted.class,
        "a-message-is-discussion",
        (tx, e) ->
            consults.discussed(
                tx, e.consult(), e.author(), e.relation() == Relation.SPECIALIST, e.at()));
    events.on(
        NoteSigned.class,
        "a-signed-note-is-advice",
        (tx, e) -> consults.advised(tx, e.consult(), e.author(), e.at()));
    events.on(
        FollowUpSet.class,
        "a-follow-up-date-sets-the-clock",
        (tx, e) -> consults.followUpDue(tx, e.consult(), e.dueOn()));
    events.on(
        OutcomeRecorded.class,
        "an-outcome-closes-the-consult",
        (tx, e) -> consults.close(tx, e.consult(), e.by(), Wire.of(e.result()), e.at()));
    events.on(
        CallStarted.class,
        "a-call-is-history",
        (tx, e) -> consults.callStarted(tx, e.consult(), e.at()));
    events.on(
        CallEnded.class,
        "the-end-of-a-call-is-history",
        (tx, e) -> consults.callEnded(tx, e.consult(), e.at()));
  }
}
