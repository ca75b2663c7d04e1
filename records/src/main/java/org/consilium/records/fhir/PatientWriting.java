package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.id.Uuid7;
import org.consilium.platform.program.Scopes.Act;

/**
 * Registers and corrects a patient from what FHIR says of one. What FHIR does not say of a patient
 * in this resource, the allergies and the site, stays as it was.
 */
final class PatientWriting {
  private static final String UNKNOWN_ALLERGIES = "unknown";

  private PatientWriting() {}

  static ResourceId create(Write write, Given given) {
    var id = Uuid7.next();
    var particulars = particulars(write, given, Optional.empty());
    warnOfLookAlikes(write, particulars);
    var command = particulars.within("particulars");
    command.body().put("id", id.toString());
    write.perform("registerPatient", Map.of(), Optional.empty(), command);
    return new ResourceId(id, 0);
  }

  static void update(Write write, ResourceId id, int version, Given given) {
    var path = Map.of("patientId", id.key().toString());
    var before = write.perform("getPatient", path, Optional.empty(), null);
    write.perform(
        "revisePatient",
        path,
        Optional.of(version),
        particulars(write, given, Optional.of(before)));
  }

  /** The particulars of a patient as they were read, ready to be written again. */
  static ObjectNode particularsOf(JsonNode patient) {
    ObjectNode particulars = patient.deepCopy();
    if (patient.has("site")) {
      particulars.set("siteId", patient.at("/site/id"));
    }
    return particulars.without(
        List.of("id", "site", "age", "mergedInto", "mergedFrom", "version", "registeredAt"));
  }

  private static Command particulars(Write write, Given given, Optional<JsonNode> before) {
    var command = new Command();
    command.expect("/localNumber", "Patient.identifier").expect("/sex", "Patient.gender");
    var kept = before.map(PatientWriting::particularsOf);
    command
        .body()
        .set(
            "allergies",
            kept.map(old -> old.get("allergies"))
                .orElseGet(() -> Fhir.object().put("state", UNKNOWN_ALLERGIES)));
    kept.map(old -> old.get("siteId")).ifPresent(site -> command.body().set("siteId", site));
    requireAlive(given);
    mustBeOurs(write, given.at("managingOrganization"));
    identifiers(write, given, command);
    name(given, command, kept);
    phones(given, command);
    born(write, given, command, kept);
    command.put("/sex", given.text("gender").orElse("unknown"), given.at("gender"));
    died(given, command);
    address(given, command);
    guardian(given, command);
    language(write, given, command);
    return command;
  }

  /** What these say is so of every patient here. */
  private static void requireAlive(Given given) {
    given.says("active", "true");
    given.says("deceasedBoolean", "false");
  }

  private static void mustBeOurs(Write write, Given organization) {
    if (organization.isThere()) {
      write
          .reference(organization, "Organization", "")
          .filter(id -> !id.equals(write.caller().organisation().value()))
          .ifPresent(
              _ -> write.fault(organization, "Patients are registered for your own organisation."));
    }
  }

  /**
   * The number here is the one of our namespace, or without any; the others were given by others.
   */
  private static void identifiers(Write write, Given given, Command command) {
    var ours = Fhir.numbersOf(write.caller().organisation().value());
    boolean found = false;
    for (var one : given.all("identifier").toList()) {
      var whose = one.at(one.peek().has("system") ? "system" : "type");
      var system = whose.peek().path("text").asText(whose.peek().asText());
      if (!found && (system.isEmpty() || system.equals(ours))) {
        found = true;
        whose.keep();
        one.says("use", "usual");
        command.put("/localNumber", one.text("value"), one.at("value"));
      } else if (one.peek().has("value") && !system.isEmpty()) {
        whose.keep();
        command.add("/identity/identifiers", identifier(one, system), one);
      }
    }
    if (!found) {
      write.fault(
          "Patient.identifier",
          "Write the number that the patient has here, with the system %s or with none."
              .formatted(ours));
    }
  }

  private static ObjectNode identifier(Given one, String system) {
    var identifier =
        Fhir.object().put("system", system).put("value", one.text("value").orElseThrow());
    var period = one.at("period");
    day(period.at("start")).ifPresent(from -> identifier.put("from", from));
    day(period.at("end")).ifPresent(until -> identifier.put("until", until));
    return identifier;
  }

  /** A date to the day; one that is less or more exact is not kept. */
  private static Optional<String> day(Given date) {
    return date.peek().asText().length() == "2026-03-01".length() ? date.text() : Optional.empty();
  }

