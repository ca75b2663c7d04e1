package org.consilium.deploy.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The UDP path between browsers and the relay, which can die as it does when a device changes
 * networks: all that flowed on it is lost for good, and only what begins anew gets through.
 */
final class UdpLink implements AutoCloseable {
  private static final int PACKET_BYTES_MAX = 2_048;

  private final DatagramSocket entrance;
  private final SocketAddress relay;
  private final Map<SocketAddress, Flow> flows = new ConcurrentHashMap<>();

  /** One browser socket's way to the relay and back. */
  private static final class Flow {
    private final DatagramSocket socket;
    private volatile boolean dead;

    private Flow(DatagramSocket socket) {
      this.socket = socket;
    }
  }

  UdpLink(int relayPort) {
    relay = new InetSocketAddress(InetAddress.getLoopbackAddress(), relayPort);
    entrance = socket();
    Thread.ofPlatform().daemon().name("udp-link").start(this::carryOut);
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** Everything that flows now is lost from here on; says how many flows that were. */
  int changeNetwork() {
    int alive = 0;
    for (var flow : flows.values()) {
      alive += flow.dead ? 0 : 1;
      flow.dead = true;
    }
    return alive;
  }

  private void carryOut() {
    var packet = new DatagramPacket(new byte[PACKET_BYTES_MAX], PACKET_BYTES_MAX);
    try {
      while (!entrance.isClosed()) {
        packet.setLength(PACKET_BYTES_MAX);
        entrance.receive(packet);
        var flow = flows.computeIfAbsent(packet.getSocketAddress(), this::open);
        if (!flow.dead) {
          packet.setSocketAddress(relay);
          flow.socket.send(packet);
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private Flow open(SocketAddress browser) {
    var flow = new Flow(socket());
    Thread.ofPlatform().daemon().name("udp-flow").start(() -> carryBack(flow, browser));
    return flow;
  }

  private void carryBack(Flow flow, SocketAddress browser) {
    var packet = new DatagramPacket(new byte[PACKET_BYTES_MAX], PACKET_BYTES_MAX);
    try {
      while (!flow.socket.isClosed()) {
        packet.setLength(PACKET_BYTES_MAX);
        flow.socket.receive(packet);
        if (!flow.dead) {
          packet.setSocketAddress(browser);
          entrance.send(packet);
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static DatagramSocket socket() {
    try {
      return new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    entrance.close();
    flows.values().forEach(flow -> flow.socket.close());
  }
}
