package org.consilium.records.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.consilium.platform.http.FieldError;
import org.consilium.records.form.Item.EnableWhen;
import org.consilium.records.form.Item.Operator;

/**
 * What a form must be like to be published: the subset of the FHIR Questionnaire that the engine
 * and the pages know. Everything that is amiss is named with its place.
 */
final class FormShape {
  private static final int ITEMS_MAX = 200;
  private static final int DEPTH_MAX = 4;
  private static final int TEXT_CHARS_MAX = 500;
  private static final int OPTIONS_MAX = 60;
  private static final int ANSWER_CHARS_MAX = 8000;
  private static final Pattern URL = Pattern.compile("urn:consilium:form:[a-z][a-z0-9-]{0,59}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.-]{1,30}");
  private static final Pattern LINK_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");
  private static final Set<String> FORM_EXTENSIONS = Set.of(Extension.APPROVAL, Extension.APPLIES);
  private static final Set<String> ITEM_EXTENSIONS =
      Set.of(
          Extension.MINIMUM,
          Extension.MAXIMUM,
          Extension.UNIT,
          Extension.HIDDEN,
          Extension.DECIMALS,
          Extension.RANGE_AT_AGE,
          Extension.DANGER,
          Extension.MAP,
          Extension.MAY_LIE_AHEAD);

  private final Map<String, Item> earlier = new HashMap<>();
  private final List<FieldError> errors = new ArrayList<>();
  private int items;

  private FormShape() {}

  /** Everything that is amiss; empty when the form may be published. */
  static List<FieldError> faults(Form form) {
    var shape = new FormShape();
    shape.checkHead(form);
    shape.checkItems(form.item(), "/item", 1);
    return shape.errors;
  }

  private void checkHead(Form form) {
    demand(
        "Questionnaire".equals(form.resourceType()), "/resourceType", "This is “Questionnaire”.");
    demand(
        form.url() != null && URL.matcher(form.url()).matches(),
        "/url",
        "A form is named urn:consilium:form: and a word in small letters.");
    demand(
        form.version() != null && VERSION.matcher(form.version()).matches(),
        "/version",
        "A version has letters, digits, points and dashes; 30 at most.");
    demand("active".equals(form.status()), "/status", "A form that is published is “active”.");
    demand(isText(form.title()), "/title", "A form needs a title.");
    demand(!form.item().isEmpty(), "/item", "A form needs at least one item.");
    checkExtensions(form.extension(), FORM_EXTENSIONS, "");
  }

  private void checkItems(List<Item> list, String base, int depth) {
    demand(depth <= DEPTH_MAX, base, "Items lie %d deep at most.".formatted(DEPTH_MAX));
    if (depth > DEPTH_MAX) {
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      if (++items == ITEMS_MAX + 1) {
        refuse(base, "A form has %d items at most.".formatted(ITEMS_MAX));
      }
      checkItem(list.get(i), base + "/" + i, depth);
    }
  }

  private void checkItem(Item item, String at, int depth) {
    if (item.linkId() == null || !LINK_ID.matcher(item.linkId()).matches()) {
      refuse(at + "/linkId", "A link id has letters, digits, points and dashes; 60 at most.");
      return;
    }
    if (item.type() == null) {
      refuse(at + "/type", "Say what kind of item this is.");
      return;
    }
    demand(!earlier.containsKey(item.linkId()), at + "/linkId", "This link id is taken already.");
    demand(isText(item.text()), at + "/text", "An item needs a text; 500 characters at most.");
    checkExtensions(item.extension(), ITEM_EXTENSIONS, at);
    checkConditions(item, at);
    checkQuestion(item, at);
    checkOptions(item, at);
    checkNumbers(item, at);
    checkInitial(item, at);
    earlier.put(item.linkId(), item);
    if (item.type() == ItemType.GROUP) {
      demand(!item.item().isEmpty(), at + "/item", "A group needs items.");
      checkItems(item.item(), at + "/item", depth + 1);
    } else {
      demand(item.item().isEmpty(), at + "/item", "Only a group has items.");
    }
  }

  private void checkExtensions(List<Extension> extensions, Set<String> known, String at) {
    for (int i = 0; i < extensions.size(); i++) {
      demand(
          extensions.get(i).url() != null && known.contains(extensions.get(i).url()),
          at + "/extension/" + i + "/url",
          "This extension is not known here.");
    }
  }

  private void checkQuestion(Item item, String at) {
    if (!item.type().isQuestion()) {
      demand(!item.required().orElse(false), at + "/required", "Only a question can be required.");
      demand(!item.mayRepeat(), at + "/repeats", "Only a question has several answers.");
    }
    boolean cannotBeTyped = item.isReadOnly() || item.isHidden();
    demand(
        !(item.isRequired() && cannotBeTyped && item.initial().isEmpty()),
        at + "/required",
        "What nobody can fill in cannot be required.");
    demand(
        item.maxLength().isEmpty() || item.type().isWritten(),
        at + "/maxLength",
        "Only words have a length.");
    demand(
        item.maxLength().filter(most -> most < 1 || most > ANSWER_CHARS_MAX).isEmpty(),
        at + "/maxLength",
        "The length lies between 1 and %d.".formatted(ANSWER_CHARS_MAX));
    Extension.of(item.extension(), Extension.DANGER)
        .ifPresent(_ -> {
          demand(
              item.type() == ItemType.BOOLEAN,
              at + "/extension",
              "A danger sign is answered by yes or no.");
          demand(item.danger().isPresent(), at + "/extension", "There is no such urgency.");
        });
    demand(
        !item.isObservation() || !item.code().isEmpty(),
        at + "/code",
        "What is written out as an observation needs a code.");
  }

