package org.consilium.signaling.call;

import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.ConsultId;

/** A consult's call over HTTP. */
public final class CallRoutes {
  private final CallDesk desk;

  public CallRoutes(CallDesk desk) {
    this.desk = desk;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("getCall", this::getCall)
        .operation("issueCallTicket", this::issueCallTicket);
  }

  private Answer getCall(Call call) {
    return Answer.ok(desk.view(call.tx(), consult(call)));
  }

  private Answer issueCallTicket(Call call) {
    return Answer.created(
        desk.issue(call.tx(), consult(call), call.header("Host").orElse("localhost")));
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
