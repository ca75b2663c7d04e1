package org.consilium.scheduling.booking;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.booking.BookingViews.View;
import org.consilium.scheduling.booking.LanguageBridge.Need;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultStore;
import org.consilium.scheduling.volunteer.Volunteer;

/** HTTP for what goes on round an appointment: whom to choose, who waits, what broke, notices. */
final class RoundRoutes {
  private static final int NOTICES_MAX = 50;

  record Choice(
      List<Person> interpreters,
      String languageNeed,
      Optional<String> language,
      String sentence,
      List<Person> navigators,
      List<Thing> devices) {}

  record Person(AccountId id, String name, List<Volunteer.Spoken> languages) {}

  record Thing(UUID id, SiteResource.Kind kind, String name) {}

  record Join(
      Instant from,
      Instant until,
      int minutes,
      Optional<AccountId> interpreterId,
      Optional<AccountId> navigatorId,
      List<UUID> deviceIds,
      boolean withoutInterpreter) {}

  record WaitingView(
      UUID id,
      ConsultId consultId,
      String question,
      Urgency urgency,
      Instant from,
      Instant until,
      int minutes,
      WaitingStore.Status status,
      Instant since,
      Optional<View> offered) {}

  record Offer(Instant start, Instant end) {}

  record StandByView(UUID id, Instant start, Instant end) {}

  record Items<T>(List<T> items) {}

  record Work(
      UUID id,
      BrokenStore.Cause cause,
      UUID resourceId,
      Instant foundAt,
      Optional<Instant> proposed,
      View appointment) {}

  record Approve(Optional<Instant> start) {}

  record NoticeView(
      UUID id,
      NoticeKind kind,
      ConsultId consultId,
      Optional<Instant> start,
      Optional<Instant> was,
      Instant toldAt,
      boolean read) {}

  private final Platform platform;
  private final ConsultStore consults;
  private final Assembly assembly;
  private final WaitingList waiting;
  private final Mending mending;
  private final NoticeStore notices;
  private final LanguageGaps gaps;
  private final AppointmentStore appointments;
  private final BookingViews views;

  RoundRoutes(
      Platform platform,
      ConsultStore consults,
      Assembly assembly,
      WaitingList waiting,
      Mending mending,
      NoticeStore notices,
      LanguageGaps gaps,
      AppointmentStore appointments,
      BookingViews views) {
    this.platform = platform;
    this.consults = consults;
    this.assembly = assembly;
    this.waiting = waiting;
    this.mending = mending;
    this.notices = notices;
    this.gaps = gaps;
    this.appointments = appointments;
    this.views = views;
  }

  Routes addTo(Routes routes) {
    return routes
        .operation("listBookingChoices", this::choices)
        .operation("joinWaitingList", this::join)
        .operation("listWaiting", this::waiting)
        .operation("leaveWaitingList", this::leave)
        .operation("listStandBy", this::standBy)
        .operation("offerStandBy", this::offerStandBy)
        .operation("withdrawStandBy", this::withdrawStandBy)
        .operation("listBrokenAppointments", this::broken)
        .operation("approveNewTime", this::approve)
        .operation("keepBrokenAppointment", this::keep)
        .operation("listNotices", this::notices)
        .operation("readNotices", this::read)
        .operation("listLanguageGaps", call -> Answer.ok(new Items<>(gaps.of(call.tx()))));
  }

  private Answer choices(Call call) {
    var tx = call.tx();
    var id = new ConsultId(call.pathId("consultId"));
    BookingService.mayBook(platform.careTeam().standing(tx, id));
    var consult = consults.find(tx, id).orElseThrow().consult();
    return Answer.ok(tx.asServer(() -> choice(tx, consult)));
  }

  private Choice choice(Tx tx, Consult consult) {
    var interpreters = assembly.interpreters(tx, consult);
    var names =
        platform.directory().people(tx, interpreters.stream().map(Volunteer::account).toList());
    var need = assembly.need(tx, consult);
    return new Choice(
        interpreters.stream()
            .map(one -> new Person(one.account(), names.get(one.account()).name(), one.languages()))
            .sorted(Comparator.comparing(Person::name))
            .toList(),
        need.map(RoundRoutes::code).orElse("shared"),
        need.map(RoundRoutes::language),
        need.map(one -> sentence(one, interpreters.isEmpty())).orElse(""),
        assembly.navigators(tx, consult).stream()
            .map(one -> new Person(one.id(), one.name(), List.of()))
            .toList(),
        assembly.things(tx, consult).stream()
            .map(one -> new Thing(one.id(), one.kind(), one.name()))
            .toList());
  }

  private static String code(Need need) {
    return switch (need) {
      case Need.Shared _ -> "shared";
      case Need.ForThePatient _ -> "for-the-patient";
      case Need.Needed _ -> "needed";
    };
  }

