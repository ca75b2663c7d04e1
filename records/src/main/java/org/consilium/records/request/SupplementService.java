package org.consilium.records.request;

import java.util.List;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.PersonRef;
import org.consilium.records.form.FormEngine.Extent;
import org.consilium.records.form.FormService;
import org.consilium.records.patient.PatientService;
import org.consilium.records.text.CleanText;
import org.consilium.records.triage.Assessing;
import org.consilium.records.triage.Impossible;
import org.consilium.records.triage.Triage;
import org.consilium.records.triage.TriageCatalogue;

/** What a clinic adds after sending: kept beside the request, and the urgency computed anew. */
public final class SupplementService {
  private final Platform platform;
  private final PatientService patients;
  private final TriageCatalogue triageRules;
  private final FormService forms;
  private final RequestStore requests;
  private final SupplementStore supplements;
  private final ObservationStore observations;
  private final Team team;

  public SupplementService(
      Platform platform,
      PatientService patients,
      TriageCatalogue triageRules,
      FormService forms,
      RequestStore requests,
      SupplementStore supplements,
      ObservationStore observations,
      Team team) {
    this.platform = platform;
    this.patients = patients;
    this.triageRules = triageRules;
    this.forms = forms;
    this.requests = requests;
    this.supplements = supplements;
    this.observations = observations;
    this.team = team;
  }

  /** Oldest first, as they are shown. */
  List<Supplement.Shown> of(Tx tx, ConsultId consult) {
    return supplements.of(tx, consult).stream().map(one -> shown(tx, one)).toList();
  }

  /** Adds findings to a request that was sent. The same id again answers the same supplement. */
  Supplement.Shown add(Tx tx, ConsultId consult, Supplement.Content given) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC);
    var content = CleanText.of(given, Supplement.Content.class);
    // The lock makes two devices that add at once compute one after the other.
    var request =
        requests
            .lock(tx, consult)
            .orElseThrow(() -> Refusal.notFound("request-not-found", "There is no such request."));
    var earlier = supplements.of(tx, consult);
    var same = earlier.stream().filter(one -> one.content().id().equals(content.id())).findFirst();
    if (same.isPresent()) {
      return again(tx, same.get(), content);
    }
    if (content.isEmpty()) {
      throw Refusal.invalid("", "Say what is new.");
    }
    var sent =
        request
            .sent()
            .orElseThrow(() -> new Refusal(409, "not-submitted", "Send the request first."));
    var patient = patients.ofConsult(tx, standing).at(sent.age());
    var rules = triageRules.current(tx);
    var errors =
        Impossible.in(rules, patient.age(), content.vitals(), content.dangerSigns(), tx.now(), "");
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
    var signs =
        forms
            .check(
                tx,
                standing.owner(),
                request.content().answers(),
                patient.age(),
                Extent.DRAFT,
                "/answers")
            .signs();
    var findings =
        Supplement.merged(
            request.content().findings(patient.age(), patient.sex(), signs),
            sent.submittedAt(),
            earlier,
            content,
            tx.now());
    var before = earlier.isEmpty() ? sent.triage() : earlier.getLast().triage();
    var supplement =
        new Supplement(
            content,
            tx.caller().account(),
            tx.now(),
            before.urgency(),
            Assessing.triage(rules, findings));
    keep(tx, standing, supplement, before);
    return shown(tx, supplement);
  }

  private Supplement.Shown again(Tx tx, Supplement there, Supplement.Content content) {
    if (!there.content().equals(content)) {
      throw new Refusal(
          409, "supplement-id-taken", "This id stands for other findings. Send under a new one.");
    }
    return shown(tx, there);
  }

  private void keep(Tx tx, Standing standing, Supplement supplement, Triage before) {
    var content = supplement.content();
    supplements.add(tx, standing, supplement);
    observations.addVitals(tx, standing, "supplement", content.vitals(), tx.now());
    observations.addConsciousness(tx, standing, "supplement", content.consciousness(), tx.now());
    observations.addDangerSigns(tx, standing, "supplement", content.dangerSigns(), tx.now());
    platform
        .audit()
        .append(tx, "request.supplement", Subject.consult(standing.consult(), standing.patient()));
    platform
        .outbox()
        .publish(tx, new FindingsAdded(standing.consult(), tx.caller().account(), tx.now()));
    if (supplement.triage().urgency() != before.urgency()) {
      platform
          .outbox()
          .publish(
              tx,
              new TriageRecomputed(
                  standing.consult(),
                  tx.caller().account(),
                  before.urgency(),
                  supplement.triage().urgency(),
                  tx.now()));
    }
    team.tell(tx, standing);
  }

  private Supplement.Shown shown(Tx tx, Supplement supplement) {
    var by = supplement.addedBy();
    return supplement.shown(new PersonRef(by, platform.directory().person(tx, by).name()));
  }
}
