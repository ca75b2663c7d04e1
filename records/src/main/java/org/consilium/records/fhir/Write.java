package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.access.CareTeam;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FacadeCall;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.program.Scopes.Act;

/** One create or update as its type sees it: who asks, what can be done, what is to be told. */
final class Write {
  private static final int MALFORMED = 400;

  private final FacadeCall call;
  private final CareTeam careTeam;
  private final String type;
  private final List<FieldError> faults = new ArrayList<>();
  private final List<Told> warnings = new ArrayList<>();

  /** Something that the sender should know although it was done. */
  record Told(String code, String text, List<String> expression) {}

  Write(FacadeCall call, CareTeam careTeam, String type) {
    this.call = call;
    this.careTeam = careTeam;
    this.type = type;
  }

  Tx tx() {
    return call.tx();
  }

  Caller caller() {
    return tx().caller();
  }

  /** Whether the caller may do this too: people may by their role, programs by their scopes. */
  boolean isAllowed(String target, Act act) {
    return call.scopes().map(scopes -> scopes.allow(target, act)).orElse(true);
  }

  List<Told> warnings() {
    return warnings;
  }

  void warn(String code, String text, List<String> expression) {
    warnings.add(new Told(code, text, expression));
  }

  /** Notes what must be mended; all of it is told at once, before anything is done. */
  void fault(String element, String sentence) {
    faults.add(new FieldError(element, sentence));
  }

  void fault(Given element, String sentence) {
    fault(element.path(), sentence);
  }

  /** Refuses when something must be mended. */
  void check() {
    if (!faults.isEmpty()) {
      throw Refusal.invalid(faults);
    }
  }

  /** The id that a literal reference to a type of ours names; missing is a fault when needed. */
  Optional<UUID> reference(Given reference, String target, String whenMissing) {
    if (!reference.isThere()) {
      if (!whenMissing.isEmpty()) {
        fault(reference, whenMissing);
      }
      return Optional.empty();
    }
    var id =
        reference
            .text("reference")
            .map(this::relative)
            .filter(text -> text.startsWith(target + "/"))
            .flatMap(text -> ResourceId.parse(text.substring(target.length() + 1)))
            .map(ResourceId::key);
    reference.says("type", target);
    if (id.isEmpty()) {
      fault(reference, "Refer to a resource of this server: %s/[id].".formatted(target));
    }
    return id;
  }

  /** Whoever a resource names as its patient must be the patient of its consult. */
  void mustBeOf(UUID consult, Optional<UUID> patient, Given subject) {
    if (patient.isEmpty()) {
      return;
    }
    var standing = careTeam.standing(tx(), new ConsultId(consult));
    if (!standing.patient().value().equals(patient.get())) {
      fault(subject, "The request is about another patient.");
      check();
    }
  }

  private String relative(String reference) {
    var own = call.url() + "/";
    return reference.startsWith(own) ? reference.substring(own.length()) : reference;
  }

  /** Whoever is named as having done it must be the caller: nobody writes in another's name. */
  void mustBeCaller(Given reference) {
    if (reference.isThere()) {
      reference(reference, "Practitioner", "")
          .filter(who -> !who.equals(caller().account().value()))
          .ifPresent(_ -> fault(reference, "You can write in your own name only."));
    }
  }

  /**
   * Carries out an operation of the product; its "no" names the elements that were sent.
   *
   * @param version that was edited, where the operation asks for one
   */
  JsonNode perform(
      String operation, Map<String, String> path, Optional<Integer> version, Command command) {
    check();
    try {
      return call.operations()
          .perform(operation, path, version, command == null ? null : command.body());
    } catch (Refusal no) {
      throw command == null ? no : translated(no, command);
    }
  }

  private Refusal translated(Refusal no, Command command) {
    var errors =
        no.errors().stream()
            .map(error ->
                new FieldError(command.source(error.pointer()).orElse(type), error.detail()))
            .toList();
    // The resource itself could be read: what it says is what the product cannot take.
    var refusal =
        no.status() == MALFORMED
            ? Refusal.invalid(errors)
            : new Refusal(no.status(), no.code(), no.getMessage(), errors);
    no.headers().forEach(refusal::withHeader);
    return refusal;
  }
}
