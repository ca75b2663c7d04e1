package org.consilium.deploy.bench.call;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.consilium.deploy.browser.Chromium;
import org.consilium.deploy.browser.Coturn;
import org.consilium.deploy.browser.Probe.Look;
import org.consilium.deploy.browser.RunningProduct;
import org.consilium.deploy.browser.Speech;
import org.consilium.deploy.link.Terms;
import org.consilium.signaling.turn.TurnConfig;

/**
 * Calls on bad links: the product's own page, which chooses by itself what to send, and beside it
 * in the same run the call that a browser makes untuned. Run by {@code deploy/bench call}.
 */
public final class CallBench {
  private static final double SETTLED_SECONDS = 10;
  private static final double EVENT_LEAD_SECONDS = 15;
  private static final double BACK_SECONDS_MAX = 40;
  private static final int JOINS = 10;
  private static final List<String> UNTUNED = List.of("audio, video", "audio");

  private record Cell(String name, Terms terms) {}

  private static final List<Cell> STEADY =
      List.of(
          new Cell("16", Terms.far(16, 0)),
          new Cell("32", Terms.far(32, 0)),
          new Cell("32-loss", Terms.far(32, 0.05)),
          new Cell("64", Terms.far(64, 0)),
          new Cell("96", Terms.far(96, 0)),
          new Cell("128", Terms.far(128, 0)));

  private static final Terms EVENT_LINK = Terms.far(64, 0);
  private static final List<String> EVENTS = List.of("outage-10", "outage-30", "address");
  private static final double WIDE = 500;
  private static final double NARROW = 40;

  private final Stage stage;
  private final Stage.Line line;
  private final double seconds;
  private final Set<String> chosen;

  private CallBench(Stage stage, Stage.Line line, double seconds, Set<String> chosen) {
    this.stage = stage;
    this.line = line;
    this.seconds = seconds;
    this.chosen = chosen;
  }

  /** A folder for what is made, the seconds of each steady cell, and the cells; all if none. */
  public static void main(String[] arguments) throws IOException {
    var names = Set.copyOf(Arrays.asList(arguments).subList(2, arguments.length));
    var folder = Path.of(arguments[0]);
    int relayPort = Coturn.freePort();
    var url = "turn:127.0.0.1:" + relayPort + "?transport=udp";
    var turn = new TurnConfig(List.of(url), Coturn.SECRET, Duration.ofHours(1));
    try (var coturn = new Coturn(relayPort);
        var product = new RunningProduct(folder.resolve("data"), turn);
        var clinic = new Chromium(Speech.write(folder.resolve("clinic.wav"), 1, 190));
        var specialist = new Chromium(Speech.write(folder.resolve("specialist.wav"), 2, 115))) {
      var stage = new Stage(product, relayPort, clinic, specialist);
      try (var line = stage.line()) {
        new CallBench(stage, line, Double.parseDouble(arguments[1]), names).run();
      }
    }
    System.exit(0); // The test database keeps a thread.
  }

  private boolean wants(String cell) {
    return chosen.isEmpty() || chosen.contains(cell);
  }

  private void run() {
    if (wants("join")) {
      joins();
    }
    if (STEADY.stream().anyMatch(cell -> wants(cell.name()))) {
      heading(
          "Steady links, 600 ms there and back, clinic \\| specialist",
          "link, kbit/s",
          "call",
          "concealed, %",
          "seconds without",
          "RTT median, 95 %, s",
          "kbit/s received",
          "on the link, kbit/s: media, page",
          "pictures/s",
          "pictures by themselves/min",
          "ready, s",
          "first sound, s",
          "rungs, s");
      STEADY.stream().filter(cell -> wants(cell.name())).forEach(this::steady);
    }
    if (EVENTS.stream().anyMatch(this::wants)) {
      heading(
          "Interruptions at 64 kbit/s, clinic \\| specialist",
          "event",
          "call",
          "voice back after, s",
          "longest pause, s",
          "before",
          "after");
      EVENTS.stream().filter(this::wants).forEach(this::event);
    }
    if (wants("swing")) {
      heading(
          "500 to 40 kbit/s for 30 s and back, clinic \\| specialist",
          "call",
          "longest pause of the voice, s",
          "concealed at 40, %",
          "RTT at 40, 95 %, s",
          "pictures back after, s",
          "rungs, s");
      swing();
    }
  }

