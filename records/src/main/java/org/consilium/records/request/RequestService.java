package org.consilium.records.request;

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
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.PersonRef;
import org.consilium.records.consent.ConsentRules;
import org.consilium.records.consent.ConsentStore;
import org.consilium.records.form.FormEngine.Extent;
import org.consilium.records.form.FormRoutes;
import org.consilium.records.form.FormService;
import org.consilium.records.patient.AgeGroup;
import org.consilium.records.patient.Patient;
import org.consilium.records.patient.PatientService;
import org.consilium.records.text.CleanText;
import org.consilium.records.triage.Assessing;
import org.consilium.records.triage.Impossible;
import org.consilium.records.triage.Triage;
import org.consilium.records.triage.TriageCatalogue;
import org.consilium.records.triage.UsualVitals;
import org.consilium.records.triage.VitalLimits;

/** What can be done with a case form; each call within the caller's transaction. */
public final class RequestService {
  private final Platform platform;
  private final PatientService patients;
  private final TriageCatalogue triageRules;
  private final ConsentStore consents;
  private final RequestStore requests;
  private final FormService forms;
  private final SupplementService supplements;
  private final ObservationStore observations;
  private final ConsultIntake intake;
  private final Team team;

  public RequestService(
      Platform platform,
      PatientService patients,
      TriageCatalogue triageRules,
      ConsentStore consents,
      RequestStore requests,
      FormService forms,
      SupplementService supplements,
      ObservationStore observations,
      ConsultIntake intake,
      Team team) {
    this.platform = platform;
    this.patients = patients;
    this.triageRules = triageRules;
    this.consents = consents;
    this.requests = requests;
    this.forms = forms;
    this.supplements = supplements;
    this.observations = observations;
    this.intake = intake;
    this.team = team;
  }

  /** The caller's own drafts. */
  List<RequestShown> drafts(Tx tx) {
    var drafts =
        requests.drafts(tx).stream()
            .map(draft -> shown(tx, platform.careTeam().standing(tx, draft.consult()), draft))
            .toList();
    drafts.forEach(draft -> audit(tx, "request.read", draft.consultId(), draft.patient()));
    return drafts;
  }

  public RequestShown read(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    var shown = shown(tx, standing, existing(requests.find(tx, consult)));
    audit(tx, "request.read", consult, shown.patient());
    return shown;
  }

  /** Keeps the form as typed: incomplete is well, impossible is not. */
  public RequestShown save(Tx tx, ConsultId consult, int basedOn, RequestContent given) {
    var clean = CleanText.of(given, RequestContent.class);
    var standing = open(tx, consult, clean);
    var before = requests.lock(tx, consult);
    refuseSubmitted(before);
    var answers = possible(tx, standing, clean);
    var content = clean.with(answers.kept());
    if (!isAlreadySaved(before, basedOn, content)) {
      keep(tx, standing, before, basedOn, content);
      audit(tx, "request.save", standing);
      team.tell(tx, standing);
    }
    return shown(tx, standing, requests.find(tx, consult).orElseThrow(), answers.dropped());
  }

  /** The forms that a request was answered with, in the versions it was answered with. */
  public List<FormRoutes.Shown> forms(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    var answers = existing(requests.find(tx, consult)).content().answers();
    return forms.of(tx, standing.owner(), answers).stream().map(FormRoutes.Shown::of).toList();
  }

