package org.consilium.records;

import java.net.URI;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.http.Routes;
import org.consilium.records.attachment.AttachmentLimits;
import org.consilium.records.attachment.AttachmentStore;
import org.consilium.records.attachment.Attachments;
import org.consilium.records.capability.CapabilityRoutes;
import org.consilium.records.capability.CapabilityStore;
import org.consilium.records.consent.ConsentRoutes;
import org.consilium.records.consent.ConsentService;
import org.consilium.records.consent.ConsentStore;
import org.consilium.records.consent.WaiverService;
import org.consilium.records.fhir.BulkExport;
import org.consilium.records.fhir.ExportRoutes;
import org.consilium.records.fhir.FhirFacade;
import org.consilium.records.fhir.FhirPages;
import org.consilium.records.fhir.FhirTypes;
import org.consilium.records.fhir.KeptElsewhere;
import org.consilium.records.followup.FollowUpStore;
import org.consilium.records.form.FormRoutes;
import org.consilium.records.form.FormService;
import org.consilium.records.form.FormStore;
import org.consilium.records.health.HealthRoutes;
import org.consilium.records.health.HealthService;
import org.consilium.records.letter.LetterRoutes;
import org.consilium.records.letter.LetterService;
import org.consilium.records.note.chain.NoteDocument;
import org.consilium.records.patient.MergeRoutes;
import org.consilium.records.patient.PatientRoutes;
import org.consilium.records.patient.PatientService;
import org.consilium.records.patient.PatientStore;
import org.consilium.records.referral.ReferralRoutes;
import org.consilium.records.referral.ReferralService;
import org.consilium.records.referral.ReferralStore;
import org.consilium.records.request.ConsentedConsults;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.ObservationStore;
import org.consilium.records.request.RequestRoutes;
import org.consilium.records.request.RequestService;
import org.consilium.records.request.RequestStore;
import org.consilium.records.request.SupplementService;
import org.consilium.records.request.SupplementStore;
import org.consilium.records.request.Team;
import org.consilium.records.thread.MessageStore;
import org.consilium.records.thread.ThreadRoutes;
import org.consilium.records.thread.ThreadService;
import org.consilium.records.triage.TriageCatalogue;
import org.consilium.records.triage.TriageRoutes;

/** What was said and seen: patients, requests, threads, notes, follow-up. The module's one door. */
public final class Records {
  /** The schema and the folder of migrations of this module. */
  public static final String SCHEMA = "records";

  /** The operations of this module. */
  public static final String CONTRACT = "openapi/records.yaml";

  /** The operations on files of a consult. */
  public static final String ATTACHMENTS = "openapi/attachments.yaml";

  private static final String NOTES_CONTRACT = "openapi/notes.yaml";

  private final Platform platform;
  private final PatientService patients;
  private final TriageCatalogue triageRules = new TriageCatalogue();
  private final ConsentStore consents = new ConsentStore();
  private final ConsentService consenting;
  private final FormService forms;
  private final SupplementService supplements;
  private final CapabilityStore capabilities = new CapabilityStore();
  private final RequestService requests;
  private final ThreadService threads;
  private final Notes notes;
  private final FollowUps followUps;
  private final ReferralService referrals;
  private final LetterService letters;
  private final HealthService health;
  private final FhirFacade fhir;
  private final Optional<URI> publicUrl;
  private final Attachments attachments;

