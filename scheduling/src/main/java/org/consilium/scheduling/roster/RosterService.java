package org.consilium.scheduling.roster;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;
import org.consilium.scheduling.availability.Expansion;
import org.consilium.scheduling.availability.Hours;
import org.consilium.scheduling.availability.HoursJson;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStore;

/** Hours of volunteers and sites, and who is on call when. */
public final class RosterService {
  private static final String VOLUNTEER = "volunteer";
  private static final String SITE = "site";
  private static final Duration OPENING_SOUGHT = Duration.ofDays(21);

  /** A volunteer with the hours that they gave. */
  record Own(Volunteer volunteer, HoursJson hours, int version) {}

  private final Platform platform;
  private final VolunteerStore volunteers;
  private final HoursStore hours;
  private final ShiftStore shifts = new ShiftStore();

  private final BiConsumer<Tx, AccountId> whenSaved;

  /**
   * @param whenSaved what follows when somebody's hours or leave have changed, in that transaction
   */
  public RosterService(
      Platform platform,
      VolunteerStore volunteers,
      HoursStore hours,
      BiConsumer<Tx, AccountId> whenSaved) {
    this.platform = platform;
    this.volunteers = volunteers;
    this.hours = hours;
    this.whenSaved = whenSaved;
  }

  /** Gives a volunteer these hours, whatever stood there; for programs that set people up. */
  public void save(Tx tx, AccountId volunteer, Hours promise) {
    replace(tx, volunteer.value(), VOLUNTEER, promise);
  }

  /** Gives a site its opening hours; one without any is open round the clock. */
  public void save(Tx tx, SiteId site, Hours opening) {
    replace(tx, site.value(), SITE, opening);
  }

  /**
   * The first moment from {@code from} on at which a site that has said its opening hours is open;
   * empty when it has said none, or is closed for the coming weeks.
   */
  public Optional<Instant> openFrom(Tx tx, SiteId site, Instant from) {
    var window = new TimeSlot(from, from.plus(OPENING_SOUGHT));
    return Optional.ofNullable(hours.of(tx, List.of(site.value())).get(site.value()))
        .flatMap(saved ->
            Expansion.expand(saved.hours(), window).stream().map(TimeSlot::start).findFirst());
  }

  /** Puts a volunteer on call; for programs that set people up. */
  public Shift plan(Tx tx, AccountId volunteer, OrganisationId planner, TimeSlot during) {
    return shifts.plan(tx, volunteer, planner, during).orElseThrow(RosterService::overlaps);
  }

  Own own(Tx tx, AccountId account) {
    var volunteer = volunteer(tx, account);
    var saved = hours.of(tx, List.of(account.value())).get(account.value());
    return saved == null
        ? new Own(volunteer, HoursJson.none(home(tx, account)), 0)
        : new Own(volunteer, saved.json(), saved.version());
  }

  /** Replaces the caller's hours; 412 when they were saved elsewhere since {@code version}. */
  void saveOwn(Tx tx, int version, HoursJson promise, int weeklyCap, boolean redCalls) {
    var me = tx.caller().account();
    volunteer(tx, me);
    promise.read("/hours");
    int current = hours.lock(tx, me.value()).map(HoursStore.Saved::version).orElse(0);
    if (current != version || !hours.save(tx, me.value(), VOLUNTEER, promise, version + 1)) {
      throw Refusal.editedElsewhere(current);
    }
    volunteers.limit(tx, me, weeklyCap, redCalls);
    platform.audit().append(tx, "roster.save", Subject.of("roster", me));
    whenSaved.accept(tx, me);
    platform.outbox().publish(tx, new HoursChanged(me));
    tell(tx, me);
  }

  /** Any specialist of the network can be put on call by any organisation's scheduler. */
  Shift planOnCall(Tx tx, AccountId specialist, TimeSlot during) {
    boolean canBeCalled =
        volunteers
            .find(tx, specialist)
            .filter(v -> v.kind() == VolunteerKind.SPECIALIST)
            .isPresent();
    if (!canBeCalled) {
      throw Refusal.invalid("/specialistId", "There is no such specialist.");
    }
    var shift =
        shifts
            .plan(tx, specialist, tx.caller().organisation(), during)
            .orElseThrow(RosterService::overlaps);
    platform.audit().append(tx, "shift.plan", Subject.of("roster", specialist));
    tell(tx, specialist);
    return shift;
  }

  /** The same person at another time. */
  Shift move(Tx tx, UUID shift, TimeSlot to) {
    var planner = tx.caller().organisation();
    var whose = shifts.owner(tx, shift, planner).orElseThrow(RosterService::noShift);
    if (!shifts.move(tx, shift, whose, planner, to)) {
      throw overlaps();
    }
    platform.audit().append(tx, "shift.move", Subject.of("roster", whose));
    tell(tx, whose);
    return new Shift(shift, to.start(), to.end(), Optional.empty());
  }

  void drop(Tx tx, UUID shift) {
    var whose =
        shifts.drop(tx, shift, tx.caller().organisation()).orElseThrow(RosterService::noShift);
    platform.audit().append(tx, "shift.drop", Subject.of("roster", whose));
    tell(tx, whose);
  }

  private static Refusal noShift() {
    return Refusal.notFound("shift-not-found", "Your organisation has planned no such shift.");
  }

  private static Refusal overlaps() {
    return new Refusal(409, "shift-overlaps", "They are on call in part of that time already.");
  }

  private void replace(Tx tx, UUID owner, String kind, Hours promise) {
    int current = hours.lock(tx, owner).map(HoursStore.Saved::version).orElse(0);
    hours.save(tx, owner, kind, HoursJson.of(promise), current + 1);
  }

  private Volunteer volunteer(Tx tx, AccountId account) {
    return volunteers
        .find(tx, account)
        .orElseThrow(() ->
            Refusal.notFound("roster-not-found", "You are not registered as a volunteer yet."));
  }

  private ZoneId home(Tx tx, AccountId account) {
    return platform.directory().person(tx, account).zone();
  }

  private void tell(Tx tx, AccountId whose) {
    platform
        .changes()
        .tell(tx, "roster", whose.value(), tx.caller().organisation(), List.of(whose));
  }
}
