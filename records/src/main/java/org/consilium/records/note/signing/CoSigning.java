package org.consilium.records.note.signing;

import java.util.HexFormat;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.records.note.NoteAuthor;
import org.consilium.records.note.chain.NoteDocument;
import org.consilium.records.note.chain.NoteStates;
import org.consilium.records.note.chain.VersionStore;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.Team;
import org.consilium.records.text.CanonicalJson;

/** A second signature, by somebody experienced, on a trainee's version. */
public final class CoSigning {
  private final Platform platform;
  private final Team team;
  private final VersionStore versions;
  private final CoSignatureStore coSignatures;
  private final Trainees trainees;
  private final SecondFactor secondFactor;
  private final Licensed licensed;

  public CoSigning(
      Platform platform,
      Team team,
      VersionStore versions,
      CoSignatureStore coSignatures,
      Trainees trainees,
      SecondFactor secondFactor,
      ConsultIntake intake) {
    this.platform = platform;
    this.team = team;
    this.versions = versions;
    this.coSignatures = coSignatures;
    this.trainees = trainees;
    this.secondFactor = secondFactor;
    this.licensed = new Licensed(intake);
  }

  /**
   * Signs the version too. The same again changes nothing.
   *
   * @param sha256 hex; of the version that the co-signer has read
   */
  public void sign(Tx tx, ConsultId consult, NoteId note, String sha256, String proof) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.SPECIALIST);
    versions.lockChain(tx, standing);
    var version = versions.require(tx, standing, note);
    var own = tx.caller().account();
    if (!version.needsCoSignature()) {
      throw new Refusal(409, "no-co-signature-needed", "This note needs no second signature.");
    }
    if (version.author().id().equals(own) || trainees.isTrainee(tx, own)) {
      throw new Refusal(
          403, "not-yours-to-co-sign", "Somebody experienced other than the author co-signs.");
    }
    if (!HexFormat.of().formatHex(version.sha256()).equals(sha256)) {
      throw new Refusal(409, "changed-since-shown", "This is not the version that you read.");
    }
    if (new NoteStates(versions.all(tx, standing)).of(note) != NoteStates.State.STANDS) {
      throw new Refusal(409, "note-superseded", "This note was corrected or taken back meanwhile.");
    }
    secondFactor.require(tx, proof);
    var done = coSignatures.of(tx, standing).get(note);
    if (done != null) {
      if (done.signer().id().equals(own)) {
        return;
      }
      throw new Refusal(409, "already-co-signed", "Somebody else has co-signed it already.");
    }
    licensed.require(tx);
    var signer = platform.signer();
    var document =
        new NoteDocument.CoSigned(
            NoteDocument.CoSigned.FORMAT,
            note,
            consult,
            sha256,
            NoteAuthor.caller(platform, tx, false),
            tx.now(),
            signer.keyId());
    var canonical = CanonicalJson.bytes(document);
    var hash = Secrets.sha256(canonical);
    coSignatures.add(tx, standing, document, canonical, hash, signer.sign(hash));
    platform
        .audit()
        .append(
            tx, "note.co-sign", Subject.consult(consult, standing.patient()).part("note", note));
    team.tell(tx, standing);
  }
}
