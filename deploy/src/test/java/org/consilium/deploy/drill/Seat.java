package org.consilium.deploy.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * One person's client as {@code PROTOCOL.md} wants it: it resumes at the next node of its list,
 * keeps what is not accepted, and ignores what it has heard. Says a numbered line each 100 ms.
 * Everything runs on its own thread.
 */
@SuppressWarnings("ReferenceEquality") // One connection is never another.
final class Seat implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final long TALK_MILLIS = 100;
  private static final long PING_MILLIS = 5_000;
  private static final long SILENCE_MILLIS = 10_000;
  private static final long RETRY_MILLIS = 150;

  final String name;
  private final List<Integer> ports;
  private final int home;
  private final ScheduledThread thread;
  private final ArrayDeque<Line> unaccepted = new ArrayDeque<>();
  private final Map<Integer, Heard> heard = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private int at;
  private WebSocket socket;
  private CompletionStage<?> sending;
  private boolean welcomed;
  private boolean opening;
  private long heardAt;
  private String token;
  private JsonNode self;
  private long lastSeq;
  private long said;
  private long restored;
  private boolean closed;

  private record Line(long seq, String text) {}

  /** What one other seat has said. */
  private static final class Heard {
    long sent;
    long line;
    long again;
    long missed;
  }

  /** A thread that things can be given to, at once or later. */
  private record ScheduledThread(java.util.concurrent.ScheduledExecutorService service) {
    ScheduledThread(String name) {
      this(
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name(name).factory()));
    }
  }

  /**
   * @param ports of the nodes
   * @param home the one to be at when it lives
   */
  Seat(String name, List<Integer> ports, int home) {
    this.name = name;
    this.ports = ports;
    this.home = home;
    this.at = home;
    this.thread = new ScheduledThread(name);
    every(TALK_MILLIS, this::talk);
    every(PING_MILLIS, () -> send("{\"type\":\"ping\",\"ack\":" + lastSeq + "}"));
    every(RETRY_MILLIS, this::keepConnected);
  }

  private void every(long millis, Runnable act) {
    var _ =
        thread.service.scheduleWithFixedDelay(
            () -> {
              try {
                act.run();
              } catch (RuntimeException e) {
                faults.add(name + ": " + e);
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  private <T> T ask(java.util.concurrent.Callable<T> question) {
    try {
      return thread.service.submit(question).get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(name, e);
    }
  }

  // ---- told by the drill -----------------------------------------------------------------------

  void enter(String ticket) {
    ask(() -> {
      open("ticket." + ticket);
      return null;
    });
  }

  /** Goes back to its own node. */
  void goHome() {
    ask(() -> {
      if (at != home) {
        at = home;
        drop();
      }
      return null;
    });
  }

  /** Who it is: number, role and epoch never change. */
  String identity() {
    return ask(() ->
        self == null
            ? "nobody"
            : self.get("seat") + " " + self.get("role").asText() + " " + self.get("epoch"));
  }

  int number() {
    return ask(() -> self.get("seat").asInt());
  }

  boolean isConnected() {
    return ask(() -> welcomed);
  }

  long lastSaid() {
    return ask(() -> said);
  }

  /** The newest line heard of that seat. */
  long heardOf(int other) {
    return ask(() -> heard.containsKey(other) ? heard.get(other).line : 0L);
  }

  long missed() {
    return ask(() -> heard.values().stream().mapToLong(one -> one.missed).sum());
  }

  long again() {
    return ask(() -> heard.values().stream().mapToLong(one -> one.again).sum());
  }

  long restored() {
    return ask(() -> restored);
  }

  List<String> faults() {
    return ask(() -> List.copyOf(faults));
  }

  // ---- the connection --------------------------------------------------------------------------

  private void keepConnected() {
    if (closed || opening || token == null) {
      return;
    }
    if (socket == null) {
      open("resume." + token + "." + lastSeq);
    } else if (now() - heardAt > SILENCE_MILLIS) {
      at = (at + 1) % ports.size();
      drop();
    }
  }

  private void open(String credential) {
    opening = true;
    var listener = new Listener();
    var _ =
        HTTP.newWebSocketBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .subprotocols("consilium.v1", credential)
            .buildAsync(URI.create("ws://127.0.0.1:" + ports.get(at) + "/signal"), listener)
            .whenCompleteAsync(
                (opened, failure) -> {
                  opening = false;
                  if (failure != null) {
                    at = (at + 1) % ports.size();
                  } else {
                    socket = opened;
                    sending = java.util.concurrent.CompletableFuture.completedFuture(null);
                    heardAt = now();
                    listener.begin(opened);
                  }
                },
                thread.service);
  }

  private void drop() {
    welcomed = false;
    if (socket != null) {
      socket.abort();
      socket = null;
    }
  }

  private void closed(WebSocket which, int code, String reason) {
    if (which != socket) {
      return;
    }
    drop();
    if (code != 1006 && code != 4010 && code != 1012 && code != 1011 && code != 1013) {
      faults.add(name + " was closed with " + code + " " + reason);
    }
    if (code == 1006) {
      at = (at + 1) % ports.size();
    }
    keepConnected();
  }

  private void talk() {
    if (self == null) {
      return;
    }
    said++;
    var line =
        new Line(
            said, "{\"type\":\"chat\",\"seq\":" + said + ",\"body\":{\"text\":\"" + said + "\"}}");
    unaccepted.add(line);
    if (welcomed) {
      send(line.text);
    }
    if (said % 10 == 0 && welcomed) {
      send("{\"type\":\"ping\",\"ack\":" + lastSeq + "}");
    }
  }

  private void send(String text) {
    if (socket != null && welcomed) {
      WebSocket to = socket;
      sending = sending.thenCompose(_ -> to.sendText(text, true)).exceptionally(_ -> to);
    }
  }

  private void hear(String text) throws IOException {
    heardAt = now();
    JsonNode message = JSON.readTree(text);
    switch (message.get("type").asText()) {
      case "welcome" -> welcome(message);
      case "pong" -> accepted(message.get("accepted").asLong());
      case "error" -> faults.add(name + " heard " + text);
      default -> {
        long seq = message.get("seq").asLong();
        if (seq != lastSeq + 1) {
          faults.add(name + " heard number " + seq + " after " + lastSeq);
        }
        lastSeq = seq;
        if (message.get("type").asText().equals("chat")) {
          line(message);
        }
      }
    }
  }

  private void welcome(JsonNode message) {
    JsonNode before = self;
    self = message.get("self");
    token = message.get("resumeToken").asText();
    lastSeq = message.get("seq").asLong();
    restored += message.get("restored").asBoolean() ? 1 : 0;
    if (before != null && !before.equals(self)) {
      faults.add(name + " was " + before + " and is " + self);
    }
    accepted(message.get("accepted").asLong());
    welcomed = true;
    unaccepted.forEach(line -> send(line.text));
  }

  private void accepted(long seq) {
    while (!unaccepted.isEmpty() && unaccepted.peek().seq <= seq) {
      unaccepted.poll();
    }
  }

  private void line(JsonNode message) {
    var from = heard.computeIfAbsent(message.get("from").asInt(), _ -> new Heard());
    long sent = message.get("sent").asLong();
    if (sent <= from.sent) {
      from.again++;
      return;
    }
    from.sent = sent;
    long line = Long.parseLong(message.at("/body/text").asText());
    if (line <= from.line) {
      faults.add(name + " heard line " + line + " after " + from.line);
    } else if (from.line > 0) {
      from.missed += line - from.line - 1;
    }
    from.line = line;
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }

  @Override
  public void close() {
    ask(() -> {
      closed = true;
      drop();
      return null;
    });
    thread.service.shutdownNow();
  }

  /** Hands everything to the seat's own thread, in order. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    void begin(WebSocket opened) {
      opened.request(1);
    }

    @Override
    public void onOpen(WebSocket from) {}

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        later(() -> {
          if (from == socket) {
            hear(whole);
          }
        });
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      later(() -> closed(from, code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      later(() -> closed(from, 1006, String.valueOf(error)));
    }

    private void later(Act act) {
      ExecutorService to = thread.service;
      if (!to.isShutdown()) {
        to.execute(() -> {
          try {
            act.run();
          } catch (IOException | RuntimeException e) {
            faults.add(name + ": " + e);
          }
        });
      }
    }
  }

  private interface Act {
    void run() throws IOException;
  }
}
