package org.consilium.deploy.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.consilium.deploy.link.Wire.Kind;
import org.consilium.deploy.link.Wire.Way;

/**
 * The UDP path between browsers and the relay, over a wire. It can die as it does when a device
 * changes networks: all that flowed on it is lost for good, and only what begins anew gets through.
 */
public final class UdpLink implements AutoCloseable {
  private static final int PACKET_BYTES_MAX = 2_048;
  private static final int HEADER_BYTES = 28;

  private final DatagramSocket entrance;
  private final SocketAddress relay;
  private final Wire wire;
  private final Map<SocketAddress, Flow> flows = new ConcurrentHashMap<>();

  /** One browser socket's way to the relay and back. */
  private static final class Flow {
    private final DatagramSocket socket;
    private volatile boolean dead;

    private Flow(DatagramSocket socket) {
      this.socket = socket;
    }
  }

  public UdpLink(int relayPort, Wire wire) {
    this.wire = wire;
    relay = new InetSocketAddress(InetAddress.getLoopbackAddress(), relayPort);
    entrance = socket();
    Thread.ofPlatform().daemon().name("udp-link").start(this::carryOut);
  }

  public int port() {
    return entrance.getLocalPort();
  }

  /** Everything that flows now is lost from here on; says how many flows that were. */
  public int changeNetwork() {
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
        carry(Way.UP, flow, flow.socket, packet, relay);
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
        carry(Way.DOWN, flow, entrance, packet, browser);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void carry(
      Way way, Flow flow, DatagramSocket through, DatagramPacket packet, SocketAddress to) {
    if (flow.dead) {
      return;
    }
    var bytes = Arrays.copyOf(packet.getData(), packet.getLength());
    wire.carry(
        Kind.MEDIA,
        way,
        bytes.length + HEADER_BYTES,
        () -> {
          try {
            if (!flow.dead) {
              through.send(new DatagramPacket(bytes, bytes.length, to));
            }
          } catch (IOException closed) {
            // The test is over.
          }
        });
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
