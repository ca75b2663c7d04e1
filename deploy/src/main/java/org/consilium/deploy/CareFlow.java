package org.consilium.deploy;

import org.consilium.platform.access.Relation;
import org.consilium.platform.events.Events;
import org.consilium.platform.http.Wire;
import org.consilium.records.followup.FollowUpSet;
import org.consilium.records.followup.OutcomeRecorded;
import org.consilium.records.followup.loop.FollowUpUnanswered;
import org.consilium.records.note.NoteRetracted;
import org.consilium.records.note.NoteSigned;
import org.consilium.records.request.FindingsAdded;
import org.consilium.records.request.TriageRecomputed;
import org.consilium.records.thread.MessagePosted;
import org.consilium.scheduling.Scheduling;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.offer.ConsultAccepted;
import org.consilium.scheduling.offer.ConsultOffered;
import org.consilium.scheduling.offer.OfferExpired;
import org.consilium.scheduling.offer.OfferRefused;
import org.consilium.scheduling.offer.OfferWithdrawn;
import org.consilium.scheduling.roster.HoursChanged;
import org.consilium.scheduling.volunteer.VolunteerPaused;
import org.consilium.scheduling.volunteer.VolunteerReturned;
import org.consilium.scheduling.volunteer.VolunteerSuspended;
import org.consilium.signaling.Signaling;
import org.consilium.signaling.call.CallEnded;
import org.consilium.signaling.call.CallStarted;
import org.consilium.signaling.ring.RingDesk;
import org.consilium.signaling.ring.RingState;

/** What one module does because of another. Every such rule is a line here. */
final class CareFlow {
  private CareFlow() {}

  static void connect(Events events, Scheduling scheduling, Signaling signaling) {
    var consults = scheduling.consults();
    events.on(
        MessagePosted.class,
        "a-message-is-discussion",
        (tx, e) ->
            consults.discussed(
                tx, e.consult(), e.author(), e.relation() == Relation.SPECIALIST, e.at()));
    events.on(
        FindingsAdded.class,
        "new-findings-are-discussion",
        (tx, e) -> consults.discussed(tx, e.consult(), e.by(), false, e.at()));
    events.on(
        TriageRecomputed.class,
        "new-findings-mean-another-urgency",
        (tx, e) ->
            consults.recomputed(
                tx, e.consult(), e.by(), Wire.parse(Urgency.class, Wire.of(e.computed())), e.at()));
    events.on(
        NoteSigned.class,
        "a-signed-note-is-advice",
        (tx, e) -> consults.advised(tx, e.consult(), e.author(), e.at()));
    events.on(
        NoteRetracted.class,
        "a-consult-without-advice-waits-for-the-specialist",
        (tx, e) -> {
          if (!e.isAdviceLeft()) {
            consults.discussed(tx, e.consult(), e.by(), false, e.at());
          }
        });
    events.on(
        FollowUpSet.class,
        "a-follow-up-date-sets-the-clock",
        (tx, e) -> consults.followUpDue(tx, e.consult(), e.dueOn()));
    events.on(
        OutcomeRecorded.class,
        "an-outcome-closes-the-consult",
        (tx, e) -> {
          if (e.reopens().orElse(false)) {
            consults.reopen(tx, e.consult(), e.by(), e.at());
          } else {
            consults.close(tx, e.consult(), e.by(), Wire.of(e.result()), e.at());
          }
        });
    events.on(
        FollowUpUnanswered.class,
        "three-reminders-unanswered-close-the-consult",
        (tx, e) -> consults.lose(tx, e.consult(), e.at()));
    events.on(
        CallStarted.class,
        "a-call-is-history",
        (tx, e) -> consults.callStarted(tx, e.consult(), e.at()));
    var attendance = scheduling.booking().attendance();
    events.on(
        CallStarted.class,
        "a-call-begins-its-appointment",
        (tx, e) -> attendance.callStarted(tx, e.consult(), e.at()));
    events.on(
        CallEnded.class,
        "the-end-of-a-call-ends-its-appointment",
        (tx, e) -> attendance.callEnded(tx, e.consult(), e.at()));
    events.on(
        CallEnded.class,
        "the-end-of-a-call-is-history",
        (tx, e) -> consults.callEnded(tx, e.consult(), e.at()));
    events.on(
        HoursChanged.class,
        "changed-hours-are-planned-anew",
        (tx, e) -> scheduling.plans().volunteerChanged(tx, e.volunteer()));
    events.on(
        VolunteerPaused.class,
        "a-pause-is-planned-anew",
        (tx, e) -> scheduling.plans().volunteerChanged(tx, e.volunteer()));
    events.on(
        VolunteerSuspended.class,
        "a-suspension-is-planned-anew",
        (tx, e) -> scheduling.plans().volunteerChanged(tx, e.volunteer()));
    events.on(
        VolunteerReturned.class,
        "a-return-is-planned-anew",
        (tx, e) -> scheduling.plans().volunteerChanged(tx, e.volunteer()));
    ring(events, signaling.rings());
  }

  private static void ring(Events events, RingDesk rings) {
    events.on(
        ConsultOffered.class,
        "an-immediate-offer-rings-who-is-on-call",
        (tx, e) -> {
          if (e.rings()) {
            rings.ringForOffer(tx, e.offer(), e.consult(), e.to(), e.expiresAt());
          }
        });
    events.on(
        ConsultAccepted.class,
        "an-accepted-offer-is-answered",
        (tx, e) -> rings.offerEnded(tx, e.offer(), RingState.ANSWERED));
    events.on(
        OfferRefused.class,
        "a-refused-offer-rings-no-more",
        (tx, e) -> rings.offerEnded(tx, e.offer(), RingState.DECLINED));
    events.on(
        OfferExpired.class,
        "an-expired-offer-was-missed",
        (tx, e) -> rings.offerEnded(tx, e.offer(), RingState.MISSED));
    events.on(
        OfferWithdrawn.class,
        "an-offer-taken-back-rings-no-more",
        (tx, e) -> rings.offerEnded(tx, e.offer(), RingState.CANCELLED));
  }
}
