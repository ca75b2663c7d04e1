package org.consilium.scheduling;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.http.Routes;
import org.consilium.scheduling.availability.AvailabilityRoutes;
import org.consilium.scheduling.availability.TimeSlots;
import org.consilium.scheduling.booking.Booking;
import org.consilium.scheduling.booking.BookingStore;
import org.consilium.scheduling.booking.WhoCame;
import org.consilium.scheduling.calendar.CalendarRoutes;
import org.consilium.scheduling.calendar.CalendarService;
import org.consilium.scheduling.calendar.CalendarStore;
import org.consilium.scheduling.calendar.Invitations;
import org.consilium.scheduling.care.CareRoutes;
import org.consilium.scheduling.care.CareService;
import org.consilium.scheduling.care.CareStore;
import org.consilium.scheduling.catalogue.CatalogueRoutes;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.ConsultRoutes;
import org.consilium.scheduling.consult.ConsultService;
import org.consilium.scheduling.consult.ConsultStore;
import org.consilium.scheduling.consult.ConsultViews;
import org.consilium.scheduling.consult.History;
import org.consilium.scheduling.coverage.CoverageRoutes;
import org.consilium.scheduling.coverage.CoverageService;
import org.consilium.scheduling.ladder.LadderStore;
import org.consilium.scheduling.matching.MatchingRoutes;
import org.consilium.scheduling.matching.MatchingService;
import org.consilium.scheduling.offer.LadderClock;
import org.consilium.scheduling.offer.LadderRoutes;
import org.consilium.scheduling.offer.OfferRoutes;
import org.consilium.scheduling.offer.OfferService;
import org.consilium.scheduling.offer.OfferViews;
import org.consilium.scheduling.offer.Placement;
import org.consilium.scheduling.offer.RingsByHand;
import org.consilium.scheduling.owner.Custodies;
import org.consilium.scheduling.owner.OwnerRoutes;
import org.consilium.scheduling.owner.OwnerService;
import org.consilium.scheduling.plan.PlanRoutes;
import org.consilium.scheduling.plan.PlanService;
import org.consilium.scheduling.report.ReportRoutes;
import org.consilium.scheduling.report.ReportService;
import org.consilium.scheduling.roster.DutyBoard;
import org.consilium.scheduling.roster.HoursStore;
import org.consilium.scheduling.roster.RosterRoutes;
import org.consilium.scheduling.roster.RosterService;
import org.consilium.scheduling.rota.RotaRoutes;
import org.consilium.scheduling.rota.RotaService;
import org.consilium.scheduling.rota.SwapService;
import org.consilium.scheduling.volunteer.CredentialClock;
import org.consilium.scheduling.volunteer.PeopleRoutes;
import org.consilium.scheduling.volunteer.VolunteerService;
import org.consilium.scheduling.volunteer.VolunteerStore;

/** Who can help and when: rosters, matching, offers, booking and the life of a consult. */
public final class Scheduling {
  /** The schema and the folder of migrations of this module. */
  public static final String SCHEMA = "scheduling";

  public static final String CONTRACT = "openapi/scheduling.yaml";

  private final Routes routes =
      new Routes(
          CONTRACT,
          Booking.CONTRACT,
          CalendarRoutes.CONTRACT,
          PlanRoutes.CONTRACT,
          ReportRoutes.CONTRACT,
          PeopleRoutes.CONTRACT,
          RotaRoutes.CONTRACT,
          LadderRoutes.CONTRACT);
  private final ConsultService consults;
  private final OfferService offers;
  private final Booking booking;
  private final VolunteerService volunteers;
  private final RosterService roster;
  private final RotaService rotas;
  private final Placement placement;
  private final CalendarService calendars;
  private final CredentialClock credentials;
  private final PlanService plans;
  private final Invitations invitations = new Invitations();

