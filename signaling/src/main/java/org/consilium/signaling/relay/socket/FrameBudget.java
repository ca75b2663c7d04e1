package org.consilium.signaling.relay.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.function.LongSupplier;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.room.SeatSocket;

/**
 * Counts the frames and the bytes one client sends, each as a bucket that fills at a steady rate;
 * an empty one closes the socket, after which only the answer to the close frame passes.
 *
 * <p>Stands before the aggregator and counts every frame: pings and empty continuations cost work
 * too.
 */
final class FrameBudget extends ChannelInboundHandlerAdapter {
  private final Bucket frames;
  private final Bucket bytes;
  private final SeatSocket socket;
  private boolean spent;

  FrameBudget(SignalLimits limits, LongSupplier nanoTime, SeatSocket socket) {
    this.frames = new Bucket(limits.framesPerSecond(), limits.framesBurst(), nanoTime);
    this.bytes = new Bucket(limits.bytesPerSecond(), limits.bytesBurst(), nanoTime);
    this.socket = socket;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    int size = message instanceof WebSocketFrame frame ? frame.content().readableBytes() : 0;
    if (spent ? message instanceof CloseWebSocketFrame : frames.take(1) && bytes.take(size)) {
      ctx.fireChannelRead(message);
      return;
    }
    ReferenceCountUtil.release(message);
    if (!spent) {
      spent = true;
      socket.close(CloseCode.TOO_FAST);
    }
  }

  /** Looks at the clock only when it seems empty. */
  private static final class Bucket {
    private static final double NANOS = 1e9;

    private final double perNano;
    private final double capacity;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledAt;

    Bucket(int perSecond, int capacity, LongSupplier nanoTime) {
      this.perNano = perSecond / NANOS;
      this.capacity = capacity;
      this.tokens = capacity;
      this.nanoTime = nanoTime;
      this.filledAt = nanoTime.getAsLong();
    }

    boolean take(int count) {
      if (tokens < count) {
        long now = nanoTime.getAsLong();
        tokens = Math.min(capacity, tokens + (now - filledAt) * perNano);
        filledAt = now;
      }
      if (tokens < count) {
        return false;
      }
      tokens -= count;
      return true;
    }
  }
}
