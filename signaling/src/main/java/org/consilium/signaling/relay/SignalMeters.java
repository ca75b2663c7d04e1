package org.consilium.signaling.relay;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.consilium.platform.http.Wire;
import org.consilium.signaling.relay.message.ErrorCode;

/**
 * What the relay counts; the table is in {@code docs/operations.md}. Counting is one addition
 * without a lock, so that the relay pays nothing for it; the registry reads when it is scraped.
 * Safe on any thread.
 */
public final class SignalMeters {
  /** Where one seat stands. */
  public enum SeatState {
    PRESENT,
    /** The connection is lost and the seat is kept. */
    AWAY,
    WAITING
  }

  /** The end of a connection that the server did not close. */
  private static final String PEER = "peer";

  private static final int[] REFUSALS = {400, 401, 403, 404, 429, 503};

  private final LongAdder joins = new LongAdder();
  private final LongAdder resumed = new LongAdder();
  private final LongAdder anew = new LongAdder();
  private final LongAdder relayedMessages = new LongAdder();
  private final LongAdder relayedBytes = new LongAdder();
  private final LongAdder peerCloses = new LongAdder();
  private final Map<Short, LongAdder> closes = new TreeMap<>();
  private final Map<ErrorCode, LongAdder> errors = new EnumMap<>(ErrorCode.class);
  private final Map<SeatState, LongAdder> seats = new EnumMap<>(SeatState.class);
  private final Map<Integer, LongAdder> refusals = new TreeMap<>();

  public SignalMeters() {
    for (var code : CloseCode.values()) {
      closes.put(code.code(), new LongAdder());
    }
    for (var code : ErrorCode.values()) {
      errors.put(code, new LongAdder());
    }
    for (var state : SeatState.values()) {
      seats.put(state, new LongAdder());
    }
    for (int status : REFUSALS) {
      refusals.put(status, new LongAdder());
    }
  }

  /** One message handed on to one receiver. */
  public void relayed(int bodyBytes) {
    relayedMessages.increment();
    relayedBytes.add(bodyBytes);
  }

  /** A client's message was not done. */
  public void error(ErrorCode code) {
    errors.get(code).increment();
  }

  /** A handshake was refused. */
  public void refused(int status) {
    refusals.get(status).increment();
  }

  /** The server has closed a connection with this code of {@link CloseCode}. */
  public void closed(short code) {
    closes.get(code).increment();
  }

  /** A connection ended that the server had not closed. */
  public void closedByPeer() {
    peerCloses.increment();
  }

  void joined() {
    joins.increment();
  }

  void back(boolean missedNothing) {
    (missedNothing ? resumed : anew).increment();
  }

  void seats(SeatState state, long change) {
    seats.get(state).add(change);
  }

  /** Shows what is counted in {@code registry}, under names that begin with {@code signaling}. */
  public void bindTo(MeterRegistry registry) {
    counter(registry, "joins", "persons let into calls", joins);
    tagged(registry, "returns", "persons back after a lost connection", "missed", "none", resumed);
    tagged(registry, "returns", "persons back after a lost connection", "missed", "some", anew);
    counter(
        registry, "relayed.messages", "messages handed on, each receiver counted", relayedMessages);
    FunctionCounter.builder("signaling.relayed", relayedBytes, LongAdder::sum)
        .baseUnit("bytes")
        .description("bodies handed on, each receiver counted")
        .register(registry);
    closes.forEach((code, count) -> closes(registry, Short.toString(code), count));
    closes(registry, PEER, peerCloses);
    errors.forEach((code, count) ->
        tagged(registry, "errors", "messages not done", "code", code.code(), count));
    refusals.forEach((status, count) ->
        tagged(
            registry,
            "handshakes.refused",
            "connections refused before the upgrade",
            "status",
            Integer.toString(status),
            count));
    seats.forEach((state, count) ->
        Gauge.builder("signaling.seats", count, LongAdder::sum)
            .tag("state", Wire.of(state))
            .description("persons in calls of this server")
            .register(registry));
  }

  /** A number that is read when it is asked for. */
  public static <T> void gauge(
      MeterRegistry registry, String name, String what, T of, ToDoubleFunction<T> value) {
    Gauge.builder("signaling." + name, of, value).description(what).register(registry);
  }

  private static void closes(MeterRegistry registry, String code, LongAdder count) {
    tagged(registry, "closes", "connections ended, by close code", "code", code, count);
  }

  private static void counter(MeterRegistry registry, String name, String what, LongAdder count) {
    FunctionCounter.builder("signaling." + name, count, LongAdder::sum)
        .description(what)
        .register(registry);
  }

  private static void tagged(
      MeterRegistry registry, String name, String what, String tag, String value, LongAdder count) {
    FunctionCounter.builder("signaling." + name, count, LongAdder::sum)
        .tag(tag, value)
        .description(what)
        .register(registry);
  }
}
