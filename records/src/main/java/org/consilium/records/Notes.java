package org.consilium.records;

import org.consilium.platform.Platform;
import org.consilium.platform.http.Routes;
import org.consilium.records.capability.CapabilityStore;
import org.consilium.records.followup.FollowUpService;
import org.consilium.records.note.chain.VersionStore;
import org.consilium.records.note.draft.DraftRoutes;
import org.consilium.records.note.draft.DraftService;
import org.consilium.records.note.draft.DraftStore;
import org.consilium.records.note.reading.ReaderStore;
import org.consilium.records.note.reading.ReadingRoutes;
import org.consilium.records.note.reading.ReadingService;
import org.consilium.records.note.signing.AttachedFiles;
import org.consilium.records.note.signing.CoSignatureStore;
import org.consilium.records.note.signing.CoSigning;
import org.consilium.records.note.signing.SecondFactor;
import org.consilium.records.note.signing.SigningService;
import org.consilium.records.note.signing.TraineeRoutes;
import org.consilium.records.note.signing.TraineeStore;
import org.consilium.records.note.template.NoteTemplates;
import org.consilium.records.patient.PatientService;
import org.consilium.records.recommendation.DecisionService;
import org.consilium.records.recommendation.RecommendationRoutes;
import org.consilium.records.recommendation.RecommendationStore;
import org.consilium.records.recommendation.check.FormFacts;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.RequestStore;
import org.consilium.records.request.Team;

/** Notes and recommendations, built: drafts, signing, reading, decisions. */
public final class Notes {
  private final Platform platform;
  private final ReaderStore readers = new ReaderStore();
  private final TraineeStore trainees = new TraineeStore();
  private final DraftService drafts;
  private final SigningService signing;
  private final CoSigning coSigning;
  private final ReadingService reading;
  private final DecisionService decisions;
  private final FormFacts cases;

  Notes(
      Platform platform,
      Team team,
      RequestStore requests,
      PatientService patients,
      CapabilityStore capabilities,
      AttachedFiles files,
      FollowUpService followUps,
      ConsultIntake intake) {
    this.platform = platform;
    var draftStore = new DraftStore();
    var versions = new VersionStore();
    var coSignatures = new CoSignatureStore();
    var recommendations = new RecommendationStore();
    var secondFactor = SecondFactor.password(platform.passwords());
    this.cases = new FormFacts(patients, requests, capabilities);
    this.drafts = new DraftService(platform, team, requests, draftStore, versions);
    this.signing =
        new SigningService(
            platform,
            team,
            patients,
            draftStore,
            versions,
            recommendations,
            readers,
            cases,
            files,
            trainees,
            secondFactor,
            followUps,
            intake);
    this.coSigning =
        new CoSigning(platform, team, versions, coSignatures, trainees, secondFactor, intake);
    this.reading =
        new ReadingService(platform, draftStore, versions, coSignatures, recommendations, readers);
    this.decisions = new DecisionService(platform, team, requests, recommendations);
  }

  Routes addTo(Routes routes) {
    new DraftRoutes(drafts).addTo(routes);
    new ReadingRoutes(platform, reading, signing, coSigning, readers).addTo(routes);
    new RecommendationRoutes(platform, decisions, cases).addTo(routes);
    new TraineeRoutes(platform, trainees).addTo(routes);
    return NoteTemplates.addTo(routes);
  }

  public DraftService drafts() {
    return drafts;
  }

  public ReadingService reading() {
    return reading;
  }

  public SigningService signing() {
    return signing;
  }
}