  public void discard(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC);
    var draft = requests.lock(tx, consult);
    existing(draft);
    refuseSubmitted(draft);
    requests.discard(tx, consult);
    audit(tx, "request.discard", standing);
    team.tell(tx, standing);
  }

  /** Sends the draft. A request that was sent already is answered as it is. */
  public RequestShown submit(Tx tx, ConsultId consult, Submission given) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC);
    var draft = existing(requests.lock(tx, consult));
    if (draft.sent().isEmpty()) {
      if (draft.revision() != given.revision()) {
        throw Refusal.editedElsewhere(draft.revision());
      }
      send(tx, standing, draft, CleanText.of(given, Submission.class));
    }
    return shown(tx, standing, requests.find(tx, consult).orElseThrow());
  }

  private void send(Tx tx, Standing standing, Request draft, Submission submission) {
    var patient = patients.ofConsult(tx, standing);
    var answers = check(tx, standing, draft.content(), patient, Extent.COMPLETE);
    var triage = complete(tx, standing, draft.content(), answers, patient, submission);
    var sent =
        new Request(
            draft.consult(),
            draft.patient(),
            draft.site(),
            draft.requester(),
            draft.revision(),
            draft.content().with(answers.kept()),
            draft.savedAt(),
            Optional.of(
                new Request.Sent(
                    patient.age(),
                    triage,
                    submission.urgency(),
                    submission.urgencyReason(),
                    tx.now())));
    requests.submit(tx, standing, sent);
    observe(tx, standing, sent.content(), answers);
    submission.consents().forEach(consent -> consents.add(tx, standing, consent));
    intake.submit(tx, submitted(standing, sent, patient));
    platform
        .outbox()
        .publish(
            tx,
            new RequestSubmitted(
                draft.consult(),
                standing.owner(),
                draft.site(),
                draft.patient(),
                draft.requester(),
                triage.urgency(),
                submission.urgency(),
                tx.now()));
    audit(tx, "request.submit", standing);
    team.tell(tx, standing);
  }

  /** What the product reads later is written out as rows, in the same transaction. */
  private void observe(
      Tx tx, Standing standing, RequestContent content, FormService.Checked answers) {
    observations.addVitals(tx, standing, "request", content.vitals(), tx.now());
    observations.addConsciousness(tx, standing, "request", content.consciousness(), tx.now());
    observations.addFacts(tx, standing, "form", answers.facts(), tx.now());
  }

  private FormService.Checked check(
      Tx tx, Standing standing, RequestContent content, Patient.Shared patient, Extent extent) {
    return forms.check(tx, standing.owner(), content.answers(), patient.age(), extent, "/answers");
  }

  /** The triage of a form that lacks nothing; else a refusal that names all that is missing. */
  private Triage complete(
      Tx tx,
      Standing standing,
      RequestContent content,
      FormService.Checked answers,
      Patient.Shared patient,
      Submission submission) {
    var rules = triageRules.current(tx);
    var triage =
        Assessing.triage(rules, content.findings(patient.age(), patient.sex(), answers.signs()));
    var errors = new ArrayList<FieldError>();
    errors.addAll(
        Impossible.in(
            rules,
            patient.age(),
            content.vitals(),
            content.dangerSigns(),
            tx.now(),
            "/assessment"));
    errors.addAll(Completeness.check(content, patient, rules, triage));
    errors.addAll(answers.errors());
    errors.addAll(
        forms.notBegun(
            tx,
            standing.owner(),
            content.answers(),
            new FormService.Patient(
                patient.age(), patient.sex(), content.isPregnant(), content.specialty()),
            "/answers"));
    errors.addAll(Completeness.checkUrgency(submission, triage));
    errors.addAll(ConsentRules.check(submission.consents(), patient.age(), consents.texts(tx)));
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
    return triage;
  }

  private static SubmittedRequest submitted(
      Standing standing, Request sent, Patient.Shared patient) {
    var fixed = sent.sent().orElseThrow();
    var content = sent.content();
    return new SubmittedRequest(
        sent.consult(),
        standing.owner(),
        sent.site(),
        sent.patient(),
        sent.requester(),
        patient.age(),
        AgeGroup.of(patient.age()),
        patient.sex(),
        patient.language(),
        content.language(),
        content.mode(),
        content.specialty(),
        content.question().orElseThrow(),
        fixed.triage().urgency(),
        fixed.urgencyRequested(),
        content.genderWish(),
        fixed.submittedAt());
  }

  /** Makes the consult known at its first save, and checks that the caller may write to it. */
  private Standing open(Tx tx, ConsultId consult, RequestContent content) {
    if (requests.find(tx, consult).isEmpty()) {
      makeKnown(tx, consult, content);
    }
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC);
    if (!standing.patient().equals(content.patientId())) {
      throw Refusal.invalid(
          "/patientId", "A request keeps its patient; start a new one for somebody else.");
    }
    if (content.siteId().filter(chosen -> !chosen.equals(standing.site())).isPresent()) {
      throw Refusal.invalid("/siteId", "A request keeps the site where it was started.");
    }
    return standing;
  }

  private void makeKnown(Tx tx, ConsultId consult, RequestContent content) {
    var patient =
        patients
            .find(tx, content.patientId())
            .orElseThrow(
                () -> Refusal.invalid("/patientId", "Choose a patient of your organisation."));
    var site = site(tx, content, patient);
    try {
      platform.careTeam().open(tx, consult, tx.caller().organisation(), patient.id(), site);
    } catch (Refusal taken) {
      // Whoever may not know of the consult that has this id gets the usual 404 instead.
      platform.careTeam().standing(tx, consult);
      throw taken;
    }
  }

  private SiteId site(Tx tx, RequestContent content, Patient patient) {
    var own = platform.directory().sitesOf(tx, tx.caller().organisation());
    var chosen = content.siteId();
    if (chosen.isPresent()) {
      return chosen
          .filter(site -> own.stream().anyMatch(known -> known.id().equals(site)))
          .orElseThrow(
              () -> Refusal.invalid("/siteId", "This is not a site of your organisation."));
    }
    return tx.caller()
        .site()
        .or(patient::site)
        .or(() -> own.size() == 1 ? Optional.of(own.getFirst().id()) : Optional.empty())
        .orElseThrow(() -> Refusal.invalid("/siteId", "Choose the site where the patient is."));
  }

  /** The answers to forms as they may be kept; a refusal of what cannot be true of anybody. */
  private FormService.Checked possible(Tx tx, Standing standing, RequestContent content) {
    var patient = patients.ofConsult(tx, standing);
    var answers = check(tx, standing, content, patient, Extent.DRAFT);
    var errors =
        new ArrayList<>(
            Impossible.in(
                triageRules.current(tx),
                patient.age(),
                content.vitals(),
                content.dangerSigns(),
                tx.now(),
                "/assessment"));
    errors.addAll(answers.errors());
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
    return answers;
  }

  private void keep(
      Tx tx, Standing standing, Optional<Request> before, int basedOn, RequestContent content) {
    int current = before.map(Request::revision).orElse(0);
    if (current != basedOn) {
      throw Refusal.editedElsewhere(current);
    }
    if (before.isPresent()) {
      requests.save(tx, standing.consult(), basedOn + 1, content);
    } else if (requests.add(tx, standing, content)) {
      platform.careTeam().join(tx, standing.consult(), tx.caller().account(), Relation.REQUESTER);
    } else {
      throw Refusal.editedElsewhere(1);
    }
  }

  /** The answer to this very save was lost on the way, and it comes again. */
  private static boolean isAlreadySaved(
      Optional<Request> before, int basedOn, RequestContent content) {
    return before
        .filter(saved -> saved.revision() == basedOn + 1 && saved.content().equals(content))
        .isPresent();
  }

  private static Request existing(Optional<Request> request) {
    return request.orElseThrow(
        () -> Refusal.notFound("request-not-found", "There is no such request."));
  }

  private static void refuseSubmitted(Optional<Request> request) {
    if (request.flatMap(Request::sent).isPresent()) {
      throw new Refusal(
          409, "already-submitted", "This request was sent; write a message to add to it.");
    }
  }

  private RequestShown shown(Tx tx, Standing standing, Request request) {
    return shown(tx, standing, request, List.of());
  }

  private RequestShown shown(Tx tx, Standing standing, Request request, List<String> dropped) {
    var patient = patients.ofConsult(tx, standing);
    var requester =
        new PersonRef(
            request.requester(), platform.directory().person(tx, request.requester()).name());
    return request
        .sent()
        .map(sent ->
            RequestShown.sent(
                request,
                sent,
                patient.at(sent.age()),
                requester,
                consents.of(tx, standing),
                supplements.of(tx, request.consult()),
                limits(tx, request, patient.at(sent.age()))))
        .orElseGet(() ->
            RequestShown.draft(
                request,
                patient,
                requester,
                triage(tx, standing, request, patient),
                limits(tx, request, patient),
                dropped));
  }

  private List<VitalLimits> limits(Tx tx, Request request, Patient.Shared patient) {
    return VitalLimits.of(
        UsualVitals.shipped(),
        triageRules.current(tx),
        request.content().findings(patient.age(), patient.sex(), List.of()));
  }

  private Triage triage(Tx tx, Standing standing, Request draft, Patient.Shared patient) {
    var signs = check(tx, standing, draft.content(), patient, Extent.DRAFT).signs();
    return Assessing.triage(
        triageRules.current(tx), draft.content().findings(patient.age(), patient.sex(), signs));
  }

  private void audit(Tx tx, String action, Standing standing) {
    platform.audit().append(tx, action, Subject.consult(standing.consult(), standing.patient()));
  }

  private void audit(Tx tx, String action, ConsultId consult, Patient.Shared patient) {
    platform.audit().append(tx, action, Subject.consult(consult, patient.id()));
  }
}
