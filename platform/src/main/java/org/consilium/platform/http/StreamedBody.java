package org.consilium.platform.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A request's body as it comes in. The connection is read no faster than pieces are taken, so one
 * body holds some 200 kB of memory, however long it is. Used on one virtual thread.
 */
public final class StreamedBody {
  /** Longer than the server lets a connection be silent. */
  private static final Duration SILENCE_MAX = Duration.ofMinutes(2);

  /** Buffers of 8 kB that may wait here: what has come when the link breaks must not be lost. */
  private static final int WAITING_MAX = 16;

  private final HttpServerRequest request;
  private final Context eventLoop;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private boolean begun;
  private End end = End.MORE;

  /** How a piece ends. */
  public enum End {
    MORE,
    /** The whole body has come. */
    COMPLETE,
    /** The connection broke; what came before is whole. */
    CUT
  }

  /** Some bytes of the body, perhaps none. */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  public record Piece(byte[] bytes, End end) {}

  private sealed interface Signal {
    record Bytes(Buffer buffer) implements Signal {}

    record Ended(End how) implements Signal {}
  }

  /** The request must be paused and nobody else may read it. */
  StreamedBody(HttpServerRequest request, Context eventLoop) {
    this.request = request;
    this.eventLoop = eventLoop;
    request.handler(buffer -> signals.add(new Signal.Bytes(buffer)));
    request.endHandler(_ -> signals.add(new Signal.Ended(End.COMPLETE)));
    request.exceptionHandler(_ -> signals.add(new Signal.Ended(End.CUT)));
    request.fetch(WAITING_MAX);
  }

  /**
   * The next bytes: as soon as there are {@code bytesEnough}, or what has come when the rest lets
   * wait for {@code patience}, or what is left at the end.
   */
  public Piece next(int bytesEnough, Duration patience) {
    begin();
    var bytes = Buffer.buffer();
    long giveUp = System.nanoTime() + SILENCE_MAX.toNanos();
    while (end == End.MORE && bytes.length() < bytesEnough) {
      switch (await(giveUp - System.nanoTime())) {
        case Signal.Bytes(var buffer) -> {
          eventLoop.runOnContext(_ -> request.fetch(1));
          if (bytes.length() == 0) {
            giveUp = System.nanoTime() + patience.toNanos();
          }
          bytes.appendBuffer(buffer);
        }
        case Signal.Ended(var how) -> end = how;
        case null -> {
          if (bytes.length() == 0) {
            end = End.CUT;
          }
          return new Piece(bytes.getBytes(), end);
        }
      }
    }
    return new Piece(bytes.getBytes(), end);
  }

  private Signal await(long nanos) {
    try {
      return signals.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Signal.Ended(End.CUT);
    }
  }

  /** Whoever asks first whether the body is welcome is told so. */
  private void begin() {
    if (!begun) {
      begun = true;
      if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
        eventLoop.runOnContext(_ -> request.response().writeContinue());
      }
    }
  }
}
