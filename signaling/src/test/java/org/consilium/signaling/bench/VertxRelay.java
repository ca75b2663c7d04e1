package org.consilium.signaling.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.HashMap;
import java.util.Map;

/** The least that relays with Vert.x: each text to the other of the pair, nothing checked. */
final class VertxRelay implements RelayLoad.RelayServer {
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Map<String, ServerWebSocket> sockets = new HashMap<>();
  private final HttpServer server;

  VertxRelay() {
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
            .webSocketHandler(this::opened)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private void opened(ServerWebSocket socket) {
    String[] name = socket.path().substring(1).split("-");
    String peer = name[0] + "-" + (3 - Integer.parseInt(name[1]));
    sockets.put(name[0] + "-" + name[1], socket);
    socket.textMessageHandler(text -> {
      ServerWebSocket other = sockets.get(peer);
      if (other != null && !text.startsWith("{\"type\":\"ack\"")) {
        other.writeTextMessage(text);
      }
    });
  }

  @Override
  public String name() {
    return "vertx plain";
  }

  @Override
  public int port() {
    return server.actualPort();
  }

  @Override
  public long loopThread() {
    return RelayLoad.loopThreadOf(vertx);
  }

  @Override
  public WebSocketConnectOptions door(int room, int side) {
    return new WebSocketConnectOptions().setURI("/" + room + "-" + side);
  }
}
