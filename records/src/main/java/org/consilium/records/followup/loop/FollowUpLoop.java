package org.consilium.records.followup.loop;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.access.TeamMember;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.Role;
import org.consilium.records.followup.FollowUpStore;
import org.consilium.records.followup.Result;
import org.consilium.records.followup.loop.FollowUpRules.Kind;
import org.consilium.records.followup.loop.FollowUpRules.Planned;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.triage.Urgency;

/**
 * When the clinic is asked, and whom; each call within the caller's transaction, with the server's
 * own sight where the loop's rows are concerned.
 */
public final class FollowUpLoop {
  private static final int CODES = 10_000;
  private static final int COLLEAGUES_ASKED_MAX = 3;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Platform platform;
  private final ConsultIntake intake;
  private final FollowUpStore followUps;
  private final FollowUpCatalogue catalogue;
  private final CheckStore checks;
  private final AskStore asks;

  public FollowUpLoop(
      Platform platform,
      ConsultIntake intake,
      FollowUpStore followUps,
      FollowUpCatalogue catalogue,
      CheckStore checks,
      AskStore asks) {
    this.platform = platform;
    this.intake = intake;
    this.followUps = followUps;
    this.catalogue = catalogue;
    this.checks = checks;
    this.asks = asks;
  }

  /**
   * Somebody who is asked now.
   *
   * @param token the secret of the link, known here and in no table
   * @param text what to send by short message but for the link; never anything about a patient
   */
  public record Asked(
      AccountId account,
      String token,
      Optional<String> text,
      String reference,
      Instant expiresAt) {}

  /** What a consult's page shows of the loop. */
  public record View(
      String reference,
      List<Check> checks,
      List<Instant> remindedAt,
      boolean isAwaited,
      Optional<Instant> unansweredAt) {}

  /**
   * How the loop of a consult stands, as far as the caller may know.
   *
   * @param newsAt of the newest outcome
   */
  public View view(Tx tx, Standing standing, Optional<Instant> newsAt) {
    var all = checks.of(tx, standing);
    var newest =
        all.stream().filter(check -> isAwaited(tx, check, newsAt)).reduce((_, later) -> later);
    return new View(
        ConsultReference.of(standing.consult()),
        all.stream().filter(check -> check.state() == Check.State.WAITING).toList(),
        newest.stream()
            .flatMap(check -> checks.reminders(tx, check).stream())
            .map(CheckStore.Reminder::sentAt)
            .toList(),
        newest.isPresent(),
        newest.flatMap(Check::endedAt));
  }

  /**
   * Whether news is waited for, also after an outcome was known: the clinic is being asked, or
   * nobody has told any since it was.
   *
   * @param newsAt of the newest outcome
   */
  public boolean isAwaited(Tx tx, Standing standing, Optional<Instant> newsAt) {
    return checks.of(tx, standing).stream().anyMatch(check -> isAwaited(tx, check, newsAt));
  }

  private static boolean isAwaited(Tx tx, Check check, Optional<Instant> newsAt) {
    return check.asks(tx.now())
        || (check.state() == Check.State.UNANSWERED
            && newsAt.filter(check.dueAt()::isBefore).isEmpty());
  }

  /**
   * Advice was signed: lays out when the clinic is asked, in place of what was laid out before.
   *
   * @param wanted a day that the note or somebody named
   * @return the first day
   */
  public LocalDate lay(Tx tx, Standing standing, Optional<LocalDate> wanted) {
    var rules = catalogue.rules(tx, standing.owner());
    var urgency = urgency(tx, standing);
    var plan = rules.plan(urgency, tx.now(), wanted, zone(tx, standing));
    tx.asServer(() -> {
      waiting(tx, standing).forEach(check -> drop(tx, check));
      plan.forEach(planned -> checks.add(tx, standing, planned, rules.version(), urgency));
    });
    return plan.getFirst().dueOn();
  }

  /** Whether it was ever laid out when the clinic is asked, though it may be over. */
  public boolean wasLaid(Tx tx, Standing standing) {
    return !checks.of(tx, standing).isEmpty();
  }

  /**
   * Somebody names the day on which to ask next. A check before it falls away, and the last one too
   * unless it comes well after it: then that day is the last.
   */
  public void date(Tx tx, Standing standing, LocalDate day) {
    var rules = catalogue.rules(tx, standing.owner());
    var urgency = urgency(tx, standing);
    Planned planned = rules.on(day, tx.now(), zone(tx, standing));
    tx.asServer(() -> {
      var waiting = waiting(tx, standing);
      var last =
          waiting.stream()
              .filter(check -> check.kind() == Kind.LAST)
              .filter(check -> !rules.standsForLast(planned.dueAt(), check.dueAt()))
              .findFirst();
      waiting.stream()
          .filter(check -> !last.equals(Optional.of(check)))
          .forEach(check -> drop(tx, check));
      var kind = last.isPresent() ? Kind.FIRST : Kind.LAST;
      checks.add(tx, standing, planned.as(kind), rules.version(), urgency);
    });
  }

