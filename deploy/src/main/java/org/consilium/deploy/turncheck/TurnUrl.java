package org.consilium.deploy.turncheck;

import java.util.Locale;
import java.util.regex.Pattern;

/** Where a TURN server is, as RFC 7065 writes it: {@code turn:host:3478?transport=udp}. */
record TurnUrl(String host, int port, Transport transport) {
  enum Transport {
    UDP,
    TCP,
    TLS
  }

  private static final Pattern FORM =
      Pattern.compile("(turns?):(\\[[^\\]]+]|[^:?]+)(?::(\\d{1,5}))?(?:\\?transport=(udp|tcp))?");

  static TurnUrl parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not like turn:turn.example.org:3478?transport=udp");
    }
    boolean tls = form.group(1).equals("turns");
    int port = form.group(3) == null ? (tls ? 5349 : 3478) : Integer.parseInt(form.group(3));
    if (tls && "udp".equals(form.group(4))) {
      throw new IllegalArgumentException("turns over UDP (DTLS) is not checked: " + text);
    }
    boolean tcp = "tcp".equals(form.group(4));
    return new TurnUrl(
        form.group(2), port, tls ? Transport.TLS : tcp ? Transport.TCP : Transport.UDP);
  }

  @Override
  public String toString() {
    return transport.name().toLowerCase(Locale.ROOT) + "://" + host + ":" + port;
  }
}
