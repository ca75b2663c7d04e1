package org.consilium.deploy.turncheck;

import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Tells an operator whether a TURN server (RFC 8656) is what it should be: closed to strangers and
 * to private networks, open to the rest. It sends nothing to any peer: it asks only for the
 * permission to.
 */
public final class TurnCheck {
  /** An allocation longer than that outlives every credential. */
  private static final int LIFETIME_SECONDS_MAX = 3_600;

  /** A person in the largest call, with three addresses of the relay and a restart, has 42. */
  private static final int QUOTA_TRIES = 64;

  private static final Duration CREDENTIAL_LIFE = Duration.ofMinutes(10);
  private static final int UNAUTHORIZED = 401;
  private static final int FAMILY_UNSUPPORTED = 440;
  private static final int QUOTA_REACHED = 486;
  private static final int EXIT_USAGE = 2;
  private static final String TO = "to ";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final TurnUrl url;
  private final String secret;
  private final InstantSource clock;
  private final List<Finding> findings = new ArrayList<>();

  /** Another name each time: the server counts for a while what was given back. */
  private final String name = "turn-check-" + Long.toString(RANDOM.nextLong(), 36);

  private TurnCheck(TurnUrl url, String secret, InstantSource clock) {
    this.url = url;
    this.secret = secret;
    this.clock = clock;
  }

