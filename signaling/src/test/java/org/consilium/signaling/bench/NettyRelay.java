package org.consilium.signaling.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;

/** The floor: Netty on epoll forwards each frame to the other of the pair, nothing checked. */
final class NettyRelay {
  private final ConcurrentHashMap<String, Channel> sockets = new ConcurrentHashMap<>();

  private NettyRelay() {}

  /** Takes the number of event loops; prints its port. */
  public static void main(String[] arguments) {
    new NettyRelay().serve(Integer.parseInt(arguments[0]));
  }

  private void serve(int loops) {
    var group = new MultiThreadIoEventLoopGroup(loops, EpollIoHandler.newFactory());
    Channel server =
        new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    lay(channel);
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
    System.out.println("port " + ((InetSocketAddress) server.localAddress()).getPort());
  }

  private void lay(Channel channel) {
    var protocol =
        WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            .checkStartsWith(true)
            .decoderConfig(
                WebSocketDecoderConfig.newBuilder()
                    .maxFramePayloadLength(65_536)
                    .withUTF8Validator(false)
                    .build())
            .build();
    channel
        .pipeline()
        .addLast(new HttpServerCodec(), new HttpObjectAggregator(8192))
        .addLast(new WebSocketServerProtocolHandler(protocol))
        .addLast(new Forward());
  }

  private final class Forward extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private String peer;
    private Channel other;

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
      if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete complete) {
        String[] name = complete.requestUri().substring(1).split("-");
        peer = name[0] + "-" + (3 - Integer.parseInt(name[1]));
        sockets.put(name[0] + "-" + name[1], ctx.channel());
      }
      super.userEventTriggered(ctx, event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, TextWebSocketFrame frame) {
      if (other == null) {
        other = sockets.get(peer);
      }
      other.write(frame.retain(), other.voidPromise());
    }

    /** What was read together leaves together. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      if (other != null) {
        other.flush();
      }
    }
  }
}
