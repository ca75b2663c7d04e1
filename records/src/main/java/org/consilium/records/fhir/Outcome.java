package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;

/** How a "no" reads in FHIR: an OperationOutcome with a sentence that a person can act on. */
final class Outcome {
  private static final String CODES = "urn:consilium:problem";

  private Outcome() {}

  static ObjectNode of(Refusal refusal, String requestId) {
    var outcome = Fhir.resource("OperationOutcome");
    var issues = outcome.putArray("issue");
    if (refusal.errors().isEmpty()) {
      issues.add(issue(refusal, refusal.getMessage(), requestId));
    }
    for (FieldError error : refusal.errors()) {
      var issue = issue(refusal, refusal.getMessage() + " " + error.detail(), requestId);
      if (!error.pointer().isBlank()) {
        issue.putArray("expression").add(expression(error.pointer()));
      }
      issues.add(issue);
    }
    return outcome;
  }

  /** What the sender of a write should know although it was done. */
  static ObjectNode told(List<String> notKept, List<Write.Told> warnings) {
    var outcome = Fhir.resource("OperationOutcome");
    var issues = outcome.putArray("issue");
    for (var path : notKept) {
      issues.add(told("information", "not-supported", "This element is not kept.", List.of(path)));
    }
    for (var told : warnings) {
      issues.add(told("warning", told.code(), told.text(), told.expression()));
    }
    if (issues.isEmpty()) {
      issues.add(told("information", "informational", "All of it was kept.", List.of()));
    }
    return outcome;
  }

  private static ObjectNode told(
      String severity, String code, String words, List<String> expression) {
    var issue = Fhir.object().put("severity", severity).put("code", code);
    issue.set("details", Fhir.text(words));
    if (!expression.isEmpty()) {
      expression.forEach(issue.putArray("expression")::add);
    }
    return issue;
  }

  private static ObjectNode issue(Refusal refusal, String words, String requestId) {
    var issue = Fhir.object().put("severity", "error").put("code", type(refusal.status()));
    var details = issue.putObject("details");
    details.putArray("coding").addObject().put("system", CODES).put("code", refusal.code());
    details.put("text", words);
    return issue.put("diagnostics", "Request " + requestId);
  }

  /**
   * A JSON pointer as the path that FHIR asks for: {@code /name/0/text} is {@code name[0].text}.
   */
  private static String expression(String pointer) {
    return pointer
        .substring(pointer.startsWith("/") ? 1 : 0)
        .replaceAll("/(\\d+)", "[$1]")
        .replace('/', '.');
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "login";
      case 403 -> "forbidden";
      case 404 -> "not-found";
      case 405, 406, 415 -> "not-supported";
      case 408, 503 -> "transient";
      case 409, 412 -> "conflict";
      case 413 -> "too-long";
      case 422 -> "business-rule";
      case 428 -> "required";
      case 429 -> "throttled";
      case 500 -> "exception";
      default -> "invalid";
    };
  }
}
