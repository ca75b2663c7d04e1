package org.consilium.scheduling.calendar;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.TimeSlot;

/** A person's calendar feed, and the busy times read from a calendar of theirs. */
public final class CalendarService implements AutoCloseable {
  /** What a feed tells of the past: a calendar program drops what it is told no more. */
  private static final Duration FEED_PAST = Duration.ofDays(30);

  private static final Duration FEED_FUTURE = Duration.ofDays(366);

  /** Nobody books further ahead. */
  private static final Duration BUSY_WINDOW = Duration.ofDays(8 * 7);

  private static final Duration LOOK_AGAIN = Duration.ofHours(1);
  private static final int IMPORTS_AT_ONCE = 5;

  private final Platform platform;
  private final CalendarStore calendars;
  private final AddressRule rule;
  private final CalendarFetch fetch;

  public CalendarService(Platform platform, CalendarStore calendars) {
    this(platform, calendars, AddressRule.PUBLIC);
  }

  CalendarService(Platform platform, CalendarStore calendars, AddressRule rule) {
    this.platform = platform;
    this.calendars = calendars;
    this.rule = rule;
    this.fetch = new CalendarFetch(platform.vertx(), rule);
  }

  /** A new secret; the feed's earlier link ends. */
  String makeFeed(Tx tx) {
    var secret = Secrets.token();
    calendars.makeFeed(tx, tx.caller().account(), secret);
    platform.audit().append(tx, "calendar.feed-made", subject(tx));
    return secret;
  }

  void endFeed(Tx tx) {
    if (calendars.endFeed(tx, tx.caller().account())) {
      platform.audit().append(tx, "calendar.feed-ended", subject(tx));
    }
  }

  /** The feed behind a secret; the same 404 for one that never was and one that ended. */
  String feed(Tx tx, String secret, URI page) {
    return tx.asServer(() -> {
      AccountId account =
          calendars
              .readFeed(tx, secret)
              .orElseThrow(
                  () -> Refusal.notFound("no-such-feed", "This calendar link is not in use."));
      var window = new TimeSlot(tx.now().minus(FEED_PAST), tx.now().plus(FEED_FUTURE));
      return CalendarText.write(calendars.entries(tx, account, window), page);
    });
  }

  void saveImport(Tx tx, String link) {
    URI calendar =
        rule.link(link)
            .orElseThrow(() ->
                Refusal.invalid(
                    "/url", "Give the calendar's address; it begins with https:// or webcal://."));
    calendars.saveImport(tx, tx.caller().account(), calendar.toString());
    platform.audit().append(tx, "calendar.import-saved", subject(tx));
  }

  void endImport(Tx tx) {
    if (calendars.endImport(tx, tx.caller().account())) {
      platform.audit().append(tx, "calendar.import-ended", subject(tx));
    }
  }

  Optional<CalendarStore.Feed> feedOf(Tx tx) {
    return calendars.feed(tx, tx.caller().account());
  }

  Optional<CalendarStore.Import> importOf(Tx tx) {
    return calendars.importOf(tx, tx.caller().account());
  }

  private static Subject subject(Tx tx) {
    return Subject.of("account", tx.caller().account());
  }

  /**
   * Reads the calendars that are due, each once whatever the number of nodes. No transaction is
   * open while a stranger's server is waited for.
   *
   * @return how many were looked at
   */
  public int runDue() {
    List<Due> due = platform.database().asWorker(this::claim);
    due.forEach(this::read);
    return due.size();
  }

  /** A calendar to read, and the zone that its owner's all-day events are meant in. */
  private record Due(CalendarStore.Due link, ZoneId zone) {}

  private List<Due> claim(Tx tx) {
    var links = calendars.claim(tx, LOOK_AGAIN, IMPORTS_AT_ONCE);
    var owners =
        platform.directory().people(tx, links.stream().map(CalendarStore.Due::account).toList());
    return links.stream().map(link -> new Due(link, owners.get(link.account()).zone())).toList();
  }

  private void read(Due due) {
    var link = due.link();
    try {
      URI address =
          rule.link(link.url())
              .orElseThrow(() -> new CalendarFetch.Unreachable("The address is not called."));
      var window = TimeSlot.of(platform.clock().instant(), BUSY_WINDOW);
      var busy = BusyTimes.read(fetch.fetch(address), window, due.zone());
      note(tx -> {
        if (calendars.fetched(tx, link, busy)) {
          tell(tx, link.account());
        }
      });
    } catch (CalendarFetch.Unreachable | BusyTimes.Unreadable e) {
      // What was read before stays: a calendar that cannot be read makes nobody free.
      note(tx -> calendars.failed(tx, link, e.getMessage()));
    }
  }

  private void note(Consumer<Tx> outcome) {
    platform
        .database()
        .asWorker(tx -> {
          outcome.accept(tx);
          return null;
        });
  }

  private void tell(Tx tx, AccountId account) {
    calendars
        .networkOf(tx, account)
        .ifPresent(network ->
            platform.changes().tell(tx, "roster", account.value(), network, List.of(account)));
  }

  @Override
  public void close() {
    fetch.close();
  }
}
