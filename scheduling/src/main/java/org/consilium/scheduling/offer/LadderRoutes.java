package org.consilium.scheduling.offer;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.ladder.SupervisorCall.Outcome;
import org.consilium.scheduling.ladder.SupervisorCallId;

/** HTTP for the ladder of a consult. */
public final class LadderRoutes {
  public static final String CONTRACT = "openapi/ladder.yaml";

  record Pause(Instant until) {}

  record Skip(LadderService.Skip how) {}

  record Pin(AccountId specialistId, Instant until) {}

  record SupervisorCalled(Outcome outcome, Optional<String> words) {}

  record SupervisorLine(String number) {}

  private final Platform platform;
  private final LadderService ladder;
  private final LadderViews views;

  public LadderRoutes(Platform platform, LadderService ladder) {
    this.platform = platform;
    this.ladder = ladder;
    this.views = new LadderViews(platform, ladder);
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("getLadder", this::get)
        .operation("pauseLadder", this::pause)
        .operation("resumeLadder", this::resume)
        .operation("skipLadderStep", this::skip)
        .operation("pinSpecialist", this::pin)
        .operation("noteSupervisorCall", this::called)
        .operation("keepSupervisorLine", this::keepLine);
  }

  private Answer get(Call call) {
    var standing = platform.careTeam().standing(call.tx(), id(call));
    standing.require(Relation.COORDINATOR, Relation.SUPERVISOR);
    platform
        .audit()
        .append(call.tx(), "ladder.read", Subject.consult(standing.consult(), standing.patient()));
    return view(call);
  }

  private Answer pause(Call call) {
    ladder.pause(call.tx(), id(call), call.body(Pause.class).until());
    return view(call);
  }

  private Answer resume(Call call) {
    ladder.resume(call.tx(), id(call));
    return view(call);
  }

  private Answer skip(Call call) {
    ladder.skip(call.tx(), id(call), call.body(Skip.class).how());
    return view(call);
  }

  private Answer pin(Call call) {
    var body = call.body(Pin.class);
    ladder.pin(call.tx(), id(call), body.specialistId(), body.until());
    return view(call);
  }

  private Answer called(Call call) {
    var body = call.body(SupervisorCalled.class);
    var made = new SupervisorCallId(call.pathId("supervisorCallId"));
    ladder.supervisorCalls().done(call.tx(), id(call), made, body.outcome(), body.words());
    return view(call);
  }

  private Answer keepLine(Call call) {
    ladder.supervisorCalls().keepLine(call.tx(), call.body(SupervisorLine.class).number());
    return Answer.noContent();
  }

  private Answer view(Call call) {
    return Answer.ok(views.of(call.tx(), id(call)));
  }

  private static ConsultId id(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
