package org.consilium.records.referral;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.note.chain.NoteChain;
import org.consilium.records.patient.PatientService;
import org.consilium.records.request.RequestStore;
import org.consilium.records.request.Team;
import org.consilium.records.text.CanonicalJson;
import org.consilium.records.text.CleanText;

/** What can be done with referrals; each call within the caller's transaction. */
public final class ReferralService {
  private final Platform platform;
  private final Team team;
  private final RequestStore requests;
  private final PatientService patients;
  private final ReferralStore referrals;

  public ReferralService(
      Platform platform,
      Team team,
      RequestStore requests,
      PatientService patients,
      ReferralStore referrals) {
    this.platform = platform;
    this.team = team;
    this.requests = requests;
    this.patients = patients;
    this.referrals = referrals;
  }

  /** The consult's referrals, the newest first. */
  public List<Referral.Followed> read(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    audit(tx, "referral.read", Subject.consult(consult, standing.patient()));
    return referrals.of(tx, standing);
  }

  /** Signs a referral; the clinician's password is asked again. */
  Referral.Followed sign(Tx tx, ConsultId consult, Referral.Content given, String password) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC);
    team.requireSubmitted(tx, requests, consult);
    var content = CleanText.of(given, Referral.Content.class, "/content");
    refuseBlank(content);
    if (!platform.passwords().confirm(tx, tx.caller().account(), password)) {
      throw new Refusal(
          403,
          "wrong-password",
          "That is not your password; nothing was signed.",
          List.of(new FieldError("/password", "That is not your password.")));
    }
    var referral = signed(tx, standing, content);
    referrals.add(tx, standing, referral);
    audit(
        tx,
        "referral.sign",
        Subject.consult(consult, standing.patient()).part("referral", referral.id()));
    team.tell(tx, standing);
    return new Referral.Followed(referral, List.of());
  }

  /** Adds news of the patient's way; what was told before stays beside it. */
  Referral.Followed tell(
      Tx tx, ConsultId consult, ReferralId id, Referral.Status status, Optional<String> text) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC);
    var before = existing(tx, standing, id);
    if (before.status().filter(Referral.Status.WITHDRAWN::equals).isPresent()) {
      throw new Refusal(409, "withdrawn", "This referral was withdrawn; write a new one.");
    }
    var clean = CleanText.of(new Words(text), Words.class).text();
    referrals.addNews(tx, standing, id, status, clean);
    audit(tx, "referral.tell", Subject.consult(consult, standing.patient()).part("referral", id));
    team.tell(tx, standing);
    return existing(tx, standing, id);
  }

  private record Words(Optional<String> text) {}

  private Referral.Followed existing(Tx tx, Standing standing, ReferralId id) {
    return referrals.of(tx, standing).stream()
        .filter(followed -> followed.referral().id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> Refusal.notFound("referral-not-found", "There is no such referral here."));
  }

  private static void refuseBlank(Referral.Content content) {
    var errors = new ArrayList<FieldError>();
    if (content.toFacility().isBlank()) {
      errors.add(new FieldError("/content/toFacility", "Say where the patient is sent."));
    }
    if (content.reason().isBlank()) {
      errors.add(new FieldError("/content/reason", "Say why the patient is sent."));
    }
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
  }

  private Referral.Signed signed(Tx tx, Standing standing, Referral.Content content) {
    var signer = platform.signer();
    var account = tx.caller().account();
    var document =
        new Referral.Document(
            Referral.Document.FORMAT,
            ReferralId.random(),
            standing.consult(),
            standing.owner(),
            patients.asTheTeamSees(tx, standing),
            new Referral.Author(
                account,
                platform.directory().person(tx, account).name(),
                Optional.ofNullable(platform.directory().credentials(tx, account).registration())),
            content,
            tx.now(),
            signer.keyId());
    var canonical = CanonicalJson.bytes(document);
    var hash = NoteChain.hash(Optional.empty(), canonical);
    return new Referral.Signed(
        document.id(),
        content,
        document.author(),
        tx.now(),
        canonical,
        hash,
        signer.sign(hash),
        signer.keyId());
  }

  private void audit(Tx tx, String action, Subject subject) {
    platform.audit().append(tx, action, subject);
  }
}
