package org.consilium.deploy;

import io.vertx.core.Vertx;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Housekeeping;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.events.Outbox;
import org.consilium.records.FollowUps;
import org.consilium.records.Records;
import org.consilium.records.attachment.Attachments;
import org.consilium.records.fhir.BulkExport;
import org.consilium.scheduling.Scheduling;
import org.consilium.signaling.Signaling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's own work: events are delivered as soon as they are published, and timers fire when
 * they are due. A database that is away only delays it.
 */
final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /** Also finds what a lost notice did not announce. */
  private static final long LOOK_MILLIS = 1_000;

  private static final long RECONNECT_MILLIS = 500;
  private static final long SWEEP_HOURS = 1;
  private static final long CALENDAR_LOOK_SECONDS = 10;

  /** Whoever loses their licence has their offers passed on within five seconds. */
  private static final long CREDENTIAL_LOOK_SECONDS = 3;

  private static final long MAIL_LOOK_SECONDS = 2;
  private static final long ROTA_LOOK_SECONDS = 60;
  private static final long PLAN_LOOK_MINUTES = 5;
  private static final int ARRIVALS_AT_ONCE = 2;

  private final Vertx vertx;
  private final Platform platform;
  private final Scheduling scheduling;
  private final Signaling signaling;
  private final Attachments attachments;
  private final BulkExport exports;
  private final FollowUps followUps;
  private final DatabaseAddress address;
  private final Housekeeping housekeeping;
  private final ScheduledExecutorService deliveries = onVirtualThread("deliveries");
  private final ScheduledExecutorService timers = onVirtualThread("timers");
  private final ScheduledExecutorService calendars = onVirtualThread("calendars");
  private final ScheduledExecutorService mails = onVirtualThread("mails");
  private final ScheduledExecutorService texts = onVirtualThread("texts");
  private final ScheduledExecutorService plans = onVirtualThread("plans");
  private final ScheduledExecutorService exporting = onVirtualThread("exporting");

  /** Decoding pictures takes a processor, so these threads are real ones. */
  private final ScheduledExecutorService arrivals =
      Executors.newScheduledThreadPool(
          ARRIVALS_AT_ONCE, Thread.ofPlatform().daemon().name("arrivals-", 0).factory());

  private PgSubscriber subscriber;

  Workers(
      Vertx vertx,
      Platform platform,
      Scheduling scheduling,
      Signaling signaling,
      Records records,
      DatabaseAddress address) {
    this.vertx = vertx;
    this.platform = platform;
    this.scheduling = scheduling;
    this.signaling = signaling;
    this.attachments = records.attachments();
    this.exports = records.bulkExports();
    this.followUps = records.followUps();
    this.address = address;
    this.housekeeping = new Housekeeping(platform.database());
  }

  private static ScheduledExecutorService onVirtualThread(String name) {
    return Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name(name).factory());
  }

  void start() {
    deliveries.scheduleWithFixedDelay(
        guarded(platform.delivery()::deliverDue), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    timers.scheduleWithFixedDelay(
        guarded(scheduling.ladder()::runDue), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    timers.scheduleWithFixedDelay(
        guarded(scheduling.booking().clock()::runDue),
        LOOK_MILLIS,
        LOOK_MILLIS,
        TimeUnit.MILLISECONDS);
    timers.scheduleWithFixedDelay(
        guarded(signaling.rings()::runDue), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    timers.scheduleWithFixedDelay(
        guarded(followUps.clock()::runDue), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    timers.scheduleWithFixedDelay(
        guarded(followUps.clock()::sweep), 3, SWEEP_HOURS * 60, TimeUnit.MINUTES);
    timers.scheduleWithFixedDelay(
        guarded(scheduling.credentials()::runDue), 5, CREDENTIAL_LOOK_SECONDS, TimeUnit.SECONDS);
    // Apart from the timers: a stranger's slow server must not make an offer expire late.
    calendars.scheduleWithFixedDelay(
        guarded(scheduling.calendars()::runDue), 10, CALENDAR_LOOK_SECONDS, TimeUnit.SECONDS);
    // Apart from the timers: a mail server may let one wait for half a minute.
    mails.scheduleWithFixedDelay(
        guarded(platform.mail()::runDue), MAIL_LOOK_SECONDS, MAIL_LOOK_SECONDS, TimeUnit.SECONDS);
    // Apart from the mails: a gateway that is away must not hold them up.
    texts.scheduleWithFixedDelay(
        guarded(platform.texts()::runDue), MAIL_LOOK_SECONDS, MAIL_LOOK_SECONDS, TimeUnit.SECONDS);
    timers.scheduleWithFixedDelay(
        guarded(scheduling.rotas()::runDue),
        ROTA_LOOK_SECONDS,
        ROTA_LOOK_SECONDS,
        TimeUnit.SECONDS);
    // Apart from the timers too: a large network's prices take some seconds.
    plans.scheduleWithFixedDelay(
        guarded(scheduling.plans()::runDue), 1, PLAN_LOOK_MINUTES, TimeUnit.MINUTES);
    timers.scheduleWithFixedDelay(guarded(housekeeping::sweep), 1, SWEEP_HOURS, TimeUnit.HOURS);
    timers.scheduleWithFixedDelay(
        guarded(attachments::sweep), 2, SWEEP_HOURS * 60, TimeUnit.MINUTES);
    // Apart from the timers: everything of a large organisation takes minutes.
    exporting.scheduleWithFixedDelay(
        guarded(exports::runDue), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    timers.scheduleWithFixedDelay(guarded(exports::sweep), 3, SWEEP_HOURS * 60, TimeUnit.MINUTES);
    for (int i = 0; i < ARRIVALS_AT_ONCE; i++) {
      arrivals.scheduleWithFixedDelay(
          guarded(attachments::lookAtArrivals), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    attachments.whenSomethingArrives(() -> arrivals.execute(guarded(attachments::lookAtArrivals)));
    subscriber = PgSubscriber.subscriber(vertx, Database.options(address));
    subscriber.reconnectPolicy(_ -> RECONNECT_MILLIS);
    subscriber
        .channel(Outbox.CHANNEL)
        .handler(_ -> deliveries.execute(guarded(platform.delivery()::deliverDue)));
    subscriber.connect().onFailure(e -> LOG.warn("Not listening for events yet", e));
  }

  private interface Work {
    int run();
  }

  /** An exception must not end the repetition. */
  private static Runnable guarded(Work work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.warn("The server's own work could not be done just now: {}", e.toString());
      } catch (Error e) {
        LOG.error("The server's own work failed", e);
      }
    };
  }

  @Override
  public void close() {
    if (subscriber != null) {
      subscriber.close();
    }
    attachments.whenSomethingArrives(() -> {});
    arrivals.shutdown();
    deliveries.shutdown();
    timers.shutdown();
    calendars.shutdownNow();
    mails.shutdown();
    texts.shutdown();
    plans.shutdown();
    // A page that is cut off is made again by the next server.
    exporting.shutdownNow();
    scheduling.calendars().close();
    try {
      deliveries.awaitTermination(3, TimeUnit.SECONDS);
      arrivals.awaitTermination(3, TimeUnit.SECONDS);
      timers.awaitTermination(3, TimeUnit.SECONDS);
      mails.awaitTermination(3, TimeUnit.SECONDS);
      texts.awaitTermination(3, TimeUnit.SECONDS);
      plans.awaitTermination(3, TimeUnit.SECONDS);
      exporting.awaitTermination(3, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
