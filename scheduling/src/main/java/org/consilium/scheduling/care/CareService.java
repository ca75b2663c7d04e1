package org.consilium.scheduling.care;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.care.CareStore.Certificate;
import org.consilium.scheduling.care.CareStore.Ease;
import org.consilium.scheduling.care.CareStore.HardCase;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerStatus;
import org.consilium.scheduling.volunteer.VolunteerStore;

/** Counts what volunteers give, shares it out, and spares who needs it. */
public final class CareService {
  static final int WEEKS_SHOWN = 4;
  private static final Duration ASKED_ABOUT_FOR = Duration.ofDays(60);
  private static final Duration EASE_MAX = Duration.ofDays(366);

  /** Crockford's: nothing that reads like something else. */
  private static final String CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int CODE_LENGTH = 16;

  /** What somebody took of late, beside what the others took. */
  record Share(Volunteer volunteer, int[] weeks) {}

  private final Platform platform;
  private final VolunteerStore volunteers;
  private final CareStore care;
  private final SecureRandom random = new SecureRandom();

  public CareService(Platform platform, VolunteerStore volunteers, CareStore care) {
    this.platform = platform;
    this.volunteers = volunteers;
    this.care = care;
  }

  // ---- Lighter times

  Optional<Ease> ease(Tx tx) {
    return care.ease(tx, tx.caller().account());
  }

  /**
   * The caller takes less for a time; nobody is told why, and nobody else can read that it is so.
   */
  void ease(Tx tx, int weeklyCap, LocalDate lastDay) {
    var me = own(tx);
    var until = lastDay.plusDays(1).atStartOfDay(zone(tx)).toInstant();
    if (!until.isAfter(tx.now())) {
      throw Refusal.invalid("/until", "This day is over.");
    }
    if (until.isAfter(tx.now().plus(EASE_MAX))) {
      throw Refusal.invalid("/until", "A year at most; a longer time is a pause.");
    }
    if (weeklyCap > me.weeklyCap()) {
      throw Refusal.invalid("/weeklyCap", "That is not less than your usual most.");
    }
    care.save(tx, me.account(), new Ease(weeklyCap, until));
    // The same words as any edit: the audit trail must not tell of it.
    platform.audit().append(tx, "volunteer.change", Subject.of("volunteer", me.account()));
  }

  void endEase(Tx tx) {
    care.endEase(tx, own(tx).account());
    platform.audit().append(tx, "volunteer.change", Subject.of("volunteer", tx.caller().account()));
  }

  /** What ended badly of late and was not spoken of. */
  List<HardCase> hard(Tx tx) {
    var me = tx.caller().account();
    return tx.asServer(() -> care.hard(tx, me, tx.now().minus(ASKED_ABOUT_FOR)));
  }

  /** The caller was asked about it, whatever they answered. */
  void answered(Tx tx, ConsultId consult) {
    var me = tx.caller().account();
    if (!tx.asServer(() -> care.answered(tx, consult, me))) {
      throw Refusal.notFound("consult-not-found", "There is no such consult for you.");
    }
  }

  /** The coordinator thinks that it was hard: the specialist is asked, and chooses. */
  void mark(Tx tx, ConsultId consult) {
    platform.careTeam().standing(tx, consult).require(Relation.COORDINATOR);
    var whom =
        tx.asServer(() -> care.mark(tx, consult))
            .orElseThrow(() ->
                new Refusal(
                    409,
                    "not-a-hard-case",
                    "This consult has not ended badly, or nobody advised."));
    platform
        .changes()
        .tell(tx, "volunteer", whom.value(), tx.caller().organisation(), List.of(whom));
  }

  Optional<String> support(Tx tx) {
    return care.support(tx, tx.caller().account());
  }

  Optional<String> supportOfNetwork(Tx tx) {
    return care.supportOf(tx, tx.caller().organisation());
  }

