package org.consilium.scheduling.volunteer;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.volunteer.StandingStore.Credential;
import org.consilium.scheduling.volunteer.StandingStore.Standing;
import org.consilium.scheduling.volunteer.StandingStore.Warning;

/**
 * Licences to practise: claimed by their holder, looked up by the network, warned of and ended by
 * the day. Whoever is left without one is suspended in the same transaction.
 */
final class CredentialService {
  private final Platform platform;
  private final VolunteerService people;
  private final VolunteerStore volunteers;
  private final StandingStore standings;

  CredentialService(
      Platform platform,
      VolunteerService people,
      VolunteerStore volunteers,
      StandingStore standings) {
    this.platform = platform;
    this.people = people;
    this.volunteers = volunteers;
    this.standings = standings;
  }

  /** The caller tells of a licence, or of its renewal; it counts once somebody has verified it. */
  public void claim(Tx tx, Volunteer.Licence licence) {
    var account = tx.caller().account();
    tx.asServer(() -> {
      if (standings.lock(tx, account).isEmpty()) {
        throw VolunteerService.notFound();
      }
      if (!volunteers.add(tx, account, licence)) {
        throw new Refusal(409, "credential-known", "This licence is in your list already.");
      }
    });
    people.note(tx, "credential.claim", account);
  }

  /** Somebody of the network looked it up in the register. It ends a suspension. */
  public void verify(Tx tx, AccountId account, UUID credential) {
    tx.asServer(() -> {
      var standing = people.ofTheCallersNetwork(tx, account);
      var found = credential(tx, account, credential);
      if (account.equals(tx.caller().account())) {
        throw new Refusal(409, "own-credential", "Somebody else must verify your own licence.");
      }
      if (found.licence().validUntil().filter(VolunteerService.today(tx)::isAfter).isPresent()) {
        throw new Refusal(409, "credential-expired", "This licence has ended already.");
      }
      standings.decide(tx, credential, LicenceState.VERIFIED, Optional.empty());
      if (standing.status() == VolunteerStatus.SUSPENDED && people.mayAnswer(tx, standing)) {
        people.move(tx, standing, VolunteerStatus.ACTIVE, Optional.empty(), Optional.empty());
      }
    });
    people.note(tx, "credential.verify", account);
  }

  /** It was not found in the register, or was taken away. */
  public void revoke(Tx tx, AccountId account, UUID credential, String reason) {
    tx.asServer(() -> {
      var standing = people.ofTheCallersNetwork(tx, account);
      credential(tx, account, credential);
      standings.decide(tx, credential, LicenceState.REVOKED, Optional.of(reason));
      fewerLicences(tx, standing);
    });
    people.note(tx, "credential.revoke", account);
  }

  private Credential credential(Tx tx, AccountId account, UUID id) {
    return standings
        .lockCredential(tx, id)
        .filter(found -> found.account().equals(account))
        .orElseThrow(
            () -> Refusal.notFound("credential-not-found", "There is no such licence for you."));
  }

  /** A licence's last day is over: somebody without another one is suspended. */
  void licenceEnded(Tx tx, Credential credential) {
    standings.ended(tx, credential.id());
    standings.lock(tx, credential.account()).ifPresent(standing -> fewerLicences(tx, standing));
    platform.audit().append(tx, "credential.expire", Subject.of("volunteer", credential.account()));
  }

  /** Also of those that still have one: it may not be good for what they are asked. */
  private void fewerLicences(Tx tx, Standing standing) {
    boolean inService =
        standing.status() == VolunteerStatus.ACTIVE || standing.status() == VolunteerStatus.PAUSED;
    if (inService && !people.mayAnswer(tx, standing)) {
      var reason = Optional.of("No licence is left that is verified and holds.");
      people.move(tx, standing, VolunteerStatus.SUSPENDED, reason, Optional.empty());
    } else {
      people.takeBackOffers(tx, standing.account());
    }
    people.tell(tx, standing);
  }

  void warn(Tx tx, Warning warning) {
    standings.warned(tx, warning);
    platform
        .outbox()
        .publish(
            tx,
            new CredentialExpiring(
                warning.account(),
                warning.organisation(),
                warning.id(),
                warning.last(),
                warning.days()));
    platform
        .changes()
        .tell(
            tx,
            "volunteer",
            warning.account().value(),
            warning.organisation(),
            List.of(warning.account()));
  }
}
