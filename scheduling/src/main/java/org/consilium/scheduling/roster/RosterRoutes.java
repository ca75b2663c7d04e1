package org.consilium.scheduling.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.HoursJson;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.availability.TimeSlots;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.roster.DutyBoard.Duty;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerStore;

/** HTTP for volunteers, hours and shifts. */
public final class RosterRoutes {
  private static final Duration TWO_WEEKS = Duration.ofDays(14);
  private static final Duration SHIFT_MAX = Duration.ofDays(31);

  private static final Duration AHEAD_MAX = Duration.ofDays(2 * 366);

  record Save(HoursJson hours, int weeklyCap, boolean redCalls) {}

  record Roster(
      HoursJson hours,
      int weeklyCap,
      boolean redCalls,
      int version,
      List<Shift> onCall,
      List<TimeSlot> nextTwoWeeks) {}

  record Plan(AccountId specialistId, Instant start, Instant end) {}

  record Move(Instant start, Instant end) {}

  record Volunteers(List<VolunteerViews.View> items) {}

  record Coverage(List<CoverageRow> items) {}

  record CoverageRow(
      VolunteerViews.View volunteer,
      List<TimeSlot> available,
      List<Shift> onCall,
      List<TimeSlot> booked) {}

  private final RosterService roster;
  private final VolunteerStore volunteers;
  private final DutyBoard duties;
  private final VolunteerViews views;

  public RosterRoutes(
      Platform platform,
      RosterService roster,
      VolunteerStore volunteers,
      CatalogueStore catalogue,
      DutyBoard duties) {
    this.roster = roster;
    this.volunteers = volunteers;
    this.duties = duties;
    this.views = new VolunteerViews(platform, catalogue);
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listVolunteers", this::volunteers)
        .operation("getRoster", this::get)
        .operation("saveRoster", this::save)
        .operation("getCoverage", this::coverage)
        .operation("planShift", this::plan)
        .operation("moveShift", this::move)
        .operation("dropShift", this::drop);
  }

  private Answer volunteers(Call call) {
    var tx = call.tx();
    var kind = call.query("kind");
    var wanted =
        active(tx).stream()
            .filter(v -> kind.map(k -> Wire.of(v.kind()).equals(k)).orElse(true))
            .toList();
    var onDuty = call.query("onDuty").map(Boolean::parseBoolean);
    Predicate<VolunteerViews.View> isWanted = v -> onDuty.map(d -> d == v.onDutyNow()).orElse(true);
    var listed = views.of(tx, wanted, duties(tx, wanted, TimeSlot.of(tx.now(), TWO_WEEKS)));
    return Answer.ok(new Volunteers(listed.stream().filter(isWanted).toList()));
  }

  private List<Volunteer> active(Tx tx) {
    return volunteers.all(tx);
  }

  /** What is booked of anybody's time shows as time only, so the server looks for everybody. */
  private Map<UUID, Duty> duties(Tx tx, List<Volunteer> whose, TimeSlot window) {
    var ids = whose.stream().map(v -> v.account().value()).toList();
    return tx.asServer(() -> duties.of(tx, ids, window));
  }

  private Answer get(Call call) {
    return answer(call);
  }

  private Answer save(Call call) {
    var body = call.body(Save.class);
    roster.saveOwn(call.tx(), call.ifMatch(), body.hours(), body.weeklyCap(), body.redCalls());
    return answer(call);
  }

  private Answer answer(Call call) {
    var tx = call.tx();
    var own = roster.own(tx, call.caller().account());
    var window = TimeSlot.of(tx.now(), TWO_WEEKS);
    var duty = duties(tx, List.of(own.volunteer()), window).get(call.caller().account().value());
    return Answer.ok(
            new Roster(
                own.hours(),
                own.volunteer().weeklyCap(),
                own.volunteer().redCalls(),
                own.version(),
                duty.onCall(),
                duty.available()))
        .withHeader("ETag", "\"" + own.version() + "\"");
  }

  private Answer coverage(Call call) {
    var tx = call.tx();
    var from = from(call);
    int days = call.queryNumber("days").orElseThrow();
    var window = TimeSlot.of(from, Duration.ofDays(days));
    var everybody = active(tx);

    var now = duties(tx, everybody, TimeSlot.of(tx.now(), TWO_WEEKS));
    var then = duties(tx, everybody, window);
    return Answer.ok(
        new Coverage(
            views.of(tx, everybody, now).stream()
                .map(view -> row(view, then.get(view.id().value())))
                .toList()));
  }

  private static CoverageRow row(VolunteerViews.View view, Duty duty) {
    return new CoverageRow(view, duty.available(), duty.onCall(), TimeSlots.union(duty.booked()));
  }

  private static Instant from(Call call) {
    var from = call.queryInstant("from").orElseThrow();
    if (Duration.between(call.tx().now(), from).abs().compareTo(AHEAD_MAX) > 0) {
      throw Refusal.malformed("from", "Ask for a time within two years from now.");
    }
    return from;
  }

  private Answer plan(Call call) {
    var body = call.body(Plan.class);
    var during = during(call, body.start(), body.end());
    return Answer.created(roster.planOnCall(call.tx(), body.specialistId(), during));
  }

  private Answer move(Call call) {
    var body = call.body(Move.class);
    var during = during(call, body.start(), body.end());
    return Answer.ok(roster.move(call.tx(), call.pathId("shiftId"), during));
  }

  private static TimeSlot during(Call call, Instant start, Instant end) {
    if (!start.isBefore(end)) {
      throw Refusal.invalid("/end", "A shift must end after it starts.");
    }
    if (Duration.between(start, end).compareTo(SHIFT_MAX) > 0) {
      throw Refusal.invalid("/end", "A shift lasts a month at most.");
    }
    if (start.isAfter(call.tx().now().plus(AHEAD_MAX))) {
      throw Refusal.invalid("/start", "Shifts are planned two years ahead at most.");
    }
    if (!end.isAfter(call.tx().now())) {
      throw Refusal.invalid("/end", "This time has passed.");
    }
    return new TimeSlot(start, end);
  }

  private Answer drop(Call call) {
    roster.drop(call.tx(), call.pathId("shiftId"));
    return Answer.noContent();
  }
}
