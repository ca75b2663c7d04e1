package org.consilium.records.form;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.consilium.platform.http.FieldError;
import org.consilium.records.form.Answers.Given;
import org.consilium.records.patient.Age;

/**
 * Holds answers against their form. Pure: the same form, answers, age and time always give the same
 * verdict. The browser has the same rules ({@code web-client/src/forms/engine.ts}); both are held
 * against {@code forms/vectors.json}.
 */
public final class FormEngine {
  /** How much of a form must be there. */
  public enum Extent {
    /** What is there must be possible; anything may be missing. */
    DRAFT,
    /** Nothing that is required may be missing. */
    COMPLETE
  }

  /**
   * What came of the check.
   *
   * @param errors what must be mended; pointers below the base that was given
   * @param kept the answers without those to questions that are not asked
   * @param dropped a sentence for each answer that was left out for that reason
   */
  public record Checked(List<FieldError> errors, Answers kept, List<String> dropped) {
    public Checked {
      errors = List.copyOf(errors);
      dropped = List.copyOf(dropped);
    }
  }

  private final Form form;
  private final Extent extent;
  private final ValueRules values;
  private final List<FieldError> errors = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();
  private final Map<String, List<Value>> answers = new HashMap<>();

  private FormEngine(Form form, Extent extent, ValueRules values) {
    this.form = form;
    this.extent = extent;
    this.values = values;
  }

  /**
   * @param base pointer to the answers, for example {@code /answers/0}
   */
  public static Checked check(
      Form form, Answers given, Age age, Instant now, Extent extent, String base) {
    var engine = new FormEngine(form, extent, new ValueRules(age.inDays(), now));
    engine.read(form.item(), given.item(), base);
    var asked = Enabling.asked(form, engine.answers);
    var kept = engine.keep(form.item(), given.item(), asked);
    if (extent == Extent.COMPLETE) {
      engine.demand(form.item(), asked, base);
    }
    return new Checked(engine.errors, new Answers(given.questionnaire(), kept), engine.dropped);
  }

  private void read(List<Item> items, List<Given> given, String base) {
    var seen = new HashSet<String>();
    for (int i = 0; i < given.size(); i++) {
      var one = given.get(i);
      var at = base + "/item/" + i;
      var item = find(items, one.linkId());
      if (item == null) {
        refuse(
            at + "/linkId",
            "The form “%s” has no question “%s” here.".formatted(form.title(), one.linkId()));
      } else if (!seen.add(one.linkId())) {
        refuse(at + "/linkId", "This question is answered twice.");
      } else {
        readOne(item, one, at);
      }
    }
  }

  private void readOne(Item item, Given given, String at) {
    if (item.type() == ItemType.GROUP) {
      if (!given.answer().isEmpty()) {
        refuse(at + "/answer", "A group has no answer of its own.");
      }
      read(item.item(), given.item(), at);
      return;
    }
    if (!given.item().isEmpty()) {
      refuse(at + "/item", "This question has no parts.");
    }
    if (item.type() == ItemType.DISPLAY) {
      refuse(at + "/linkId", "This is a text and not a question.");
      return;
    }
    if (given.answer().size() > 1 && !item.mayRepeat()) {
      refuse(at + "/answer", "This question has one answer.");
    }
    if (item.isReadOnly() && !given.answer().equals(item.initial()) && !given.answer().isEmpty()) {
      refuse(at + "/answer", "This cannot be changed.");
    }
    var codes = new HashSet<String>();
    for (int i = 0; i < given.answer().size(); i++) {
      var value = given.answer().get(i);
      var place = at + "/answer/" + i;
      values.fault(item, value).ifPresent(fault -> refuse(place + fault.at(), fault.sentence()));
      value
          .valueCoding()
          .filter(coding -> !codes.add(coding.code()))
          .ifPresent(_ -> refuse(place, "This is chosen twice."));
    }
    answers.put(item.linkId(), given.answer());
  }

  /** The answers to what is asked; a word for each that was left out. */
  private List<Given> keep(List<Item> items, List<Given> given, Set<String> asked) {
    var kept = new ArrayList<Given>();
    for (var one : given) {
      var item = find(items, one.linkId());
      if (item == null) {
        continue;
      }
      if (!asked.contains(one.linkId())) {
        if (hasAnswer(one)) {
          dropped.add("“%s” was left out: it no longer applies.".formatted(item.text()));
        }
      } else {
        var parts = keep(item.item(), one.item(), asked);
        if (!one.answer().isEmpty() || !parts.isEmpty()) {
          kept.add(new Given(one.linkId(), one.answer(), parts));
        }
      }
    }
    return kept;
  }

  private static boolean hasAnswer(Given given) {
    return !given.answer().isEmpty() || given.item().stream().anyMatch(FormEngine::hasAnswer);
  }

  private void demand(List<Item> items, Set<String> asked, String base) {
    for (var item : items) {
      if (!asked.contains(item.linkId()) || item.isHidden()) {
        continue;
      }
      if (item.isRequired() && answers.getOrDefault(item.linkId(), List.of()).isEmpty()) {
        refuse(
            base + "/item/" + item.linkId(),
            item.danger().isPresent()
                ? "Answer yes or no: %s.".formatted(item.text())
                : "Answer this: %s.".formatted(item.text()));
      }
      demand(item.item(), asked, base);
    }
  }

  private static Item find(List<Item> items, String linkId) {
    return items.stream().filter(item -> item.linkId().equals(linkId)).findFirst().orElse(null);
  }

  private void refuse(String pointer, String sentence) {
    errors.add(new FieldError(pointer, sentence));
  }
}
