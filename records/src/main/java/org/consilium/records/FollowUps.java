package org.consilium.records;

import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Routes;
import org.consilium.records.followup.FollowUpRoutes;
import org.consilium.records.followup.FollowUpService;
import org.consilium.records.followup.FollowUpStore;
import org.consilium.records.followup.loop.AnswerRoutes;
import org.consilium.records.followup.loop.AnswerService;
import org.consilium.records.followup.loop.AskStore;
import org.consilium.records.followup.loop.ChaseList;
import org.consilium.records.followup.loop.CheckStore;
import org.consilium.records.followup.loop.FollowUpCatalogue;
import org.consilium.records.followup.loop.FollowUpClock;
import org.consilium.records.followup.loop.FollowUpLoop;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.RequestStore;
import org.consilium.records.request.Team;
import org.consilium.records.thread.ThreadService;

/** Everything about follow-up, put together. */
public final class FollowUps {
  static final String CONTRACT = AnswerRoutes.CONTRACT;

  private final Platform platform;
  private final FollowUpLoop loop;
  private final FollowUpService service;
  private final FollowUpClock clock;
  private final AnswerService answers;

  FollowUps(
      Platform platform,
      Team team,
      RequestStore requests,
      FollowUpStore followUps,
      ThreadService threads,
      ConsultIntake intake) {
    this.platform = platform;
    var catalogue = new FollowUpCatalogue();
    var checks = new CheckStore();
    var asks = new AskStore();
    this.loop = new FollowUpLoop(platform, intake, followUps, catalogue, checks, asks);
    this.service =
        new FollowUpService(platform, team, requests, followUps, loop, threads::carry, intake);
    this.clock =
        new FollowUpClock(platform, intake, team, catalogue, followUps, checks, asks, loop);
    this.answers = new AnswerService(platform, catalogue, service, checks, asks);
  }

  static void load(Tx tx) {
    FollowUpCatalogue.load(tx);
  }

  Routes addTo(Routes routes) {
    new AnswerRoutes(platform, answers, new ChaseList(platform)).addTo(routes);
    return new FollowUpRoutes(platform, service).addTo(routes);
  }

  public FollowUpService service() {
    return service;
  }

  /** Whom a reminder asks, with their links. */
  public FollowUpLoop loop() {
    return loop;
  }

  /** Its {@code runDue} is to be run each second, off the event loop. */
  public FollowUpClock clock() {
    return clock;
  }
}
