package org.consilium.deploy.turncheck;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLSocketFactory;

/** One client of a TURN server, with one five-tuple and so at most one allocation. */
final class TurnClient implements AutoCloseable {
  /** RFC 8489 §6.2.1 in short: sent again after these pauses. */
  private static final int[] WAITS_MILLIS = {500, 1_000, 2_000, 2_000};

  private static final int TCP_WAIT_MILLIS = 6_000;
  private static final int DATAGRAM_BYTES_MAX = 2_048;
  private static final int PROTOCOL_UDP = 17;
  private static final int PROTOCOL_TCP = 6;
  private static final int FAMILY_V6 = 2;
  private static final int PEER_PORT = 3480;
  private static final int LIFETIME_ASKED_SECONDS = 86_400;

  private final Wire wire;
  private final String username;
  private final String password;
  private String realm = "";
  private String nonce = "";
  private int channel = 0x4000;

  private TurnClient(Wire wire, String username, String password) {
    this.wire = wire;
    this.username = username;
    this.password = password;
  }

  static TurnClient connect(TurnUrl url, String username, String password) throws IOException {
    return new TurnClient(
        url.transport() == TurnUrl.Transport.UDP ? new Udp(url) : new Stream(url),
        username,
        password);
  }

  /** The password that coturn's {@code use-auth-secret} expects for this name. */
  static String password(String username, String secret) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
  }

  /** Asks for an allocation without any name: a server that knows its business answers 401. */
  StunMessage allocateAnonymously() throws IOException {
    var request = allocate(PROTOCOL_UDP);
    var answer = wire.ask(request, request.bytes());
    keepChallenge(answer);
    return answer;
  }

  /** Asks for far more time than anybody should get; the answer says how much it is. */
  StunMessage allocateV4() throws IOException {
    return ask(
        () -> allocate(PROTOCOL_UDP).withNumber(StunMessage.LIFETIME, LIFETIME_ASKED_SECONDS, 32));
  }

  StunMessage allocateV6() throws IOException {
    return ask(() ->
        allocate(PROTOCOL_UDP).withNumber(StunMessage.REQUESTED_ADDRESS_FAMILY, FAMILY_V6, 8));
  }

  /** A relay of TCP connections to peers, RFC 6062. */
  StunMessage allocateTcpRelay() throws IOException {
    return ask(() -> allocate(PROTOCOL_TCP));
  }

  private static StunMessage allocate(int protocol) {
    return StunMessage.request(StunMessage.ALLOCATE)
        .withNumber(StunMessage.REQUESTED_TRANSPORT, protocol, 8);
  }

  StunMessage permit(IpAddress peer) throws IOException {
    return ask(() -> StunMessage.request(StunMessage.CREATE_PERMISSION).withPeer(peer, PEER_PORT));
  }

  /** Each time another channel: one that is bound stays with its peer. */
  StunMessage bindChannel(IpAddress peer) throws IOException {
    int number = channel++;
    return ask(() ->
        StunMessage.request(StunMessage.CHANNEL_BIND)
            .withNumber(StunMessage.CHANNEL_NUMBER, number, 16)
            .withPeer(peer, PEER_PORT));
  }

  /** Gives the allocation back. */
  StunMessage release() throws IOException {
    return ask(
        () -> StunMessage.request(StunMessage.REFRESH).withNumber(StunMessage.LIFETIME, 0, 32));
  }

  private interface Request {
    StunMessage make();
  }

  /** Asks with the credential; a nonce that is missing or stale is fetched first. */
  private StunMessage ask(Request request) throws IOException {
    if (nonce.isEmpty()) {
      allocateAnonymously();
    }
    var answer = askOnce(request);
    if (answer.error() == 438) {
      keepChallenge(answer);
      answer = askOnce(request);
    }
    return answer;
  }

  private StunMessage askOnce(Request request) throws IOException {
    var message =
        request
            .make()
            .with(StunMessage.USERNAME, username)
            .with(StunMessage.REALM, realm)
            .with(StunMessage.NONCE, nonce);
    return wire.ask(message, message.signed(key()));
  }

  private void keepChallenge(StunMessage answer) {
    nonce = answer.text(StunMessage.NONCE);
    if (!answer.text(StunMessage.REALM).isEmpty()) {
      realm = answer.text(StunMessage.REALM);
    }
  }

  private byte[] key() {
    try {
      return MessageDigest.getInstance("MD5")
          .digest((username + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }

  // ---- the wire --------------------------------------------------------------------------------

  private interface Wire extends AutoCloseable {
    StunMessage ask(StunMessage request, byte[] bytes) throws IOException;

    @Override
    void close() throws IOException;
  }

  private static final class Udp implements Wire {
    private final DatagramSocket socket = new DatagramSocket();

    Udp(TurnUrl url) throws IOException {
      socket.connect(new InetSocketAddress(url.host(), url.port()));
    }

    @Override
    public StunMessage ask(StunMessage request, byte[] bytes) throws IOException {
      for (int wait : WAITS_MILLIS) {
        socket.send(new DatagramPacket(bytes, bytes.length));
        long end = System.nanoTime() + wait * 1_000_000L;
        for (long left = wait; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
          socket.setSoTimeout((int) left);
          var packet = new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], DATAGRAM_BYTES_MAX);
          try {
            socket.receive(packet);
          } catch (SocketTimeoutException e) {
            break;
          }
          if (packet.getLength() >= StunMessage.HEADER_BYTES) {
            var answer = StunMessage.read(packet.getData(), packet.getLength());
            if (answer.answers(request)) {
              return answer;
            }
          }
        }
      }
      throw new SocketTimeoutException("no answer");
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private static final class Stream implements Wire {
    private final Socket socket;
    private final DataInputStream in;

    Stream(TurnUrl url) throws IOException {
      var plain = new Socket();
      plain.connect(new InetSocketAddress(url.host(), url.port()), TCP_WAIT_MILLIS);
      plain.setSoTimeout(TCP_WAIT_MILLIS);
      socket =
          url.transport() == TurnUrl.Transport.TLS
              ? ((SSLSocketFactory) SSLSocketFactory.getDefault())
                  .createSocket(plain, url.host(), url.port(), true)
              : plain;
      in = new DataInputStream(socket.getInputStream());
    }

    @Override
    public StunMessage ask(StunMessage request, byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      while (true) {
        var header = new byte[StunMessage.HEADER_BYTES];
        in.readFully(header);
        int length = StunMessage.length(header);
        var message = Arrays.copyOf(header, length);
        in.readFully(message, header.length, length - header.length);
        var answer = StunMessage.read(message, length);
        if (answer.answers(request)) {
          return answer;
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
