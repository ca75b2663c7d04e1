package org.consilium.records.note.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.identity.Person;
import org.consilium.records.note.NoteAuthor;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.RetractionReason;
import org.consilium.records.note.chain.NoteDocument.Attached;
import org.consilium.records.note.chain.NoteStates.State;
import org.consilium.records.note.chain.NoteVersion;
import org.consilium.records.note.chain.VersionStore;
import org.consilium.records.note.signing.CoSignatureStore.CoSignature;
import org.consilium.records.recommendation.RecommendationShown;
import org.consilium.records.recommendation.check.AdviceChecks.Warning;

/** A signed version as the contract shows it; without its text once it was taken back. */
record NoteShown(
    NoteId id,
    int version,
    NoteKind kind,
    State state,
    Optional<NoteId> amends,
    Optional<RetractionReason> reason,
    Optional<String> reasonText,
    NoteContent content,
    List<RecommendationShown> recommendations,
    List<Warning> warnings,
    List<Attached> attachments,
    NoteAuthor author,
    Optional<CoSignatureShown> coSignature,
    Instant signedAt,
    String sha256,
    Optional<String> previousSha256,
    String signature,
    String keyId,
    Optional<Instant> readAt) {

  /** Empty members while nobody has co-signed. */
  record CoSignatureShown(Optional<NoteAuthor> signer, Optional<Instant> at) {}

  /** {@code whole} also when it was taken back. */
  static NoteShown of(
      NoteVersion note, ReadingService.Page page, Map<AccountId, Person> people, boolean whole) {
    var state = page.states().of(note.id());
    boolean hidden = state == State.RETRACTED && !whole;
    return new NoteShown(
        note.id(),
        note.version(),
        note.kind(),
        state,
        note.amends(),
        note.reason(),
        hidden ? Optional.empty() : note.reasonText(),
        hidden ? NoteContent.nothing(note.content().language()) : note.content(),
        hidden
            ? List.of()
            : page.recommendations().stream()
                .filter(recommendation -> recommendation.note().equals(note.id()))
                .map(recommendation -> RecommendationShown.of(recommendation, people))
                .toList(),
        hidden
            ? List.of()
            : page.warnings().stream()
                .filter(kept -> kept.note().equals(note.id()))
                .map(VersionStore.Kept::warning)
                .toList(),
        hidden ? List.of() : attachments(note),
        note.author(),
        note.needsCoSignature()
            ? Optional.of(coSigned(Optional.ofNullable(page.coSignatures().get(note.id()))))
            : Optional.empty(),
        note.signedAt(),
        HexFormat.of().formatHex(note.sha256()),
        note.previousSha256().map(HexFormat.of()::formatHex),
        Base64.getUrlEncoder().withoutPadding().encodeToString(note.signature()),
        note.keyId(),
        note.readAt());
  }

  private static CoSignatureShown coSigned(Optional<CoSignature> signature) {
    return new CoSignatureShown(signature.map(CoSignature::signer), signature.map(CoSignature::at));
  }

  /** As they stand in the signed bytes, which are where they are kept. */
  private static List<Attached> attachments(NoteVersion note) {
    var document = Json.read(note.canonical(), JsonNode.class);
    return document
        .path("attachments")
        .valueStream()
        .map(file -> Json.MAPPER.convertValue(file, Attached.class))
        .toList();
  }
}
