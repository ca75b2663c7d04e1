package org.consilium.deploy.telling;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.consilium.deploy.telling.Words.Said;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.events.Events;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.identity.NewDevice;
import org.consilium.platform.identity.Role;
import org.consilium.platform.mail.Letter;
import org.consilium.platform.mail.Letter.CalendarPart;
import org.consilium.records.FollowUps;
import org.consilium.scheduling.Scheduling;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.offer.ConsultOffered;
import org.consilium.scheduling.offer.SupervisorNeeded;
import org.consilium.scheduling.rota.ShiftSwapped;
import org.consilium.scheduling.rota.ShiftsUncovered;
import org.consilium.scheduling.volunteer.Channel;
import org.consilium.scheduling.volunteer.CredentialExpiring;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerSuspended;
import org.consilium.signaling.ring.RingKind;
import org.consilium.signaling.ring.RingMissed;

/** Tells people by letter what concerns them. Every such rule is a line of {@link #connect}. */
public final class Telling {
  /** A missed ring of yesterday explains nothing any more. */
  private static final Duration RING_KEPT = Duration.ofHours(12);

  private static final Duration STANDING_KEPT = Duration.ofDays(3);

  private final Platform platform;
  private final Scheduling scheduling;
  private final Words words;

  private Telling(Platform platform, Scheduling scheduling, Words words) {
    this.platform = platform;
    this.scheduling = scheduling;
    this.words = words;
  }

  /**
   * @param page where people open the product
   */
  public static void connect(
      Platform platform, Scheduling scheduling, FollowUps followUps, URI page) {
    var words = new Words(page);
    var telling = new Telling(platform, scheduling, words);
    var events = platform.events();
    new Inviting(platform, scheduling, telling, words).connect(events);
    new Following(platform, scheduling, followUps, telling, words).connect(events);
    telling.connect(events);
  }

  private void connect(Events events) {
    events.on(ConsultOffered.class, "an-offer-is-told-by-letter", this::offered);
    events.on(RingMissed.class, "a-missed-ring-is-told-by-letter", this::missed);
    events.on(CredentialExpiring.class, "a-licence-s-end-is-told-by-letter", this::licenceEnds);
    events.on(VolunteerSuspended.class, "a-suspension-is-told-by-letter", this::suspended);
    events.on(NewDevice.class, "a-new-device-is-told-by-letter", this::newDevice);
    events.on(ShiftSwapped.class, "a-swapped-shift-is-told-by-letter", this::swapped);
    events.on(ShiftsUncovered.class, "uncovered-shifts-are-told-by-letter", this::uncovered);
    events.on(SupervisorNeeded.class, "a-consult-nobody-took-is-told-by-letter", this::nobodyTook);
  }

  private void offered(Tx tx, ConsultOffered e) {
    var zone = zone(tx, e.to());
    boolean wakes = e.urgency() == Urgency.RED && takesRedCalls(tx, e.to());
    tell(
        tx,
        "offer:" + e.offer(),
        e.to(),
        "offer",
        words.offer(Wire.of(e.urgency()), tx.now(), e.expiresAt(), zone),
        Optional.empty(),
        wakes ? tx.now() : heardFrom(tx, e.to()),
        e.expiresAt());
  }

  private boolean takesRedCalls(Tx tx, AccountId account) {
    return scheduling.volunteers().find(tx, account).filter(Volunteer::redCalls).isPresent();
  }

  private void missed(Tx tx, RingMissed e) {
    var path = e.kind() == RingKind.OFFER ? "specialist" : "";
    var said = words.missedRing(e.at(), zone(tx, e.callee()), path);
    tellAfterQuiet(tx, "ring:" + e.ring(), e.callee(), "missed-ring", said, e.at().plus(RING_KEPT));
  }

  private void licenceEnds(Tx tx, CredentialExpiring e) {
    tellAfterQuiet(
        tx,
        "licence:" + e.credential() + ":" + e.lastDay() + ":" + e.daysLeft(),
        e.volunteer(),
        "licence",
        words.licenceEnds(e.lastDay(), e.daysLeft(), profile(tx, e.volunteer())),
        tx.now().plus(STANDING_KEPT));
  }

