package org.consilium.records.fhir.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Rules of R4 that go across elements, under the keys that R4 gives them. */
final class Invariants {
  /** One rule of one type: what must hold, and what is said when it does not. */
  private record Rule(String key, Predicate<JsonNode> holds, String otherwise) {}

  private static final String ALLERGY = "http://terminology.hl7.org/CodeSystem/allergyintolerance-";
  private static final String CONDITION = "http://terminology.hl7.org/CodeSystem/condition-";

  private static final Map<String, Rule[]> RULES =
      Map.ofEntries(
          rules(
              "Extension",
              new Rule(
                  "ext-1",
                  e -> has(e, "extension") != hasChoice(e, "value"),
                  "An extension has either a value or extensions.")),
          rules(
              "Period",
              new Rule("per-1", Invariants::isInOrder, "A period does not end before it starts.")),
          rules(
              "ContactPoint",
              new Rule(
                  "cpt-2",
                  e -> !has(e, "value") || has(e, "system"),
                  "Say what kind of contact this is.")),
          rules("Quantity", quantity()),
          rules("Age", quantity()),
          rules("Duration", quantity()),
          rules(
              "SimpleQuantity",
              quantity(),
              new Rule("sqt-1", e -> !has(e, "comparator"), "There is no comparator here.")),
          rules(
              "Ratio",
              new Rule(
                  "rat-1",
                  e ->
                      has(e, "numerator") == has(e, "denominator")
                          && (has(e, "numerator") || has(e, "extension")),
                  "A ratio has both numbers.")),
          rules(
              "Range",
              new Rule("rng-2", Invariants::isLowFirst, "The low end is not above the high one.")),
          rules(
              "Attachment",
              new Rule(
                  "att-1",
                  e -> !has(e, "data") || has(e, "contentType"),
                  "Data has a content type.")),
          rules(
              "Timing.repeat",
              new Rule("tim-1", implies("duration", "durationUnit"), "A duration has a unit."),
              new Rule("tim-2", implies("period", "periodUnit"), "A period has a unit."),
              new Rule("tim-4", notNegative("duration"), "A duration is not negative."),
              new Rule("tim-5", notNegative("period"), "A period is not negative.")),
          rules(
              "Patient.contact",
              new Rule(
                  "pat-1",
                  e ->
                      Stream.of("name", "telecom", "address", "organization")
                          .anyMatch(part -> has(e, part)),
                  "A contact has at least a name, a telecom, an address or an organization.")),
          rules(
              "Observation",
              new Rule(
                  "obs-6",
                  e -> !(has(e, "dataAbsentReason") && hasChoice(e, "value")),
                  "A value and why there is none exclude each other."),
              new Rule(
                  "obs-7",
                  e -> !hasChoice(e, "value") || !isAmongComponents(e),
                  "The value of this code stands in its component only.")),
          rules(
              "Observation.referenceRange",
              new Rule(
                  "obs-3",
                  e -> has(e, "low") || has(e, "high") || has(e, "text"),
                  "A range has a low or high end, or words.")),
          rules(
              "AllergyIntolerance",
              new Rule(
                  "ait-1",
                  e -> has(e, "clinicalStatus") || isWrong(e, ALLERGY),
                  "Say the clinical status, unless it was entered in error."),
              new Rule(
                  "ait-2",
                  e -> !has(e, "clinicalStatus") || !isWrong(e, ALLERGY),
                  "What was entered in error has no clinical status.")),
          rules(
              "Condition",
              new Rule(
                  "con-4",
                  e ->
                      !hasChoice(e, "abatement")
                          || Stream.of("resolved", "remission", "inactive")
                              .anyMatch(over ->
                                  isCoded(e, "clinicalStatus", CONDITION + "clinical", over)),
                  "What has abated is inactive, resolved or in remission."),
              new Rule(
                  "con-5",
                  e -> !has(e, "clinicalStatus") || !isWrong(e, CONDITION),
                  "What was entered in error has no clinical status.")),
          rules(
              "ServiceRequest",
              new Rule(
                  "prr-1",
                  e -> !has(e, "orderDetail") || has(e, "code"),
                  "Details of an order need its code.")),
          rules(
              "Consent",
              new Rule(
                  "ppc-1",
                  e -> has(e, "policy") || has(e, "policyRule"),
                  "A consent names its policy or its rule.")),
          rules(
              "QuestionnaireResponse.item",
              new Rule(
                  "qrs-1",
                  e -> !(has(e, "answer") && has(e, "item")),
                  "Parts stand within the item or within its answer, not both.")),
          rules(
              "Composition.section",
              new Rule(
                  "cmp-1",
                  e -> has(e, "text") || has(e, "entry") || has(e, "section"),
                  "A section has a text, entries or sections."),
              new Rule(
                  "cmp-2",
                  e -> !(has(e, "emptyReason") && has(e, "entry")),
                  "A section with entries is not empty.")),
          rules(
              "Appointment",
              new Rule("app-2", both("start", "end"), "A start has an end."),
              new Rule(
                  "app-3",
                  e ->
                      (has(e, "start") && has(e, "end"))
                          || Stream.of("proposed", "cancelled", "waitlist")
                              .anyMatch(e.path("status").asText()::equals),
                  "Only what is proposed, waiting or cancelled has no time.")),
          rules(
              "Appointment.participant",
              new Rule(
                  "app-1", e -> has(e, "type") || has(e, "actor"), "Say who or what takes part.")));

