package org.consilium.records.fhir;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.identity.PersonRef;

/** Exports of everything for the people of the product: the same that {@code $export} makes. */
public final class ExportRoutes {
  /** The operations of this part. */
  public static final String CONTRACT = "openapi/exports.yaml";

  private final Platform platform;
  private final BulkExport exports;

  public ExportRoutes(Platform platform, BulkExport exports) {
    this.platform = platform;
    this.exports = exports;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listExports", this::list)
        .operation("startExport", this::start)
        .operation("discardExport", this::discard);
  }

  private record FileShown(String type, int resources, String url) {}

  private record Shown(
      UUID id,
      PersonRef askedBy,
      Instant askedAt,
      Instant expiresAt,
      BulkExport.State state,
      long resources,
      int types,
      int typesDone,
      List<FileShown> files) {}

  private record Listed(List<Shown> items) {}

  private Answer list(Call call) {
    return Answer.ok(
        new Listed(exports.list(call.tx()).stream().map(export -> shown(call, export)).toList()));
  }

  private record Asked(String password) {}

  private Answer start(Call call) {
    var asked = call.body(Asked.class);
    if (!platform.passwords().confirm(call.tx(), call.caller().account(), asked.password())) {
      throw new Refusal(
          403,
          "wrong-password",
          "That is not your password; nothing was exported.",
          List.of(new FieldError("/password", "That is not your password.")));
    }
    var id =
        exports.ask(
            call.tx(),
            FhirFacade.BASE + "/" + ExportOperations.NAME,
            exports.pages().types(),
            Optional.empty());
    return Answer.created(shown(call, exports.find(call.tx(), id).orElseThrow()));
  }

  private Answer discard(Call call) {
    var export =
        exports
            .find(call.tx(), call.pathId("exportId"))
            .orElseThrow(() ->
                Refusal.notFound("export-not-found", "There is no such export, or not any more."));
    exports.forget(call.tx(), export);
    return Answer.noContent();
  }

  private Shown shown(Call call, BulkExport.Export export) {
    return new Shown(
        export.id(),
        new PersonRef(export.asker().account(), export.asker().name()),
        export.askedAt(),
        export.expiresAt(),
        export.state(),
        export.resources(),
        export.types().size(),
        export.typesDone(),
        exports.files(call.tx(), export).stream()
            .map(file ->
                new FileShown(
                    file.type(),
                    file.resources(),
                    ExportOperations.file(FhirFacade.BASE, export, file)))
            .toList());
  }
}
