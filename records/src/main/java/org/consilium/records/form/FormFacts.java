package org.consilium.records.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.records.form.Answers.Given;
import org.consilium.records.triage.FormSign;

/** What of the answers to a form the product itself reads. Pure. */
public final class FormFacts {
  private FormFacts() {}

  /**
   * One answer that is written out as an observation.
   *
   * @param unit UCUM
   */
  public record Fact(
      Optional<String> system,
      String code,
      Optional<Double> number,
      Optional<String> unit,
      Optional<String> valueCode,
      Optional<String> text) {}

  /** The danger signs that were answered with yes. The answers must have passed the engine. */
  public static List<FormSign> signs(Form form, Answers answers) {
    var signs = new ArrayList<FormSign>();
    each(
        form,
        answers.item(),
        (item, value) ->
            item.danger()
                .filter(_ -> value.valueBoolean().orElse(false))
                .ifPresent(
                    urgency -> signs.add(new FormSign(item.linkId(), urgency, item.text() + "."))));
    return signs;
  }

  /** The answers that are marked as observations. */
  public static List<Fact> observations(Form form, Answers answers) {
    var facts = new ArrayList<Fact>();
    each(
        form,
        answers.item(),
        (item, value) -> {
          if (item.isObservation()) {
            facts.add(fact(item.code().getFirst(), value));
          }
        });
    return facts;
  }

  private static Fact fact(Coding coding, Value value) {
    var number =
        value
            .valueQuantity()
            .map(Quantity::value)
            .or(value::valueDecimal)
            .or(() -> value.valueInteger().map(Integer::doubleValue));
    var code =
        value.valueCoding().map(Coding::code).or(() -> value.valueBoolean().map(String::valueOf));
    var text =
        value.valueString().or(value::valueDate).or(value::valueDateTime).or(value::valueTime);
    return new Fact(
        coding.system(),
        coding.code(),
        number,
        value.valueQuantity().map(Quantity::code),
        code,
        text);
  }

  private interface Visit {
    void answer(Item item, Value value);
  }

  private static void each(Form form, List<Given> given, Visit visit) {
    form.each(item -> eachOf(item, given, visit));
  }

  private static void eachOf(Item item, List<Given> given, Visit visit) {
    for (var one : given) {
      if (one.linkId().equals(item.linkId())) {
        one.answer().forEach(value -> visit.answer(item, value));
      }
      eachOf(item, one.item(), visit);
    }
  }
}