  private void suspended(Tx tx, VolunteerSuspended e) {
    tellAfterQuiet(
        tx,
        "suspended:" + e.at(),
        e.volunteer(),
        "licence",
        words.suspended(profile(tx, e.volunteer())),
        tx.now().plus(STANDING_KEPT));
  }

  private void newDevice(Tx tx, NewDevice e) {
    var said = words.newDevice(e.at(), zone(tx, e.account()));
    tell(
        tx,
        "device:" + e.at(),
        e.account(),
        "sign-in",
        said,
        Optional.empty(),
        tx.now(),
        e.at().plus(STANDING_KEPT));
  }

  private String profile(Tx tx, AccountId account) {
    boolean interprets =
        scheduling
            .volunteers()
            .find(tx, account)
            .filter(volunteer -> volunteer.kind() == VolunteerKind.INTERPRETER)
            .isPresent();
    return interprets ? "interpreter/profile" : "specialist/profile";
  }

  private void swapped(Tx tx, ShiftSwapped e) {
    var slot = new TimeSlot(e.start(), e.end());
    var key = "swap:" + e.swap();
    var given = words.shiftTaken(slot, zone(tx, e.giver()));
    var taken = words.shiftYours(slot, zone(tx, e.taker()));
    tellAfterQuiet(tx, key, e.giver(), "shift", given, e.end());
    tellAfterQuiet(tx, key, e.taker(), "shift", taken, e.end());
  }

  /** One letter for all that one act has opened. */
  private void uncovered(Tx tx, ShiftsUncovered e) {
    var slots = e.gaps().stream().map(gap -> new TimeSlot(gap.start(), gap.end())).toList();
    var first = e.gaps().getFirst();
    for (var scheduler : platform.directory().membersOf(tx, e.organisation(), Role.SCHEDULER)) {
      tellAfterQuiet(
          tx,
          "uncovered:" + first.rota() + ":" + first.start() + ":" + e.at(),
          scheduler.id(),
          "shift",
          words.uncovered(slots, scheduler.zone()),
          slots.getLast().end());
    }
  }

  private void nobodyTook(Tx tx, SupervisorNeeded e) {
    var said = words.nobodyTook(Wire.of(e.urgency()));
    supervise(tx, e.organisation(), "nobody-took:" + e.consult() + ":" + e.at(), said);
  }

  /** Supervisors are asked to be there at any hour. */
  private void supervise(Tx tx, OrganisationId organisation, String key, Said said) {
    for (var supervisor : platform.directory().membersOf(tx, organisation, Role.SUPERVISOR)) {
      tell(
          tx,
          key,
          supervisor.id(),
          "supervisor",
          said,
          Optional.empty(),
          tx.now(),
          tx.now().plus(RING_KEPT));
    }
  }

  private ZoneId zone(Tx tx, AccountId account) {
    return platform.directory().person(tx, account).zone();
  }

  /** Now, or the end of the quiet hours that the person is in. */
  Instant heardFrom(Tx tx, AccountId account) {
    return scheduling
        .volunteers()
        .find(tx, account)
        .map(volunteer -> volunteer.wishes().heardFrom(tx.now(), zone(tx, account)))
        .orElse(tx.now());
  }

  void tellAfterQuiet(Tx tx, String key, AccountId to, String purpose, Said said, Instant until) {
    tell(tx, key, to, purpose, said, Optional.empty(), heardFrom(tx, to), until);
  }

  /** Gives the letter away, unless the person does not want any. */
  void tell(
      Tx tx,
      String key,
      AccountId to,
      String purpose,
      Said said,
      Optional<CalendarPart> calendar,
      Instant due,
      Instant until) {
    boolean wanted =
        scheduling
            .volunteers()
            .find(tx, to)
            .map(volunteer -> volunteer.wishes().channels().contains(Channel.MAIL))
            .orElse(true);
    if (wanted) {
      platform
          .mail()
          .send(
              tx, new Letter(key, to, purpose, said.subject(), said.text(), calendar, due, until));
    }
  }
}
