package org.consilium.signaling.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The floor: Netty forwards each frame to the other of the pair, nothing checked. */
final class NettyRelay implements RelayLoad.RelayServer {
  private static final byte[] ACK = "{\"type\":\"ack\"".getBytes(StandardCharsets.US_ASCII);

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, Channel> sockets = new HashMap<>();
  private final Channel server;

  NettyRelay() {
    server =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec(), new HttpObjectAggregator(8192))
                        .addLast(
                            new WebSocketServerProtocolHandler(
                                WebSocketServerProtocolConfig.newBuilder()
                                    .websocketPath("/")
                                    .checkStartsWith(true)
                                    .decoderConfig(
                                        WebSocketDecoderConfig.newBuilder()
                                            .maxFramePayloadLength(65_536)
                                            .withUTF8Validator(false)
                                            .build())
                                    .build()))
                        .addLast(new Forward());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  private final class Forward extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private String peer;

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
      Channel other = sockets.get(peer);
      var content = frame.content();
      for (int i = 0; i < ACK.length; i++) {
        if (content.getByte(content.readerIndex() + i) != ACK[i]) {
          if (other != null) {
            other.writeAndFlush(frame.retain());
          }
          return;
        }
      }
    }
  }

  @Override
  public String name() {
    return "netty bare";
  }

  @Override
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  @Override
  public long loopThread() {
    var id = new CompletableFuture<Long>();
    loop.execute(() -> id.complete(Thread.currentThread().threadId()));
    return id.join();
  }

  @Override
  public WebSocketConnectOptions door(int room, int side) {
    return new WebSocketConnectOptions().setURI("/" + room + "-" + side);
  }
}
