package org.consilium.records.fhir;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.FacadeCall;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.identity.Role;
import org.consilium.platform.program.Scopes.Act;

/**
 * {@code $export} of everything, by the asynchronous pattern of Bulk Data Access 2.0: asked for by
 * programs, looked after, its files fetched, thrown away. People ask with their password, by {@link
 * ExportRoutes}, and do the rest here too.
 */
final class ExportOperations {
  static final String NAME = "$export";
  private static final String STATUS = "$export-status";
  private static final String FILE = "$export-file";
  private static final String NDJSON = "application/fhir+ndjson";
  private static final String LOOK_AGAIN_SECONDS = "5";

  private static final Set<String> FORMATS = Set.of(NDJSON, "application/ndjson", "ndjson");

  /** Who may take everything along. */
  private static final Set<Role> TAKERS = Set.of(Role.ADMINISTRATOR, Role.DATA_OFFICER);

  private ExportOperations() {}

  static List<Operation> of(BulkExport exports) {
    return List.of(new Ask(exports), new Look(exports), new Fetch(exports));
  }

  /** Where a file is fetched, below the facade's address. */
  static String file(String url, BulkExport.Export export, BulkExport.File file) {
    return "%s/%s/%s/%d".formatted(url, FILE, export.id(), file.number());
  }

  /** Programs are admitted by the types that they ask for, people by their role. */
  private abstract static class Part implements Operation {
    final BulkExport exports;

    Part(BulkExport exports) {
      this.exports = exports;
    }

    @Override
    public Optional<String> definition() {
      return Optional.empty();
    }

    @Override
    public boolean admitsItself() {
      return true;
    }

    static boolean isProgram(FacadeCall call) {
      return call.tx().caller().role() == Role.PROGRAM;
    }

    static void admit(FacadeCall call) {
      if (!isProgram(call) && !TAKERS.contains(call.tx().caller().role())) {
        throw new Refusal(
            403,
            "not-for-your-role",
            "Administrators, data officers and programs with scopes for it may export.");
      }
    }

    BulkExport.Export export(FacadeCall call) {
      admit(call);
      var export =
          uuid(call.path().get(1))
              .flatMap(id -> exports.find(call.tx(), id))
              .orElseThrow(() ->
                  Refusal.notFound(
                      "export-not-found", "There is no such export for you, or not any more."));
      requireScopesOf(call, export);
      return export;
    }

    /** What a token may not read it may not fetch either, though another one has asked for it. */
    private static void requireScopesOf(FacadeCall call, BulkExport.Export export) {
      if (!export.types().stream().allMatch(type -> mayTake(call, type))) {
        throw new Refusal(
            403,
            "scope-missing",
            "This token allows less than the one that asked for this export: get one for all of"
                + " its types.");
      }
    }

    /** Whether a program's scopes allow all of a type; people are bounded by their role. */
    static boolean mayTake(FacadeCall call, String type) {
      return call.scopes()
          .map(scopes -> scopes.allow(type, Act.READ) && scopes.allow(type, Act.SEARCH))
          .orElse(true);
    }

    private static Optional<UUID> uuid(String text) {
      try {
        return Optional.of(UUID.fromString(text));
      } catch (IllegalArgumentException none) {
        return Optional.empty();
      }
    }
  }

  private static final class Ask extends Part {
    Ask(BulkExport exports) {
      super(exports);
    }

    @Override
    public List<String> address() {
      return List.of(NAME);
    }

    @Override
    public Set<String> methods() {
      return Set.of("GET");
    }

    @Override
    public Optional<String> definition() {
      return Optional.of("http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export");
    }

    @Override
    public Answer answer(FacadeCall call) {
      admit(call);
      if (!isProgram(call)) {
        throw new Refusal(
            403,
            "password-needed",
            "People give their password again before everything leaves: begin it on the page"
                + " Export, or with POST /api/v1/exports; then look and fetch here.");
      }
      if (call.header("Prefer").filter(wish -> wish.contains("respond-async")).isEmpty()) {
        throw new Refusal(
            400,
            "only-asynchronous",
            "An export takes its time: send Prefer: respond-async, and look at the address in"
                + " Content-Location.");
      }
      List<String> types = List.of();
      Optional<Instant> since = Optional.empty();
      for (var given : call.query()) {
        switch (given.getKey()) {
          case "_type" -> types = named(given.getValue());
          case "_since" -> since = Optional.of(instant(given.getValue()));
          case "_outputFormat" -> requireFormat(given.getValue());
          case "_format" -> {}
          default -> throw Refusal.malformed(given.getKey(), "Use _type, _since or _outputFormat.");
        }
      }
      var wanted = allowed(call, types);
      var request = call.url() + "/" + NAME + query(call);
      var id = exports.ask(call.tx(), request, wanted, since);
      return new Answer(
          202, null, Map.of("Content-Location", call.url() + "/" + STATUS + "/" + id));
    }