  private static void name(Given given, Command command, Optional<ObjectNode> before) {
    var name = given.at("name");
    var first = joined(" ", name.all("given").map(Given::text));
    var family = name.text("family");
    var whole = name.text("text").or(() -> joined(" ", Stream.of(first, family)));
    command.put("/name", whole, name);
    command.put("/identity/given", first, name.at("given"));
    command.put("/identity/family", family, name.at("family"));
    given
        .all("name")
        .skip(1)
        .findFirst()
        .ifPresent(other -> {
          if (other.peek().has("text")) {
            command.put("/identity/native", other.at("text"));
          }
        });
    boolean nameless =
        before.filter(old -> old.at("/identity/unidentified").asBoolean()).isPresent();
    if (nameless && whole.isEmpty()) {
      command.put("/identity/unidentified", BooleanNode.TRUE, name);
    }
  }

  private static Optional<String> joined(String between, Stream<Optional<String>> parts) {
    var words = parts.flatMap(Optional::stream).collect(Collectors.joining(between));
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  private static void phones(Given given, Command command) {
    boolean first = true;
    for (var one : given.all("telecom").toList()) {
      if (one.says("system", "phone") || one.says("system", "sms")) {
        var value = one.at("value");
        if (first) {
          command.put("/phone", value);
        } else {
          value
              .text()
              .ifPresent(text -> command.add("/identity/otherPhones", new TextNode(text), value));
        }
        first = false;
      }
    }
  }

  /**
   * The date as exactly as it was given. One that reads as the kept one does leaves that as it is:
   * FHIR has no word for an estimate.
   */
  private static void born(Write write, Given given, Command command, Optional<ObjectNode> before) {
    var date = given.at("birthDate");
    if (!date.isThere()) {
      write.fault(date, "Give the date of birth; the year alone will do.");
      return;
    }
    var text = date.text().orElseThrow();
    var kept = before.map(old -> old.get("birthDate"));
    if (kept.filter(old -> PatientType.born(old).equals(text)).isPresent()) {
      command.put("/birthDate", kept.get(), date);
      return;
    }
    var precision = text.length() == 4 ? "year" : text.length() == 7 ? "month" : "day";
    var padded = (text + "-01-01").substring(0, 10);
    command.put("/birthDate", Fhir.object().put("date", padded).put("precision", precision), date);
  }

  private static void died(Given given, Command command) {
    day(given.at("deceasedDateTime"))
        .ifPresent(on -> command.put("/identity/deceasedOn", on, given.at("deceasedDateTime")));
  }

  private static void address(Given given, Command command) {
    var address = given.at("address");
    if (!address.isThere()) {
      return;
    }
    var parts =
        Stream.concat(
            address.all("line"), Stream.of("city", "postalCode", "country").map(address::at));
    var text =
        address.peek().has("text") ? address.text("text") : joined(", ", parts.map(Given::text));
    command.put("/identity/address", text, address);
    var region = address.at(address.peek().has("state") ? "state" : "district");
    command.put("/identity/region", region);
  }

  private static void guardian(Given given, Command command) {
    var contact = given.at("contact");
    var name = contact.at("name");
    var whole =
        name.peek().has("text")
            ? name.text("text")
            : joined(" ", Stream.concat(name.all("given"), name.all("family")).map(Given::text));
    command.put("/guardian", whole, name);
    if (whole.isPresent()) {
      var relation = contact.at("relationship");
      var said = relation.concept().filter(words -> !words.equals(PatientType.GUARDIAN));
      command.put("/identity/guardianRelation", said, relation);
    }
  }

  /** The preferred one, else the first; whoever treats must know how to speak to the patient. */
  private static void language(Write write, Given given, Command command) {
    var spoken =
        given
            .all("communication")
            .filter(one -> one.peek().path("preferred").asBoolean())
            .findFirst()
            .or(() -> given.all("communication").findFirst());
    var coding = spoken.map(one -> one.at("language").at("coding"));
    var code = coding.flatMap(one -> one.text("code"));
    if (code.isEmpty()) {
      write.fault(
          "Patient.communication", "Say which language the patient speaks (BCP 47), as preferred.");
      return;
    }
    spoken.get().says("preferred", "true");
    coding.get().says("system", Fhir.LANGUAGES);
    command.put("/language", code.get(), coding.get());
  }

  /**
   * As at the desk: who looks like somebody known is registered, and it is told, but not to a
   * program that may not look for patients.
   */
  private static void warnOfLookAlikes(Write write, Command particulars) {
    if (!write.isAllowed("Patient", Act.READ) || !write.isAllowed("Patient", Act.SEARCH)) {
      return;
    }
    var alike =
        write.perform("findLookAlikes", Map.of(), Optional.empty(), particulars).path("items");
    for (var one : alike) {
      var reasons = new ArrayList<String>();
      one.path("reasons").forEach(reason -> reasons.add(reason.asText()));
      write.warn(
          "duplicate",
          "This may be Patient/%s. %s"
              .formatted(
                  UUID.fromString(one.at("/patient/id").asText()), String.join(" ", reasons)),
          List.of("Patient"));
    }
  }
}
