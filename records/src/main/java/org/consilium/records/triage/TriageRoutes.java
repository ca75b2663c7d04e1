package org.consilium.records.triage;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.http.Sentence;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.Sex;

/** The rules to show, and a triage computed without keeping anything. */
public final class TriageRoutes {
  private final TriageCatalogue catalogue;
  private final AnswerSigns answers;

  public TriageRoutes(TriageCatalogue catalogue, AnswerSigns answers) {
    this.catalogue = catalogue;
    this.answers = answers;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("getTriageRules", this::rules)
        .operation("computeTriage", this::compute);
  }

  /** What a form needs of the rules. */
  private record RulesShown(
      String version,
      String approval,
      List<TriageRules.DangerSign> dangerSigns,
      List<VitalShown> vitals,
      List<ScoreShown> scores) {}

  private record ScoreShown(String code, String name, String source) {
    static ScoreShown of(EarlyWarning score) {
      return new ScoreShown(score.code(), score.name(), score.source());
    }
  }

  private record VitalShown(
      VitalCode code,
      String label,
      String unit,
      BigDecimal minimum,
      BigDecimal maximum,
      int decimals) {
    static VitalShown of(TriageRules.Vital vital) {
      return new VitalShown(
          vital.code(),
          vital.label(),
          vital.unit(),
          plain(vital.minimum()),
          plain(vital.maximum()),
          vital.decimals());
    }

    private static BigDecimal plain(double value) {
      return new BigDecimal(BigDecimal.valueOf(value).stripTrailingZeros().toPlainString());
    }
  }

  private Answer rules(Call call) {
    var rules = catalogue.current(call.tx());
    return Answer.ok(
        new RulesShown(
            rules.version(),
            rules.approval(),
            rules.dangerSigns(),
            rules.vitals().stream().map(VitalShown::of).toList(),
            rules.scores().stream().map(ScoreShown::of).toList()));
  }

  /** What is asked about: findings, and answers to forms. */
  private record Asked(
      Age age,
      Sex sex,
      Optional<Pregnancy> pregnancy,
      Optional<Consciousness> consciousness,
      List<VitalSign> vitals,
      List<DangerSignAnswer> dangerSigns,
      List<JsonNode> answers) {
    Asked {
      answers = answers == null ? List.of() : List.copyOf(answers);
    }

    TriageFindings with(List<FormSign> signs) {
      return new TriageFindings(age, sex, pregnancy, consciousness, vitals, dangerSigns, signs);
    }
  }

  private Answer compute(Call call) {
    var asked = call.body(Asked.class);
    var findings = asked.with(List.of());
    var rules = catalogue.current(call.tx());
    var errors = new ArrayList<FieldError>();
    if (findings.age().isImpossible()) {
      errors.add(
          new FieldError(
              "/age/value",
              Sentence.of("field.age", "Nobody is {age} old.").with("age", findings.age())));
    }
    errors.addAll(
        Impossible.in(
            rules, findings.age(), findings.vitals(), findings.dangerSigns(), call.tx().now(), ""));
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
    var signs = answers.in(call.tx(), asked.answers(), asked.age());
    return Answer.ok(Assessing.triage(rules, asked.with(signs)));
  }
}
