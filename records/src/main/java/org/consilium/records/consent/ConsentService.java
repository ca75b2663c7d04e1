package org.consilium.records.consent;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.consent.NewConsent.Decision;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.PatientService;
import org.consilium.records.text.CleanText;

/**
 * What the patient agrees to while a consult goes on. Taking back acts in the same transaction:
 * whoever reads next finds it so.
 */
public final class ConsentService {
  private final Platform platform;
  private final PatientService patients;
  private final ConsentStore consents;
  private final SentConsults consults;

  public ConsentService(
      Platform platform, PatientService patients, ConsentStore consents, SentConsults consults) {
    this.platform = platform;
    this.patients = patients;
    this.consents = consents;
    this.consults = consults;
  }

  /** Every decision, oldest first, for the clinic's own people. */
  List<KeptConsent> read(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC, Relation.COORDINATOR, Relation.SUPERVISOR);
    audit(tx, "consent.read", standing);
    return consents.kept(tx, standing);
  }

  /**
   * Keeps a decision that was made after sending.
   *
   * @param seen how many decisions on that purpose the caller knew of: another since is a 412;
   *     empty for whoever does not say
   */
  KeptConsent record(Tx tx, ConsultId consult, NewConsent given, Optional<Integer> seen) {
    var standing = locked(tx, consult);
    refuseUnseen(tx, standing, given.purpose(), seen);
    var consent = CleanText.of(given, NewConsent.class);
    refuse(ConsentRules.checkLater(consent, age(tx, standing), consents.texts(tx)));
    if (consent.decision() == Decision.REFUSED && isGranted(tx, consult, consent.purpose())) {
      throw new Refusal(
          409,
          "take-back-instead",
          "There is a yes to this. Take it back, so that it is kept what cannot be undone.");
    }
    consents.add(tx, standing, consent);
    audit(tx, "consent.record", standing);
    if (consent.decision() == Decision.GRANTED
        && ConsentRules.needed().stream().allMatch(needed -> isGranted(tx, consult, needed))) {
      platform.careTeam().share(tx, consult);
    }
    consults.changed(tx, standing);
    return consents.kept(tx, standing).getLast();
  }

  /**
   * Takes a yes back. What needs it ends now.
   *
   * @param seen as for {@link #record}
   */
  KeptConsent withdraw(Tx tx, ConsultId consult, Withdrawal given, Optional<Integer> seen) {
    var standing = locked(tx, consult);
    refuseUnseen(tx, standing, given.purpose(), seen);
    var withdrawal = CleanText.of(given, Withdrawal.class);
    refuse(ConsentRules.checkWithdrawal(withdrawal, age(tx, standing)));
    if (!isGranted(tx, consult, withdrawal.purpose())) {
      throw new Refusal(
          409, "not-granted", "There is no consent to this that could be taken back.");
    }
    consents.withdraw(tx, standing, withdrawal);
    audit(tx, "consent.withdraw", standing);
    if (ConsentRules.isNeeded(withdrawal.purpose())) {
      platform.careTeam().keepHome(tx, consult);
      consults.stop(tx, standing, "The patient took back the consent to advice.");
    }
    consults.changed(tx, standing);
    return consents.kept(tx, standing).getLast();
  }

  /** Which of these consults, never none, have a no to live video; in one statement. */
  public Set<ConsultId> withoutVideo(Tx tx, Collection<ConsultId> consults) {
    return consents.withoutVideo(tx, consults);
  }

  private Standing locked(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC);
    consults.lock(tx, consult);
    return standing;
  }

  private void refuseUnseen(
      Tx tx, Standing standing, ConsentPurpose purpose, Optional<Integer> seen) {
    if (seen.isEmpty()) {
      return;
    }
    var kept = consents.kept(tx, standing).stream().filter(one -> one.purpose() == purpose);
    int made = (int) kept.count();
    if (made != seen.get()) {
      throw Refusal.editedElsewhere(made);
    }
  }

  private boolean isGranted(Tx tx, ConsultId consult, ConsentPurpose purpose) {
    return consents.state(tx, consult, purpose).filter(Decision.GRANTED::equals).isPresent();
  }

  private Age age(Tx tx, Standing standing) {
    return patients.ofConsult(tx, standing).age();
  }

  private static void refuse(List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
  }

  private void audit(Tx tx, String action, Standing standing) {
    platform.audit().append(tx, action, Subject.consult(standing.consult(), standing.patient()));
  }
}
