package org.consilium.signaling.relay.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.Entries;
import org.consilium.signaling.relay.IceServers;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.bus.Bus;

/** A real server on a free port of the loopback, on several event loops, and real clients of it. */
final class TestCalls implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long WAIT_SECONDS = 20;

  /** One person of a test may be in many calls, and all come from this machine. */
  private static final SignalLimits MANY =
      new SignalLimits(
          SignalLimits.DEFAULT.seatsMax(),
          SignalLimits.DEFAULT.waitingMax(),
          SignalLimits.DEFAULT.socketsMax(),
          SignalLimits.DEFAULT.framesPerSecond(),
          SignalLimits.DEFAULT.framesBurst(),
          SignalLimits.DEFAULT.bytesPerSecond(),
          SignalLimits.DEFAULT.bytesBurst(),
          SignalLimits.DEFAULT.seatKept(),
          SignalLimits.DEFAULT.slowReaderGrace());

  final Entries journal = new Entries();

  /** The first node, and its port. */
  final SignalServer server;

  final int port;

  private final Installation.Wire wire;
  private final MemoryLeases leases = new MemoryLeases();
  private final List<TestNode> nodes = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final SignalLimits limits;
  private final Origins origins;
  private final Duration headTimeMax;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Admission> tickets = new ConcurrentHashMap<>();

  /** Tickets that are being looked up until the test says what came of it. */
  final Map<String, Promise<Optional<Admission>>> held = new ConcurrentHashMap<>();

  /** The held tickets whose look-up has begun. */
  final Set<String> lookedUp = ConcurrentHashMap.newKeySet();

  TestCalls(SignalLimits limits, Origins origins) {
    this(limits, origins, Duration.ofSeconds(10));
  }

  TestCalls(SignalLimits limits, Origins origins, Duration headTimeMax) {
    this(Installation.ONE_NODE, limits, origins, headTimeMax);
  }

  TestCalls(Installation installation) {
    this(installation, MANY, Origins.SAME_HOST, Duration.ofSeconds(10));
  }

  TestCalls(Installation installation, SignalLimits limits, Origins origins, Duration headTimeMax) {
    this.limits = limits;
    this.origins = origins;
    this.headTimeMax = headTimeMax;
    this.wire = installation.wire();
    for (int i = 0; i < installation.nodes(); i++) {
      nodes.add(node());
    }
    server = nodes.getFirst().server;
    port = nodes.getFirst().port;
  }

  private TestNode node() {
    String name = UUID.randomUUID().toString();
    Bus bus = wire == null ? null : wire.node(name);
    var place =
        bus == null
            ? SignalServer.Place.ALONE
            : new SignalServer.Place(name, bus, leases.leases(name), leases.keeper(name));
    return new TestNode(
        name,
        bus,
        () ->
            new SignalServer(
                limits,
                origins,
                this::redeem,
                IceServers.NONE,
                journal,
                InstantSource.system(),
                place),
        headTimeMax);
  }

  private Future<Optional<Admission>> redeem(String ticket) {
    if (held.containsKey(ticket)) {
      lookedUp.add(ticket);
      return held.get(ticket).future();
    }
    return ticket.startsWith("broken")
        ? Future.failedFuture("no database")
        : Future.succeededFuture(Optional.ofNullable(tickets.remove(ticket)));
  }

  /** As when the node is killed; another is started in its place. */
  void killOneNode(int which) {
    TestNode victim = nodes.get(which % nodes.size());
    leases.dies(victim.name);
    victim.end();
    nodes.set(nodes.indexOf(victim), node());
  }

  /** The node hears nothing of the others until the answer is counted down. */
  CountDownLatch hang(int which) {
    return nodes.get(which).hang();
  }

  /** Which of the nodes serves the call. */
  int ownerOf(CallId call) {
    String owner = leases.owner(call);
    return nodes.stream().map(node -> node.name).toList().indexOf(owner);
  }

  /** Stops all nodes in order. */
  void drain() {
    nodes.forEach(node -> node.server.drain().toCompletionStage().toCompletableFuture().join());
  }

  int sockets() {
    return nodes.stream().mapToInt(node -> node.server.sockets()).sum();
  }

  int calls() {
    return nodes.stream().mapToInt(node -> node.server.calls()).sum();
  }

  TestCalls() {
    this(MANY, Origins.SAME_HOST);
  }

  @Override
  public void close() {
    http.shutdownNow();
    nodes.forEach(TestNode::end);
    if (wire != null) {
      wire.close();
    }
  }

  /** A ticket that is good once. */
  String ticket(CallId call, String person, CallRole role, AdmissionMode mode) {
    String ticket = UUID.randomUUID().toString();
    tickets.put(ticket, admission(call, person, role, mode));
    return ticket;
  }

  Admission admission(CallId call, String person, CallRole role, AdmissionMode mode) {
    return new Admission(
        call,
        new ConsultId(call.value()),
        person,
        person,
        role,
        mode,
        Instant.now().plus(Duration.ofHours(1)));
  }

  /** Comes in at once and has heard the welcome. */
  Client enter(CallId call, String person, CallRole role) {
    return connect("ticket." + ticket(call, person, role, AdmissionMode.DIRECT));
  }

  Client connect(String credential) {
    var client = new Client();
    connectOnly(client, credential);
    client.welcome = client.hear();
    return client;
  }

  /** Empty when the node that was asked refuses or is gone, or the connection dies at once. */
  Optional<Client> tryToResume(Client before, long lastSeq) {
    var client = new Client();
    String credential = "resume." + before.welcome.get("resumeToken").asText() + "." + lastSeq;
    try {
      client.socket =
          open(nextPort(), client, credential, Map.of()).get(WAIT_SECONDS, TimeUnit.SECONDS);
      client.welcome = client.hearUnlessClosed();
      return Optional.ofNullable(client.welcome).map(_ -> client);
    } catch (ExecutionException refused) {
      return Optional.empty();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Connects, and waits for no welcome. */
  void connectOnly(Client client, String credential) {
    try {
      client.socket =
          open(nextPort(), client, credential, Map.of()).get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** The status with which a handshake is refused. */
  int refusal(String credential, Map<String, String> headers) {
    try {
      open(port, new Client(), credential, headers).get(WAIT_SECONDS, TimeUnit.SECONDS).abort();
      return 101;
    } catch (ExecutionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Each connection goes to another node than the one before. */
  private int nextPort() {
    return nodes.get(turn.getAndIncrement() % nodes.size()).port;
  }

  private CompletableFuture<WebSocket> open(
      int to, Client client, String credential, Map<String, String> headers) {
    var builder = http.newWebSocketBuilder();
    headers.forEach(builder::header);
    if (credential.isEmpty()) {
      builder.subprotocols("consilium.v1");
    } else {
      builder.subprotocols("consilium.v1", credential);
    }
    return builder.buildAsync(URI.create("ws://localhost:" + to + "/signal"), client);
  }

  /** How a connection ended. */
  record Close(int code, String reason) {}

  /** One connection. */
  final class Client implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Close> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    WebSocket socket;
    JsonNode welcome;
    volatile boolean reads = true;

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
      if (reads) {
        from.request(1);
      }
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(new Close(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.complete(new Close(1006, error.getMessage()));
    }

    void say(String json) {
      sending = sending.thenCompose(_ -> socket.sendText(json.replace('\'', '"'), true));
    }

    void sendBinary(byte[] bytes) {
      sending = sending.thenCompose(_ -> socket.sendBinary(ByteBuffer.wrap(bytes), true));
    }

    /** The next message. */
    JsonNode hear() {
      try {
        JsonNode message = messages.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
          throw new AssertionError("heard nothing; closed: " + closed.getNow(null));
        }
        return message;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    boolean isClosed() {
      return closed.isDone();
    }

    /** The next message, or null when the connection ends before one comes. */
    JsonNode hearUnlessClosed() throws InterruptedException {
      while (messages.isEmpty() && !isClosed()) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
      return messages.poll();
    }

    /** The next message of this type; others are skipped. */
    JsonNode hear(String type) {
      while (true) {
        JsonNode message = hear();
        if (message.get("type").asText().equals(type)) {
          return message;
        }
      }
    }

    Close closed() {
      try {
        return closed.get(WAIT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new AssertionError("not closed", e);
      }
    }

    /** As when the path dies: no close frame. */
    void cut() {
      socket.abort();
    }

    Client resume(long lastSeq) {
      return connect("resume." + welcome.get("resumeToken").asText() + "." + lastSeq);
    }

    List<JsonNode> unheard() {
      return List.copyOf(messages);
    }
  }
}