  void saveSupport(Tx tx, String line) {
    tx.asServer(() -> {
      care.saveSupport(tx, line);
    });
    platform.audit().append(tx, "peer-support.save", Subject.none());
  }

  // ---- What is given

  /** In a year of the caller's own calendar, up to today. */
  ServiceHours hours(Tx tx, int year) {
    return hours(tx, LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
  }

  private ServiceHours hours(Tx tx, LocalDate from, LocalDate until) {
    var me = own(tx).account();
    var zone = zone(tx);
    var today = LocalDate.ofInstant(tx.now(), zone);
    if (from.isAfter(today)) {
      throw new Refusal(400, "not-yet", "This year has not begun.");
    }
    var last = until.isAfter(today) ? today : until;
    var window =
        new TimeSlot(
            from.atStartOfDay(zone).toInstant(), last.plusDays(1).atStartOfDay(zone).toInstant());
    return tx.asServer(() ->
        ServiceHours.of(
            from,
            last,
            zone,
            care.taken(tx, me, window),
            care.calls(tx, me, window),
            care.onCall(tx, me, window)));
  }

  /** A paper that anybody can check: name, hours and period, nothing more. */
  Certificate issue(Tx tx, int year) {
    var given = hours(tx, year);
    var me = platform.directory().person(tx, tx.caller().account());
    var certificate =
        new Certificate(
            code(), me.id(), me.name(), given.minutes(), given.from(), given.until(), tx.now());
    care.issue(tx, certificate);
    platform.audit().append(tx, "certificate.issue", Subject.of("volunteer", me.id()));
    return certificate;
  }

  Certificate check(Tx tx, String code) {
    return tx.asServer(() -> care.certificate(tx, code))
        .orElseThrow(() ->
            Refusal.notFound("certificate-not-found", "There is no certificate of this code."));
  }

  private String code() {
    var code = new StringBuilder(CODE_LENGTH);
    for (int i = 0; i < CODE_LENGTH; i++) {
      code.append(CODE_LETTERS.charAt(random.nextInt(CODE_LETTERS.length())));
    }
    return code.toString();
  }

  /** What everybody took in the last weeks, who took least first. */
  List<Share> shares(Tx tx) {
    return tx.asServer(() -> {
      var taken = care.takenByWeek(tx, WEEKS_SHOWN);
      return volunteers.all(tx).stream()
          .filter(v -> v.status() == VolunteerStatus.ACTIVE)
          .map(v -> new Share(v, taken.getOrDefault(v.account().value(), new int[WEEKS_SHOWN])))
          .toList();
    });
  }

  // ---- What matching reads

  /**
   * When each of them rests, or is to rest; who never does may be missing. As the server.
   *
   * @param onCall the shifts that have not ended, by person
   */
  public static Map<UUID, List<TimeSlot>> rests(
      Tx tx,
      CareStore care,
      List<Volunteer> people,
      Map<AccountId, ZoneId> zones,
      Function<UUID, List<TimeSlot>> onCall) {
    if (people.stream().allMatch(v -> v.wishes().rest().isZero())) {
      return Map.of();
    }
    var ended = care.shiftsEnded(tx);
    var immediate = care.immediateTaken(tx);
    var rests = new HashMap<UUID, List<TimeSlot>>();
    for (Volunteer v : people) {
      var id = v.account().value();
      var shifts = new ArrayList<>(ended.getOrDefault(id, List.of()));
      shifts.addAll(onCall.apply(id));
      rests.put(
          id,
          Rest.spans(
              v.wishes().rest(),
              zones.get(v.account()),
              shifts,
              immediate.getOrDefault(id, List.of())));
    }
    return rests;
  }

  private Volunteer own(Tx tx) {
    return volunteers
        .find(tx, tx.caller().account())
        .orElseThrow(() ->
            Refusal.notFound("volunteer-not-found", "You are not registered as a volunteer yet."));
  }

  private ZoneId zone(Tx tx) {
    return platform.directory().person(tx, tx.caller().account()).zone();
  }
}