  /** How one thing was found. */
  enum Verdict {
    GOOD("ok"),
    OPEN("OPEN"),
    WRONG("WRONG");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }
  }

  /**
   * One line of the table.
   *
   * @param what was tried
   * @param seen what the server did
   */
  record Finding(Verdict verdict, String what, String seen) {}

  /** Exit status 0: all is well; 1: it is not; 2: not asked rightly. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.getenv(), System.out));
  }

  static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
    var text =
        arguments.length > 0
            ? String.join(",", arguments)
            : environment.getOrDefault("CONSILIUM_TURN_URLS", "");
    var secret = environment.getOrDefault("CONSILIUM_TURN_SECRET", "");
    var urls = Arrays.stream(text.split("[,\\s]+")).filter(url -> url.startsWith("turn")).toList();
    if (urls.isEmpty() || secret.isEmpty()) {
      out.println(
          """
          Checks whether a TURN server is closed to strangers and to private networks.

            CONSILIUM_TURN_SECRET=… deploy/turn-check turn:turn.example.org:3478 [another URL …]

          Without URLs those of CONSILIUM_TURN_URLS are checked. The secret is coturn's
          static-auth-secret. Run it from outside the relay's own network.\
          """);
      return EXIT_USAGE;
    }
    boolean good = true;
    for (var each : urls) {
      TurnUrl url;
      try {
        url = TurnUrl.parse(each);
      } catch (IllegalArgumentException e) {
        out.println(e.getMessage());
        return EXIT_USAGE;
      }
      good &= print(url, check(url, secret, InstantSource.system()), out);
    }
    return good ? 0 : 1;
  }

  private static boolean print(TurnUrl url, List<Finding> findings, PrintStream out) {
    out.println(url);
    for (var finding : findings) {
      out.printf("  %-6s %-52s %s%n", finding.verdict().text, finding.what(), finding.seen());
    }
    boolean open = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.OPEN);
    boolean wrong = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.WRONG);
    boolean seen = findings.stream().anyMatch(finding -> finding.what().startsWith(TO));
    if (open) {
      out.println("This relay is OPEN: mend each line marked OPEN before anybody uses it.");
    } else if (!seen) {
      out.println("Whether this relay is open could not be seen: mend what is WRONG first.");
    } else if (wrong) {
      out.println("This relay is closed to private networks, but not right: see WRONG above.");
    } else {
      out.println("This relay is closed to strangers and to private networks, and works.");
    }
    out.println();
    return !open && !wrong;
  }

  /** Looks at everything; what cannot be looked at is a finding too. */
  static List<Finding> check(TurnUrl url, String secret, InstantSource clock) {
    var check = new TurnCheck(url, secret, clock);
    check.tryTo("reach the server", check::strangers);
    if (check.findings.stream().allMatch(finding -> finding.verdict() == Verdict.GOOD)) {
      check.tryTo("allocate and reach peers", check::peers);
      check.tryTo("allocate on IPv6", check::ipv6);
      check.tryTo("relay TCP", check::tcpRelay);
      check.tryTo("reach the quota", check::quota);
    }
    return check.findings;
  }

  private interface Step {
    void run() throws IOException;
  }

  private void tryTo(String what, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      found(Verdict.WRONG, what, "failed: " + said(e));
    }
  }

  private static String said(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void found(Verdict verdict, String what, String seen) {
    findings.add(new Finding(verdict, what, seen));
  }

  // ---- who may come in -------------------------------------------------------------------------

  private void strangers() throws IOException {
    try (var client = client("", "")) {
      mustRefuse("an allocation without a name", client.allocateAnonymously());
    }
    var username = username(name, CREDENTIAL_LIFE);
    try (var client = client(username, TurnClient.password(username, secret + "?"))) {
      mustRefuse("an allocation with a wrong secret", client.allocateV4());
    }
    try (var client = client(name, Duration.ofMinutes(-1))) {
      mustRefuse("an allocation with an expired credential", client.allocateV4());
    }
  }

  private void mustRefuse(String what, StunMessage answer) {
    boolean refused = answer.error() == UNAUTHORIZED;
    found(refused ? Verdict.GOOD : Verdict.OPEN, what, seen(answer));
  }

  // ---- whom the relay reaches ------------------------------------------------------------------

  private void peers() throws IOException {
    try (var client = client(name, CREDENTIAL_LIFE)) {
      var allocated = client.allocateV4();
      if (!allocated.isSuccess()) {
        found(Verdict.WRONG, "an allocation with a good credential", seen(allocated));
        return;
      }
      found(Verdict.GOOD, "an allocation with a good credential", "granted");
      int seconds = allocated.number(StunMessage.LIFETIME);
      found(
          seconds <= LIFETIME_SECONDS_MAX ? Verdict.GOOD : Verdict.WRONG,
          "how long it lasts at most",
          seconds + " s");
      for (var peer : Peers.FORBIDDEN) {
        forbidden(client, peer, "");
      }
      for (var peer : Peers.PUBLIC) {
        var answer = client.permit(peer.ip());
        found(
            answer.isSuccess() ? Verdict.GOOD : Verdict.WRONG,
            TO + peer.address() + " (" + peer.what() + ")",
            answer.isSuccess() ? "allowed" : seen(answer) + ": calls will fail");
      }
      client.release();
    }
  }

  private void forbidden(TurnClient client, Peers.Peer peer, String from) throws IOException {
    var permission = client.permit(peer.ip());
    var channel = client.bindChannel(peer.ip());
    boolean open = permission.isSuccess() || channel.isSuccess();
    found(
        open ? Verdict.OPEN : Verdict.GOOD,
        TO + peer.address() + " (" + peer.what() + ")" + from,
        open ? "reachable through the relay" : seen(permission));
  }

  /** Old versions of coturn reach private networks over IPv6 whatever is denied in IPv4. */
  private void ipv6() throws IOException {
    try (var client = client(name, CREDENTIAL_LIFE)) {
      var answer = client.allocateV6();
      if (!answer.isSuccess()) {
        found(
            answer.error() == FAMILY_UNSUPPORTED ? Verdict.GOOD : Verdict.WRONG,
            "an allocation on IPv6",
            seen(answer));
        return;
      }
      found(Verdict.GOOD, "an allocation on IPv6", "granted, so its peers are looked at too");
      for (var peer : Peers.FORBIDDEN) {
        if (!peer.ip().isV4()) {
          forbidden(client, peer, " from IPv6");
        }
      }
      client.release();
    }
  }

  /** Over a stream only: elsewhere the request makes no sense. */
  private void tcpRelay() throws IOException {
    if (url.transport() == TurnUrl.Transport.UDP) {
      return;
    }
    try (var client = client(name, CREDENTIAL_LIFE)) {
      var answer = client.allocateTcpRelay();
      found(
          answer.isSuccess() ? Verdict.OPEN : Verdict.GOOD,
          "a relay of TCP connections (RFC 6062)",
          seen(answer));
    }
  }

  // ---- how much one person may have ------------------------------------------------------------

  /** One name, each time with another expiry: a fresh time stamp must not be a way around. */
  private void quota() throws IOException {
    var held = new ArrayList<TurnClient>();
    try {
      for (int i = 0; i < QUOTA_TRIES; i++) {
        var client = client(name + "-quota", CREDENTIAL_LIFE.plusSeconds(i));
        held.add(client);
        var answer = client.allocateV4();
        if (answer.error() == QUOTA_REACHED) {
          found(Verdict.GOOD, "more allocations of one name", "refused (486) after " + i);
          return;
        }
        if (!answer.isSuccess()) {
          found(Verdict.WRONG, "more allocations of one name", seen(answer) + " after " + i);
          return;
        }
      }
      found(Verdict.WRONG, "more allocations of one name", QUOTA_TRIES + " granted: no quota");
    } finally {
      for (var client : held) {
        client.release();
        client.close();
      }
    }
  }

  // ----------------------------------------------------------------------------------------------

  private TurnClient client(String who, Duration life) throws IOException {
    var username = username(who, life);
    return client(username, TurnClient.password(username, secret));
  }

  private TurnClient client(String username, String password) throws IOException {
    return TurnClient.connect(url, username, password);
  }

  private String username(String who, Duration life) {
    return clock.instant().plus(life).getEpochSecond() + ":" + who;
  }

  private static String seen(StunMessage answer) {
    return answer.isSuccess() ? "granted" : "refused (" + answer.error() + ")";
  }
}
