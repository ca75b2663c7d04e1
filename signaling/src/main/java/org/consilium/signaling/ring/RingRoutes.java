package org.consilium.signaling.ring;

import java.util.Arrays;
import java.util.List;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.RingId;
import org.consilium.platform.identity.Identity;

/** Presence and rings over HTTP. */
public final class RingRoutes {
  private static final int ASKED_MAX = 100;

  record Ask(AccountId account) {}

  record Seen(List<RingId> rings) {}

  record Rings(List<Ring> items) {}

  record People(List<WhoToRing.Ringable> items) {}

  record Reachable(List<AccountId> items) {}

  private final RingDesk desk;
  private final WhoToRing whoToRing;
  private final Presence presence;
  private final Identity identity;

  public RingRoutes(RingDesk desk, WhoToRing whoToRing, Presence presence, Identity identity) {
    this.desk = desk;
    this.whoToRing = whoToRing;
    this.presence = presence;
    this.identity = identity;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("issuePresenceTicket", this::ticket)
        .operation("listReachable", this::reachable)
        .operation("listCallPeople", this::people)
        .operation("ringPerson", this::ring)
        .operation("listCallRings", this::ofConsult)
        .operation("cancelRing", this::cancel)
        .operation("listMissedRings", this::missed)
        .operation("markRingsSeen", this::seen);
  }

  private Answer ticket(Call call) {
    // The contract lets nobody in who has not signed in.
    var signIn = identity.signIn(call).orElseThrow();
    var host = call.header("Host").orElse("localhost");
    return Answer.created(presence.ticket(call.tx(), signIn, host));
  }

  private Answer reachable(Call call) {
    var asked =
        call.query("accounts").stream()
            .flatMap(list -> Arrays.stream(list.split(",")))
            .map(RingRoutes::account)
            .distinct()
            .toList();
    if (asked.size() > ASKED_MAX) {
      throw Refusal.invalid("/accounts", "Ask about " + ASKED_MAX + " people at most.");
    }
    return Answer.ok(new Reachable(whoToRing.reachable(call.tx(), asked)));
  }

  private static AccountId account(String text) {
    try {
      return AccountId.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed("accounts", "Write ids with commas between.");
    }
  }

  private Answer people(Call call) {
    return Answer.ok(new People(whoToRing.people(call.tx(), consult(call))));
  }

  private Answer ring(Call call) {
    var rung = desk.ring(call.tx(), consult(call), call.body(Ask.class).account());
    return rung.isNew() ? Answer.created(rung.ring()) : Answer.ok(rung.ring());
  }

  private Answer ofConsult(Call call) {
    return Answer.ok(new Rings(desk.ofConsult(call.tx(), consult(call))));
  }

  private Answer cancel(Call call) {
    return Answer.ok(desk.cancel(call.tx(), new RingId(call.pathId("ringId"))));
  }

  private Answer missed(Call call) {
    return Answer.ok(new Rings(desk.missed(call.tx())));
  }

  private Answer seen(Call call) {
    desk.seen(call.tx(), call.body(Seen.class).rings());
    return Answer.noContent();
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
