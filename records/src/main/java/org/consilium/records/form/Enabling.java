package org.consilium.records.form;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.consilium.records.form.Item.Behaviour;
import org.consilium.records.form.Item.EnableWhen;

/**
 * Which items of a form are asked, given the answers so far. A condition looks at an earlier item
 * only; one that is not asked itself counts as not answered, whatever stands there.
 */
final class Enabling {
  private final Map<String, List<Value>> answers;
  private final Map<String, List<Value>> counted = new HashMap<>();
  private final Set<String> asked = new HashSet<>();

  private Enabling(Map<String, List<Value>> answers) {
    this.answers = answers;
  }

  /** The link ids of the items that are asked. */
  static Set<String> asked(Form form, Map<String, List<Value>> answers) {
    var enabling = new Enabling(answers);
    enabling.walk(form.item());
    return enabling.asked;
  }

  private void walk(List<Item> items) {
    for (var item : items) {
      if (isAsked(item)) {
        asked.add(item.linkId());
        counted.put(item.linkId(), answers.getOrDefault(item.linkId(), List.of()));
        walk(item.item());
      }
    }
  }

  private boolean isAsked(Item item) {
    var conditions = item.enableWhen();
    return conditions.isEmpty()
        || (item.enableBehavior().orElse(Behaviour.ALL) == Behaviour.ANY
            ? conditions.stream().anyMatch(this::holds)
            : conditions.stream().allMatch(this::holds));
  }

  private boolean holds(EnableWhen condition) {
    var given = counted.getOrDefault(condition.question(), List.of());
    return switch (condition.operator()) {
      case EXISTS -> condition.answerBoolean().orElse(true) != given.isEmpty();
      case EQUAL -> given.stream().anyMatch(value -> equal(value, condition));
      case NOT_EQUAL -> given.stream().anyMatch(value -> !equal(value, condition));
      case GREATER -> compares(given, condition, order -> order > 0);
      case LESS -> compares(given, condition, order -> order < 0);
      case AT_LEAST -> compares(given, condition, order -> order >= 0);
      case AT_MOST -> compares(given, condition, order -> order <= 0);
    };
  }

  private static boolean equal(Value value, EnableWhen with) {
    return with.answerBoolean()
            .filter(it -> value.valueBoolean().filter(it::equals).isPresent())
            .isPresent()
        || with.answerString()
            .filter(it -> value.valueString().filter(it::equals).isPresent())
            .isPresent()
        || with.answerDate()
            .filter(it -> value.valueDate().filter(it::equals).isPresent())
            .isPresent()
        || with.answerCoding().filter(it -> hasCode(value, it)).isPresent()
        || compares(List.of(value), with, order -> order == 0);
  }

  private static boolean hasCode(Value value, Coding coding) {
    return value.valueCoding().filter(it -> it.code().equals(coding.code())).isPresent();
  }

  private static boolean compares(List<Value> given, EnableWhen with, IntPredicate fits) {
    return given.stream()
        .anyMatch(value -> {
          if (with.answerDate().isPresent()) {
            return value
                .valueDate()
                .filter(it -> fits.test(it.compareTo(with.answerDate().get())))
                .isPresent();
          }
          var limit =
              with.answerDecimal()
                  .or(() -> with.answerInteger().map(Integer::doubleValue))
                  .or(() -> with.answerQuantity().map(Quantity::value));
          var unit = with.answerQuantity().map(Quantity::code);
          var number =
              value
                  .valueDecimal()
                  .or(() -> value.valueInteger().map(Integer::doubleValue))
                  .or(() ->
                      value
                          .valueQuantity()
                          .filter(it -> unit.filter(code -> !code.equals(it.code())).isEmpty())
                          .map(Quantity::value));
          return limit.isPresent()
              && number.filter(it -> fits.test(Double.compare(it, limit.get()))).isPresent();
        });
  }
}
