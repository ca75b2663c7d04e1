package org.consilium.signaling.relay.socket;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.consilium.signaling.relay.room.Room;

/**
 * What a client asks for in {@code Sec-WebSocket-Protocol}.
 *
 * <p>A browser can set no other header on a WebSocket, and an address would end in logs.
 */
sealed interface Handshake {
  /** Comes with a ticket. */
  record Enter(String ticket) implements Handshake {}

  /** Comes back to a seat. */
  record Resume(String token, long lastSeq) implements Handshake {}

  /** Comes with a ticket for being rung. */
  record BePresent(String ticket) implements Handshake {}

  /** Does not speak this protocol. */
  record OtherProtocol() implements Handshake {}

  /** Speaks it and has nothing to show, or too much. */
  record NoCredential() implements Handshake {}

  /** Base64 of 16 bytes. */
  Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");

  Pattern TICKET = Pattern.compile("ticket\\.([A-Za-z0-9_-]{1,512})");
  Pattern PRESENCE = Pattern.compile("presence\\.([A-Za-z0-9_-]{1,512})");
  Pattern RESUME = Pattern.compile("resume\\.([A-Za-z0-9_-]{1,128})\\.([0-9]{1,15})");

  /** Whether the request is one of RFC 6455 §4.1: version 13 only, with a key of 16 bytes. */
  static boolean isVersion13(MultiMap headers) {
    List<String> keys = headers.getAll("Sec-WebSocket-Key");
    return headers.getAll("Sec-WebSocket-Version").equals(List.of("13"))
        && keys.size() == 1
        && KEY.matcher(keys.getFirst()).matches();
  }

  /** Reads the header, which may come several times or as a list. */
  static Handshake parse(List<String> headers) {
    List<String> offered =
        headers.stream().flatMap(h -> Arrays.stream(h.split(","))).map(String::strip).toList();
    if (!offered.contains(Room.PROTOCOL)) {
      return new OtherProtocol();
    }
    List<String> credentials = offered.stream().filter(p -> !p.equals(Room.PROTOCOL)).toList();
    if (credentials.size() != 1) {
      return new NoCredential();
    }
    Matcher ticket = TICKET.matcher(credentials.getFirst());
    if (ticket.matches()) {
      return new Enter(ticket.group(1));
    }
    Matcher presence = PRESENCE.matcher(credentials.getFirst());
    if (presence.matches()) {
      return new BePresent(presence.group(1));
    }
    Matcher resume = RESUME.matcher(credentials.getFirst());
    return resume.matches()
        ? new Resume(resume.group(1), Long.parseLong(resume.group(2)))
        : new NoCredential();
  }
}
