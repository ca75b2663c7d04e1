package org.consilium.records.fhir;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.http.Wire;
import org.consilium.records.consent.ConsentPurpose;

/** Reads a Consent of FHIR as one decision on one purpose, in the words of the product. */
final class ConsentWriting {
  static final String SCOPES = "http://terminology.hl7.org/CodeSystem/consentscope";

  /** What is agreed to, as the category. */
  static final String PURPOSES = "urn:consilium:code:consent-purpose";

  /** What was read aloud, as the policy: the language as the code, with the version of the text. */
  static final String TEXTS = "urn:consilium:code:consent-text";

  /** How it was given: spoken, by thumb or by signature. */
  static final String FORM = "urn:consilium:extension:consent-form";

  /** What of a provision does not make it narrower than its purpose. */
  private static final Set<String> WHOLE = Set.of("id", "type", "data");

  private static final Duration NEW = Duration.ofDays(1);
  private static final Duration CLOCK_ERROR = Duration.ofMinutes(5);

  private ConsentWriting() {}

  /** The request that the consent is about, told by its data. */
  static Given consult(Given consent) {
    return consent
        .at("provision")
        .all("data")
        .findFirst()
        .map(data -> {
          data.at("meaning").keep();
          return data.at("reference");
        })
        .orElseGet(() -> consent.at("provision").at("data"));
  }

  /**
   * @param pointer where in the command's body it goes; empty for the whole body
   */
  static void read(Write write, Given consent, Command command, String pointer) {
    if (!consent.says("status", "active")) {
      write.fault(consent.at("status"), "Only a decision that holds is kept, as active.");
    }
    var scope = consent.at("scope");
    if (scope.code(SCOPES).filter("treatment"::equals).isEmpty()) {
      write.fault(scope, "A consent is for treatment here (%s|treatment).".formatted(SCOPES));
    }
    scope.keep();
    purpose(write, consent, command, pointer);
    decision(write, consent, command, pointer);
    requireWhole(write, consent);
    requireNew(write, consent.at("dateTime"));
    giver(write, consent, command, pointer);
    form(write, consent, command, pointer);
    text(write, consent, command, pointer);
    command.expect(pointer, consent.path());
  }

  private static void purpose(Write write, Given consent, Command command, String pointer) {
    var category = consent.at("category");
    var known = Arrays.stream(ConsentPurpose.values()).map(Wire::of).toList();
    var purpose = category.code(PURPOSES).or(category::concept).filter(known::contains);
    if (purpose.isEmpty()) {
      write.fault(category, "Say what is agreed to: %s|[%s].".formatted(PURPOSES, known));
    }
    category.keep();
    command.put(pointer + "/purpose", purpose, category);
  }

  private static void decision(Write write, Given consent, Command command, String pointer) {
    var type = consent.at("provision").at("type");
    if (!type.isThere()) {
      write.fault(type, "Say permit or deny.");
    }
    command.put(
        pointer + "/decision",
        type.text().map(said -> said.equals("permit") ? "granted" : "refused"),
        type);
  }

  /** What would hold for less than all of the purpose must not be kept as if it held for all. */
  private static void requireWhole(Write write, Given consent) {
    var provision = consent.at("provision");
    for (var member : provision.peek().properties()) {
      if (!WHOLE.contains(member.getKey())) {
        write.fault(
            provision.at(member.getKey()),
            "A consent holds for its whole purpose here; one that is narrowed is not kept.");
      }
    }
    provision
        .all("data")
        .skip(1)
        .findFirst()
        .ifPresent(more -> write.fault(more, "A consent is about one request; send one for each."));
  }

  /** A decision is kept as of now: an old one may have been taken back since. */
  private static void requireNew(Write write, Given dateTime) {
    if (dateTime.isThere()) {
      var now = write.tx().now();
      boolean isNew =
          Moment.of(dateTime)
              .filter(at -> !at.isBefore(now.minus(NEW)) && !at.isAfter(now.plus(CLOCK_ERROR)))
              .isPresent();
      if (!isNew) {
        write.fault(
            dateTime,
            "A decision is kept as made now: give the moment, of the last day, or leave it out.");
      }
    }
  }

  /** The patient, or somebody for them: then what they are to the patient. */
  private static void giver(Write write, Given consent, Command command, String pointer) {
    var performer = consent.at("performer");
    if (performer.peek().path("reference").asText().startsWith("Patient/")) {
      performer.keep();
      command.put(pointer + "/givenBy", "patient", performer);
    } else if (performer.says("type", "RelatedPerson")) {
      command.put(pointer + "/givenBy", "guardian", performer);
      command.put(pointer + "/relation", performer.at("display"));
    } else {
      write.fault(
          performer,
          "Say who decided: the Patient, or a display of type RelatedPerson, e.g. mother.");
    }
  }

  private static void form(Write write, Given consent, Command command, String pointer) {
    var form = consent.all("extension").filter(one -> one.says("url", FORM)).findFirst();
    if (form.isEmpty()) {
      write.fault(
          consent.at("extension"),
          "Say how it was given: %s with the valueCode spoken, thumb or signature."
              .formatted(FORM));
      return;
    }
    command.put(pointer + "/form", form.get().at("valueCode"));
  }

  private static void text(Write write, Given consent, Command command, String pointer) {
    var rule = consent.at("policyRule");
    var text =
        rule.all("coding")
            .filter(coding -> coding.peek().path("system").asText().equals(TEXTS))
            .findFirst();
    if (text.isEmpty()) {
      write.fault(rule, "Say which text was read: %s, language and version.".formatted(TEXTS));
      return;
    }
    rule.at("text").keep();
    text.get().at("system").keep();
    command.put(pointer + "/language", text.get().at("code"));
    command.put(pointer + "/textVersion", text.get().at("version"));
  }

  /** Whose consent it is. */
  static Optional<UUID> patient(Write write, Given consent) {
    return write.reference(consent.at("patient"), "Patient", "Say whose consent this is.");
  }
}