  private Invariants() {}

  /** Tells each rule of a type that does not hold. */
  static void check(String type, JsonNode node, String path, BiConsumer<String, String> fault) {
    for (var rule : RULES.getOrDefault(type, new Rule[0])) {
      if (!rule.holds().test(node)) {
        fault.accept(path, "%s (%s)".formatted(rule.otherwise(), rule.key()));
      }
    }
  }

  private static Map.Entry<String, Rule[]> rules(String type, Rule... rules) {
    return Map.entry(type, rules);
  }

  private static Rule quantity() {
    return new Rule(
        "qty-3", e -> !has(e, "code") || has(e, "system"), "The code of a unit has a system.");
  }

  private static boolean has(JsonNode node, String name) {
    return node.has(name) || node.has("_" + name);
  }

  private static boolean hasChoice(JsonNode node, String stem) {
    return node.properties().stream()
        .map(member -> member.getKey().replaceFirst("^_", ""))
        .anyMatch(name ->
            name.startsWith(stem)
                && name.length() > stem.length()
                && Character.isUpperCase(name.charAt(stem.length())));
  }

  private static Predicate<JsonNode> both(String one, String other) {
    return node -> has(node, one) == has(node, other);
  }

  private static Predicate<JsonNode> implies(String one, String other) {
    return node -> !has(node, one) || has(node, other);
  }

  private static Predicate<JsonNode> notNegative(String name) {
    return node -> node.path(name).asDouble() >= 0;
  }

  private static boolean isCoded(JsonNode node, String name, String system, String code) {
    return StreamSupport.stream(node.path(name).path("coding").spliterator(), false)
        .anyMatch(coding ->
            coding.path("system").asText().equals(system)
                && coding.path("code").asText().equals(code));
  }

  private static boolean isWrong(JsonNode node, String system) {
    var verification = system.equals(CONDITION) ? "ver-status" : "verification";
    return isCoded(node, "verificationStatus", system + verification, "entered-in-error");
  }

  private static boolean isAmongComponents(JsonNode observation) {
    return StreamSupport.stream(observation.path("component").spliterator(), false)
        .flatMap(component ->
            StreamSupport.stream(component.path("code").path("coding").spliterator(), false))
        .anyMatch(coding ->
            isCoded(
                observation, "code", coding.path("system").asText(), coding.path("code").asText()));
  }

  private static boolean isLowFirst(JsonNode range) {
    var low = range.path("low");
    var high = range.path("high");
    return !(low.path("value").isNumber() && high.path("value").isNumber())
        || !low.path("code").equals(high.path("code"))
        || low.path("value").asDouble() <= high.path("value").asDouble();
  }

  /** A day and a moment are compared with the doubt of the zone. */
  private static boolean isInOrder(JsonNode period) {
    var start = period.path("start").asText();
    var end = period.path("end").asText();
    var doubt = start.length() == end.length() ? Duration.ZERO : Duration.ofHours(36);
    return moment(start).isEmpty()
        || moment(end).isEmpty()
        || !moment(start).get().isAfter(moment(end).get().plus(doubt));
  }

  /** Empty for what is no day, or less exact than one. */
  private static Optional<Instant> moment(String text) {
    try {
      return text.contains("T")
          ? Optional.of(OffsetDateTime.parse(text).toInstant())
          : Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
    } catch (DateTimeException notExact) {
      return Optional.empty();
    }
  }
}