  // ---- steady ----------------------------------------------------------------------------------

  private void steady(Cell cell) {
    try (var call = stage.productCall(line, cell.terms())) {
      call.awaitSound();
      call.last(SETTLED_SECONDS);
      long from = System.currentTimeMillis();
      var used = used(() -> call.last(seconds));
      steadyRow(cell, "ours", call, from, used, call.readySeconds(), call.firstSoundSeconds());
    }
    for (var kinds : UNTUNED) {
      try (var call = stage.untunedCall(line, cell.terms(), kinds)) {
        call.last(SETTLED_SECONDS);
        long from = System.currentTimeMillis();
        var used = used(() -> call.last(seconds));
        steadyRow(cell, "untuned, " + kinds, call, from, used, Double.NaN, OptionalDouble.empty());
      }
    }
  }

  private void steadyRow(
      Cell cell,
      String name,
      Conversation call,
      long from,
      String used,
      double ready,
      OptionalDouble sound) {
    long until = System.currentTimeMillis();
    var allClinic = call.clinicLooks();
    var allSpecialist = call.specialistLooks();
    var clinicHeard = Heard.of(allClinic, allSpecialist, from, until);
    var specialistHeard = Heard.of(allSpecialist, allClinic, from, until);
    var clinic = Course.within(allClinic, from, until);
    var specialist = Course.within(allSpecialist, from, until);
    row(
        cell.name(),
        name,
        both(percent(clinicHeard.concealed()), percent(specialistHeard.concealed())),
        both(clinicHeard.emptySeconds(), specialistHeard.emptySeconds()),
        roundTrips(clinic),
        both(rate(clinic, Look::received), rate(specialist, Look::received)),
        used,
        both(
            number(Course.perSecond(clinic, Look::frames)),
            number(Course.perSecond(specialist, Look::frames))),
        both(
            number(60 * Course.perSecond(clinic, Look::stills)),
            number(60 * Course.perSecond(specialist, Look::stills))),
        number(ready),
        text(sound),
        both(Course.rungs(allClinic), Course.rungs(allSpecialist)));
    System.err.printf(
        Locale.ROOT,
        "%s %s: counted %.0f and %.0f s of talk, load average %.1f%n",
        cell.name(),
        name,
        clinicHeard.talkSeconds(),
        specialistHeard.talkSeconds(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** What the line was given meanwhile, both ways together, in kbit/s. */
  private String used(Runnable meanwhile) {
    long began = System.nanoTime();
    long media = line.wire().mediaBytes();
    long page = line.wire().pageBytes();
    meanwhile.run();
    double milliseconds = (System.nanoTime() - began) / 1e6;
    return number((line.wire().mediaBytes() - media) * 8 / milliseconds)
        + ", "
        + number((line.wire().pageBytes() - page) * 8 / milliseconds);
  }

  // ---- interruptions ---------------------------------------------------------------------------

  private void event(String event) {
    try (var call = stage.productCall(line, EVENT_LINK)) {
      call.awaitSound();
      call.last(SETTLED_SECONDS + EVENT_LEAD_SECONDS);
      var before = call.place();
      var row = interrupt(event, call);
      row(event, "ours", row.back(), row.pause(), before, call.place());
    }
    try (var call = stage.untunedCall(line, EVENT_LINK, "audio")) {
      call.last(EVENT_LEAD_SECONDS);
      var row = interrupt(event, call);
      row(event, "untuned, audio", row.back(), row.pause(), "", "");
    }
  }

  private record Interrupted(String back, String pause) {}

  private Interrupted interrupt(String event, Conversation call) {
    long began = System.currentTimeMillis();
    switch (event) {
      case "outage-10" -> breakOff(call, 10);
      case "outage-30" -> breakOff(call, 30);
      default -> {
        line.changeNetwork();
        call.clinic().evaluate("dispatchEvent(new Event('online'))");
      }
    }
    long over = System.currentTimeMillis();
    call.last(BACK_SECONDS_MAX);
    long until = System.currentTimeMillis();
    var clinic = Course.within(call.clinicLooks(), began - 1_000, until);
    var specialist = Course.within(call.specialistLooks(), began - 1_000, until);
    return new Interrupted(
        both(
            text(Course.back(clinic, over, Look::packets)),
            text(Course.back(specialist, over, Look::packets))),
        both(
            number(Course.longestPause(clinic, Look::packets)),
            number(Course.longestPause(specialist, Look::packets))));
  }

  private void breakOff(Conversation call, double outageSeconds) {
    line.wire().setBroken(true);
    call.last(outageSeconds);
    line.wire().setBroken(false);
  }

  // ---- a link that narrows ---------------------------------------------------------------------

  private void swing() {
    var wide = Terms.far(WIDE, 0);
    try (var call = stage.productCall(line, wide)) {
      call.awaitSound();
      call.last(SETTLED_SECONDS + 2 * EVENT_LEAD_SECONDS);
      swingRow("ours", call);
    }
    try (var call = stage.untunedCall(line, wide, UNTUNED.getFirst())) {
      call.last(SETTLED_SECONDS + EVENT_LEAD_SECONDS);
      swingRow("untuned, audio, video", call);
    }
  }

  private void swingRow(String name, Conversation call) {
    long narrowAt = System.currentTimeMillis();
    line.wire().become(Terms.far(NARROW, 0));
    call.last(2 * EVENT_LEAD_SECONDS);
    long wideAt = System.currentTimeMillis();
    line.wire().become(Terms.far(WIDE, 0));
    call.last(BACK_SECONDS_MAX);
    long until = System.currentTimeMillis();
    var allClinic = call.clinicLooks();
    var allSpecialist = call.specialistLooks();
    var clinic = Course.within(allClinic, narrowAt, until);
    var specialist = Course.within(allSpecialist, narrowAt, until);
    row(
        name,
        both(
            number(Course.longestPause(clinic, Look::packets)),
            number(Course.longestPause(specialist, Look::packets))),
        both(
            percent(Heard.of(allClinic, allSpecialist, narrowAt, wideAt).concealed()),
            percent(Heard.of(allSpecialist, allClinic, narrowAt, wideAt).concealed())),
        number(Course.roundTrip(Course.within(clinic, narrowAt, wideAt), 0.95) / 1000),
        both(
            text(Course.back(clinic, wideAt, Look::frames)),
            text(Course.back(specialist, wideAt, Look::frames))),
        both(Course.rungs(allClinic), Course.rungs(allSpecialist)));
  }

  // ---- joining without a link in the way -------------------------------------------------------

  private void joins() {
    var ready = new ArrayList<Double>();
    var frame = new ArrayList<Double>();
    for (int i = 0; i < JOINS; i++) {
      try (var call = stage.productCall(line, Terms.FREE)) {
        ready.add(call.readySeconds());
        frame.add(call.firstFrameSeconds());
      }
    }
    heading("Joining on the loopback, median of " + JOINS, "", "s", "most, s");
    row("page of devices to ready", number(median(ready)), number(ready.getLast()));
    row("join to first remote frame", number(median(frame)), number(frame.getLast()));
  }

  private static double median(List<Double> values) {
    values.sort(null);
    return (values.get((values.size() - 1) / 2) + values.get(values.size() / 2)) / 2;
  }

  // ---- what is printed -------------------------------------------------------------------------

  private static void heading(String title, String... columns) {
    System.out.printf("%n%s%n%n", title);
    row((Object[]) columns);
    System.out.println("|" + "---|".repeat(columns.length));
  }

  private static void row(Object... cells) {
    var line = new StringBuilder("|");
    for (var cell : cells) {
      line.append(' ').append(cell).append(" |");
    }
    System.out.println(line);
  }

  private static String both(Object clinic, Object specialist) {
    return clinic + " \\| " + specialist;
  }

  private static String percent(double share) {
    return number(share * 100);
  }

  private static String rate(List<Look> looks, ToLongFunction<Look> bytes) {
    return number(Course.perSecond(looks, bytes) * 8 / 1000);
  }

  private static String roundTrips(List<Look> looks) {
    return number(Course.roundTrip(looks, 0.5) / 1000)
        + ", "
        + number(Course.roundTrip(looks, 0.95) / 1000);
  }

  private static String text(OptionalDouble seconds) {
    return seconds.isPresent() ? number(seconds.getAsDouble()) : "never";
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.1f", value);
  }
}
