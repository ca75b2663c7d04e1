package org.consilium.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.consilium.deploy.demo.DemoStory.Act;
import org.consilium.deploy.demo.DemoStory.Case;
import org.consilium.deploy.demo.DemoStory.Step;

/**
 * The ordinary weeks before the stories: everyday questions that come again with other patients,
 * from {@code demo/weeks.json}. Reports, forecasts and fairness count them.
 */
final class DemoWeeks {
  private static final Duration WRITTEN_BEFORE = Duration.ofMinutes(6);
  private static final Duration TRIAGED_AFTER = Duration.ofMinutes(9);
  private static final Duration OFFERED_AFTER = Duration.ofMinutes(12);
  private static final Duration REFUSED_AFTER = Duration.ofMinutes(18);
  private static final Duration ACCEPTED_AFTER = Duration.ofMinutes(24);
  private static final Duration ADVISED_AFTER = Duration.ofMinutes(150);
  private static final Duration CLOSED_AFTER = Duration.ofHours(90);

  /** Longer than an offer of a yellow consult waits. */
  private static final Duration SILENT_FOR = Duration.ofMinutes(82);

  /** The file: questions by key, and who came with them. */
  record Book(Map<String, Question> questions, List<Visit> visits) {}

  /**
   * @param advice what the specialist answers in the thread
   * @param outcome what the clinic tells some days later
   */
  record Question(
      String clinician,
      String urgency,
      ObjectNode request,
      Map<String, JsonNode> vitals,
      List<String> present,
      Optional<ObjectNode> giver,
      String advice,
      ObjectNode outcome) {}

  /**
   * @param at on the clinic's clock
   * @param pace how long everything took, in percent of the usual
   * @param refused why the first who was asked did not take it
   * @param silent the first who was asked let the time pass
   */
  record Visit(
      String question,
      int daysAgo,
      LocalTime at,
      ObjectNode patient,
      Optional<Integer> pace,
      Optional<String> refused,
      boolean silent,
      Optional<ObjectNode> outcome) {}

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private DemoWeeks() {}

  /**
   * @param zone where a clinician works, by e-mail
   */
  static List<Case> cases(Book book, Instant present, Function<String, ZoneId> zone) {
    return book.visits().stream()
        .map(visit -> {
          var question = book.questions().get(visit.question());
          var day = present.atZone(zone.apply(question.clinician())).minusDays(visit.daysAgo());
          var sent = day.with(visit.at()).toInstant();
          return new Case(
              visit.patient().get("localNumber").asText(),
              question.clinician(),
              Optional.of(visit.patient()),
              Optional.empty(),
              question.request(),
              Optional.of("alert"),
              question.vitals(),
              question.present(),
              question.giver(),
              steps(question, visit, Duration.between(sent, present)));
        })
        .toList();
  }

  /**
   * @param ago when it was sent, before the present
   */
  private static List<Step> steps(Question question, Visit visit, Duration ago) {
    var steps = new ArrayList<Step>();
    steps.add(step(ago.plus(WRITTEN_BEFORE), Act.DRAFT));
    steps.add(step(ago, Act.SUBMIT));
    var triage =
        NODES
            .objectNode()
            .put("urgency", question.urgency())
            .put("reason", "Spoken through with the clinic by phone.");
    steps.add(step(ago.minus(at(TRIAGED_AFTER, visit)), Act.TRIAGE, triage));
    steps.add(step(ago.minus(at(OFFERED_AFTER, visit)), Act.OFFER));
    visit
        .refused()
        .map(reason -> NODES.objectNode().put("reason", reason))
        .ifPresent(
            reason -> steps.add(step(ago.minus(at(REFUSED_AFTER, visit)), Act.REFUSE, reason)));
    var left = ago;
    if (visit.silent()) {
      left = ago.minus(SILENT_FOR);
      steps.add(step(left.minus(at(OFFERED_AFTER, visit)), Act.SILENCE));
    }
    steps.add(step(left.minus(at(ACCEPTED_AFTER, visit)), Act.ACCEPT));
    var advice = NODES.objectNode().put("by", "specialist").put("text", question.advice());
    steps.add(step(left.minus(at(ADVISED_AFTER, visit)), Act.MESSAGE, advice));
    var outcome = visit.outcome().orElse(question.outcome());
    steps.add(step(left.minus(CLOSED_AFTER), Act.OUTCOME, outcome));
    return steps;
  }

  private static Duration at(Duration usual, Visit visit) {
    return usual.multipliedBy(visit.pace().orElse(100)).dividedBy(100);
  }

  private static Step step(Duration ago, Act act) {
    return new Step(ago, act, Optional.empty());
  }

  private static Step step(Duration ago, Act act, ObjectNode with) {
    return new Step(ago, act, Optional.of(with));
  }
}