  /**
   * Loads the catalogues that come with this build where the database lacks them. The database must
   * have been migrated.
   *
   * @param publicUrl where people reach the product, when a proxy stands before it
   * @param intake takes a sent request on, within the transaction of its submission
   * @param elsewhere what other modules keep and FHIR tells of
   */
  public Records(
      Platform platform, Optional<URI> publicUrl, ConsultIntake intake, KeptElsewhere elsewhere) {
    this.platform = platform;
    this.publicUrl = publicUrl;
    var team = new Team(platform);
    var requestStore = new RequestStore();
    var followUpStore = new FollowUpStore();
    var attachmentStore = new AttachmentStore();
    this.patients = new PatientService(platform, new PatientStore());
    this.forms = new FormService(platform, new FormStore());
    var observations = new ObservationStore();
    this.supplements =
        new SupplementService(
            platform,
            patients,
            triageRules,
            forms,
            requestStore,
            new SupplementStore(),
            observations,
            team);
    this.requests =
        new RequestService(
            platform,
            patients,
            triageRules,
            consents,
            requestStore,
            forms,
            supplements,
            observations,
            intake,
            team);
    this.threads =
        new ThreadService(
            platform, team, requestStore, new MessageStore(), followUpStore, attachmentStore);
    this.followUps = new FollowUps(platform, team, requestStore, followUpStore, threads, intake);
    this.consenting =
        new ConsentService(
            platform,
            patients,
            consents,
            new ConsentedConsults(
                requestStore, team, intake, followUps.service()::adviceTakenBack));
    this.notes =
        new Notes(
            platform,
            team,
            requestStore,
            patients,
            capabilities,
            (tx, standing) -> attachmentStore.fullest(tx, standing, NoteDocument.Attached::new),
            followUps.service(),
            intake);
    this.referrals =
        new ReferralService(platform, team, requestStore, patients, new ReferralStore());
    this.letters = new LetterService(platform, patients, requestStore, notes.reading(), referrals);
    this.attachments =
        new Attachments(platform, team, requestStore, attachmentStore, AttachmentLimits.DEFAULT);
    this.health = new HealthService(platform, patients);
    this.fhir = FhirTypes.facade(platform, intake, attachments, letters, elsewhere, publicUrl);
    loadCatalogues();
  }

  private void loadCatalogues() {
    platform
        .database()
        .asWorker(tx -> {
          TriageCatalogue.load(tx);
          ConsentStore.load(tx);
          FollowUps.load(tx);
          forms.load(tx);
          return SCHEMA;
        });
  }

  /** Exports in FHIR that are being made; its {@code runDue} is to be run every second. */
  public BulkExport bulkExports() {
    return fhir.exports();
  }

  /** The whole record in FHIR by the page, for exports. */
  public FhirPages fhirPages() {
    return fhir.pages();
  }

  public Routes routes() {
    var routes =
        new Routes(
                CONTRACT,
                PatientRoutes.CONTRACT,
                NOTES_CONTRACT,
                FormRoutes.CONTRACT,
                ConsentRoutes.CONTRACT,
                HealthRoutes.CONTRACT,
                ATTACHMENTS,
                LetterRoutes.CONTRACT,
                ExportRoutes.CONTRACT,
                FollowUps.CONTRACT)
            .facade(fhir);
    new ExportRoutes(platform, fhir.exports()).addTo(routes);
    new PatientRoutes(platform, patients).addTo(routes);
    new MergeRoutes(platform, patients).addTo(routes);
    new HealthRoutes(platform, health).addTo(routes);
    new TriageRoutes(triageRules, forms::signs).addTo(routes);
    new FormRoutes(forms).addTo(routes);
    new ConsentRoutes(platform, consents, consenting, new WaiverService(platform)).addTo(routes);
    new RequestRoutes(requests, supplements).addTo(routes);
    new ThreadRoutes(platform, threads).addTo(routes);
    attachments.addTo(routes);
    notes.addTo(routes);
    new CapabilityRoutes(platform, capabilities).addTo(routes);
    new ReferralRoutes(platform, referrals).addTo(routes);
    new LetterRoutes(letters, publicUrl).addTo(routes);
    return followUps.addTo(routes);
  }

  public PatientService patients() {
    return patients;
  }

  public ConsentService consents() {
    return consenting;
  }

  public RequestService requests() {
    return requests;
  }

  public ThreadService threads() {
    return threads;
  }

  public Notes notes() {
    return notes;
  }

  public Attachments attachments() {
    return attachments;
  }

  public FollowUps followUps() {
    return followUps;
  }
}
