package org.consilium.scheduling.volunteer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.volunteer.StandingStore.Standing;

/**
 * Takes volunteers in and follows how they stand: application, credentials, pause, suspension, end.
 * Whoever can no longer answer is asked no more in the same transaction.
 */
public final class VolunteerService {
  /** The network's own kind of organisation, which volunteers apply to. */
  private static final String VOLUNTEER_NETWORK = "volunteer-network";

  /** What somebody tells who would like to help. */
  public record Application(
      VolunteerKind kind,
      String country,
      int weeklyCap,
      boolean redCalls,
      List<Volunteer.Spoken> languages,
      List<Volunteer.Field> fields,
      List<Volunteer.Licence> licences,
      Wishes wishes) {}

  /** What somebody may change by themselves. */
  public record Change(
      int weeklyCap, boolean redCalls, List<Volunteer.Spoken> languages, Wishes wishes) {}

  private final Platform platform;
  private final VolunteerStore volunteers;
  private final StandingStore standings = new StandingStore();
  private final BiConsumer<Tx, AccountId> takeBackOffers;
  private final BiConsumer<Tx, AccountId> layRotas;
  private final CredentialService credentials;

  /**
   * @param takeBackOffers takes back what is offered to somebody and they may no longer answer, and
   *     asks the next one
   * @param layRotas lays out again who is on call, since somebody comes or goes
   */
  public VolunteerService(
      Platform platform,
      VolunteerStore volunteers,
      BiConsumer<Tx, AccountId> takeBackOffers,
      BiConsumer<Tx, AccountId> layRotas) {
    this.platform = platform;
    this.volunteers = volunteers;
    this.takeBackOffers = takeBackOffers;
    this.layRotas = layRotas;
    this.credentials = new CredentialService(platform, this, volunteers, standings);
  }

  StandingStore standings() {
    return standings;
  }

  /** What is known of a volunteer; empty for everybody else. */
  public Optional<Volunteer> find(Tx tx, AccountId account) {
    return volunteers.find(tx, account);
  }

  /** What follows for the licences of the same people. */
  CredentialService credentials() {
    return credentials;
  }

  /**
   * Makes an account a volunteer as the server: demo data, bringing somebody in. Doing it again
   * changes nothing.
   */
  public void register(Tx tx, Volunteer volunteer) {
    if (volunteers.insert(tx, volunteer)) {
      platform
          .audit()
          .append(tx, "volunteer.register", Subject.of("volunteer", volunteer.account()));
    }
  }

  /** The caller would like to help the network that they are signed in to. */
  public void apply(Tx tx, Application told) {
    var caller = tx.caller();
    var network = platform.directory().organisation(tx, caller.organisation());
    if (!network.kind().equals(VOLUNTEER_NETWORK)) {
      throw new Refusal(
          409, "not-a-volunteer-network", "Volunteers apply to a network of volunteers.");
    }
    var volunteer =
        new Volunteer(
            caller.account(),
            network.id(),
            told.kind(),
            told.country(),
            VolunteerStatus.APPLIED,
            told.weeklyCap(),
            told.redCalls(),
            told.languages(),
            told.fields(),
            told.licences(),
            told.wishes());
    tx.asServer(() -> {
      if (!volunteers.insert(tx, volunteer)) {
        again(tx, volunteer);
      }
    });
    note(tx, "volunteer.apply", caller.account());
  }

  private void again(Tx tx, Volunteer volunteer) {
    var standing = standings.lock(tx, volunteer.account()).orElseThrow();
    move(tx, standing, VolunteerStatus.APPLIED, Optional.empty(), Optional.empty());
    standings.applyAgain(tx, volunteer);
    standings.save(
        tx, volunteer.account(), volunteer.weeklyCap(), volunteer.redCalls(), volunteer.wishes());
    volunteers.replaceLanguages(tx, volunteer.account(), volunteer.languages());
    volunteers.replaceFields(tx, volunteer.account(), volunteer.fields());
    volunteer.licences().forEach(licence -> volunteers.add(tx, volunteer.account(), licence));
  }

