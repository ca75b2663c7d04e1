package org.consilium.records.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.consilium.platform.http.Json;
import org.consilium.records.form.Answers.Given;
import org.consilium.records.form.FormEngine.Extent;
import org.consilium.records.patient.Age;

/** What the engine accepts, a slow and simple-minded reader of the JSON accepts as well. */
class FormOracleProperties {
  private static final FormVectorsTest.Vectors ALL = FormVectorsTest.vectors();
  private static final List<String> TEXTS = List.of("", " ", "x", "12345678901", "2026-03-02");
  private static final List<String> CODES = List.of("red", "blue", "a", "b", "green");

  @Property(tries = 400)
  void nothing_is_accepted_that_the_oracle_refuses(
      @ForAll long seed, @ForAll @IntRange(max = 700) int ageDays, @ForAll boolean complete) {
    var random = new Random(seed);
    var given = new Answers(ALL.form().canonical(), items(ALL.form().item(), random));
    var extent = complete ? Extent.COMPLETE : Extent.DRAFT;
    var checked = FormEngine.check(ALL.form(), given, Age.days(ageDays), ALL.now(), extent, "");
    Statistics.collect(checked.errors().isEmpty());
    Statistics.coverage(share -> share.check(true).percentage(accepted -> accepted > 2));
    if (checked.errors().isEmpty()) {
      var oracle = new FormOracle(Json.tree(ALL.form()), Json.tree(checked.kept()), ageDays);
      assertThat(oracle.refusal(complete)).as(Json.text(given)).isEmpty();
    }
    var again =
        FormEngine.check(ALL.form(), checked.kept(), Age.days(ageDays), ALL.now(), extent, "");
    assertThat(again.dropped()).as("what was kept is kept").isEmpty();
  }

  /** Mostly fitting answers, so that many are accepted; now and then anything. */
  private static List<Given> items(List<Item> items, Random random) {
    var given = new ArrayList<Given>();
    for (var item : items) {
      if (item.type() == ItemType.GROUP) {
        given.add(new Given(item.linkId(), List.of(), items(item.item(), random)));
      } else if (item.type() != ItemType.DISPLAY && random.nextInt(3) == 0) {
        var values = new ArrayList<Value>();
        int count = item.mayRepeat() ? 1 + random.nextInt(2) : 1;
        for (int i = 0; i < count; i++) {
          values.add(value(random.nextInt(25) == 0 ? anyType(random) : item.type(), random));
        }
        given.add(new Given(item.linkId(), values, List.of()));
      }
    }
    return given;
  }

  private static ItemType anyType(Random random) {
    return ItemType.values()[random.nextInt(ItemType.values().length)];
  }

  private static Value value(ItemType type, Random random) {
    var json = Json.MAPPER.createObjectNode();
    var name = ValueRules.nameFor(type);
    switch (type) {
      case BOOLEAN -> json.put(name, random.nextBoolean());
      case INTEGER -> json.put(name, random.nextInt(9) - 1);
      case DECIMAL -> json.put(name, random.nextInt(-300, 300) / 100.0);
      case QUANTITY ->
          json.putObject(name)
              .put("value", random.nextInt(1200))
              .put("code", random.nextInt(9) == 0 ? "ug" : random.nextBoolean() ? "mg" : "g");
      case CHOICE, OPEN_CHOICE ->
          json.putObject(name).put("code", CODES.get(random.nextInt(CODES.size())));
      case DATE -> json.put(name, "202" + random.nextInt(10) + "-0" + random.nextInt(10) + "-02");
      case DATE_TIME -> json.put(name, "2026-03-0" + random.nextInt(6) + "T09:00:00Z");
      case TIME -> json.put(name, random.nextInt(10, 30) + ":" + random.nextInt(10, 70));
      case ATTACHMENT ->
          json.putObject(name).put("id", new java.util.UUID(7L, random.nextLong()).toString());
      case STRING, TEXT, GROUP, DISPLAY ->
          json.put("valueString", TEXTS.get(random.nextInt(TEXTS.size())));
    }
    return Json.MAPPER.convertValue(json, Value.class);
  }

