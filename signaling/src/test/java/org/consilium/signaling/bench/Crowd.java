package org.consilium.signaling.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Pairs of clients of one server, on one event loop of their own. */
final class Crowd implements AutoCloseable {
  /** What is still on its way when the sending has ended arrives in this time. */
  private static final long SETTLE_MILLIS = 300;

  private static final int CONNECTING_MAX = 64;
  private static final int SOURCES = 16;
  private static final long WAIT_SECONDS = 90;

  private final EventLoop loop;
  private final MultiThreadIoEventLoopGroup group;
  private final Dialect dialect;
  private final int port;
  private final List<Peer> peers = new ArrayList<>();

  private int opened;
  private int connectingMax = CONNECTING_MAX;
  private int toConnect;
  private int connecting;
  private int ready;
  private List<Peer> queue = List.of();
  private CompletableFuture<Void> allReady = new CompletableFuture<>();
  private Throwable failure;
  private boolean bursting;
  private boolean closing;
  private long arrived;
  private long[] nanos = new long[0];
  private int measured;

  long sent;

  /** Messages that came out of turn, doubled or after a gap. */
  long disordered;

  /** Seats that were got back with nothing missed. */
  int resumed;

  private long arrivedEver;

  Crowd(Dialect dialect, int port, int firstRoom, int rooms, IntFunction<String> tickets) {
    this.group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    this.loop = (EventLoop) group.next();
    this.dialect = dialect;
    this.port = port;
    for (int room = firstRoom; room < firstRoom + rooms; room++) {
      int first = 2 * (room - firstRoom);
      var one = new Peer(this, room, 1, tickets.apply(first));
      var two = new Peer(this, room, 2, tickets.apply(first + 1));
      one.other = two;
      two.other = one;
      peers.add(one);
      peers.add(two);
    }
  }

  Dialect dialect() {
    return dialect;
  }

  int size() {
    return peers.size();
  }

  // ---- coming ----------------------------------------------------------------------------------

  /**
   * Brings everybody in: first the first sides, then the others, so that their numbers are known.
   */
  void connect() throws Exception {
    for (int side = 1; side <= 2; side++) {
      int now = side;
      connect(peers.stream().filter(peer -> peer.side == now).toList(), CONNECTING_MAX);
    }
  }

  /** Brings everybody in at once. */
  void connectAtOnce() throws Exception {
    connect(peers, peers.size());
  }

  private void connect(List<Peer> who, int atOnce) throws Exception {
    await(() -> {
      queue = who;
      toConnect = 0;
      ready = 0;
      connecting = 0;
      connectingMax = atOnce;
      allReady = new CompletableFuture<>();
      connectMore();
      return allReady;
    });
  }

  private void connectMore() {
    while (connecting < connectingMax && toConnect < queue.size()) {
      connecting++;
      open(queue.get(toConnect++));
    }
  }

