package org.consilium.signaling.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;

/** The calls of a consult, for those who may see it; each look is in the audit trail. */
public final class CallHistory {
  private final Platform platform;
  private final HistoryStore store = new HistoryStore();

  public CallHistory(Platform platform) {
    this.platform = platform;
  }

  /** Whether a call is over, goes on, or nobody has come yet. */
  public enum State {
    EXPECTED,
    GOING_ON,
    OVER
  }

  /**
   * One attempt to call.
   *
   * @param outcome what has become of it; of one that goes on, so far
   * @param ended how it ended, for example {@code host}; empty while it goes on
   * @param people in the order of coming; those who came again are there again
   * @param asked who was given a way in and did not use it
   * @param events all that happened, the oldest first, when asked for
   */
  public record PastCall(
      CallId id,
      State state,
      Instant openedAt,
      Optional<Instant> startedAt,
      Optional<Instant> endedAt,
      CallOutcome outcome,
      Optional<String> ended,
      List<Attended> people,
      List<Asked> asked,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Happened> events) {}

  /** One person's time in it. */
  public record Attended(
      String name,
      String role,
      Instant cameAt,
      Optional<Instant> joinedAt,
      Optional<Instant> leftAt,
      Optional<String> left,
      int losses,
      int returns,
      int restarts,
      Optional<Link> link) {}

  /** How a person's link did; a figure that the client never gave is empty. */
  public record Link(
      int samples,
      Optional<LinkSamples.Spread> upKbps,
      Optional<LinkSamples.Spread> downKbps,
      Optional<LinkSamples.Spread> roundTripMs,
      Optional<LinkSamples.Spread> lossPermille) {}

  /** Somebody who was given a way in. */
  public record Asked(String name, String role, Instant at) {}

  /** One event. */
  public record Happened(
      Instant at,
      String kind,
      Optional<String> name,
      Optional<String> role,
      Optional<String> by,
      Optional<String> detail) {}

  /** The consult's attempts after {@code cursor}, newest first, without people and events. */
  List<PastCall> list(Tx tx, ConsultId consult, Optional<CallId> cursor, int limit) {
    var standing = platform.careTeam().standing(tx, consult);
    platform.audit().append(tx, "call.history", Subject.consult(consult, standing.patient()));
    return store.calls(tx, consult, cursor, limit);
  }

  /** The same calls with their people, and with what happened when asked for. */
  List<PastCall> full(Tx tx, List<PastCall> calls, boolean withEvents) {
    if (calls.isEmpty()) {
      return calls;
    }
    var ids = calls.stream().map(PastCall::id).toList();
    var people = store.people(tx, ids);
    var asked = store.asked(tx, ids);
    Map<CallId, List<Happened>> events = withEvents ? store.events(tx, ids) : Map.of();
    return calls.stream()
        .map(call -> {
          var there = people.getOrDefault(call.id(), List.of());
          return new PastCall(
              call.id(),
              call.state(),
              call.openedAt(),
              call.startedAt(),
              call.endedAt(),
              call.state() == State.OVER && call.outcome() != null
                  ? call.outcome()
                  : CallOutcome.of(there.stream().map(HistoryStore.Seen::sitting).toList()),
              call.ended(),
              there.stream().map(HistoryStore.Seen::attended).collect(Collectors.toList()),
              asked.getOrDefault(call.id(), List.of()),
              events.getOrDefault(call.id(), List.of()));
        })
        .toList();
  }
}
