package org.consilium.records.note;

import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.id.RecommendationId;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;

/** Notes, recommendations and decisions over HTTP. */
public final class NoteRoutes {
  private final Platform platform;
  private final NoteService notes;

  public NoteRoutes(Platform platform, NoteService notes) {
    this.platform = platform;
    this.notes = notes;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listNotes", this::list)
        .operation("saveNoteDraft", this::save)
        .operation("signNote", this::sign)
        .operation("decideRecommendation", this::decide);
  }

  private record Signature(int revision, String password) {}

  private record NotesShown(Optional<Note.Draft> draft, List<NoteShown> signed) {}

  private record NoteShown(
      NoteId id,
      int version,
      NoteContent content,
      List<RecommendationShown> recommendations,
      Note.Author author,
      Instant signedAt,
      String sha256,
      Optional<String> previousSha256,
      String signature,
      String keyId,
      Optional<Instant> readAt) {}

  private record RecommendationShown(
      RecommendationId id,
      RecommendationContent content,
      Optional<DecisionShown> decision,
      List<DecisionShown> earlierDecisions) {}

  private record DecisionShown(
      Note.Verdict decision,
      Optional<Note.Reason> reason,
      Optional<String> text,
      PersonRef decidedBy,
      Instant decidedAt) {}

  private Answer list(Call call) {
    var page = notes.read(call.tx(), consult(call));
    return Answer.ok(new NotesShown(page.draft(), shown(call.tx(), page)));
  }

  private Answer save(Call call) {
    var content = call.body(NoteContent.class);
    var draft = notes.save(call.tx(), consult(call), call.ifMatch(), content);
    return Answer.ok(draft).withHeader("ETag", "\"" + draft.revision() + "\"");
  }

  private Answer sign(Call call) {
    var signature = call.body(Signature.class);
    var page = notes.sign(call.tx(), consult(call), signature.revision(), signature.password());
    return Answer.created(shown(call.tx(), page).getFirst());
  }

  private Answer decide(Call call) {
    var decision = call.body(Note.NewDecision.class);
    var id = new RecommendationId(call.pathId("recommendationId"));
    var decided = notes.decide(call.tx(), consult(call), id, decision);
    return Answer.created(shown(decided, people(call.tx(), List.of(decided))));
  }

  private List<NoteShown> shown(Tx tx, NoteService.Page page) {
    var people = people(tx, page.recommendations());
    return page.signed().stream().map(note -> shown(note, page, people)).toList();
  }

  private static NoteShown shown(
      Note.Signed note, NoteService.Page page, Map<AccountId, Person> people) {
    return new NoteShown(
        note.id(),
        note.version(),
        note.content(),
        page.recommendations().stream()
            .filter(recommendation -> recommendation.note().equals(note.id()))
            .map(recommendation -> shown(recommendation, people))
            .toList(),
        note.author(),
        note.signedAt(),
        HexFormat.of().formatHex(note.sha256()),
        note.previousSha256().map(HexFormat.of()::formatHex),
        Base64.getUrlEncoder().withoutPadding().encodeToString(note.signature()),
        note.keyId(),
        note.readAt());
  }

  private static RecommendationShown shown(
      RecommendationStore.Decided recommendation, Map<AccountId, Person> people) {
    var decisions =
        recommendation.decisions().stream().map(decision -> shown(decision, people)).toList();
    return new RecommendationShown(
        recommendation.named().id(),
        recommendation.named().content(),
        decisions.stream().findFirst(),
        decisions.stream().skip(1).toList());
  }

  private static DecisionShown shown(Note.Decision decision, Map<AccountId, Person> people) {
    return new DecisionShown(
        decision.decided().decision(),
        decision.decided().reason(),
        decision.decided().text(),
        new PersonRef(decision.by(), people.get(decision.by()).name()),
        decision.at());
  }

  private Map<AccountId, Person> people(Tx tx, List<RecommendationStore.Decided> decided) {
    var ids = new HashSet<AccountId>();
    decided.forEach(one -> one.decisions().forEach(decision -> ids.add(decision.by())));
    return ids.isEmpty() ? Map.of() : platform.directory().people(tx, ids);
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
