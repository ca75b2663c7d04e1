package org.consilium.platform.mail;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.mail.LetterStore.Claimed;
import org.consilium.platform.mail.LetterStore.State;
import org.consilium.platform.mail.MimeLetter.Envelope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Letters by mail: each a row, claimed by one node, handed to the mail server with no transaction
 * open, and marked. Between sending and marking a crash sends it twice, with the same Message-ID.
 * Without a mail server nothing is written down and nothing sent.
 */
public final class MailQueue implements Courier {
  private static final Logger LOG = LoggerFactory.getLogger(MailQueue.class);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** Who could not be reached for so long after a letter was due is not told of it any more. */
  private static final Duration TRIED_FOR = Duration.ofDays(3);

  /** More than that in one go and the next look takes the rest. */
  private static final int LETTERS_MAX = 200;

  private final Database database;
  private final Optional<SmtpServer> server;
  private final MeterRegistry metrics;
  private final LetterStore letters = new LetterStore();
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * @param server the mail server; none and no mail is sent
   */
  public MailQueue(Database database, Optional<SmtpServer> server, MeterRegistry metrics) {
    this.database = database;
    this.server = server;
    this.metrics = metrics;
    Gauge.builder("mail.waiting", waiting, AtomicInteger::get)
        .description("letters to be sent")
        .register(metrics);
  }

  /** In whose name letters go out; empty when none do. */
  public Optional<String> sender() {
    return server.map(smtp -> smtp.from().getAddress());
  }

  @Override
  public void send(Tx tx, Letter letter) {
    write(tx, letter, Optional.empty());
  }

  /** The same to an address that is not the account's own yet. */
  void sendTo(Tx tx, Letter letter, String address) {
    write(tx, letter, Optional.of(address));
  }

  private void write(Tx tx, Letter letter, Optional<String> address) {
    if (server.isEmpty() || !letter.until().isAfter(tx.now())) {
      return;
    }
    var longest = letter.due().plus(TRIED_FOR);
    var until = letter.until().isBefore(longest) ? letter.until() : longest;
    tx.asServer(() -> {
      letters.insert(tx, letter, address, until);
      return letter;
    });
  }

  LetterStore letters() {
    return letters;
  }

  /** Sends what is due, and says how many letters went out. Not on an event loop. */
  public int runDue() {
    if (server.isEmpty()) {
      return 0;
    }
    int lapsed = database.asWorker(letters::lapse);
    count(State.LAPSED, lapsed);
    int sent = 0;
    try (var smtp = new SmtpClient(server.get())) {
      for (int tried = 0; tried < LETTERS_MAX; tried++) {
        var claimed = database.asWorker(tx -> letters.claim(tx, FIRST_PAUSE));
        if (claimed.isEmpty()) {
          break;
        }
        var outcome = deliver(smtp, claimed.get());
        note(claimed.get(), outcome);
        sent += outcome instanceof Sending.Sent ? 1 : 0;
        if (outcome instanceof Sending.Away(var reason)) {
          LOG.warn("The mail server cannot be used just now: {}", reason);
          break;
        }
      }
    }
    waiting.set(database.asWorker(letters::waiting));
    return sent;
  }

  private Sending deliver(SmtpClient smtp, Claimed letter) {
    return letter
        .address()
        .map(address -> smtp.send(envelope(letter, address)))
        .orElseGet(() -> new Sending.Refused(State.UNADDRESSED.wire()));
  }

  private Envelope envelope(Claimed letter, String address) {
    return new Envelope(
        letter.id(),
        server.orElseThrow().from(),
        address,
        letter.name(),
        letter.subject(),
        letter.text(),
        letter.calendar(),
        letter.createdAt());
  }

  private void note(Claimed letter, Sending outcome) {
    var state =
        switch (outcome) {
          case Sending.Sent _ -> State.SENT;
          case Sending.Refused _ when letter.address().isEmpty() -> State.UNADDRESSED;
          case Sending.Refused _ -> State.REFUSED;
          case Sending.Later _, Sending.Away _ -> State.WAITING;
        };
    database.asWorker(tx -> {
      switch (outcome) {
        case Sending.Sent _ -> letters.end(tx, letter.id(), state, Optional.empty());
        case Sending.Refused(var reason) ->
            letters.end(tx, letter.id(), state, Optional.of(reason));
        case Sending.Later(var reason) -> again(tx, letter, reason);
        case Sending.Away(var reason) -> again(tx, letter, reason);
      }
      return letter;
    });
    count(state, 1);
    if (state == State.REFUSED) {
      // Without the server's words: they repeat the address.
      LOG.warn("Letter {} ({}) was refused for good", letter.id(), letter.purpose());
    }
  }

  private void count(State outcome, int letters) {
    metrics.counter("mail.letters", "outcome", outcome.wire()).increment(letters);
  }

  private void again(Tx tx, Claimed letter, String reason) {
    letters.again(tx, letter.id(), tx.now().plus(pauseAfter(letter.attempts())), reason);
  }

  /** One minute after the first failure, then twice as long each time, up to an hour. */
  static Duration pauseAfter(int attempts) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
