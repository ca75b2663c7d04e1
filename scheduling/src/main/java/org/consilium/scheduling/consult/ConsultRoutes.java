package org.consilium.scheduling.consult;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.identity.Role;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.ConsultStore.View;
import org.consilium.scheduling.consult.ConsultStore.Whose;

/** HTTP for consults. */
public final class ConsultRoutes {
  private static final int PAGE_USUAL = 50;

  record Triage(
      Urgency urgency,
      String specialty,
      ConsultMode mode,
      Optional<String> reason,
      Optional<Boolean> lifeThreatening) {}

  record Withdrawal(String reason) {}

  record Page(List<ConsultViews.Summary> items, Optional<String> nextCursor) {}

  private final Platform platform;
  private final ConsultService service;
  private final ConsultStore consults;
  private final ConsultViews views;

  public ConsultRoutes(
      Platform platform, ConsultService service, ConsultStore consults, ConsultViews views) {
    this.platform = platform;
    this.service = service;
    this.consults = consults;
    this.views = views;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listConsults", this::list)
        .operation("getConsult", this::get)
        .operation("triageConsult", this::triage)
        .operation("withdrawConsult", this::withdraw);
  }

  private Answer list(Call call) {
    var tx = call.tx();
    var view = Wire.parse(View.class, call.query("view").orElseThrow());
    var patient = call.queryId("patientId").map(PatientId::new);
    int limit = call.queryNumber("limit").orElse(PAGE_USUAL);
    // One more than asked for tells whether there is a next page.
    var found =
        consults.list(
            tx, view, whose(call), patient, call.query("cursor").map(Cursor::read), limit + 1);
    var page = found.subList(0, Math.min(limit, found.size()));
    var shown =
        page.stream().map(kept -> kept.consult().id().toString()).collect(Collectors.joining(","));
    var subject = new Subject(Optional.empty(), patient, Optional.of("consults:" + shown));
    platform.audit().append(tx, "consult.list", subject);
    var next =
        found.size() > limit
            ? Optional.of(Cursor.write(after(view, page.getLast())))
            : Optional.<String>empty();
    return Answer.ok(new Page(views.summaries(tx, page), next));
  }

  private static Whose whose(Call call) {
    var role = call.caller().role();
    return role == Role.SPECIALIST || role == Role.INTERPRETER
        ? new Whose.Person(call.caller().account())
        : new Whose.Organisation(call.caller().organisation());
  }

  private static ConsultStore.After after(View view, ConsultStore.Kept last) {
    var at = view == View.QUEUE ? last.queueAt() : last.changedAt();
    return new ConsultStore.After(at, last.consult().id());
  }

  private Answer get(Call call) {
    var standing = platform.careTeam().standing(call.tx(), id(call));
    platform
        .audit()
        .append(call.tx(), "consult.read", Subject.consult(standing.consult(), standing.patient()));
    return Answer.ok(views.one(call.tx(), standing));
  }

  private Answer triage(Call call) {
    var body = call.body(Triage.class);
    service.triage(
        call.tx(),
        id(call),
        body.urgency(),
        body.specialty(),
        body.mode(),
        body.reason(),
        body.lifeThreatening().orElse(false));
    return view(call);
  }

  private Answer withdraw(Call call) {
    service.withdraw(call.tx(), id(call), call.body(Withdrawal.class).reason());
    return view(call);
  }

  private Answer view(Call call) {
    return Answer.ok(views.one(call.tx(), platform.careTeam().standing(call.tx(), id(call))));
  }

  private static ConsultId id(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
