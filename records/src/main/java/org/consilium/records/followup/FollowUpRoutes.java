package org.consilium.records.followup;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.PersonRef;
import org.consilium.records.followup.FollowUp.Origin;
import org.consilium.records.followup.loop.FollowUpRules;

/** Follow-up and outcome over HTTP. */
public final class FollowUpRoutes {
  private final Platform platform;
  private final FollowUpService followUps;

  public FollowUpRoutes(Platform platform, FollowUpService followUps) {
    this.platform = platform;
    this.followUps = followUps;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("getFollowUp", this::get)
        .operation("setFollowUp", this::set)
        .operation("recordOutcome", this::record);
  }

  private record NewDate(LocalDate dueOn, Optional<String> note) {}

  private record FollowUpShown(
      Optional<LocalDate> dueOn,
      Optional<String> note,
      Optional<PersonRef> setBy,
      Optional<Origin> origin,
      String reference,
      boolean closed,
      boolean asking,
      List<CheckShown> checks,
      List<Instant> remindedAt,
      Optional<Instant> unansweredAt,
      Optional<OutcomeShown> outcome) {}

  private record CheckShown(FollowUpRules.Kind kind, LocalDate dueOn) {}

  private record OutcomeShown(
      Result result,
      FollowUp.AdviceFollowed adviceFollowed,
      Optional<String> why,
      Optional<FollowUp.Diagnosis> diagnosis,
      Optional<String> finalDiagnosis,
      Optional<Integer> usefulness,
      Optional<String> text,
      Optional<String> nextQuestion,
      FollowUp.Channel channel,
      Instant recordedAt,
      PersonRef recordedBy) {}

  private Answer get(Call call) {
    return Answer.ok(shown(call.tx(), followUps.read(call.tx(), consult(call))));
  }

  private Answer set(Call call) {
    var date = call.body(NewDate.class);
    var set = followUps.set(call.tx(), consult(call), date.dueOn(), date.note());
    return Answer.ok(shown(call.tx(), set));
  }

  private Answer record(Call call) {
    var outcome = call.body(FollowUp.NewOutcome.class);
    return Answer.created(shown(call.tx(), followUps.record(call.tx(), consult(call), outcome)));
  }

  private FollowUpShown shown(Tx tx, FollowUpService.Read read) {
    var due = read.followUp().due();
    var loop = read.loop();
    return new FollowUpShown(
        due.map(FollowUp.Due::on),
        due.flatMap(FollowUp.Due::note),
        due.map(one -> platform.directory().ref(tx, one.setBy())),
        due.map(FollowUp.Due::origin),
        loop.reference(),
        read.isClosed(),
        loop.isAwaited(),
        loop.checks().stream().map(check -> new CheckShown(check.kind(), check.dueOn())).toList(),
        loop.remindedAt(),
        loop.unansweredAt(),
        read.followUp().outcome().map(outcome -> shown(tx, outcome)));
  }

  private OutcomeShown shown(Tx tx, FollowUp.Outcome outcome) {
    var told = outcome.told();
    return new OutcomeShown(
        told.result(),
        told.adviceFollowed(),
        told.why(),
        told.diagnosis(),
        told.finalDiagnosis(),
        told.usefulness(),
        told.text(),
        told.nextQuestion(),
        outcome.channel(),
        outcome.recordedAt(),
        platform.directory().ref(tx, outcome.recordedBy()));
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
