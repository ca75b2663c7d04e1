package org.consilium.deploy.demo;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.deploy.Server;
import org.consilium.deploy.Settings;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.ClientAddresses;

/**
 * Demonstration data: a month of several organisations' work, done through the product's own HTTP
 * interface by a server whose clock stands in the past. Only ever made in an empty database.
 */
public final class DemoData {
  private static final Duration TIME_PLAYED = Duration.ofDays(31);
  private static final int ATTEMPTS_MAX = 2;

  private DemoData() {}

  /** The demonstration could not be made; the database is empty again. */
  public static final class DemoFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    DemoFailed(RuntimeException cause) {
      super(
          "The demonstration data could not be made, and the database was emptied again."
              + " Set CONSILIUM_DEMO=false to start without. The reason: "
              + cause.getMessage(),
          cause);
    }
  }

  /**
   * Fills an empty database, and says who can sign in, for the operator's console. A database with
   * somebody's own data is left alone, and the answer is empty.
   *
   * @throws DemoFailed when it cannot be made
   */
  public static Optional<String> prepare(
      Settings settings, DatabaseAddress address, InstantSource present, Signer signer) {
    var mark = new DemoMark(address);
    var found = mark.read();
    if (found == DemoMark.Found.UNFINISHED) {
      mark.clear();
    }
    return switch (found) {
      case EMPTY, UNFINISHED -> {
        System.out.println("Making demonstration data (first start only) …");
        makeOnceMore(settings, address, present, signer, mark);
        yield Optional.of(invitation(settings));
      }
      case DEMO -> Optional.of(invitation(settings));
      case OWN, AWAY -> Optional.empty();
    };
  }

  /** A busy machine can exceed a time limit of the database's; the second time it is warm. */
  private static void makeOnceMore(
      Settings settings,
      DatabaseAddress address,
      InstantSource present,
      Signer signer,
      DemoMark mark) {
    for (int attempt = 1; ; attempt++) {
      try {
        make(settings, address, present, signer, mark);
        return;
      } catch (RuntimeException e) {
        // What is not marked was not begun here, and is nobody's to empty.
        if (mark.read() != DemoMark.Found.UNFINISHED) {
          throw e;
        }
        mark.clear();
        if (attempt == ATTEMPTS_MAX) {
          throw new DemoFailed(e);
        }
        System.out.println("That did not succeed (" + e.getMessage() + "); once more …");
      }
    }
  }

  private static void make(
      Settings settings,
      DatabaseAddress address,
      InstantSource present,
      Signer signer,
      DemoMark mark) {
    var clock = new DemoClock(present, TIME_PLAYED);
    try (var server = Server.start(onFreePorts(settings), address, clock, signer)) {
      mark.begin();
      fill(server, clock, present.instant(), DemoPassword.keptIn(settings.data()));
      mark.finish();
    }
  }

  private static Settings onFreePorts(Settings settings) {
    return new Settings(
        0,
        0,
        settings.data(),
        settings.database(),
        Optional.<URI>empty(),
        ClientAddresses.DIRECT,
        Optional.<URI>empty(),
        settings.turn(),
        Optional.empty(),
        Optional.empty(),
        settings.demo());
  }

  private static void fill(Server server, DemoClock clock, Instant present, String password) {
    var today = LocalDate.ofInstant(present, ZoneOffset.UTC);
    var people = new DemoPeople(today);
    people.enter(server, password);
    try (var api = new DemoApi(server.port(), clock, people, password)) {
      var story = new DemoStory(api, people, clock, () -> settle(server), password);
      var arrangements =
          new DemoArrangements(api, clock, (kind, name) -> id(people, story, kind, name));
      var arranged = DemoFiles.read("arrangements.json", DemoArrangements.Book.class, today);
      var weeks = DemoFiles.read("weeks.json", DemoWeeks.Book.class, today);
      var book = DemoFiles.read("consults.json", DemoStory.Book.class, today);
      arrangements.make(arranged.first());
      var consults = new ArrayList<>(DemoWeeks.cases(weeks, present, people::zone));
      consults.addAll(book.consults());
      story.play(consults, present);
      story.register(book.patients());
      // Shifts are published some weeks ahead, and a month has passed since they were laid out.
      server.scheduling().rotas().runDue();
      arrangements.make(arranged.last());
      arrangements.offerShift("paediatrics@demo");
      arrangements.giveShift("emergency@demo", List.of("specialist@demo", "toxicology@demo"));
      settle(server);
    }
  }

  private static String id(DemoPeople people, DemoStory story, String kind, String name) {
    return switch (kind) {
      case "account" -> people.account(name).toString();
      case "site" -> people.site(name).toString();
      case "consult" -> story.consult(name).toString();
      default -> throw new IllegalArgumentException("nothing is named by " + kind);
    };
  }

  /** Lets the server do what its clock says is due, now and not in a second. */
  private static void settle(Server server) {
    server.scheduling().ladder().runDue();
    do {
      server.platform().delivery().deliverDue();
    } while (isDeliveryDue(server));
  }

  /** The server's own worker may hold the last event just now. */
  private static boolean isDeliveryDue(Server server) {
    return server
        .platform()
        .database()
        .asWorker(tx ->
            tx.one(
                    """
                    SELECT FROM platform.outbox_delivery
                     WHERE done_at IS NULL AND NOT parked AND due_at <= $1 LIMIT 1
                    """,
                    tx.now())
                .isPresent());
  }

  private static String invitation(Settings settings) {
    var people = new DemoPeople(LocalDate.EPOCH);
    var password =
        DemoPassword.find(settings.data())
            .map(kept -> "The password of them all: " + kept)
            .orElse(
                "Their password was kept in %s, which is gone."
                    .formatted(DemoPassword.file(settings.data())));
    return "Demonstration accounts\n" + people.table() + password;
  }
}
