package org.consilium.platform.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorErrorType;
import io.vertx.openapi.validation.ValidatorException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failed request becomes a problem, and a fault is logged. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern PARAMETER =
      Pattern.compile("(?:query|path|header|cookie) parameter (\\w+)");

  private Failures() {}

  /** How a "no" is written. */
  interface Manner {
    Answer.Raw write(Refusal refusal, String requestId);
  }

  static void answer(RoutingContext context) {
    answer(context, Failures::problem);
  }

  static void answer(RoutingContext context, Manner manner) {
    var failure = context.failure();
    // The contract's router wraps what its check found in an exception of a status.
    if (failure != null && failure.getCause() instanceof ValidatorException invalid) {
      failure = invalid;
    }
    switch (failure) {
      case Refusal refusal -> refuse(context, manner, refusal);
      case SchemaValidationException invalid -> refuse(context, manner, malformed(invalid));
      case ValidatorException invalid -> refuse(context, manner, malformed(invalid));
      case DecodeException _ ->
          refuse(context, manner, new Refusal(400, "malformed", "The body is not JSON."));
      case HttpException http -> refuse(context, manner, byStatus(http.getStatusCode()));
      case null -> refuse(context, manner, byStatus(context.statusCode()));
      case IOException gone when context.response().headWritten() -> {
        // Somebody closed the page while it was being sent: nothing is broken here.
        LOG.debug("Request {} was not read to its end", RequestIds.of(context), gone);
      }
      default -> {
        LOG.error("Request {} failed", RequestIds.of(context), failure);
        refuse(context, manner, byStatus(500));
      }
    }
  }

  private static Answer.Raw problem(Refusal refusal, String requestId) {
    return new Answer.Raw(
        Problem.MEDIA_TYPE,
        Problem.of(
            refusal.status(),
            refusal.code(),
            refusal.getMessage(),
            refusal.errors(),
            refusal.members(),
            requestId));
  }

  private static void refuse(RoutingContext context, Manner manner, Refusal refusal) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    refusal.headers().forEach(response::putHeader);
    var written = manner.write(refusal, RequestIds.of(context));
    response
        .setStatusCode(refusal.status())
        .putHeader("Content-Type", written.mediaType())
        .putHeader("Cache-Control", "no-store")
        .end(Buffer.buffer(written.bytes()));
  }

  private static Refusal byStatus(int status) {
    return switch (status) {
      case 400 -> new Refusal(400, "malformed", "The request cannot be read.");
      case 404 -> Refusal.notFound("no-such-page", "There is nothing at this address.");
      case 405 -> new Refusal(405, "method-not-allowed", "This address does not do that.");
      case 406 -> new Refusal(406, "json-only", "The answer would be application/json.");
      case 408 ->
          new Refusal(408, "too-slow", "The request did not arrive in time; send it again.");
      case 413 ->
          new Refusal(413, "too-large", "That is more than the server takes at once (256 kB).");
      case 415 -> new Refusal(415, "json-only", "Send application/json.");
      default ->
          new Refusal(
              500,
              "fault",
              "Something went wrong on the server. Nothing was changed; the request id helps to"
                  + " find out why.");
    };
  }

  private static Refusal malformed(ValidatorException invalid) {
    if (invalid instanceof SchemaValidationException schema) {
      return malformed(schema);
    }
    if (invalid.type() == ValidatorErrorType.MISSING_OPERATION) {
      return byStatus(404);
    }
    var detail = sentence(invalid.getMessage());
    var which = parameter(invalid).map(pointer -> new FieldError(pointer, detail));
    return new Refusal(400, "malformed", detail, which.stream().toList());
  }

  /** A parameter is a value of its own: only the message says which one it is. */
  private static Optional<String> parameter(ValidatorException invalid) {
    var named = PARAMETER.matcher(invalid.getMessage());
    return named.find() ? Optional.of("/" + named.group(1)) : Optional.empty();
  }

  private static Refusal malformed(SchemaValidationException invalid) {
    var errors = described(invalid.getOutputUnit());
    parameter(invalid)
        .filter(_ -> errors.containsKey(""))
        .ifPresent(pointer -> errors.putIfAbsent(pointer, errors.remove("")));
    return malformed(errors, invalid.getMessage());
  }

  /** What the contract's check found wrong with a body. */
  static Refusal malformed(OutputUnit unfit) {
    return malformed(described(unfit), unfit.getError());
  }

  private static Refusal malformed(Map<String, String> errors, String otherwise) {
    var list = new ArrayList<FieldError>();
    errors.forEach((pointer, detail) -> list.add(new FieldError(pointer, detail)));
    return new Refusal(
        400,
        "malformed",
        list.isEmpty() ? sentence(otherwise) : "Some fields are not as they must be.",
        List.copyOf(list));
  }

  private static Map<String, String> described(OutputUnit unfit) {
    var errors = new LinkedHashMap<String, String>();
    if (unfit != null && unfit.getErrors() != null) {
      unfit.getErrors().forEach(unit -> describe(unit, errors));
    }
    return errors;
  }

  private static void describe(OutputUnit unit, Map<String, String> errors) {
    var pointer = unit.getInstanceLocation() == null ? "" : unit.getInstanceLocation();
    pointer = pointer.startsWith("#") ? pointer.substring(1) : pointer;
    var keyword = unit.getKeywordLocation() == null ? "" : unit.getKeywordLocation();
    keyword = keyword.substring(keyword.lastIndexOf('/') + 1);
    switch (keyword) {
      case "required" -> errors.put(pointer + named(unit, pointer), "This is needed.");
      case "additionalProperties" ->
          errors.put(pointer + named(unit, pointer), "This field is not known here.");
      case "properties", "items", "$ref", "allOf", "anyOf", "oneOf" -> {
        // The parts below say what is wrong.
      }
      case "false" -> errors.put(pointer, "This field is not known here.");
      default -> errors.putIfAbsent(pointer, sentence(unit.getError()));
    }
  }

  /** The property that the message quotes, unless the pointer already ends with it. */
  private static String named(OutputUnit unit, String pointer) {
    var quoted = QUOTED.matcher(unit.getError() == null ? "" : unit.getError());
    return quoted.find() && !pointer.endsWith("/" + quoted.group(1)) ? "/" + quoted.group(1) : "";
  }

  private static String sentence(String text) {
    if (text == null || text.isBlank()) {
      return "This is not as it must be.";
    }
    return text.endsWith(".") ? text : text + ".";
  }
}