  /**
   * The database must have been migrated.
   *
   * @param publicUrl where people reach the product, when a proxy stands before it
   * @param whoCame who has been seen in a consult's calls
   * @param byHand how often people were rung for calls
   */
  public Scheduling(
      Platform platform, Optional<URI> publicUrl, WhoCame whoCame, RingsByHand byHand) {
    var catalogue = new CatalogueStore();
    var consultStore = new ConsultStore();
    var history = new History();
    var volunteerStore = new VolunteerStore();
    var hours = new HoursStore();
    var bookings = new BookingStore();
    var calendarStore = new CalendarStore();
    var care = new CareStore();
    var duties =
        new DutyBoard(
            hours,
            (tx, people, window) ->
                TimeSlots.together(
                    bookings.booked(tx, people, window), calendarStore.busy(tx, people, window)));
    var changes = new ConsultChanges(platform, consultStore, history);
    var matching =
        new MatchingService(
            platform, catalogue, volunteerStore, duties, care, PlanService.prices());

    var ladders = new LadderStore();
    placement = Placement.of(platform, catalogue, matching, changes, ladders, byHand);
    offers = placement.offers();
    booking =
        new Booking(
            platform, bookings, consultStore, changes, volunteerStore, hours, duties, whoCame);
    consults =
        new ConsultService(
            platform,
            consultStore,
            catalogue,
            changes,
            placement.ladder(),
            List.of(offers::end, booking.service()::end, booking.waiting()::end),
            booking.service()::isComing);
    rotas = new RotaService(platform, hours, volunteerStore, catalogue, care);
    volunteers =
        new VolunteerService(platform, volunteerStore, offers::recheck, rotas::memberChanged);
    credentials = new CredentialClock(platform.database(), volunteers);
    roster = new RosterService(platform, volunteerStore, hours, rotas::memberChanged);
    plans = new PlanService(platform, consultStore, matching, duties, booking.service());
    calendars = new CalendarService(platform, calendarStore);

    var offerViews = new OfferViews(platform, offers);
    var custodies = new Custodies(platform, ladders);
    var owners = new OwnerService(platform, consults, changes, ladders);
    var consultViews =
        new ConsultViews(
            platform,
            consultStore,
            history,
            catalogue,
            offerViews::ofConsult,
            booking.views()::ofConsult,
            custodies::of);
    new CatalogueRoutes(catalogue).addTo(routes);
    new ConsultRoutes(platform, consults, consultStore, consultViews).addTo(routes);
    new MatchingRoutes(platform, consultStore, matching).addTo(routes);
    new OfferRoutes(platform, offers, placement.onCall(), offerViews).addTo(routes);
    new LadderRoutes(platform, placement.ladder()).addTo(routes);
    new OwnerRoutes(platform, owners, consults, custodies).addTo(routes);
    booking.addTo(routes);
    new RosterRoutes(platform, roster, volunteerStore, catalogue, duties).addTo(routes);
    new RotaRoutes(platform, rotas, new SwapService(platform, rotas, volunteerStore)).addTo(routes);
    new CoverageRoutes(new CoverageService(catalogue, volunteerStore, duties)).addTo(routes);
    new AvailabilityRoutes().addTo(routes);
    new CalendarRoutes(calendars, publicUrl).addTo(routes);
    new ReportRoutes(new ReportService(platform)).addTo(routes);
    new PeopleRoutes(platform, volunteers, volunteerStore, catalogue).addTo(routes);
    new CareRoutes(platform, new CareService(platform, volunteerStore, care)).addTo(routes);
    new PlanRoutes(platform, plans, consultStore).addTo(routes);
  }

  /** The operations of this module. */
  public Routes routes() {
    return routes;
  }

  /** What other modules' events lead to. */
  public ConsultService consults() {
    return consults;
  }

  public OfferService offers() {
    return offers;
  }

  public Booking booking() {
    return booking;
  }

  public VolunteerService volunteers() {
    return volunteers;
  }

  public RosterService roster() {
    return roster;
  }

  /** Who is on call in turn; its {@code runDue} is to be run every few minutes. */
  public RotaService rotas() {
    return rotas;
  }

  /** Reads people's own calendars; its {@code runDue} is to be run each minute. */
  public CalendarService calendars() {
    return calendars;
  }

  /** What calendars are told of appointments. */
  public Invitations invitations() {
    return invitations;
  }

  /** What a day brings to volunteers; its {@code runDue} is to be run each minute. */
  public CredentialClock credentials() {
    return credentials;
  }

  /** Prices hours and proposes better times; its {@code runDue} is to be run every few minutes. */
  public PlanService plans() {
    return plans;
  }

  /** To be run each second, off the event loop. */
  public LadderClock ladder() {
    return placement.clock();
  }
}