  /** The rules once more, over plain JSON, without any of the engine's classes. */
  private record FormOracle(JsonNode form, JsonNode answers, int ageDays) {
    Optional<String> refusal(boolean complete) {
      for (var question : form.findParents("linkId")) {
        if (!question.has("type")) {
          continue;
        }
        var id = question.path("linkId").asText();
        var given = given(id);
        if (!isAsked(id) && !given.isEmpty()) {
          return Optional.of(id + " is answered and not asked");
        }
        if (given.size() > 1 && !question.path("repeats").asBoolean()) {
          return Optional.of(id + " has several answers");
        }
        boolean needed =
            question.path("required").asBoolean() || question.toString().contains(":danger");
        if (complete && needed && isAsked(id) && given.isEmpty()) {
          return Optional.of(id + " is missing");
        }
        for (var value : given) {
          if (!fits(question, value)) {
            return Optional.of(id + " cannot be " + value);
          }
        }
      }
      return Optional.empty();
    }

    private List<JsonNode> given(String id) {
      var found = new ArrayList<JsonNode>();
      for (var one : answers.findParents("linkId")) {
        if (one.path("linkId").asText().equals(id)) {
          one.path("answer").forEach(found::add);
        }
      }
      return found;
    }

    /** By name: the conditions of the form of the vectors, in words of code. */
    private boolean isAsked(String id) {
      boolean yes = given("yes").stream().anyMatch(v -> v.path("valueBoolean").asBoolean());
      boolean many =
          yes && given("count").stream().anyMatch(v -> v.path("valueInteger").asInt() > 2);
      var one = given("one").stream().map(v -> v.at("/valueCoding/code").asText()).toList();
      return switch (id) {
        case "group", "count" -> yes;
        case "more" -> many;
        case "any" -> one.contains("red") || !given("many").isEmpty();
        case "notblue" -> one.stream().anyMatch(code -> !code.equals("blue"));
        case "chain" -> many && !given("more").isEmpty();
        default -> true;
      };
    }

    private boolean fits(JsonNode question, JsonNode value) {
      var text = value.path("valueString").asText();
      return switch (question.path("linkId").asText()) {
        case "yes", "danger", "hidden" -> value.path("valueBoolean").isBoolean();
        case "count" ->
            value.path("valueInteger").asInt(0) >= 1 && value.path("valueInteger").asInt() <= 5;
        case "fixed" -> value.path("valueInteger").asInt() == 7;
        case "number" ->
            value.path("valueDecimal").isNumber()
                && value.path("valueDecimal").asDouble() >= -1.5
                && Math.abs(
                        value.path("valueDecimal").asDouble() * 10
                            - Math.rint(value.path("valueDecimal").asDouble() * 10))
                    < 1e-9;
        case "dose" -> dose(value.path("valueQuantity"));
        case "day" ->
            day(value.path("valueDate").asText())
                .filter(d -> d.compareTo("2026-03-03") <= 0)
                .isPresent();
        case "due" -> day(value.path("valueDate").asText()).isPresent();
        case "moment" ->
            value.path("valueDateTime").asText().compareTo("2026-03-02T10") < 0
                && !value.path("valueDateTime").asText().contains("-00T");
        case "hour" -> value.path("valueTime").asText().matches("([01]\\d|2[0-3]):[0-5]\\d");
        case "more", "any", "notblue", "chain" ->
            !text.isBlank() && (text.length() <= 10 || !question.has("maxLength"));
        case "words" -> !text.isBlank();
        case "one" -> List.of("red", "blue").contains(value.at("/valueCoding/code").asText());
        case "many" ->
            List.of("a", "b").contains(value.at("/valueCoding/code").asText()) || !text.isBlank();
        case "picture" -> value.at("/valueAttachment/id").asText().length() == 36;
        default -> false;
      };
    }

    private boolean dose(JsonNode quantity) {
      double value = quantity.path("value").asDouble(-1);
      var unit = quantity.path("code").asText();
      return ageDays < 365
          ? List.of("mg", "g").contains(unit) && value >= 1 && value <= 10
          : unit.equals("g") && value >= 0 || unit.equals("mg") && value >= 0 && value <= 1000;
    }

    private static Optional<String> day(String text) {
      return Optional.of(text).filter(it -> it.matches("20\\d\\d-0[1-9]-02"));
    }
  }
}
