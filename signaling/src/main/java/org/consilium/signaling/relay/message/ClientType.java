package org.consilium.signaling.relay.message;

/**
 * Every message a client may send, and what the server does with it.
 *
 * <p>A new kind of message between clients is one line here and one example in the protocol's
 * folder.
 */
public enum ClientType {
  /** Offer or answer. Real ones have 1 to 6 kB; more than 32 kB is refused. */
  DESCRIPTION("description", Delivery.TO_ONE, false, 32 * 1024),
  CANDIDATE("candidate", Delivery.TO_ONE, false, 4 * 1024),
  RESTART("restart", Delivery.TO_ONE, false, 1024),
  /** A host asks a person to switch off microphone or camera; the person's client obeys. */
  MUTE("mute", Delivery.TO_ONE, true, 1024),
  CHAT("chat", Delivery.TO_ALL, false, 8 * 1024),
  /** Strokes and pointers on a shared picture, or clearing it. */
  DRAWING("drawing", Delivery.TO_ALL, false, 8 * 1024),
  /** How good the sender finds its link. */
  QUALITY("quality", Delivery.TO_ALL, false, 1024),
  /** Which of its microphone and camera are on; the last one is told to those who come later. */
  MEDIA("media", Delivery.TO_ALL, false, 512),
  ADMIT("admit", Delivery.ABOUT_SEAT, true, 0),
  REFUSE("refuse", Delivery.ABOUT_SEAT, true, 0),
  REMOVE("remove", Delivery.ABOUT_SEAT, true, 0),
  /** Makes a person of the call something else; the body names the role. */
  ROLE("role", Delivery.ABOUT_SEAT, true, 128),
  /** Gives one's own place as a host to another person, and looks on. */
  HAND_OVER("hand-over", Delivery.ABOUT_SEAT, true, 0),
  LEAVE("leave", Delivery.TO_SERVER, false, 0),
  END("end", Delivery.TO_SERVER, true, 0),
  ACK("ack", Delivery.SOCKET, false, 0),
  PING("ping", Delivery.SOCKET, false, 0);

  /** Who a message is for. */
  public enum Delivery {
    /** Its body goes to the seat in {@code to}. */
    TO_ONE,
    /** Its body goes to every other admitted seat. */
    TO_ALL,
    /** The server acts on {@code seat}. */
    ABOUT_SEAT,
    /** The server acts on the sender's seat or on the call. */
    TO_SERVER,
    /** Of the connection only: without {@code seq}, never repeated. */
    SOCKET
  }

  private static final ClientType[] ALL = values();

  private final String text;
  private final byte[] name;
  private final Delivery delivery;
  private final boolean hostOnly;
  private final int bodyBytesMax;
  private final byte[] relayStart;

  ClientType(String text, Delivery delivery, boolean hostOnly, int bodyBytesMax) {
    this.text = text;
    this.name = Bytes.of(text);
    this.delivery = delivery;
    this.hostOnly = hostOnly;
    this.bodyBytesMax = bodyBytesMax;
    this.relayStart = ServerMessage.start(text);
  }

  /** The type of this name, or null when it is none; makes no text of it. */
  static ClientType named(byte[] raw, int from, int length) {
    for (ClientType type : ALL) {
      if (type.name.length == length && Bytes.equal(raw, from, type.name)) {
        return type;
      }
    }
    return null;
  }

  public String text() {
    return text;
  }

  public Delivery delivery() {
    return delivery;
  }

  /** Whether only a host may send it. */
  public boolean isHostOnly() {
    return hostOnly;
  }

  /** The largest {@code body} in bytes; 0 where there is none. */
  public int bodyBytesMax() {
    return bodyBytesMax;
  }

  /** The first bytes of the message that relays this one. */
  byte[] relayStart() {
    return relayStart;
  }
}
