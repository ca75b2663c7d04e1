package org.consilium.signaling.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.consilium.platform.database.Await;
import org.consilium.signaling.relay.socket.SignalServer;

/** A module's relay on a free port, and clients that connect with what the module gave them. */
public final class CallSockets implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long WAIT_SECONDS = 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final CompletableFuture<HttpServer> server = new CompletableFuture<>();

  public CallSockets(Vertx vertx, SignalServer relay) {
    Await.on(
        vertx.deployVerticle(
            new VerticleBase() {
              @Override
              public Future<?> start() {
                var options = SignalServer.prepare(new HttpServerOptions().setHost("localhost"));
                var listening = vertx.createHttpServer(options).requestHandler(_ -> {});
                relay.install(listening);
                return listening.listen(0).onSuccess(server::complete);
              }
            }));
  }

  /** Connects and has heard the welcome. */
  public Client connect(String credential) {
    var client = connectOnly(credential);
    client.hear("welcome");
    return client;
  }

  /** Connects, and waits for no word. */
  public Client connectOnly(String credential) {
    var client = new Client();
    client.socket = open(credential, client).join();
    return client;
  }

  /** The status with which a handshake is refused. */
  public int refusal(String credential) {
    try {
      open(credential, new Client()).join().abort();
      return 101;
    } catch (CompletionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }

  private CompletableFuture<WebSocket> open(String credential, Client client) {
    var url = URI.create("ws://localhost:" + server.join().actualPort() + SignalServer.PATH);
    return http.newWebSocketBuilder()
        .subprotocols("consilium.v1", credential)
        .buildAsync(url, client);
  }

  @Override
  public void close() {
    http.shutdownNow();
    Await.on(server.join().close());
  }

  /** How a connection ended. */
  public record Close(int code, String reason) {}

  /** One connection. */
  public static final class Client implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Close> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          messages.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(new Close(code, reason));
      return null;
    }

    /** The next message. */
    public JsonNode hear() {
      try {
        var message = messages.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
          throw new AssertionError("heard nothing; closed: " + closed.getNow(null));
        }
        return message;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /** The next message of this type; others are skipped. */
    public JsonNode hear(String type) {
      while (true) {
        var message = hear();
        if (message.get("type").asText().equals(type)) {
          return message;
        }
      }
    }

    /** Says one message; apostrophes stand for quotation marks. */
    public void say(String json) {
      socket.sendText(json.replace('\'', '"'), true).join();
    }

    /** As when the path dies: no close frame. */
    public void cut() {
      socket.abort();
    }

    /** Speaks with the room: whatever it was told before has been done by then. */
    public void isAlive() {
      socket.sendText("{\"type\":\"ping\",\"ack\":0}", true);
      hear("pong");
    }

    public Close closed() {
      return closed.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    }
  }
}
