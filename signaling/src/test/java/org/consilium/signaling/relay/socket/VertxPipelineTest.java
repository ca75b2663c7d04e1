package org.consilium.signaling.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.List;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.message.ClientMessage;
import org.consilium.signaling.relay.room.Rooms;
import org.junit.jupiter.api.Test;

/** Fails loudly when another version of Vert.x lays its pipeline differently. */
class VertxPipelineTest {
  @Test
  void the_relay_stands_between_the_codec_and_vertx() {
    Vertx vertx = Vertx.vertx();
    try {
      Promise<List<String>> names = Promise.promise();
      var server = vertx.createHttpServer(SignalServer.prepare(new HttpServerOptions()));
      server.webSocketHandler(_ -> {});
      server.webSocketHandshakeHandler(request ->
          request
              .accept()
              .onSuccess(socket -> {
                SignalPipeline.install(
                    socket, SignalLimits.DEFAULT, _ -> {}, (_, _) -> new NoRoom(), () -> {});
                var vertxHandler = ((WebSocketInternal) socket).channelHandlerContext();
                names.tryComplete(vertxHandler.pipeline().names());
              }));
      var client = vertx.createWebSocketClient();
      server
          .listen(0, "localhost")
          .compose(listening ->
              client.connect(
                  new WebSocketConnectOptions()
                      .setHost("localhost")
                      .setPort(listening.actualPort())
                      .addSubProtocol("consilium.v1")))
          .onFailure(names::tryFail);

      assertThat(names.future().toCompletionStage().toCompletableFuture().join())
          .containsSubsequence(
              "wsdecoder",
              "signal-encoder",
              "signal-budget",
              "signal-alive",
              "signal-aggregator",
              "signal",
              "handler");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static final class NoRoom implements Rooms.Link {
    @Override
    public void received(ClientMessage message, Runnable done) {
      done.run();
    }

    @Override
    public void writable() {}

    @Override
    public void closed() {}
  }
}
