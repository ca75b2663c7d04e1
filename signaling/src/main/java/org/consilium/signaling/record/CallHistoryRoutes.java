package org.consilium.signaling.record;

import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;

/** The calls of a consult over HTTP. */
public final class CallHistoryRoutes {
  private static final int PAGE_USUAL = 20;

  private final CallHistory history;

  public CallHistoryRoutes(CallHistory history) {
    this.history = history;
  }

  public Routes addTo(Routes routes) {
    return routes.operation("listCalls", this::list);
  }

  private record Page(List<CallHistory.PastCall> items, Optional<String> nextCursor) {}

  private Answer list(Call call) {
    int limit = call.queryNumber("limit").orElse(PAGE_USUAL);
    var consult = new ConsultId(call.pathId("consultId"));
    boolean events = call.query("events").filter("true"::equals).isPresent();
    // One more than asked for tells whether there is a next page.
    var found =
        history.list(
            call.tx(), consult, call.query("cursor").map(CallHistoryRoutes::cursor), limit + 1);
    var page = found.subList(0, Math.min(limit, found.size()));
    var next =
        found.size() > limit
            ? Optional.of(page.getLast().id().toString())
            : Optional.<String>empty();
    return Answer.ok(new Page(history.full(call.tx(), page, events), next));
  }

  private static CallId cursor(String text) {
    try {
      return CallId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "cursor-malformed", "This page mark is not one of ours.");
    }
  }
}