  /** The caller's own languages, caps, rest and quiet hours. */
  public void change(Tx tx, int basedOn, Change change) {
    var account = tx.caller().account();
    tx.asServer(() -> {
      var standing = standings.lock(tx, account).orElseThrow(VolunteerService::notFound);
      if (standing.version() != basedOn) {
        throw Refusal.editedElsewhere(standing.version());
      }
      standings.save(tx, account, change.weeklyCap(), change.redCalls(), change.wishes());
      volunteers.replaceLanguages(tx, account, change.languages());
    });
    note(tx, "volunteer.change", account);
  }

  /** No consults for a time; without {@code backAt} until somebody says so. */
  public void pause(Tx tx, AccountId account, Optional<Instant> backAt, Optional<String> reason) {
    decide(tx, account, VolunteerStatus.PAUSED, reason, backAt, "volunteer.pause");
  }

  public void resume(Tx tx, AccountId account) {
    tx.asServer(() -> {
      var standing = standings.lock(tx, account).orElseThrow(VolunteerService::notFound);
      if (standing.status() != VolunteerStatus.PAUSED) {
        throw notFrom(standing.status(), VolunteerStatus.ACTIVE);
      }
      back(tx, standing);
    });
    note(tx, "volunteer.resume", account);
  }

  /** Who comes back without a licence that holds is suspended instead. */
  private void back(Tx tx, Standing standing) {
    boolean mayAnswer = mayAnswer(tx, standing);
    var next = mayAnswer ? VolunteerStatus.ACTIVE : VolunteerStatus.SUSPENDED;
    move(tx, standing, next, Optional.empty(), Optional.empty());
  }

  public void end(Tx tx, AccountId account, Optional<String> reason) {
    decide(tx, account, VolunteerStatus.ENDED, reason, Optional.empty(), "volunteer.end");
  }

  private void decide(
      Tx tx,
      AccountId account,
      VolunteerStatus next,
      Optional<String> reason,
      Optional<Instant> backAt,
      String act) {
    tx.asServer(() -> {
      var standing = standings.lock(tx, account).orElseThrow(VolunteerService::notFound);
      move(tx, standing, next, reason, backAt);
    });
    note(tx, act, account);
  }

  /** The network takes somebody in whose every credential was looked at. */
  public void activate(Tx tx, AccountId account) {
    tx.asServer(() -> {
      var standing = ofTheCallersNetwork(tx, account);
      if (standing.status() != VolunteerStatus.APPLIED) {
        throw notFrom(standing.status(), VolunteerStatus.ACTIVE);
      }
      boolean open =
          standings.credentials(tx, List.of(account)).stream()
              .anyMatch(c -> c.licence().state() == LicenceState.CLAIMED);
      if (open) {
        throw new Refusal(
            409, "credentials-open", "Verify or refuse every licence before you activate.");
      }
      if (!mayAnswer(tx, standing)) {
        throw new Refusal(
            409,
            "no-verified-licence",
            "A specialist needs a licence that is verified and holds today.");
      }
      move(tx, standing, VolunteerStatus.ACTIVE, Optional.empty(), Optional.empty());
    });
    note(tx, "volunteer.activate", account);
  }

  /** The network does not take somebody in, and says why. */
  public void refuse(Tx tx, AccountId account, String reason) {
    tx.asServer(() -> {
      var standing = ofTheCallersNetwork(tx, account);
      if (standing.status() != VolunteerStatus.APPLIED) {
        throw new Refusal(409, "not-an-application", "This is not an application any more.");
      }
      move(tx, standing, VolunteerStatus.ENDED, Optional.of(reason), Optional.empty());
    });
    note(tx, "volunteer.refuse", account);
  }

