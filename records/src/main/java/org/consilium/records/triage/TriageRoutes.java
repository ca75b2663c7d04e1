package org.consilium.records.triage;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;

/** The rules to show, and a triage computed without keeping anything. */
public final class TriageRoutes {
  private final TriageCatalogue catalogue;

  public TriageRoutes(TriageCatalogue catalogue) {
    this.catalogue = catalogue;
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

  private Answer compute(Call call) {
    var findings = call.body(TriageFindings.class);
    var rules = catalogue.current(call.tx());
    var errors = new ArrayList<FieldError>();
    if (findings.age().isImpossible()) {
      errors.add(new FieldError("/age/value", "Nobody is %s old.".formatted(findings.age())));
    }
    errors.addAll(
        Impossible.in(
            rules, findings.age(), findings.vitals(), findings.dangerSigns(), call.tx().now(), ""));
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
    return Answer.ok(Assessing.triage(rules, findings));
  }
}
