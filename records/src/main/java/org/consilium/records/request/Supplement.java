package org.consilium.records.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.PersonRef;
import org.consilium.records.triage.Consciousness;
import org.consilium.records.triage.DangerSignAnswer;
import org.consilium.records.triage.Triage;
import org.consilium.records.triage.TriageFindings;
import org.consilium.records.triage.Urgency;
import org.consilium.records.triage.VitalSign;

/**
 * New findings after sending; they stand beside the first ones, and the urgency is computed anew.
 */
public record Supplement(
    Content content, AccountId addedBy, Instant addedAt, Urgency before, Triage triage) {

  /**
   * What was found.
   *
   * @param id made by the client, so that sending again is the same supplement
   */
  public record Content(
      UUID id,
      Optional<Consciousness> consciousness,
      List<VitalSign> vitals,
      List<DangerSignAnswer> dangerSigns,
      Optional<String> text) {
    public Content {
      Objects.requireNonNull(id, "id");
      vitals = vitals == null ? List.of() : List.copyOf(vitals);
      dangerSigns = dangerSigns == null ? List.of() : List.copyOf(dangerSigns);
    }

    boolean isEmpty() {
      return consciousness.isEmpty()
          && vitals.isEmpty()
          && dangerSigns.isEmpty()
          && text.filter(words -> !words.isBlank()).isEmpty();
    }
  }

  /** As the contract shows it. */
  public record Shown(
      UUID id,
      Optional<Consciousness> consciousness,
      List<VitalSign> vitals,
      List<DangerSignAnswer> dangerSigns,
      Optional<String> text,
      PersonRef addedBy,
      Instant addedAt,
      Urgency urgencyBefore,
      Triage triage) {}

  Shown shown(PersonRef by) {
    return new Shown(
        content.id(),
        content.consciousness(),
        content.vitals(),
        content.dangerSigns(),
        content.text(),
        by,
        addedAt,
        before,
        triage);
  }

  /**
   * The first findings with all that came later: the newest answer of each counts. A measurement
   * without a time counts as taken when it was sent.
   */
  static TriageFindings merged(
      TriageFindings first, Instant sentAt, List<Supplement> earlier, Content now, Instant at) {
    var vitals = new ArrayList<>(timed(first.vitals(), sentAt));
    var signs = new LinkedHashMap<String, DangerSignAnswer>();
    first.dangerSigns().forEach(answer -> signs.put(answer.code(), answer));
    var consciousness = first.consciousness();
    for (var supplement : earlier) {
      vitals.addAll(timed(supplement.content().vitals(), supplement.addedAt()));
      supplement.content().dangerSigns().forEach(answer -> signs.put(answer.code(), answer));
      consciousness = newer(supplement.content().consciousness(), consciousness);
    }
    vitals.addAll(timed(now.vitals(), at));
    now.dangerSigns().forEach(answer -> signs.put(answer.code(), answer));
    return new TriageFindings(
        first.age(),
        first.sex(),
        first.pregnancy(),
        newer(now.consciousness(), consciousness),
        vitals,
        List.copyOf(signs.values()),
        first.formSigns());
  }

  private static <T> Optional<T> newer(Optional<T> now, Optional<T> before) {
    return now.isPresent() ? now : before;
  }

  private static List<VitalSign> timed(List<VitalSign> vitals, Instant at) {
    return vitals.stream()
        .map(sign ->
            new VitalSign(
                sign.code(),
                sign.value(),
                sign.unit(),
                Optional.of(sign.takenAt().orElse(at)),
                sign.method()))
        .toList();
  }
}