  /** The network of the caller decides about its own people alone. */
  void requireOwnNetwork(Tx tx, AccountId account) {
    boolean own =
        standings
            .find(tx, account)
            .filter(s -> s.organisation().equals(tx.caller().organisation()))
            .isPresent();
    if (!own) {
      throw notFound();
    }
  }

  Standing ofTheCallersNetwork(Tx tx, AccountId account) {
    return standings
        .lock(tx, account)
        .filter(s -> s.organisation().equals(tx.caller().organisation()))
        .orElseThrow(VolunteerService::notFound);
  }

  void pauseOver(Tx tx, AccountId account) {
    back(tx, standings.lock(tx, account).orElseThrow());
    platform.audit().append(tx, "volunteer.resume", Subject.of("volunteer", account));
  }

  void takeBackOffers(Tx tx, AccountId account) {
    takeBackOffers.accept(tx, account);
  }

  /** Interpreters need no licence to practise. */
  boolean mayAnswer(Tx tx, Standing standing) {
    return standing.kind() == VolunteerKind.INTERPRETER
        || volunteers.find(tx, standing.account()).orElseThrow().hasLicenceOn(today(tx));
  }

  /**
   * Which of these specialists may give no advice now: suspended, ended, or without a licence that
   * is verified and holds today. Looked up by the day itself, so that nobody has to have noticed
   * the end. Whoever is no volunteer is not among them.
   */
  public Set<AccountId> mayNotPractise(Tx tx, Collection<AccountId> specialists) {
    return specialists.isEmpty() ? Set.of() : standings.unfit(tx, today(tx), specialists);
  }

  /** The day in UTC: a register's last day is not a moment, so nobody is hurt by the hours. */
  static LocalDate today(Tx tx) {
    return LocalDate.ofInstant(tx.now(), ZoneOffset.UTC);
  }

  void move(
      Tx tx,
      Standing standing,
      VolunteerStatus next,
      Optional<String> reason,
      Optional<Instant> backAt) {
    if (!standing.status().mayBecome(next)) {
      throw notFrom(standing.status(), next);
    }
    standings.become(tx, standing.account(), next, reason, backAt);
    event(tx, standing, next).ifPresent(event -> platform.outbox().publish(tx, event));
    if (standing.status() == VolunteerStatus.ACTIVE) {
      takeBackOffers.accept(tx, standing.account());
    }
    layRotas.accept(tx, standing.account());
    tell(tx, standing);
  }

  private static Optional<DomainEvent> event(Tx tx, Standing s, VolunteerStatus next) {
    return switch (next) {
      case APPLIED -> Optional.empty();
      case ACTIVE -> Optional.of(new VolunteerReturned(s.account(), s.organisation(), tx.now()));
      case PAUSED -> Optional.of(new VolunteerPaused(s.account(), s.organisation(), tx.now()));
      case SUSPENDED ->
          Optional.of(new VolunteerSuspended(s.account(), s.organisation(), tx.now()));
      case ENDED -> Optional.of(new VolunteerEnded(s.account(), s.organisation(), tx.now()));
    };
  }

  void tell(Tx tx, Standing standing) {
    var id = standing.account().value();
    var whom = List.of(standing.account());
    platform.changes().tell(tx, "volunteer", id, standing.organisation(), whom);
    platform.changes().tell(tx, "roster", id, standing.organisation(), whom);
  }

  void note(Tx tx, String act, AccountId account) {
    platform.audit().append(tx, act, Subject.of("volunteer", account));
    platform
        .changes()
        .tell(tx, "volunteer", account.value(), tx.caller().organisation(), List.of(account));
  }

  static Refusal notFound() {
    return Refusal.notFound("volunteer-not-found", "There is no such volunteer for you.");
  }

  private static Refusal notFrom(VolunteerStatus from, VolunteerStatus to) {
    return new Refusal(
        409,
        "not-from-here",
        "Somebody who is %s cannot become %s.".formatted(from.wire(), to.wire()));
  }
}
