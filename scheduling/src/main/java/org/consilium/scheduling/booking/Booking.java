package org.consilium.scheduling.booking;

import java.util.List;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.ConsultStore;
import org.consilium.scheduling.roster.DutyBoard;
import org.consilium.scheduling.roster.HoursStore;
import org.consilium.scheduling.volunteer.VolunteerStore;

/** Everything about appointments, put together. */
public final class Booking {
  public static final String CONTRACT = "openapi/booking.yaml";

  private final BookingService service;
  private final Attendance attendance;
  private final WaitingList waiting;
  private final BookingViews views;
  private final BookingClock clock;
  private final BookingRoutes bookingRoutes;
  private final RoundRoutes roundRoutes;
  private final SiteResourceRoutes siteResourceRoutes;
  private final NoticeStore notices;

  public Booking(
      Platform platform,
      BookingStore bookings,
      ConsultStore consults,
      ConsultChanges changes,
      VolunteerStore volunteers,
      HoursStore hours,
      DutyBoard duties,
      WhoCame whoCame) {
    this(
        platform,
        bookings,
        consults,
        changes,
        volunteers,
        hours,
        duties,
        whoCame,
        ZoneReckoning.current());
  }

  Booking(
      Platform platform,
      BookingStore bookings,
      ConsultStore consults,
      ConsultChanges changes,
      VolunteerStore volunteers,
      HoursStore hours,
      DutyBoard duties,
      WhoCame whoCame,
      ZoneReckoning zones) {
    var appointments = new AppointmentStore();
    var things = new SiteResourceStore();
    var standBy = new StandByStore();
    var timers = new TimerStore();
    var freed = new FreedStore();
    var entries = new WaitingStore();
    notices = new NoticeStore(platform.changes());
    var assembly = new Assembly(platform, volunteers, hours, duties, things, standBy);
    var broken = new BrokenStore();
    var aftermath =
        new Aftermath(
            platform, appointments, changes, timers, freed, entries, broken, List.of(notices));
    service =
        new BookingService(
            platform, appointments, bookings, consults, changes, assembly, aftermath, zones);
    attendance =
        new Attendance(
            platform, appointments, bookings, consults, changes, service, aftermath, whoCame);
    waiting =
        new WaitingList(
            platform,
            appointments,
            bookings,
            consults,
            changes,
            assembly,
            aftermath,
            entries,
            freed,
            standBy,
            zones);
    var mending =
        new Mending(platform, appointments, changes, service, assembly, aftermath, broken, freed);
    var relay = new ZoneRelay(platform.database(), appointments, changes, service, mending, zones);
    clock =
        new BookingClock(
            platform, appointments, timers, attendance, aftermath, waiting, mending, relay);
    views = new BookingViews(platform, appointments, things);
    bookingRoutes = new BookingRoutes(platform, service, attendance, appointments, views);
    roundRoutes =
        new RoundRoutes(
            platform,
            consults,
            assembly,
            waiting,
            mending,
            notices,
            new LanguageGaps(volunteers),
            appointments,
            views);
    siteResourceRoutes = new SiteResourceRoutes(platform, things, hours);
  }

  public void addTo(Routes routes) {
    bookingRoutes.addTo(routes);
    roundRoutes.addTo(routes);
    siteResourceRoutes.addTo(routes);
  }

  /** Tells somebody of a consult in their notices; only the server's own role may. */
  public void tell(Tx tx, AccountId to, NoticeKind kind, ConsultId consult) {
    notices.tell(tx, to, kind, consult);
  }

  public BookingService service() {
    return service;
  }

  /** What calls lead to. */
  public Attendance attendance() {
    return attendance;
  }

  public WaitingList waiting() {
    return waiting;
  }

  public BookingViews views() {
    return views;
  }

  /** Its {@code runDue} is to be run each second, off the event loop. */
  public BookingClock clock() {
    return clock;
  }
}