  private void checkOptions(Item item, String at) {
    if (!item.type().isChosen()) {
      demand(item.answerOption().isEmpty(), at + "/answerOption", "Only a choice has options.");
      return;
    }
    demand(!item.answerOption().isEmpty(), at + "/answerOption", "A choice needs options.");
    demand(item.answerOption().size() <= OPTIONS_MAX, at + "/answerOption", "Too many options.");
    var codes = new HashSet<String>();
    for (int i = 0; i < item.answerOption().size(); i++) {
      var coding = item.answerOption().get(i).valueCoding();
      var place = at + "/answerOption/" + i;
      demand(
          coding.flatMap(Coding::display).filter(FormShape::isText).isPresent(),
          place,
          "An option has a code and words.");
      demand(
          coding.filter(it -> !codes.add(it.code())).isEmpty(),
          place,
          "This code is taken already.");
    }
  }

  private void checkNumbers(Item item, String at) {
    if (item.type() == ItemType.QUANTITY) {
      demand(!item.units().isEmpty(), at + "/extension", "A quantity needs its unit.");
    }
    var low = Extension.of(item.extension(), Extension.MINIMUM);
    var high = Extension.of(item.extension(), Extension.MAXIMUM);
    boolean ranged =
        low.isPresent()
            || high.isPresent()
            || Extension.of(item.extension(), Extension.RANGE_AT_AGE).isPresent();
    demand(!ranged || item.type().isNumber(), at + "/extension", "Only a number has a range.");
    var least = low.flatMap(Extension::number);
    var most = high.flatMap(Extension::number);
    demand(
        least.isEmpty() || most.isEmpty() || least.get() <= most.get(),
        at + "/extension",
        "The least is more than the most.");
    demand(
        low.isPresent() == least.isPresent() && high.isPresent() == most.isPresent(),
        at + "/extension",
        "A limit needs a number.");
  }

  private void checkInitial(Item item, String at) {
    for (int i = 0; i < item.initial().size(); i++) {
      var kinds = item.initial().get(i).kinds();
      demand(
          kinds.equals(List.of(ValueRules.nameFor(item.type()))),
          at + "/initial/" + i,
          "This is no answer to the question.");
    }
  }

  private void checkConditions(Item item, String at) {
    for (int i = 0; i < item.enableWhen().size(); i++) {
      var condition = item.enableWhen().get(i);
      var place = at + "/enableWhen/" + i;
      var question = earlier.get(condition.question());
      if (question == null || !question.type().isQuestion()) {
        refuse(place + "/question", "A condition looks at an earlier question.");
      } else if (condition.operator() == null) {
        refuse(place + "/operator", "Say how the answer is compared.");
      } else {
        fault(condition, question).ifPresent(sentence -> refuse(place, sentence));
      }
    }
  }

  private static Optional<String> fault(EnableWhen condition, Item question) {
    var type = question.type();
    if (condition.operator() == Operator.EXISTS) {
      return condition.answerBoolean().isPresent()
          ? Optional.empty()
          : Optional.of("“exists” is true or false.");
    }
    boolean fits =
        switch (type) {
          case BOOLEAN -> condition.answerBoolean().isPresent();
          case INTEGER, DECIMAL ->
              condition.answerInteger().isPresent() || condition.answerDecimal().isPresent();
          case QUANTITY -> condition.answerQuantity().isPresent();
          case DATE -> condition.answerDate().isPresent();
          case STRING, TEXT -> condition.answerString().isPresent();
          case CHOICE, OPEN_CHOICE ->
              condition
                  .answerCoding()
                  .filter(wanted ->
                      question.answerOption().stream()
                          .flatMap(option -> option.valueCoding().stream())
                          .anyMatch(option -> option.code().equals(wanted.code())))
                  .isPresent();
          case DATE_TIME, TIME, ATTACHMENT, GROUP, DISPLAY -> false;
        };
    boolean ordered = type.isNumber() || type == ItemType.DATE;
    boolean compares =
        condition.operator() == Operator.EQUAL || condition.operator() == Operator.NOT_EQUAL;
    if (!fits) {
      return Optional.of("“%s” never has such an answer.".formatted(question.text()));
    }
    return ordered || compares
        ? Optional.empty()
        : Optional.of("Only numbers and dates are more or less.");
  }

  private static boolean isText(String text) {
    return text != null && !text.isBlank() && text.length() <= TEXT_CHARS_MAX;
  }

  private void demand(boolean holds, String pointer, String sentence) {
    if (!holds) {
      refuse(pointer, sentence);
    }
  }

  private void refuse(String pointer, String sentence) {
    errors.add(new FieldError(pointer, sentence));
  }
}
