package org.consilium.signaling.guest;

import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.GuestId;

/** Guest links and guests over HTTP. */
public final class GuestRoutes {
  private static final String COOKIE = "__Host-guest";

  private final GuestService guests;

  public GuestRoutes(GuestService guests) {
    this.guests = guests;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listGuestLinks", this::list)
        .operation("inviteGuest", this::invite)
        .operation("revokeGuest", this::revoke)
        .operation("enterAsGuest", this::enter)
        .operation("issueGuestTicket", this::ticket);
  }

  private record Links(List<GuestService.GuestLink> items) {}

  private Answer list(Call call) {
    return Answer.ok(new Links(guests.list(call.tx(), consult(call))));
  }

  private Answer invite(Call call) {
    var invitation = call.body(GuestService.Invitation.class);
    return Answer.created(guests.invite(call.tx(), consult(call), invitation, host(call)));
  }

  private Answer revoke(Call call) {
    guests.revoke(call.tx(), consult(call), new GuestId(call.pathId("guestId")));
    return Answer.noContent();
  }

  private record Entry(String token, String entry) {}

  private Answer enter(Call call) {
    var asked = call.body(Entry.class);
    var entrance =
        guests.enter(asked.token(), Optional.ofNullable(asked.entry()), call.cookie(COOKIE));
    var answer = Answer.ok(entrance.guest());
    return entrance
        .cookie()
        .map(cookie ->
            answer.withCookie(
                COOKIE + "=" + cookie + "; Path=/; HttpOnly; Secure; SameSite=Strict"))
        .orElse(answer);
  }

  private Answer ticket(Call call) {
    return Answer.created(guests.ticket(call.cookie(COOKIE), host(call)));
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }

  private static String host(Call call) {
    return call.header("Host").orElse("localhost");
  }
}