  private static String language(Need need) {
    return switch (need) {
      case Need.Shared(var language) -> language;
      case Need.ForThePatient(var language) -> language;
      case Need.Needed(var language) -> language;
    };
  }

  private static String sentence(Need need, boolean nobody) {
    return switch (need) {
      case Need.Shared _ -> "They share a language; no interpreter is needed.";
      case Need.ForThePatient _ ->
          nobody
              ? "The patient and the specialist share no language, and no interpreter speaks both."
                  + " The clinic interprets."
              : "The patient and the specialist share no language; an interpreter helps.";
      case Need.Needed _ ->
          nobody
              ? "They share no language, and no interpreter of the network speaks both. Agree with"
                  + " the clinic who interprets, or write instead."
              : "They share no language: choose an interpreter.";
    };
  }

  private Answer join(Call call) {
    var body = call.body(Join.class);
    var needs =
        new Needs(
            body.interpreterId(), body.navigatorId(), body.deviceIds(), body.withoutInterpreter());
    if (!body.from().isBefore(body.until())) {
      throw Refusal.invalid("/until", "This is before the beginning.");
    }
    var entry =
        waiting.join(
            call.tx(),
            new ConsultId(call.pathId("consultId")),
            new TimeSlot(body.from(), body.until()),
            body.minutes(),
            needs);
    return Answer.created(view(entry, Map.of()));
  }

  private Answer waiting(Call call) {
    var open = waiting.open(call.tx());
    var offered = shown(call.tx(), open.stream().flatMap(one -> one.offered().stream()).toList());
    return Answer.ok(new Items<>(open.stream().map(one -> view(one, offered)).toList()));
  }

  private static WaitingView view(WaitingStore.Waiting one, Map<AppointmentId, View> offered) {
    return new WaitingView(
        one.id(),
        one.consult(),
        one.question(),
        one.urgency(),
        one.wanted().start(),
        one.wanted().end(),
        one.minutes(),
        one.status(),
        one.since(),
        one.offered().map(offered::get));
  }

  private Map<AppointmentId, View> shown(Tx tx, List<AppointmentId> ids) {
    var found = ids.stream().flatMap(id -> appointments.find(tx, id).stream()).toList();
    return views.views(tx, found).stream().collect(Collectors.toMap(View::id, Function.identity()));
  }

  private Answer leave(Call call) {
    waiting.withdraw(call.tx(), call.pathId("waitingId"));
    return Answer.noContent();
  }

  private Answer standBy(Call call) {
    return Answer.ok(
        new Items<>(
            waiting.standBy(call.tx()).stream()
                .map(one -> new StandByView(one.id(), one.slot().start(), one.slot().end()))
                .toList()));
  }

  private Answer offerStandBy(Call call) {
    var body = call.body(Offer.class);
    if (!body.start().isBefore(body.end())) {
      throw Refusal.invalid("/end", "It must end after it starts.");
    }
    var id = waiting.offerStandBy(call.tx(), new TimeSlot(body.start(), body.end()));
    return Answer.created(new StandByView(id, body.start(), body.end()));
  }

  private Answer withdrawStandBy(Call call) {
    waiting.withdrawStandBy(call.tx(), call.pathId("standById"));
    return Answer.noContent();
  }

  private Answer broken(Call call) {
    var open = mending.open(call.tx());
    var shown =
        shown(call.tx(), open.stream().map(BrokenStore.Broken::appointment).distinct().toList());
    return Answer.ok(
        new Items<>(
            open.stream()
                .map(one ->
                    new Work(
                        one.id(),
                        one.cause(),
                        one.resource(),
                        one.foundAt(),
                        one.proposed(),
                        shown.get(one.appointment())))
                .toList()));
  }

  private Answer approve(Call call) {
    var moved = mending.approve(call.tx(), call.pathId("workId"), call.body(Approve.class).start());
    return Answer.ok(views.of(call.tx(), moved));
  }

  private Answer keep(Call call) {
    mending.keep(call.tx(), call.pathId("workId"), call.body(BookingRoutes.Reason.class).reason());
    return Answer.noContent();
  }

  private Answer notices(Call call) {
    var mine = notices.of(call.tx(), call.caller().account(), NOTICES_MAX);
    return Answer.ok(
        new Items<>(
            mine.stream()
                .map(one ->
                    new NoticeView(
                        one.id(),
                        one.kind(),
                        one.consult(),
                        one.start(),
                        one.was(),
                        one.toldAt(),
                        one.read()))
                .toList()));
  }

  private Answer read(Call call) {
    notices.read(call.tx(), call.caller().account());
    return Answer.noContent();
  }
}
