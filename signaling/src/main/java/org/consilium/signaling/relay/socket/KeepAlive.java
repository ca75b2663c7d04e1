package org.consilium.signaling.relay.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.room.SeatSocket;

/** Pings a client that is silent, and gives up one that stays so: its path is dead. */
final class KeepAlive extends IdleStateHandler {
  /** Shorter than the 30 s after which home routers and mobile networks forget a connection. */
  static final int PING_SECONDS = 25;

  /** Silent for so many pings, 75 s, is gone. */
  static final int PINGS_MAX = 3;

  private final SeatSocket socket;
  private int silent;

  KeepAlive(SeatSocket socket) {
    super(PING_SECONDS, 0, 0, TimeUnit.SECONDS);
    this.socket = socket;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) throws Exception {
    silent = 0;
    super.channelRead(ctx, frame);
  }

  @Override
  protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
    silent++;
    if (silent < PINGS_MAX) {
      ctx.writeAndFlush(new PingWebSocketFrame());
    } else if (silent == PINGS_MAX) {
      socket.close(CloseCode.IDLE);
    }
  }
}
