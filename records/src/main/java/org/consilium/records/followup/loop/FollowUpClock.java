package org.consilium.records.followup.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.records.followup.FollowUpStore;
import org.consilium.records.followup.loop.CheckStore.Timer;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.ConsultIntake.Progress;
import org.consilium.records.request.ConsultIntake.Stage;
import org.consilium.records.request.Team;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes happen what is due of follow-up: reminders, and giving up. Each step is a row, claimed and
 * carried out in one transaction with its event, so several nodes may run this at once and each
 * step comes once. After a time away one reminder goes out, and the next a while later. Not on an
 * event loop.
 */
public final class FollowUpClock {
  private static final Logger LOG = LoggerFactory.getLogger(FollowUpClock.class);
  private static final Duration RETRY_AFTER = Duration.ofMinutes(1);
  private static final Duration TEXTS_KEPT = Duration.ofDays(30);

  /** More than that in one go and the next second takes the rest. */
  private static final int STEPS_MAX = 500;

  /** A clinic that opens by night alone is asked by night. */
  private static final int DAYS_TRIED_MAX = 10;

  private final Platform platform;
  private final ConsultIntake intake;
  private final Team team;
  private final FollowUpCatalogue catalogue;
  private final FollowUpStore followUps;
  private final CheckStore checks;
  private final AskStore asks;
  private final FollowUpLoop loop;

  public FollowUpClock(
      Platform platform,
      ConsultIntake intake,
      Team team,
      FollowUpCatalogue catalogue,
      FollowUpStore followUps,
      CheckStore checks,
      AskStore asks,
      FollowUpLoop loop) {
    this.platform = platform;
    this.intake = intake;
    this.team = team;
    this.catalogue = catalogue;
    this.followUps = followUps;
    this.checks = checks;
    this.asks = asks;
    this.loop = loop;
  }

  /** Does everything that is due now and says how many steps it were. */
  public int runDue() {
    int steps = 0;
    while (steps < STEPS_MAX && fireOne()) {
      steps++;
    }
    return steps;
  }

  /** Forgets short messages that no gateway will hand over again. */
  public int sweep() {
    return platform.database().asWorker(tx -> asks.sweep(tx, TEXTS_KEPT));
  }

  private boolean fireOne() {
    var claimed = new AtomicReference<Timer>();
    try {
      return platform
          .database()
          .asWorker(tx -> {
            var due = checks.claim(tx);
            due.ifPresent(timer -> {
              claimed.set(timer);
              fire(tx, timer);
            });
            return due.isPresent();
          });
    } catch (RuntimeException failure) {
      var timer = claimed.get();
      if (timer == null) {
        throw failure;
      }
      LOG.error("Step {} of follow-up {} failed", timer.step(), timer.check(), failure);
      platform
          .database()
          .asWorker(tx -> {
            checks.postpone(tx, timer.check(), tx.now().plus(RETRY_AFTER));
            return timer;
          });
      return true;
    }
  }

  private void fire(Tx tx, Timer timer) {
    var check = checks.find(tx, timer.check()).orElseThrow();
    if (!followUps.isFree(tx, check.consult())) {
      // Somebody records the outcome at this very moment.
      checks.lay(tx, check, timer.step(), tx.now().plusSeconds(1));
      return;
    }
    if (checks.find(tx, timer.check()).orElseThrow().state() != Check.State.WAITING) {
      return;
    }
    var standing = platform.careTeam().about(tx, check.consult());
    var progress = intake.progress(tx, List.of(check.consult())).get(check.consult());
    if (progress == null
        || progress.stage() == Stage.WITHDRAWN
        || platform.careTeam().isKeptHome(tx, check.consult())
        || !intake.isTaken(tx, check.consult())) {
      loop.drop(tx, standing);
      return;
    }
    var rules = catalogue.rules(tx, check.owner(), check.rulesVersion());
    if (timer.step() > FollowUpRules.REMINDERS) {
      boolean isOpen = progress.stage() == Stage.RUNNING;
      var silentUntil = silentUntil(tx, check, progress, rules);
      if (isOpen && silentUntil.isAfter(tx.now())) {
        checks.lay(tx, check, timer.step(), silentUntil);
      } else {
        giveUp(tx, standing, check, isOpen);
      }
      return;
    }
    var open = whenOpen(tx, standing, rules);
    if (open.isAfter(tx.now())) {
      checks.lay(tx, check, timer.step(), open);
      return;
    }
    remind(tx, standing, check, rules, timer.step());
  }

  private void remind(Tx tx, Standing standing, Check check, FollowUpRules rules, int number) {
    checks.remind(tx, check, number);
    checks.lay(tx, check, number + 1, tx.now().plus(rules.waitAfter(check.urgency(), number)));
    platform
        .outbox()
        .publish(tx, new FollowUpReminder(check.consult(), check.id(), number, tx.now()));
    audit(tx, "follow-up.remind", standing);
    team.tell(tx, standing);
  }

  /**
   * Until when to wait for a clinic that is silent: while the specialist owes an answer, or people
   * are to meet, there is no giving up; nor right after.
   */
  private Instant silentUntil(Tx tx, Check check, Progress progress, FollowUpRules rules) {
    var patience = rules.waitAfter(check.urgency(), FollowUpRules.REMINDERS);
    var since = intake.waitsForClinicAlone(tx, check.consult()) ? progress.changedAt() : tx.now();
    return since.plus(patience);
  }

  /** Its links stay good: late news are better than none. */
  private void giveUp(Tx tx, Standing standing, Check check, boolean wasOpen) {
    checks.end(tx, check, Check.State.UNANSWERED);
    if (wasOpen) {
      platform.outbox().publish(tx, new FollowUpUnanswered(check.consult(), check.id(), tx.now()));
    }
    audit(tx, "follow-up.unanswered", standing);
    team.tell(tx, standing);
  }

  /**
   * Now, or when it is next day there and, as far as its hours are known, the clinic is open; when
   * it is never open by day, the next moment at which it is.
   */
  private Instant whenOpen(Tx tx, Standing standing, FollowUpRules rules) {
    var zone = platform.directory().site(tx, standing.site()).zone();
    var site = standing.site();
    var moment = tx.now();
    for (int tried = 0; tried < DAYS_TRIED_MAX; tried++) {
      var byDay = rules.byDay(moment, zone);
      moment = intake.openFrom(tx, site, byDay);
      if (moment.equals(byDay)) {
        return moment;
      }
    }
    return intake.openFrom(tx, site, tx.now());
  }

  private void audit(Tx tx, String action, Standing standing) {
    platform.audit().append(tx, action, Subject.consult(standing.consult(), standing.patient()));
  }
}
