package org.consilium.signaling.call;

import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Identity;

/** A consult's call over HTTP. */
public final class CallRoutes {
  private final CallDesk desk;
  private final Identity identity;

  public CallRoutes(CallDesk desk, Identity identity) {
    this.desk = desk;
    this.identity = identity;
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
    // The contract lets nobody in who has not signed in.
    var signIn = identity.signIn(call).orElseThrow();
    var host = call.header("Host").orElse("localhost");
    return Answer.created(desk.issue(call.tx(), consult(call), signIn, host));
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
