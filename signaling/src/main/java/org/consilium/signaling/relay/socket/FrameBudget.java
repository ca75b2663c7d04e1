package org.consilium.signaling.relay.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.function.LongSupplier;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.room.SeatSocket;

/**
 * Counts what one client sends, as a bucket that fills at a steady rate; an empty one closes the
 * socket.
 *
 * <p>Stands before the aggregator and counts every frame: pings and empty continuations cost work
 * too.
 */
final class FrameBudget extends ChannelInboundHandlerAdapter {
  private static final double NANOS = 1e9;

  private final double perNano;
  private final double capacity;
  private final LongSupplier nanoTime;
  private final SeatSocket socket;
  private double tokens;
  private long filledAt;
  private boolean spent;

  FrameBudget(int perSecond, int burst, LongSupplier nanoTime, SeatSocket socket) {
    this.perNano = perSecond / NANOS;
    this.capacity = burst;
    this.tokens = burst;
    this.nanoTime = nanoTime;
    this.filledAt = nanoTime.getAsLong();
    this.socket = socket;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    if (!spent && take()) {
      ctx.fireChannelRead(frame);
      return;
    }
    ReferenceCountUtil.release(frame);
    if (!spent) {
      spent = true;
      socket.close(CloseCode.TOO_FAST);
    }
  }

  private boolean take() {
    if (tokens < 1) {
      long now = nanoTime.getAsLong();
      tokens = Math.min(capacity, tokens + (now - filledAt) * perNano);
      filledAt = now;
    }
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
