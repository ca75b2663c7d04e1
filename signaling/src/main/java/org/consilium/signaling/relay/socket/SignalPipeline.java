package org.consilium.signaling.relay.socket;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.room.Rooms;

/**
 * Lays the relay's handlers into the pipeline of a WebSocket that Vert.x has opened.
 *
 * <p>The only class that reaches under the public interface of Vert.x: two casts, whose pipeline a
 * test names handler by handler.
 */
final class SignalPipeline {
  /** The largest message; an offer has 1 to 6 kB. */
  static final int MESSAGE_BYTES_MAX = 64 * 1024;

  /** Below the first the peer is written to again, above the second no more. */
  private static final WriteBufferWaterMark WATER_MARKS =
      new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

  private SignalPipeline() {}

  /** The event loop of a connection's context. */
  static EventExecutor loop(Context context) {
    return ((ContextInternal) context).nettyEventLoop();
  }

  /**
   * Must be called on the event loop of the socket, before it has read anything.
   *
   * @param closing is told the code when the server closes the connection
   * @param closed runs once, when the connection is gone; also when it was gone before this
   */
  static void install(
      ServerWebSocket socket,
      SignalLimits limits,
      Consumer<Short> closing,
      BiFunction<SignalHandler, EventExecutor, Rooms.Link> arrival,
      Runnable closed) {
    ChannelHandlerContext vertx = ((WebSocketInternal) socket).channelHandlerContext();
    vertx.channel().closeFuture().addListener(_ -> closed.run());
    if (!vertx.channel().isActive()) {
      return; // Its client went away while its ticket was looked up.
    }
    vertx.channel().config().setWriteBufferWaterMark(WATER_MARKS);
    var signal =
        new SignalHandler(
            handler -> arrival.apply(handler, vertx.executor()),
            (code, reason) -> {
              closing.accept(code);
              socket.close(code, reason);
            },
            limits.slowReaderGrace());
    // Before any handler of ours writes: the welcome is sent while they are added.
    vertx.pipeline().replace(WebSocketFrameEncoder.class, "signal-encoder", new FrameBatch());
    insert(vertx.pipeline(), vertx.name(), limits, signal);
  }

  /** The relay's part of the pipeline, in the order of reading. */
  static void insert(
      ChannelPipeline pipeline, String before, SignalLimits limits, SignalHandler signal) {
    ChannelHandler budget = new FrameBudget(limits, System::nanoTime, signal);
    pipeline
        .addBefore(before, "signal-budget", budget)
        .addBefore(before, "signal-alive", new KeepAlive(signal))
        .addBefore(before, "signal-aggregator", new WebSocketFrameAggregator(MESSAGE_BYTES_MAX))
        .addBefore(before, "signal", signal);
  }
}
