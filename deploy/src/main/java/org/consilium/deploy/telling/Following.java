package org.consilium.deploy.telling;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.consilium.deploy.telling.Words.Said;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.TeamMember;
import org.consilium.platform.database.Tx;
import org.consilium.platform.events.Events;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.text.TextMessage;
import org.consilium.records.FollowUps;
import org.consilium.records.followup.OutcomeRecorded;
import org.consilium.records.followup.loop.FollowUpLoop.Asked;
import org.consilium.records.followup.loop.FollowUpReminder;
import org.consilium.records.followup.loop.FollowUpUnanswered;
import org.consilium.scheduling.Scheduling;
import org.consilium.scheduling.booking.NoticeKind;

/**
 * The clinic is asked how the patient fares, and the specialist is told the answer, or its lack.
 */
final class Following {
  private static final Duration NEWS_KEPT = Duration.ofDays(3);

  private final Platform platform;
  private final Scheduling scheduling;
  private final FollowUps followUps;
  private final Telling telling;
  private final Words words;

  Following(
      Platform platform, Scheduling scheduling, FollowUps followUps, Telling telling, Words words) {
    this.platform = platform;
    this.scheduling = scheduling;
    this.followUps = followUps;
    this.telling = telling;
    this.words = words;
  }

  void connect(Events events) {
    events.on(FollowUpReminder.class, "a-reminder-asks-the-clinic", this::remind);
    events.on(OutcomeRecorded.class, "news-of-a-patient-are-told", this::news);
    events.on(FollowUpUnanswered.class, "the-lack-of-news-is-told", this::noNews);
  }

  private void remind(Tx tx, FollowUpReminder e) {
    for (var asked : followUps.loop().ask(tx, e.check())) {
      remind(tx, e, asked);
    }
  }

  private void remind(Tx tx, FollowUpReminder e, Asked asked) {
    var key = "follow-up:" + e.check() + ":" + e.number();
    var link = "follow-up#" + asked.token();
    scheduling.booking().tell(tx, asked.account(), NoticeKind.FOLLOW_UP_DUE, e.consult());
    telling.tell(
        tx,
        key,
        asked.account(),
        "follow-up",
        words.howIsThePatient(asked.reference(), e.number(), link),
        Optional.empty(),
        tx.now(),
        asked.expiresAt());
    asked
        .text()
        .ifPresent(text ->
            platform
                .texts()
                .send(
                    tx,
                    new TextMessage(
                        key,
                        asked.account(),
                        "follow-up",
                        text + " " + words.address(link),
                        tx.now(),
                        asked.expiresAt())));
  }

  private void news(Tx tx, OutcomeRecorded e) {
    boolean reopens = e.reopens().orElse(false);
    tell(
        tx,
        e.consult(),
        reopens ? NoticeKind.NEWS_WORSE : NoticeKind.NEWS,
        "news:" + e.consult() + ":" + e.at(),
        reopens ? words.newsThatNeedYou() : words.news());
    if (reopens && specialists(tx, e.consult()).isEmpty()) {
      nobodyIsThere(tx, e.consult());
    }
  }

  /** The patient is worse and nobody is there who would answer: whoever coordinates must know. */
  private void nobodyIsThere(Tx tx, ConsultId consult) {
    var owner = platform.careTeam().about(tx, consult).owner();
    for (var scheduler : platform.directory().membersOf(tx, owner, Role.SCHEDULER)) {
      scheduling.booking().tell(tx, scheduler.id(), NoticeKind.NEWS_WORSE, consult);
    }
  }

  /** Not when it did not end by it, because meanwhile something else has come. */
  private void noNews(Tx tx, FollowUpUnanswered e) {
    var consults = scheduling.consults();
    if (consults.isOpen(tx, e.consult()) && !consults.waitsForClinicAlone(tx, e.consult())) {
      return;
    }
    tell(tx, e.consult(), NoticeKind.NO_NEWS, "no-news:" + e.check(), words.noNews());
  }

  private void tell(Tx tx, ConsultId consult, NoticeKind kind, String key, Said said) {
    for (var specialist : specialists(tx, consult)) {
      scheduling.booking().tell(tx, specialist, kind, consult);
      telling.tellAfterQuiet(tx, key, specialist, "news", said, tx.now().plus(NEWS_KEPT));
    }
  }

  /** Nobody, while the patient wants that the consult is known to the clinic alone. */
  private List<AccountId> specialists(Tx tx, ConsultId consult) {
    return platform.careTeam().isKeptHome(tx, consult)
        ? List.of()
        : platform.careTeam().members(tx, consult).stream()
            .filter(member -> member.relation() == Relation.SPECIALIST)
            .map(TeamMember::account)
            .toList();
  }
}
