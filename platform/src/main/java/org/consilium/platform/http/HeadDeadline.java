package org.consilium.platform.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose next request has not come whole, up to the end of its head, in time. An
 * idle time-out alone never ends one that sends a byte now and then.
 *
 * <p>Stands after the HTTP decoder, and leaves when the connection becomes a WebSocket.
 */
final class HeadDeadline extends ChannelDuplexHandler {
  private final Duration first;
  private final Duration next;
  private Future<?> deadline;

  /**
   * @param first from the opening of the connection to its first head
   * @param next from the end of an answer to the following head
   */
  HeadDeadline(Duration first, Duration next) {
    this.first = first;
    this.next = next;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    await(ctx, first);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadline.cancel(false);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest) {
      deadline.cancel(false);
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ctx.write(message, promise);
    if (message instanceof HttpResponse answer
        && answer.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      if (answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
        ctx.pipeline().remove(this);
      }
    } else if (message instanceof LastHttpContent) {
      await(ctx, next);
    }
  }

  private void await(ChannelHandlerContext ctx, Duration time) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    deadline = ctx.executor().schedule(() -> ctx.close(), time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