    private List<String> named(String value) {
      var known = exports.pages().types();
      var types = Arrays.stream(value.split(",")).map(String::strip).distinct().toList();
      types.stream()
          .filter(type -> !known.contains(type))
          .findFirst()
          .ifPresent(type -> {
            throw Refusal.malformed("_type", "There is no " + type + " here.");
          });
      return types;
    }

    private List<String> allowed(FacadeCall call, List<String> named) {
      var wanted = named.isEmpty() ? exports.pages().types() : named;
      var allowed = wanted.stream().filter(type -> mayTake(call, type)).toList();
      if (allowed.isEmpty() || (!named.isEmpty() && allowed.size() < named.size())) {
        throw new Refusal(
            403,
            "scope-missing",
            "This program may not export that: its token needs system/*.rs, or .rs of each type.");
      }
      return allowed;
    }

    private static Instant instant(String value) {
      try {
        return OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
      } catch (DateTimeParseException unreadable) {
        throw Refusal.malformed("_since", "Write a moment, like 2026-03-01T08:00:00Z.");
      }
    }

    private static void requireFormat(String value) {
      if (!FORMATS.contains(value.replace(' ', '+'))) {
        throw Refusal.malformed("_outputFormat", "The files are " + NDJSON + ".");
      }
    }

    private static String query(FacadeCall call) {
      return call.query().isEmpty()
          ? ""
          : call.query().stream()
              .map(given -> given.getKey() + "=" + given.getValue())
              .collect(Collectors.joining("&", "?", ""));
    }
  }

  private static final class Look extends Part {
    Look(BulkExport exports) {
      super(exports);
    }

    @Override
    public List<String> address() {
      return List.of(STATUS, ID);
    }

    @Override
    public Set<String> methods() {
      return Set.of("GET", "HEAD", "DELETE");
    }

    @Override
    public Answer answer(FacadeCall call) {
      var export = export(call);
      if (call.method().equals("DELETE")) {
        exports.forget(call.tx(), export);
        return new Answer(202, null, Map.of());
      }
      return switch (export.state()) {
        case RUNNING ->
            new Answer(
                202,
                null,
                Map.of(
                    "X-Progress",
                    "%d resources; %d of %d types done"
                        .formatted(export.resources(), export.typesDone(), export.types().size()),
                    "Retry-After",
                    LOOK_AGAIN_SECONDS));
        case FAILED ->
            throw new Refusal(
                500,
                "export-failed",
                "This export could not be made, in several tries. Ask for it anew; if that fails"
                    + " too, the operator finds the cause in the log.");
        case DONE ->
            Answer.ok(new Answer.Raw("application/json", Json.write(manifest(call, export))))
                .withHeader("Expires", FhirFacade.HTTP_DATE.format(export.expiresAt()));
      };
    }

    private Object manifest(FacadeCall call, BulkExport.Export export) {
      var manifest =
          Fhir.object()
              .put("transactionTime", export.askedAt().toString())
              .put("request", export.request())
              .put("requiresAccessToken", true);
      var output = manifest.putArray("output");
      for (var file : exports.files(call.tx(), export)) {
        output
            .addObject()
            .put("type", file.type())
            .put("url", file(call.url(), export, file))
            .put("count", file.resources());
      }
      manifest.putArray("error");
      return manifest;
    }
  }

  private static final class Fetch extends Part {
    Fetch(BulkExport exports) {
      super(exports);
    }

    @Override
    public List<String> address() {
      return List.of(FILE, ID, ID);
    }

    @Override
    public boolean isJsonOnly() {
      return false;
    }

    @Override
    public Answer answer(FacadeCall call) {
      var export = export(call);
      var number = call.path().get(2);
      return Optional.of(number)
          .filter(text -> text.matches("[0-9]{1,9}"))
          .flatMap(text -> exports.taken(call.tx(), export, Integer.parseInt(text)))
          .map(bytes -> Answer.ok(new Answer.Raw(NDJSON, bytes)))
          .orElseThrow(
              () -> Refusal.notFound("file-not-found", "The export has no file of this number."));
    }
  }
}
