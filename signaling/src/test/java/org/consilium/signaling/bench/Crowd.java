package org.consilium.signaling.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Pairs of clients that send each other what a call's set-up sends: an offer, an answer and 24
 * candidates, again and again. Runs on one event loop.
 */
final class Crowd {
  /** Far below what any relay can do: the added latency of a busy day. */
  static final int PACED_PER_SECOND = 2_000;

  private static final int OFFER_BYTES = 4_000;
  private static final int ANSWER_BYTES = 3_000;
  private static final int CANDIDATE_BYTES = 100;
  private static final int CANDIDATES = 24;

  /** Messages on their way in each direction of a room while it runs as fast as it can. */
  private static final int WINDOW = 4;

  /** A real client acknowledges with each ping; this one by count, which is oftener. */
  private static final int ACK_EVERY = 64;

  private static final String STAMP = "\"t\":";

  private final Vertx vertx;
  private final RelayLoad.RelayServer server;
  private final int rooms;
  private final List<Client> clients = new ArrayList<>();
  private final WebSocketClient http;

  private boolean bursting;
  private long relayed;
  private long[] micros = new long[0];
  private int measured;

  Crowd(Vertx vertx, RelayLoad.RelayServer server, int rooms) {
    this.vertx = vertx;
    this.server = server;
    this.rooms = rooms;
    this.http =
        vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxConnections(2 * rooms).setTcpNoDelay(true));
  }

  void connect() throws Exception {
    for (int room = 0; room < rooms; room++) {
      for (int side = 1; side <= 2; side++) {
        var client = new Client(side);
        onLoop(() -> client.open(clients.size() / 2)).get(10, TimeUnit.SECONDS);
        clients.add(client);
      }
    }
  }

  /** Sends as fast as the relay takes it; answers how many messages arrived. */
  long burst(long millis) throws Exception {
    return onLoop(
            () -> {
              relayed = 0;
              bursting = true;
              for (Client client : clients) {
                for (int i = 0; i < WINDOW; i++) {
                  client.sendNext();
                }
              }
              return vertx
                  .timer(millis, TimeUnit.MILLISECONDS)
                  .map(_ -> {
                    bursting = false;
                    return relayed;
                  })
                  .compose(count -> vertx.timer(200, TimeUnit.MILLISECONDS).map(_ -> count));
            })
        .get(millis + 10_000, TimeUnit.MILLISECONDS);
  }

  /** Sends at a steady rate; answers the times from sending to arriving, sorted. */
  long[] paced(long millis) throws Exception {
    return onLoop(
            () -> {
              micros = new long[(int) (PACED_PER_SECOND * millis / 1000)];
              measured = 0;
              long begin = System.nanoTime();
              var sent = new int[1];
              long timer =
                  vertx.setPeriodic(
                      1,
                      _ -> {
                        long due =
                            (System.nanoTime() - begin) / 1000 * PACED_PER_SECOND / 1_000_000;
                        while (sent[0] < due && sent[0] < micros.length) {
                          clients.get(sent[0]++ % clients.size()).sendNext();
                        }
                      });
              return vertx
                  .timer(millis + 300, TimeUnit.MILLISECONDS)
                  .map(_ -> {
                    vertx.cancelTimer(timer);
                    long[] seen = Arrays.copyOf(micros, measured);
                    Arrays.sort(seen);
                    return seen;
                  });
            })
        .get(millis + 10_000, TimeUnit.MILLISECONDS);
  }

  private <T> CompletableFuture<T> onLoop(Supplier<Future<T>> act) {
    var done = new CompletableFuture<T>();
    vertx.runOnContext(
        _ -> act.get().onSuccess(done::complete).onFailure(done::completeExceptionally));
    return done;
  }

  private final class Client {
    private final String head;
    private final int side;
    private WebSocket socket;
    private long sent;
    private long heard;
    private long lastSeq;

    Client(int side) {
      this.side = side;
      this.head = ",\"to\":" + (3 - side) + ",\"epoch\":1,\"body\":{";
    }

    Future<Object> open(int room) {
      return http.connect(server.door(room, side).setHost("127.0.0.1").setPort(server.port()))
          .map(opened -> {
            socket = opened;
            opened.textMessageHandler(this::hear);
            return null;
          });
    }

    void sendNext() {
      long step = sent++ % (2 + CANDIDATES);
      int bytes = step == 0 ? OFFER_BYTES : step == 1 ? ANSWER_BYTES : CANDIDATE_BYTES;
      socket.writeTextMessage(
          "{\"type\":\""
              + (step < 2 ? "description" : "candidate")
              + "\",\"seq\":"
              + sent
              + head
              + STAMP
              + System.nanoTime()
              + ",\"x\":\""
              + Filler.of(bytes)
              + "\"}}");
    }

    private void hear(String text) {
      int stamp = text.indexOf(STAMP);
      if (stamp < 0) {
        return; // A welcome or the like.
      }
      relayed++;
      lastSeq++;
      if (++heard % ACK_EVERY == 0) {
        socket.writeTextMessage("{\"type\":\"ack\",\"ack\":" + (lastSeq) + "}");
      }
      if (bursting) {
        sendNext();
      } else if (measured < micros.length) {
        int from = stamp + STAMP.length();
        long sentAt = Long.parseLong(text, from, text.indexOf(',', from), 10);
        micros[measured++] = (System.nanoTime() - sentAt) / 1000;
      }
    }
  }

  /** Text of a given length. */
  private static final class Filler {
    private static final String OFFER = "a".repeat(OFFER_BYTES);
    private static final String ANSWER = "a".repeat(ANSWER_BYTES);
    private static final String CANDIDATE = "a".repeat(CANDIDATE_BYTES);

    static String of(int bytes) {
      return bytes == OFFER_BYTES ? OFFER : bytes == ANSWER_BYTES ? ANSWER : CANDIDATE;
    }
  }
}
