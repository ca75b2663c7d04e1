package org.consilium.scheduling.volunteer;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes happen what a day brings: a pause ends, a licence ends, an end comes near. Each is a row
 * that is claimed, carried out and marked in one transaction, so that several nodes may run this at
 * once. Must not be called on an event loop.
 */
public final class CredentialClock {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialClock.class);

  private final Database database;
  private final VolunteerService service;
  private final StandingStore standings;

  public CredentialClock(Database database, VolunteerService service) {
    this.database = database;
    this.service = service;
    this.standings = service.standings();
  }

  /** One thing that is due; answers for whom, or null when nothing is. */
  private interface Step {
    AccountId take(Tx tx, Set<UUID> but, AtomicReference<UUID> whose);
  }

  /** Does all that is due and says how much it was. */
  public int runDue() {
    return all(this::back) + all(this::end) + all(this::warn);
  }

  /** Whoever fails is left for the next time, and does not keep the others waiting. */
  private int all(Step step) {
    int done = 0;
    var failed = new HashSet<UUID>();
    while (true) {
      var whose = new AtomicReference<UUID>();
      try {
        if (database.asWorker(tx -> step.take(tx, failed, whose)) == null) {
          return done;
        }
        done++;
      } catch (RuntimeException failure) {
        if (whose.get() == null) {
          throw failure;
        }
        LOG.error("what is due for volunteer {} failed", whose.get(), failure);
        failed.add(whose.get());
      }
    }
  }

  private AccountId back(Tx tx, Set<UUID> but, AtomicReference<UUID> whose) {
    var due = standings.claimBack(tx, but);
    due.ifPresent(account -> {
      whose.set(account.value());
      service.pauseOver(tx, account);
    });
    return due.orElse(null);
  }

  private AccountId end(Tx tx, Set<UUID> but, AtomicReference<UUID> whose) {
    var due = standings.claimEnded(tx, VolunteerService.today(tx), but);
    due.ifPresent(credential -> {
      whose.set(credential.account().value());
      service.credentials().licenceEnded(tx, credential);
    });
    return due.map(StandingStore.Credential::account).orElse(null);
  }

  private AccountId warn(Tx tx, Set<UUID> but, AtomicReference<UUID> whose) {
    var due = standings.claimWarning(tx, VolunteerService.today(tx), but);
    due.ifPresent(warning -> {
      whose.set(warning.account().value());
      service.credentials().warn(tx, warning);
    });
    return due.map(StandingStore.Warning::account).orElse(null);
  }
}