  /** There is nothing to ask any more. */
  public void drop(Tx tx, Standing standing) {
    tx.asServer(() -> waiting(tx, standing).forEach(check -> drop(tx, check)));
  }

  private void drop(Tx tx, Check check) {
    checks.end(tx, check, Check.State.DROPPED);
    asks.endOf(tx, check);
  }

  /**
   * News came, by whatever way. The last check stays, for the lasting result, unless it is near, is
   * being asked, or there is nobody left to ask about.
   */
  public void answered(Tx tx, Standing standing, Result result) {
    tx.asServer(() -> {
      for (var check : waiting(tx, standing)) {
        var rules = catalogue.rules(tx, standing.owner(), check.rulesVersion());
        boolean stands =
            check.kind() == Kind.FIRST
                || check.asks(tx.now())
                || rules.standsForLast(tx.now(), check.dueAt());
        if (stands) {
          checks.end(tx, check, Check.State.ANSWERED);
        } else if (result.isEnd()) {
          checks.end(tx, check, Check.State.DROPPED);
        }
      }
      asks.endOf(tx, standing.owner(), standing.consult());
    });
  }

  /**
   * Makes the links of a reminder, in the transaction in which they are sent; those of the reminder
   * before are good no more. Nobody, when the answer came meanwhile. Only the server's own role
   * may.
   */
  public List<Asked> ask(Tx tx, UUID checkId) {
    var known = checks.find(tx, checkId);
    if (known.isEmpty() || platform.careTeam().isKeptHome(tx, known.get().consult())) {
      return List.of();
    }
    followUps.lock(tx, known.get().consult());
    // Again, now that nobody answers at this moment.
    var check = checks.find(tx, checkId).filter(found -> found.asks(tx.now()));
    if (check.isEmpty()) {
      return List.of();
    }
    var standing = platform.careTeam().about(tx, check.get().consult());
    var rules = catalogue.rules(tx, standing.owner(), check.get().rulesVersion());
    var until = tx.now().plus(rules.linkLife());
    var asked = new ArrayList<Asked>();
    for (var person : whom(tx, standing)) {
      asked.add(ask(tx, check.get(), person, until));
    }
    return asked;
  }

  private Asked ask(Tx tx, Check check, Person person, Instant until) {
    var token = Secrets.token();
    var phone = platform.phoneNumbers().number(tx, person.id());
    var code = phone.map(number -> code(tx, check, person.id(), number));
    asks.issue(tx, check, person.id(), Secrets.sha256(token), until, phone, code);
    var reference = ConsultReference.of(check.consult());
    var words = catalogue.words(tx, check.owner());
    var spoken = words.get(FollowUpCatalogue.best(words, person.language()));
    return new Asked(
        person.id(),
        token,
        code.map(digits ->
            spoken.say("textAsk", java.util.Map.of("reference", reference, "code", digits))),
        reference,
        until);
  }

  private String code(Tx tx, Check check, AccountId account, String phone) {
    var before = asks.codeBefore(tx, check, account, phone);
    if (before.isPresent()) {
      return before.get();
    }
    String code;
    do {
      code = "%04d".formatted(RANDOM.nextInt(CODES));
    } while (asks.isCodeInUse(tx, phone, code));
    return code;
  }

  /** Who asked for the advice; when they have left, some of those who work at the site. */
  private List<Person> whom(Tx tx, Standing standing) {
    var requesters =
        platform.careTeam().members(tx, standing.consult()).stream()
            .filter(member -> member.relation() == Relation.REQUESTER)
            .map(TeamMember::account)
            .toList();
    var here =
        platform.directory().membersOf(tx, standing.owner(), Role.CLINICIAN).stream()
            .filter(person -> requesters.contains(person.id()))
            .toList();
    return here.isEmpty()
        ? platform.directory().staff(tx, standing.owner(), Role.CLINICIAN, standing.site()).stream()
            .limit(COLLEAGUES_ASKED_MAX)
            .toList()
        : here;
  }

  private List<Check> waiting(Tx tx, Standing standing) {
    return checks.of(tx, standing).stream()
        .filter(check -> check.state() == Check.State.WAITING)
        .toList();
  }

  private Urgency urgency(Tx tx, Standing standing) {
    return intake.urgency(tx, standing.consult()).orElse(Urgency.GREEN);
  }

  private ZoneId zone(Tx tx, Standing standing) {
    return platform.directory().site(tx, standing.site()).zone();
  }
}