  /** From several addresses of the loopback, which has 28,000 ports for each. */
  private void open(Peer peer) {
    peer.isReady = false;
    peer.socket = new WireSocket(peer);
    var source = new InetSocketAddress("127.0.1." + (1 + opened++ % SOURCES), 0);
    new Bootstrap()
        .group(loop)
        .channel(EpollSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) (WAIT_SECONDS * 1000))
        .option(io.netty.channel.epoll.EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(peer.socket);
              }
            })
        .connect(new InetSocketAddress("127.0.0.1", port), source)
        .addListener(connected -> {
          if (!connected.isSuccess()) {
            failed(connected.cause());
          }
        });
  }

  void ready(Peer peer) {
    connecting--;
    if (++ready == queue.size()) {
      allReady.complete(null);
    } else {
      connectMore();
    }
  }

  void closed(Peer peer, int code) {
    if (!closing) {
      failed(new IllegalStateException("closed with " + code + " by the server"));
    }
  }

  void failed(Throwable cause) {
    failure = cause;
    allReady.completeExceptionally(cause);
  }

  /** Cuts every connection, as when a path dies. */
  void cutAll() throws Exception {
    await(() -> {
      closing = true;
      peers.forEach(peer -> peer.socket.cut());
      var done = new CompletableFuture<Void>();
      loop.execute(() -> {
        closing = false;
        done.complete(null);
      });
      return done;
    });
  }

  // ---- sending ---------------------------------------------------------------------------------

  boolean isBursting() {
    return bursting;
  }

  /**
   * Each pair sends set-ups as fast as the server takes them: one side a whole one at once, and
   * when all of it has come the other side.
   *
   * @return how many messages arrived
   */
  long burst(long millis) throws Exception {
    return await(() -> {
      var done = new CompletableFuture<Long>();
      arrived = 0;
      bursting = true;
      peers.stream().filter(peer -> peer.side == 1).forEach(Peer::sendSetup);
      loop.schedule(
          () -> {
            bursting = false;
            loop.schedule(() -> done.complete(arrived), SETTLE_MILLIS, TimeUnit.MILLISECONDS);
          },
          millis,
          TimeUnit.MILLISECONDS);
      return done;
    });
  }

  /**
   * Sends one message after another at a steady rate, each from another pair than the one before.
   *
   * @return the times from sending to arriving in nanoseconds, sorted
   */
  long[] paced(int perSecond, long millis) throws Exception {
    return await(() -> {
      var done = new CompletableFuture<long[]>();
      nanos = new long[(int) (perSecond * millis / 1000)];
      measured = 0;
      arrived = 0;
      new Pace(perSecond, nanos.length, done).run();
      return done;
    });
  }

  private final class Pace implements Runnable {
    private final long gapNanos;
    private final int count;
    private final CompletableFuture<long[]> done;
    private long due = System.nanoTime();
    private int next;

    Pace(int perSecond, int count, CompletableFuture<long[]> done) {
      this.gapNanos = 1_000_000_000L / perSecond;
      this.count = count;
      this.done = done;
    }

    @Override
    public void run() {
      while (System.nanoTime() - due >= 0 && next < count) {
        int turn = next++;
        // Each pair in turn, and its sides by turns.
        peers.get((2 * turn + turn / (peers.size() / 2)) % peers.size()).sendNext();
        due += gapNanos;
      }
      if (next < count) {
        loop.schedule(this, due - System.nanoTime(), TimeUnit.NANOSECONDS);
        return;
      }
      loop.schedule(
          () -> {
            long[] seen = Arrays.copyOf(nanos, measured);
            nanos = new long[0];
            Arrays.sort(seen);
            done.complete(seen);
          },
          SETTLE_MILLIS,
          TimeUnit.MILLISECONDS);
    }
  }

  void arrived(boolean inOrder, long nanosOnTheWay) {
    arrived++;
    arrivedEver++;
    if (!inOrder) {
      disordered++;
    }
    if (measured < nanos.length) {
      nanos[measured++] = nanosOnTheWay;
    }
  }

  /** Fails unless every message sent has arrived, once and in order. */
  void verify(String server) {
    if (failure != null) {
      throw new IllegalStateException(server, failure);
    }
    if (disordered != 0 || sent != arrivedEver) {
      throw new IllegalStateException(
          "%s: of %d sent %d arrived, %d out of order"
              .formatted(server, sent, arrivedEver, disordered));
    }
  }

  long arrivedEver() {
    return arrivedEver;
  }

  private <T> T await(java.util.function.Supplier<CompletableFuture<T>> act) throws Exception {
    var result = new CompletableFuture<T>();
    loop.execute(() ->
        act.get()
            .whenComplete((value, wrong) -> {
              if (wrong == null) {
                result.complete(value);
              } else {
                result.completeExceptionally(wrong);
              }
            }));
    try {
      return result.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException wrong) {
      throw new IllegalStateException(ready + " of " + queue.size() + " ready", wrong);
    }
  }

  @Override
  public void close() throws Exception {
    cutAll();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }
}
